/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-form-evaluation.h"

G_BEGIN_DECLS

const char *kab_form_words_get_language (void);
char *
kab_form_words_dup_name (const char *list, const char *code, const char *language, gpointer data);
char *kab_form_words_dup_option (const KabFormField *field, const KabFormOption *option);
char *kab_form_words_dup_answer (const KabFormField *field, JsonNode *answer);
char *kab_form_words_dup_summary (const KabFormField *group, JsonObject *entry, guint index);
char *kab_form_words_dup_hint (const KabFormField *field, gboolean required);
char *kab_form_words_dup_problem (KabFormDefinition *definition, const KabFormProblem *problem);
char *kab_form_words_dup_missing (KabFormEvaluation *evaluation);

G_END_DECLS
