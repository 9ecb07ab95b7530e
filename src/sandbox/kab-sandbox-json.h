/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * KAB_SANDBOX_ERROR:
 *
 * Errors of the stand-ins; the code is the HTTP status that the caller gets.
 */
#define KAB_SANDBOX_ERROR (kab_sandbox_error_quark ())
GQuark kab_sandbox_error_quark (void);

/**
 * KabSandboxField:
 * @name: the member's name
 * @type: 's' text, 'i' whole number, 'b' truth value, 'o' object, 'a' array
 * @required: whether it must be there
 *
 * One member that a request may have.
 */
typedef struct
{
  const char *name;
  char type;
  gboolean required;
} KabSandboxField;

JsonObject *kab_sandbox_json_strings (const char *name, ...) G_GNUC_NULL_TERMINATED;
JsonObject *kab_sandbox_json_parse (GBytes *text, GError **error);
gboolean kab_sandbox_json_check (JsonObject *object,
                                 const KabSandboxField *fields,
                                 gsize n_fields,
                                 GError **error);
const char *kab_sandbox_json_text (JsonObject *object, const char *name);
JsonObject *kab_sandbox_json_member (JsonObject *object, const char *name);
char *kab_sandbox_json_print (JsonObject *object, gboolean pretty);
JsonArray *kab_sandbox_json_array (const char *const *texts);
char **kab_sandbox_json_texts (JsonObject *object, const char *name);

G_END_DECLS
