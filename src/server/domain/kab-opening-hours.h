/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject *kab_opening_hours_to_text (JsonArray *hours);

G_END_DECLS
