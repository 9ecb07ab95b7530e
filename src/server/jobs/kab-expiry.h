/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-api-context.h"
#include "kab-metrics.h"

G_BEGIN_DECLS

/**
 * KabExpiry:
 *
 * A thread that removes what has run out: registrations, codes, sessions, recoveries, unfinished
 * uploads, applications that nobody goes on with, old events, idempotency keys and delivered
 * messages. It counts what waits in the outbox too.
 */
typedef struct _KabExpiry KabExpiry;

gboolean kab_expiry_run (const KabApiContext *context, GError **error);
KabExpiry *kab_expiry_new (const KabApiContext *context, KabMetrics *metrics);
void kab_expiry_stop (KabExpiry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabExpiry, kab_expiry_stop)

G_END_DECLS
