/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-transaction.h"

G_BEGIN_DECLS

/* Told to listeners when something was added, with the kind as the key. */
#define KAB_TOPIC_OUTBOX "outbox"

/**
 * KabOutboxMessage:
 * @id: in the order of adding
 * @kind: which worker it is for, such as `mail` or `sms`
 * @payload: JSON, as it was added
 * @dedupe_key: (nullable): the same for every delivery, such as a Message-ID
 * @attempts: which delivery this is, from 1
 * @created_at: microseconds since 1970
 * @last_error: (nullable): why the attempt before failed
 */
typedef struct
{
  gint64 id;
  char *kind;
  char *payload;
  char *dedupe_key;
  gint64 attempts;
  gint64 created_at;
  char *last_error;
} KabOutboxMessage;

/**
 * KabOutboxNew:
 * @kind: which worker it is for
 * @payload: JSON
 * @dedupe_key: (nullable): a second message with the same key is not added
 * @order_key: (nullable): messages with the same key are delivered one after the other
 * @not_before: microseconds since 1970, or 0 for at once
 */
typedef struct
{
  const char *kind;
  const char *payload;
  const char *dedupe_key;
  const char *order_key;
  gint64 not_before;
} KabOutboxNew;

typedef struct
{
  gint64 pending;
  gint64 failed;
  gint64 oldest_pending_at;
} KabOutboxFigures;

gboolean kab_outbox_add (KabTransaction *tx, const KabOutboxNew *message, GError **error);

GPtrArray *kab_outbox_claim (KabTransaction *tx,
                             const char *kind,
                             guint limit,
                             GTimeSpan lease,
                             GError **error);
gboolean kab_outbox_finish (KabTransaction *tx, const KabOutboxMessage *message, GError **error);
gboolean kab_outbox_retry (KabTransaction *tx,
                           const KabOutboxMessage *message,
                           const char *reason,
                           gboolean *gave_up,
                           GError **error);
gboolean kab_outbox_give_up (KabTransaction *tx,
                             const KabOutboxMessage *message,
                             const char *reason,
                             GError **error);

gboolean kab_outbox_next_due (KabTransaction *tx, const char *kind, gint64 *at, GError **error);
gboolean kab_outbox_get_figures (KabTransaction *tx, KabOutboxFigures *figures, GError **error);
gboolean kab_outbox_requeue (KabTransaction *tx, gint64 *n_messages, GError **error);
gboolean kab_outbox_prune (KabTransaction *tx, gint64 done_before, GError **error);

void kab_outbox_message_free (KabOutboxMessage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabOutboxMessage, kab_outbox_message_free)

G_END_DECLS
