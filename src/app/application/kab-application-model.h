/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/kab-form-model.h"
#include "kab-autosave.h"
#include "kab-bank.h"
#include "kab-client-data.h"

G_BEGIN_DECLS

/**
 * KabApplicationPhase:
 * @KAB_APPLICATION_LOADING: the form is on its way
 * @KAB_APPLICATION_UNAVAILABLE: it could not be had; kab_application_model_get_error() says why
 * @KAB_APPLICATION_FILLING: the form can be filled
 * @KAB_APPLICATION_SENDING: it is being submitted
 * @KAB_APPLICATION_SENT: it was submitted and can be read
 */
typedef enum
{
  KAB_APPLICATION_LOADING,
  KAB_APPLICATION_UNAVAILABLE,
  KAB_APPLICATION_FILLING,
  KAB_APPLICATION_SENDING,
  KAB_APPLICATION_SENT,
} KabApplicationPhase;

#define KAB_TYPE_APPLICATION_PHASE (kab_application_phase_get_type ())
GType kab_application_phase_get_type (void) G_GNUC_CONST;

#define KAB_TYPE_APPLICATION_MODEL (kab_application_model_get_type ())
G_DECLARE_FINAL_TYPE (KabApplicationModel, kab_application_model, KAB, APPLICATION_MODEL, GObject)

KabApplicationModel *
kab_application_model_new (KabClientData *data, KabBank *bank, KabDraftJournal *journal);

KabApplicationPhase kab_application_model_get_phase (KabApplicationModel *self);
const GError *kab_application_model_get_error (KabApplicationModel *self);
KabFormModel *kab_application_model_get_form (KabApplicationModel *self);
KabAutosave *kab_application_model_get_autosave (KabApplicationModel *self);
KabOnboarding *kab_application_model_get_onboarding (KabApplicationModel *self);
const char *kab_application_model_get_place (KabApplicationModel *self);
void kab_application_model_set_place (KabApplicationModel *self, const char *place);

void kab_application_model_open (KabApplicationModel *self);
void kab_application_model_load (KabApplicationModel *self);
void kab_application_model_resolve (KabApplicationModel *self, JsonObject *answers);
void kab_application_model_submit_async (KabApplicationModel *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean kab_application_model_submit_finish (KabApplicationModel *self,
                                              GAsyncResult *result,
                                              GError **error);

G_END_DECLS
