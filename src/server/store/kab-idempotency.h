/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-transaction.h"

G_BEGIN_DECLS

/**
 * KabIdempotencyState:
 * @KAB_IDEMPOTENCY_FAILED: an error is set
 * @KAB_IDEMPOTENCY_NEW: nobody has used the key; go on and finish with kab_idempotency_finish()
 * @KAB_IDEMPOTENCY_ANSWERED: the request was answered already; send that answer again
 * @KAB_IDEMPOTENCY_MISMATCH: the key was used for another request (HTTP 422)
 */
typedef enum
{
  KAB_IDEMPOTENCY_FAILED,
  KAB_IDEMPOTENCY_NEW,
  KAB_IDEMPOTENCY_ANSWERED,
  KAB_IDEMPOTENCY_MISMATCH,
} KabIdempotencyState;

/* @headers is what the caller made of them, such as lines or JSON. */
typedef struct
{
  guint status;
  char *headers;
  GBytes *body;
} KabIdempotencyAnswer;

KabIdempotencyState kab_idempotency_begin (KabTransaction *tx,
                                           const char *scope,
                                           const char *key,
                                           const char *fingerprint,
                                           KabIdempotencyAnswer **answer,
                                           GError **error);
gboolean kab_idempotency_finish (KabTransaction *tx,
                                 const char *scope,
                                 const char *key,
                                 const KabIdempotencyAnswer *answer,
                                 GError **error);
gboolean kab_idempotency_prune (KabTransaction *tx, gint64 before, GError **error);

void kab_idempotency_answer_free (KabIdempotencyAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabIdempotencyAnswer, kab_idempotency_answer_free)

G_END_DECLS
