/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-jobs.h"

#include "kab-expiry.h"
#include "kab-identification-jobs.h"
#include "kab-identifications.h"
#include "kab-notices.h"
#include "kab-outbox-worker.h"

struct _KabJobs
{
  KabPostman *postman;              /* (owned) */
  KabOutboxWorker *mails;           /* (owned) */
  KabOutboxWorker *texts;           /* (owned) */
  KabOutboxWorker *identifications; /* (owned) (nullable): with a provider */
  KabExpiry *expiry;                /* (owned) */
};

/**
 * kab_jobs_new:
 * @context: has to outlive the jobs
 * @postman: (transfer full): who delivers notices
 *
 * Starts the threads.
 *
 * Returns: (transfer full): the jobs
 */
KabJobs *
kab_jobs_new (const KabApiContext *context, KabMetrics *metrics, KabPostman *postman)
{
  KabJobs *self = g_new0 (KabJobs, 1);

  self->postman = postman;
  self->mails = kab_outbox_worker_new (context->store, metrics, KAB_OUTBOX_MAIL,
                                       kab_postman_deliver_mail, postman);
  self->texts = kab_outbox_worker_new (context->store, metrics, KAB_OUTBOX_SMS,
                                       kab_postman_deliver_sms, postman);
  if (context->identification != NULL)
    self->identifications =
        kab_outbox_worker_new (context->store, metrics, KAB_OUTBOX_IDENTIFICATION,
                               kab_identification_jobs_deliver, (gpointer) context);
  self->expiry = kab_expiry_new (context, metrics);
  return self;
}

/**
 * kab_jobs_stop:
 * @self: (transfer full): the jobs
 *
 * Waits for what is under way, for a minute at most, and ends the threads.
 */
void
kab_jobs_stop (KabJobs *self)
{
  kab_outbox_worker_stop (self->mails);
  kab_outbox_worker_stop (self->texts);
  g_clear_pointer (&self->identifications, kab_outbox_worker_stop);
  kab_expiry_stop (self->expiry);
  kab_postman_free (self->postman);
  g_free (self);
}
