/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

char *kab_domain_json_write (JsonObject *object);
JsonObject *kab_domain_json_read (const char *text);
char *kab_domain_json_write_strings (const char *const *strings);
char **kab_domain_json_read_strings (const char *text);
JsonArray *kab_domain_json_new_strings (const char *const *strings);
void kab_domain_json_set_time (JsonObject *object, const char *member, gint64 time);
void kab_domain_json_write_time (GString *text, const char *member, gint64 time);

G_END_DECLS
