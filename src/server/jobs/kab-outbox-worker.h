/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-metrics.h"
#include "kab-outbox.h"
#include "kab-store.h"

G_BEGIN_DECLS

/**
 * KabOutboxDeliver:
 * @message: what to do; its dedupe_key is the same for every attempt
 * @now: microseconds since 1970
 *
 * Does the side effect of one message; runs on the worker's thread and may block for less than a
 * minute.
 *
 * Returns: %TRUE when it is done, %FALSE with %KAB_DELIVERY_ERROR_PERMANENT to give it up, or any
 *   other error to try again later; its text is stored and logged, so it carries no personal data
 */
typedef gboolean (*KabOutboxDeliver) (const KabOutboxMessage *message,
                                      gint64 now,
                                      gpointer data,
                                      GError **error);

/**
 * KabOutboxWorker:
 *
 * A thread that delivers the outbox's messages of one kind. Every replica has its own; none gets
 * a message that another one is at.
 */
typedef struct _KabOutboxWorker KabOutboxWorker;

KabOutboxWorker *kab_outbox_worker_new (KabStore *store,
                                        KabMetrics *metrics,
                                        const char *kind,
                                        KabOutboxDeliver deliver,
                                        gpointer data);
void kab_outbox_worker_wake (KabOutboxWorker *self);
void kab_outbox_worker_stop (KabOutboxWorker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabOutboxWorker, kab_outbox_worker_stop)

G_END_DECLS
