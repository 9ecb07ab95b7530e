/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-caller.h"
#include "kab-transaction.h"

G_BEGIN_DECLS

/* Characters of one message. */
#define KAB_MESSAGE_LENGTH_MAX 10000

/**
 * KabConversationSide:
 *
 * Who of the two.
 */
typedef enum
{
  KAB_SIDE_CLIENT,
  KAB_SIDE_BANK,
} KabConversationSide;

/**
 * KabStoredMessage:
 * @sequence: grows within a conversation
 * @author: (nullable): the employee's name; %NULL for the client
 * @sent_at: microseconds since 1970
 * @is_read: whether the other side has read it
 * @attachments: (element-type KabFile): in order
 */
typedef struct
{
  gint64 sequence;
  char *id;
  KabConversationSide from;
  char *author;
  char *text;
  gint64 sent_at;
  gboolean is_read;
  GPtrArray *attachments;
} KabStoredMessage;

/**
 * KabMessageNew:
 * @user: in whose conversation
 * @text: what is said
 * @attachments: ids of finished uploads of the caller, ended by %NULL
 */
typedef struct
{
  const char *user;
  const char *text;
  const char *const *attachments;
} KabMessageNew;

KabStoredMessage *kab_messages_send (KabTransaction *tx,
                                     const KabCaller *caller,
                                     const KabMessageNew *message,
                                     GError **error);
GPtrArray *kab_messages_list (KabTransaction *tx,
                              const char *user,
                              gint64 before,
                              guint limit,
                              GError **error);
gboolean kab_messages_count_unread (KabTransaction *tx,
                                    const char *user,
                                    KabConversationSide side,
                                    gint64 *n_unread,
                                    GError **error);
gboolean kab_messages_mark_read (KabTransaction *tx,
                                 const KabCaller *caller,
                                 const char *user,
                                 const char *up_to,
                                 GError **error);
void kab_stored_message_free (KabStoredMessage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabStoredMessage, kab_stored_message_free)

G_END_DECLS
