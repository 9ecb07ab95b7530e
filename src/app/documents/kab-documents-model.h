/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "documents/kab-document-model.h"
#include "kab-document-workflow.h"

G_BEGIN_DECLS

#define KAB_TYPE_DOCUMENTS_MODEL (kab_documents_model_get_type ())
G_DECLARE_FINAL_TYPE (KabDocumentsModel, kab_documents_model, KAB, DOCUMENTS_MODEL, GObject)

KabDocumentsModel *
kab_documents_model_new (KabClientData *data, KabBank *bank, KabDraftJournal *journal);

KabClientData *kab_documents_model_get_data (KabDocumentsModel *self);
GListModel *kab_documents_model_get_visible (KabDocumentsModel *self);
const GError *kab_documents_model_get_error (KabDocumentsModel *self);
void kab_documents_model_load (KabDocumentsModel *self);

const char *kab_documents_model_get_search (KabDocumentsModel *self);
void kab_documents_model_set_search (KabDocumentsModel *self, const char *search);
KabDocumentState kab_documents_model_get_state (KabDocumentsModel *self);
void kab_documents_model_set_state (KabDocumentsModel *self, KabDocumentState state);

KabDocumentModel *kab_documents_model_open (KabDocumentsModel *self, KabDocument *document);

G_END_DECLS
