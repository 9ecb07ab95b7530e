/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

char *kab_error_text (const char *code, JsonObject *params);
gboolean kab_error_text_is_known (const char *code);

G_END_DECLS
