/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-attachments.h"
#include "kab-draft-journal.h"
#include "kab-form-evaluation.h"

G_BEGIN_DECLS

#define KAB_TYPE_FORM_MODEL (kab_form_model_get_type ())
G_DECLARE_FINAL_TYPE (KabFormModel, kab_form_model, KAB, FORM_MODEL, GObject)

KabFormModel *
kab_form_model_new (KabFormDefinition *definition, JsonObject *answers, KabFormContext *context);

KabFormDefinition *kab_form_model_get_definition (KabFormModel *self);
KabFormEvaluation *kab_form_model_get_evaluation (KabFormModel *self);
JsonObject *kab_form_model_get_answers (KabFormModel *self);
void kab_form_model_set_answers (KabFormModel *self, JsonObject *answers);
JsonNode *kab_form_model_get_answer (KabFormModel *self, const char *pointer);
void kab_form_model_take_answer (KabFormModel *self, const char *pointer, JsonNode *answer);

gboolean kab_form_model_get_read_only (KabFormModel *self);
void kab_form_model_set_read_only (KabFormModel *self, gboolean read_only);
gboolean kab_form_model_get_quiet (KabFormModel *self);

KabApi *kab_form_model_get_api (KabFormModel *self);
void kab_form_model_send_files (KabFormModel *self,
                                KabApi *api,
                                KabDraftJournal *journal,
                                const char *key);
KabAttachments *kab_form_model_get_attachments (KabFormModel *self, const char *pointer);
gboolean kab_form_model_is_sending (KabFormModel *self);

void kab_form_model_leave (KabFormModel *self, const char *pointer);
void kab_form_model_show_problems (KabFormModel *self, const char *below);
char *kab_form_model_dup_error (KabFormModel *self, const char *pointer);
void kab_form_model_refuse (KabFormModel *self,
                            const char *pointer,
                            const char *code,
                            JsonObject *params);
const char *kab_form_model_get_first_error (KabFormModel *self);

const char *kab_form_model_get_comment (KabFormModel *self, const char *pointer);
void kab_form_model_set_comment (KabFormModel *self, const char *pointer, const char *comment);
void kab_form_model_clear_comments (KabFormModel *self);

G_END_DECLS
