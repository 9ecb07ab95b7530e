/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

GHashTable *kab_required_fields_find (GBytes *document);
