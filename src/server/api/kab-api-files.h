/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "kab-files.h"

G_BEGIN_DECLS

JsonObject *kab_api_file_to_json (const KabFile *file);

G_END_DECLS
