/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean kab_http_is_token (const char *text, gsize length_max);
gboolean kab_http_is_field_name (const char *name, gsize length);
gboolean kab_http_is_field_value (const char *value, gsize length);
gboolean kab_http_is_host (const char *host);
gboolean kab_http_has_sound_escapes (const char *text);
char *kab_http_parse_entity_tag (const char *value);
char *kab_http_parse_idempotency_key (const char *value);

G_END_DECLS
