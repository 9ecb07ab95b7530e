/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-outbox.h"

#define FIRST_RETRY   G_TIME_SPAN_SECOND
#define LONGEST_RETRY G_TIME_SPAN_HOUR
#define GIVE_UP_AFTER G_TIME_SPAN_DAY

/* A worker that dies over a message never says so; a day of retries takes fewer attempts. */
#define MOST_ATTEMPTS_TEXT "60"

#define MESSAGE_COLUMNS "id, kind, payload, dedupe_key, attempts, created_at, last_error"

static KabOutboxMessage *
read_message (KabRows *rows)
{
  KabOutboxMessage *message = g_new0 (KabOutboxMessage, 1);

  message->id = kab_rows_int (rows, "id");
  message->kind = kab_rows_dup_text (rows, "kind");
  message->payload = kab_rows_dup_text (rows, "payload");
  message->dedupe_key = kab_rows_dup_text (rows, "dedupe_key");
  message->attempts = kab_rows_int (rows, "attempts");
  message->created_at = kab_rows_int (rows, "created_at");
  message->last_error = kab_rows_dup_text (rows, "last_error");
  return message;
}

static int
compare_messages (gconstpointer a, gconstpointer b)
{
  const KabOutboxMessage *first = *(KabOutboxMessage *const *) a;
  const KabOutboxMessage *second = *(KabOutboxMessage *const *) b;

  return (first->id > second->id) - (first->id < second->id);
}

/* 1 s, 2 s, 4 s … 1 h, each shortened by up to half, so that messages that failed together don't
 * come back together. */
static GTimeSpan
retry_delay (gint64 attempts)
{
  GTimeSpan longest =
      attempts > 12 ? LONGEST_RETRY : MIN (FIRST_RETRY << (attempts - 1), LONGEST_RETRY);

  return (GTimeSpan) ((double) longest * g_random_double_range (0.5, 1.0));
}

/* The number of the attempt shows whose lease it is: who was overtaken finds no row. */
static gboolean
end (KabTransaction *tx,
     const KabOutboxMessage *message,
     const char *state,
     const char *reason,
     GError **error)
{
  return kab_tx_change_one (tx, error,
                            "UPDATE outbox SET state = ?, last_error = ?, finished_at = ? "
                            "WHERE id = ? AND attempts = ? AND state = 'pending'",
                            KAB_TEXT (state), KAB_TEXT (reason), KAB_INT (kab_tx_get_now (tx)),
                            KAB_INT (message->id), KAB_INT (message->attempts));
}

static gboolean
give_up_on_deadly (KabTransaction *tx, GError **error)
{
  return kab_tx_exec (tx, error,
                      "UPDATE outbox SET state = 'failed', finished_at = ?1, "
                      "last_error = 'every worker that took it ended without a word' "
                      "WHERE state = 'pending' AND attempts >= " MOST_ATTEMPTS_TEXT
                      " AND lease_until <= ?1 AND next_attempt_at <= ?1",
                      KAB_INT (kab_tx_get_now (tx)));
}

/**
 * kab_outbox_add:
 *
 * Adds a side effect to the change that causes it: it will happen when, and only when, the
 * transaction is committed.
 */
gboolean
kab_outbox_add (KabTransaction *tx, const KabOutboxNew *message, GError **error)
{
  gint64 now = kab_tx_get_now (tx);

  return kab_tx_exec (tx, error,
                      "INSERT INTO outbox (kind, payload, dedupe_key, order_key, next_attempt_at, "
                      "created_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (dedupe_key) DO NOTHING",
                      KAB_TEXT (message->kind), KAB_TEXT (message->payload),
                      KAB_TEXT (message->dedupe_key), KAB_TEXT (message->order_key),
                      KAB_INT (MAX (now, message->not_before)), KAB_INT (now)) &&
         kab_tx_notify (tx, KAB_TOPIC_OUTBOX, message->kind, 0, error);
}

/**
 * kab_outbox_claim:
 * @kind: (nullable): only messages of this kind
 * @limit: how many at most
 * @lease: for how long nobody else gets them; a worker that dies loses them after that
 *
 * Takes the messages whose time has come. As writes take place one after the other in all
 * replicas, no two workers get the same one.
 *
 * Returns: (transfer container) (element-type KabOutboxMessage): in the order of adding
 */
GPtrArray *
kab_outbox_claim (KabTransaction *tx,
                  const char *kind,
                  guint limit,
                  GTimeSpan lease,
                  GError **error)
{
  gint64 now = kab_tx_get_now (tx);
  g_autoptr (GPtrArray) messages =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kab_outbox_message_free);
  g_autoptr (KabRows) rows = NULL;

  if (!give_up_on_deadly (tx, error))
    return NULL;
  rows = kab_tx_query (
      tx, error,
      "UPDATE outbox SET attempts = attempts + 1, lease_until = ?1 WHERE id IN ("
      "SELECT due.id FROM outbox AS due WHERE due.state = 'pending' AND due.next_attempt_at <= ?2 "
      "AND due.lease_until <= ?2 AND (CAST (?3 AS TEXT) IS NULL OR due.kind = ?3) "
      "AND NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.order_key = due.order_key "
      "AND earlier.id < due.id AND earlier.state = 'pending') "
      "ORDER BY due.next_attempt_at, due.id LIMIT ?4) RETURNING " MESSAGE_COLUMNS,
      KAB_INT (now + lease), KAB_INT (now), KAB_TEXT (kind), KAB_INT (limit));
  if (rows == NULL)
    return NULL;
  while (kab_rows_next (rows))
    g_ptr_array_add (messages, read_message (rows));
  g_ptr_array_sort (messages, compare_messages);
  return g_steal_pointer (&messages);
}

