/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "kab-transaction.h"

G_BEGIN_DECLS

/* How many messages of a client no employee has read; @user is an expression of SQL. */
#define KAB_CONVERSATIONS_UNREAD_SQL(user)                                                         \
  "(SELECT COUNT (*) FROM messages unread_m WHERE unread_m.user_id = " user                        \
  " AND unread_m.sender = 'client' AND unread_m.sequence > COALESCE ((SELECT r.up_to"              \
  " FROM read_marks r WHERE r.user_id = " user " AND r.side = 'bank'), 0))"

/**
 * KabConversationQuery:
 * @before: only those whose newest message has a lower number; %G_MAXINT64 for the beginning
 * @is_unread: only those with a message that no employee has read
 * @limit: how many at most
 */
typedef struct
{
  gint64 before;
  gboolean is_unread;
  guint limit;
} KabConversationQuery;

JsonArray *kab_conversations_list (KabTransaction *tx,
                                   const KabConversationQuery *query,
                                   gint64 *next,
                                   GError **error);
gboolean kab_conversations_check (KabTransaction *tx, const char *client, GError **error);
gboolean kab_conversations_tell (KabTransaction *tx, const char *client, GError **error);

G_END_DECLS
