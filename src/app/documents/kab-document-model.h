/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-attachments.h"
#include "forms/kab-form-model.h"
#include "kab-autosave.h"
#include "kab-bank.h"
#include "kab-client-data.h"

G_BEGIN_DECLS

/**
 * KabDocumentPhase:
 * @KAB_DOCUMENT_PHASE_LOADING: it is on its way
 * @KAB_DOCUMENT_PHASE_UNAVAILABLE: it could not be had; kab_document_model_get_error() says why
 * @KAB_DOCUMENT_PHASE_READY: it can be read and worked on
 * @KAB_DOCUMENT_PHASE_SENDING: it is being submitted or approved
 */
typedef enum
{
  KAB_DOCUMENT_PHASE_LOADING,
  KAB_DOCUMENT_PHASE_UNAVAILABLE,
  KAB_DOCUMENT_PHASE_READY,
  KAB_DOCUMENT_PHASE_SENDING,
} KabDocumentPhase;

#define KAB_TYPE_DOCUMENT_PHASE (kab_document_phase_get_type ())
GType kab_document_phase_get_type (void) G_GNUC_CONST;

#define KAB_TYPE_DOCUMENT_MODEL (kab_document_model_get_type ())
G_DECLARE_FINAL_TYPE (KabDocumentModel, kab_document_model, KAB, DOCUMENT_MODEL, GObject)

KabDocumentModel *kab_document_model_new (KabClientData *data,
                                          KabBank *bank,
                                          KabDraftJournal *journal,
                                          KabDocument *document);

KabApi *kab_document_model_get_api (KabDocumentModel *self);
KabDocument *kab_document_model_get_document (KabDocumentModel *self);
KabDocumentPhase kab_document_model_get_phase (KabDocumentModel *self);
const GError *kab_document_model_get_error (KabDocumentModel *self);
GListModel *kab_document_model_get_history (KabDocumentModel *self);
KabAttachments *kab_document_model_get_attachments (KabDocumentModel *self);
KabFormModel *kab_document_model_get_form (KabDocumentModel *self);
KabAutosave *kab_document_model_get_autosave (KabDocumentModel *self);
KabFormModel *kab_document_model_new_form_of (KabDocumentModel *self, KabDocumentVersion *version);
gboolean kab_document_model_is_pdf (KabDocumentModel *self);
gboolean kab_document_model_is_electronic (KabDocumentModel *self);
gboolean kab_document_model_get_changed (KabDocumentModel *self);
gint64 kab_document_model_get_saved_at (KabDocumentModel *self);

void kab_document_model_load (KabDocumentModel *self);
void kab_document_model_resolve (KabDocumentModel *self, JsonObject *answers);
void kab_document_model_resolve_files (KabDocumentModel *self, gboolean keep_mine);

void kab_document_model_save_async (KabDocumentModel *self,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean
kab_document_model_save_finish (KabDocumentModel *self, GAsyncResult *result, GError **error);
void kab_document_model_submit_async (KabDocumentModel *self,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void kab_document_model_approve_async (KabDocumentModel *self,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean
kab_document_model_send_finish (KabDocumentModel *self, GAsyncResult *result, GError **error);

void kab_document_model_fetch_pdf_async (KabDocumentModel *self,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
GBytes *
kab_document_model_fetch_pdf_finish (KabDocumentModel *self, GAsyncResult *result, GError **error);
void kab_document_model_take_filled_async (KabDocumentModel *self,
                                           GBytes *copy,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
gboolean kab_document_model_take_filled_finish (KabDocumentModel *self,
                                                GAsyncResult *result,
                                                GError **error);
void kab_document_model_keep_fields (KabDocumentModel *self, JsonArray *fields);
JsonArray *kab_document_model_get_fields (KabDocumentModel *self);
void kab_document_model_settle_fields (KabDocumentModel *self);

G_END_DECLS
