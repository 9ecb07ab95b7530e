/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-upload-keeper.h"
#include "messages/kab-messages-model.h"

G_BEGIN_DECLS

struct _KabMessagesModel
{
  GObject parent_instance;

  KabClientData *data;       /* (owned) */
  KabDraftJournal *journal;  /* (owned) (nullable) */
  GtkSortListModel *list;    /* (owned) */
  GHashTable *fresh;         /* (owned) set of ids */
  GCancellable *cancellable; /* (owned) */
  GError *error;             /* (owned) (nullable) */

  GtkTextBuffer *text;         /* (owned) */
  KabAttachments *attachments; /* (owned) */
  char *key;                   /* (owned) (nullable) of the message that is being sent */
  KabSendingState sending;
  GError *send_error;   /* (owned) (nullable) */
  const char *obstacle; /* (nullable) static */
  char *draft_key;      /* (owned) */
  guint keep_source;
  KabUploadKeeper *keeper; /* (owned) (nullable) */
};

void kab_messages_model_set_sending (KabMessagesModel *self, KabSendingState sending);
void kab_messages_model_set_obstacle (KabMessagesModel *self, const char *obstacle);
void kab_messages_model_start_keeping (KabMessagesModel *self);
void kab_messages_model_stop_keeping (KabMessagesModel *self);

G_END_DECLS
