/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-form-definition-private.h"
#include "kab-form-evaluation.h"

G_BEGIN_DECLS

/* Where a value's problems go. */
typedef struct
{
  KabFormEvaluation *evaluation;
  KabFormState *state;
} KabFormReport;

/* A node that takes @array over. */
static inline JsonNode *
kab_form_array_node (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

/* A node that takes @object over. */
static inline JsonNode *
kab_form_object_node (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

void kab_form_report (const KabFormReport *report,
                      KabFormProblemKind kind,
                      const char *code,
                      const char *below,
                      JsonObject *params);
void kab_form_report_limit (const KabFormReport *report,
                            const char *code,
                            const char *name,
                            gint64 limit);
JsonNode *
kab_form_value_check (const KabFormField *field, JsonNode *node, const KabFormReport *report);
JsonNode *
kab_form_files_check (const KabFormField *field, JsonNode *node, const KabFormReport *report);
void kab_form_value_check_relations (const KabFormField *field,
                                     JsonNode *node,
                                     const KabFormSituation *situation,
                                     const KabFormReport *report);

G_END_DECLS