/**
 * kab_outbox_finish:
 *
 * Notes that the message was delivered; NOT_FOUND when another worker has taken it over.
 */
gboolean
kab_outbox_finish (KabTransaction *tx, const KabOutboxMessage *message, GError **error)
{
  return end (tx, message, "done", NULL, error);
}

/**
 * kab_outbox_give_up:
 * @reason: for operations people; without personal data
 *
 * Notes that the message can never be delivered. It stays, visibly failed.
 */
gboolean
kab_outbox_give_up (KabTransaction *tx,
                    const KabOutboxMessage *message,
                    const char *reason,
                    GError **error)
{
  return end (tx, message, "failed", reason, error);
}

/**
 * kab_outbox_retry:
 * @reason: for operations people; without personal data
 * @gave_up: (out) (optional): whether a day has passed and the message is failed now
 *
 * Notes that an attempt failed, and puts the next one off, from a second up to an hour.
 */
gboolean
kab_outbox_retry (KabTransaction *tx,
                  const KabOutboxMessage *message,
                  const char *reason,
                  gboolean *gave_up,
                  GError **error)
{
  gint64 next = kab_tx_get_now (tx) + retry_delay (message->attempts);
  gboolean is_over = next - message->created_at > GIVE_UP_AFTER;

  if (gave_up != NULL)
    *gave_up = is_over;
  if (is_over)
    return kab_outbox_give_up (tx, message, reason, error);
  return kab_tx_change_one (tx, error,
                            "UPDATE outbox SET next_attempt_at = ?, lease_until = 0, "
                            "last_error = ? WHERE id = ? AND attempts = ? AND state = 'pending'",
                            KAB_INT (next), KAB_TEXT (reason), KAB_INT (message->id),
                            KAB_INT (message->attempts));
}

/**
 * kab_outbox_next_due:
 * @kind: (nullable): only messages of this kind
 * @at: (out): when the next message can be claimed, in microseconds since 1970; 0 for never
 */
gboolean
kab_outbox_next_due (KabTransaction *tx, const char *kind, gint64 *at, GError **error)
{
  return kab_tx_query_int (
      tx, at, error,
      "SELECT MIN (CASE WHEN next_attempt_at > lease_until THEN next_attempt_at "
      "ELSE lease_until END) FROM outbox WHERE state = 'pending' "
      "AND (CAST (?1 AS TEXT) IS NULL OR kind = ?1)",
      KAB_TEXT (kind));
}

/**
 * kab_outbox_get_figures:
 * @figures: (out): how many messages wait or have failed, and since when the oldest waits
 */
gboolean
kab_outbox_get_figures (KabTransaction *tx, KabOutboxFigures *figures, GError **error)
{
  g_autoptr (KabRows) rows =
      kab_tx_query_one (tx, error,
                        "SELECT COUNT (CASE WHEN state = 'pending' THEN 1 END) AS pending, "
                        "COUNT (CASE WHEN state = 'failed' THEN 1 END) AS failed, "
                        "MIN (CASE WHEN state = 'pending' THEN created_at END) AS oldest "
                        "FROM outbox WHERE state <> 'done'");

  if (rows == NULL)
    return FALSE;
  figures->pending = kab_rows_int (rows, "pending");
  figures->failed = kab_rows_int (rows, "failed");
  figures->oldest_pending_at = kab_rows_int (rows, "oldest");
  return TRUE;
}

/**
 * kab_outbox_requeue:
 * @n_messages: (out): how many there were
 *
 * Gives the messages that were given up another day.
 */
gboolean
kab_outbox_requeue (KabTransaction *tx, gint64 *n_messages, GError **error)
{
  if (!kab_tx_exec (tx, error,
                    "UPDATE outbox SET state = 'pending', attempts = 0, lease_until = 0, "
                    "next_attempt_at = ?1, created_at = ?1, finished_at = NULL "
                    "WHERE state = 'failed'",
                    KAB_INT (kab_tx_get_now (tx))))
    return FALSE;
  *n_messages = kab_tx_get_changed (tx);
  return kab_tx_notify (tx, KAB_TOPIC_OUTBOX, NULL, 0, error);
}

/**
 * kab_outbox_prune:
 * @done_before: microseconds since 1970
 *
 * Forgets what was delivered before that; failed messages stay.
 */
gboolean
kab_outbox_prune (KabTransaction *tx, gint64 done_before, GError **error)
{
  return kab_tx_exec (tx, error, "DELETE FROM outbox WHERE state = 'done' AND finished_at < ?",
                      KAB_INT (done_before));
}

void
kab_outbox_message_free (KabOutboxMessage *self)
{
  g_free (self->kind);
  g_free (self->payload);
  g_free (self->dedupe_key);
  g_free (self->last_error);
  g_free (self);
}
