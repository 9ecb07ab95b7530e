/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "kab-request.h"

G_BEGIN_DECLS

void kab_api_json_set_time (JsonObject *object, const char *member, gint64 time);
void kab_api_json_set_parsed (JsonObject *object, const char *member, const char *text);
gboolean kab_api_json_take_error (GError **error, GError *json_error);
void kab_api_json_add_field (GError **problem,
                             const char *pointer,
                             const char *code,
                             JsonObject *params);
gboolean kab_api_json_refuse (GError **error, const char *pointer, const char *code);
gboolean kab_api_json_check (KabRequest *request, const char *const *members, GError **error);
const char *
kab_api_json_get_text (KabRequest *request, const char *member, gsize max_chars, GError **error);
gint64 kab_api_get_if_match (KabRequest *request, GError **error);

G_END_DECLS
