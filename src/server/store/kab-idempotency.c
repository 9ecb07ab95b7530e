/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-idempotency.h"

static KabIdempotencyAnswer *
read_answer (KabRows *rows)
{
  KabIdempotencyAnswer *answer = g_new0 (KabIdempotencyAnswer, 1);

  answer->status = (guint) kab_rows_int (rows, "status");
  answer->headers = kab_rows_dup_text (rows, "headers");
  answer->body = kab_rows_blob (rows, "body");
  return answer;
}

/**
 * kab_idempotency_begin:
 * @scope: who asks for what: customer and route, so that keys of others can't be found out
 * @key: the Idempotency-Key of the request
 * @fingerprint: a digest of the request's body
 * @answer: (out) (transfer full): for KAB_IDEMPOTENCY_ANSWERED, else %NULL
 *
 * Looks the key up, and reserves it, in the transaction that makes the effect: so there is either
 * the effect with its answer or neither of them. (draft-ietf-httpapi-idempotency-key-header)
 */
KabIdempotencyState
kab_idempotency_begin (KabTransaction *tx,
                       const char *scope,
                       const char *key,
                       const char *fingerprint,
                       KabIdempotencyAnswer **answer,
                       GError **error)
{
  g_autoptr (KabRows) rows = NULL;

  *answer = NULL;
  if (!kab_tx_exec (tx, error,
                    "INSERT INTO idempotency (scope, key, fingerprint, created_at) "
                    "VALUES (?, ?, ?, ?) ON CONFLICT (scope, key) DO NOTHING",
                    KAB_TEXT (scope), KAB_TEXT (key), KAB_TEXT (fingerprint),
                    KAB_INT (kab_tx_get_now (tx))))
    return KAB_IDEMPOTENCY_FAILED;
  if (kab_tx_get_changed (tx) == 1)
    return KAB_IDEMPOTENCY_NEW;
  rows = kab_tx_query_one (tx, error,
                           "SELECT fingerprint, status, headers, body FROM idempotency "
                           "WHERE scope = ? AND key = ?",
                           KAB_TEXT (scope), KAB_TEXT (key));
  if (rows == NULL)
    return KAB_IDEMPOTENCY_FAILED;
  if (g_strcmp0 (kab_rows_text (rows, "fingerprint"), fingerprint) != 0)
    return KAB_IDEMPOTENCY_MISMATCH;
  *answer = read_answer (rows);
  return KAB_IDEMPOTENCY_ANSWERED;
}

/**
 * kab_idempotency_finish:
 * @answer: what the request is answered with, now and whenever it is repeated
 *
 * Keeps the answer under a key that kab_idempotency_begin() reserved in the same transaction.
 */
gboolean
kab_idempotency_finish (KabTransaction *tx,
                        const char *scope,
                        const char *key,
                        const KabIdempotencyAnswer *answer,
                        GError **error)
{
  return kab_tx_change_one (tx, error,
                            "UPDATE idempotency SET status = ?, headers = ?, body = ? "
                            "WHERE scope = ? AND key = ? AND status = 0",
                            KAB_INT (answer->status), KAB_TEXT (answer->headers),
                            KAB_BLOB (answer->body), KAB_TEXT (scope), KAB_TEXT (key));
}

/**
 * kab_idempotency_prune:
 * @before: microseconds since 1970; keys are promised to be kept for 72 hours
 *
 * Forgets the keys of older requests.
 */
gboolean
kab_idempotency_prune (KabTransaction *tx, gint64 before, GError **error)
{
  return kab_tx_exec (tx, error, "DELETE FROM idempotency WHERE created_at < ?", KAB_INT (before));
}

void
kab_idempotency_answer_free (KabIdempotencyAnswer *self)
{
  g_free (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}
