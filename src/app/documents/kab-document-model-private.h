/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-upload-keeper.h"
#include "documents/kab-document-model.h"

G_BEGIN_DECLS

struct _KabDocumentModel
{
  GObject parent_instance;

  KabClientData *data;           /* (owned) */
  KabBank *bank;                 /* (owned) */
  KabDraftJournal *journal;      /* (owned) (nullable) */
  KabDocument *document;         /* (owned) */
  KabPagedList *history;         /* (owned) */
  KabAttachments *attachments;   /* (owned) */
  KabUploadKeeper *keeper;       /* (owned) (nullable) of the attachments */
  KabFormDefinition *definition; /* (owned) (nullable) */
  KabFormModel *form;            /* (owned) (nullable) */
  KabAutosave *autosave;         /* (owned) (nullable) */
  GCancellable *cancellable;     /* (owned) */
  GError *error;                 /* (owned) (nullable) */
  KabDocumentPhase phase;
  gint64 saved_at;

  GPtrArray *savers; /* (owned) of GTask that wait for the files to be saved */
  gboolean saving;
  guint save_source;
  char *send_key; /* (owned) (nullable) */

  GBytes *filled;        /* (owned) (nullable): the latest filled copy */
  char *filled_key;      /* (owned): where the journal keeps it */
  char *fields_key;      /* (owned): where it keeps what is filled in */
  gboolean taking;       /* a newer copy isn't a file of the document yet */
  gboolean fields_newer; /* something was filled in since that copy */
};

void kab_document_model_set_phase (KabDocumentModel *self, KabDocumentPhase phase);
void kab_document_model_restore_filled (KabDocumentModel *self);
void kab_document_model_forget_filled (KabDocumentModel *self);
void kab_document_model_notify_changed (KabDocumentModel *self);
void kab_document_model_tell_conflict (KabDocumentModel *self);
void kab_document_model_tell_refusal (KabDocumentModel *self, const GError *error);
void kab_document_model_watch_files (KabDocumentModel *self);
void kab_document_model_keep_files (KabDocumentModel *self);

G_END_DECLS
