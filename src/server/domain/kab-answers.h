/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-bank-data.h"
#include "kab-form-evaluation.h"
#include "kab-service.h"
#include "kab-transaction.h"

G_BEGIN_DECLS

/* A file that an answer names, and where. */
typedef struct
{
  char *file;
  char *pointer;
} KabAnswerUpload;

KabFormEvaluation *kab_answers_evaluate (KabTransaction *tx,
                                         KabBankData *bank,
                                         const char *form,
                                         const char *user,
                                         KabServices services,
                                         JsonObject *answers,
                                         GError **error);
gboolean kab_answers_check_storable (KabFormEvaluation *evaluation, GError **error);
gboolean kab_answers_check_complete (KabFormEvaluation *evaluation, GError **error);
KabServices kab_answers_get_services (JsonObject *answers);
char *kab_answers_dup_name (KabFormDefinition *definition, JsonObject *answers);
GPtrArray *kab_answers_list_uploads (KabFormDefinition *definition, JsonObject *answers);

G_END_DECLS
