/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "common/kab-attachments.h"
#include "kab-client-data.h"
#include "kab-draft-journal.h"

G_BEGIN_DECLS

#define KAB_MESSAGE_LENGTH_MAX 10000

/**
 * KabSendingState:
 * @KAB_SENDING_NOT: something may be written
 * @KAB_SENDING_FILES: waits until the attachments are there
 * @KAB_SENDING_NOW: the message is on its way
 * @KAB_SENDING_WAITS: there is no line; it is sent when it is back
 */
typedef enum
{
  KAB_SENDING_NOT,
  KAB_SENDING_FILES,
  KAB_SENDING_NOW,
  KAB_SENDING_WAITS,
} KabSendingState;

#define KAB_TYPE_SENDING_STATE (kab_sending_state_get_type ())
GType kab_sending_state_get_type (void) G_GNUC_CONST;

#define KAB_TYPE_MESSAGES_MODEL (kab_messages_model_get_type ())
G_DECLARE_FINAL_TYPE (KabMessagesModel, kab_messages_model, KAB, MESSAGES_MODEL, GObject)

KabMessagesModel *kab_messages_model_new (KabClientData *data, KabDraftJournal *journal);

KabClientData *kab_messages_model_get_data (KabMessagesModel *self);
GListModel *kab_messages_model_get_list (KabMessagesModel *self);
const GError *kab_messages_model_get_error (KabMessagesModel *self);
void kab_messages_model_load (KabMessagesModel *self);
void kab_messages_model_load_earlier (KabMessagesModel *self);
void kab_messages_model_mark_read (KabMessagesModel *self);
gboolean kab_messages_model_is_fresh (KabMessagesModel *self, KabMessage *message);

GtkTextBuffer *kab_messages_model_get_text (KabMessagesModel *self);
KabAttachments *kab_messages_model_get_attachments (KabMessagesModel *self);
KabSendingState kab_messages_model_get_sending (KabMessagesModel *self);
const GError *kab_messages_model_get_send_error (KabMessagesModel *self);
const char *kab_messages_model_get_obstacle (KabMessagesModel *self);
gboolean kab_messages_model_send (KabMessagesModel *self);
void kab_messages_model_take_back (KabMessagesModel *self);

G_END_DECLS
