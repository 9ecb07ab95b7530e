/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

#include "kab-problem-list.h"

G_BEGIN_DECLS

/**
 * KabProblemCode:
 *
 * Codes of the error domain %KAB_PROBLEM: what a request can be refused with. The list is
 * kab-problem-list.h, the explanation docs/errors.md.
 */
typedef enum
{
#define KAB_PROBLEM_ENUM(name, code, status, title) KAB_PROBLEM_##name,
  KAB_PROBLEM_LIST (KAB_PROBLEM_ENUM)
#undef KAB_PROBLEM_ENUM
      KAB_N_PROBLEMS
} KabProblemCode;

#define KAB_PROBLEM (kab_problem_quark ())
GQuark kab_problem_quark (void);

void kab_problem_set (GError **error, KabProblemCode code, const char *detail, ...)
    G_GNUC_PRINTF (3, 4);
void kab_problem_set_retry (GError **error, KabProblemCode code, guint retry_after);
void kab_problem_set_from_json (GError **error, const GError *json_error);
gboolean kab_problem_set_field (GError **error,
                                KabProblemCode code,
                                const char *pointer,
                                const char *field_code);
void kab_problem_add_field (GError *error,
                            const char *pointer,
                            const char *field_code,
                            JsonObject *params);
void kab_problem_set_parameter (GError *error, const char *name, JsonNode *value);

const char *kab_problem_get_code (KabProblemCode code);
guint kab_problem_get_status (KabProblemCode code);
const char *kab_problem_get_title (KabProblemCode code);
guint kab_problem_get_retry_after (const GError *error);
JsonNode *kab_problem_to_json (const GError *error);

G_END_DECLS
