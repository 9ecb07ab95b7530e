/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-api-context.h"
#include "kab-metrics.h"
#include "kab-postman.h"

G_BEGIN_DECLS

/**
 * KabJobs:
 *
 * Everything that the server does without being asked: deliveries and expiry.
 */
typedef struct _KabJobs KabJobs;

KabJobs *kab_jobs_new (const KabApiContext *context, KabMetrics *metrics, KabPostman *postman);
void kab_jobs_stop (KabJobs *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabJobs, kab_jobs_stop)

G_END_DECLS
