/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-expiry.h"

#include "kab-application-end.h"
#include "kab-codes.h"
#include "kab-events.h"
#include "kab-files.h"
#include "kab-idempotency.h"
#include "kab-identification-notices.h"
#include "kab-log.h"
#include "kab-outbox.h"
#include "kab-stored-files.h"
#include "kab-uploads.h"

#define RUN_INTERVAL G_TIME_SPAN_MINUTE

/* The window within which live events can be caught up with. */
#define EVENTS_KEPT G_TIME_SPAN_DAY

/* The window within which a request can be repeated: longer than a weekend without a line. */
#define ANSWERS_KEPT (72 * G_TIME_SPAN_HOUR)

/* Delivered messages stay for questions; codes as long as they count within the hour. */
#define DELIVERED_KEPT (7 * G_TIME_SPAN_DAY)
#define CODES_KEPT     (25 * G_TIME_SPAN_HOUR)
#define ENDED_KEPT     G_TIME_SPAN_DAY
#define NETWORKS_KEPT  (180 * G_TIME_SPAN_DAY)

/* No write keeps the others waiting for long: one file may have hundreds of pieces. */
#define FILES_AT_ONCE        1
#define APPLICATIONS_AT_ONCE 20

struct _KabExpiry
{
  const KabApiContext *context; /* outlives the job */
  GThread *thread;
  GMutex mutex;
  GCond stopped;
  gboolean is_stopping;    /* (mutex mutex) */
  KabOutboxFigures outbox; /* (mutex mutex): as of the last run */
};

typedef struct
{
  const KabApiContext *context;
  guint n_removed; /* by a step that handles a few at a time; 0 when there is no more */
} Run;

static gboolean
expire_registrations (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_tx_exec (tx, error, "DELETE FROM registrations WHERE expires_at <= ?",
                      KAB_INT (kab_tx_get_now (tx)));
}

static gboolean
expire_codes (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_codes_prune (tx, kab_tx_get_now (tx) - CODES_KEPT, error);
}

static gboolean
expire_sessions (KabTransaction *tx, gpointer data, GError **error)
{
  const Run *run = data;
  gint64 now = kab_tx_get_now (tx);

  return kab_tx_exec (tx, error, "DELETE FROM sessions WHERE expires_at <= ? OR last_used_at <= ?",
                      KAB_INT (now), KAB_INT (now - run->context->session_limits.idle));
}

/* Not as soon as their codes expire: whoever comes late is told so. */
static gboolean
expire_recoveries (KabTransaction *tx, gpointer data, GError **error)
{
  gint64 before = kab_tx_get_now (tx) - ENDED_KEPT;

  return kab_tx_exec (tx, error, "DELETE FROM recoveries WHERE expires_at <= ?",
                      KAB_INT (before)) &&
         kab_tx_exec (tx, error, "DELETE FROM address_changes WHERE expires_at <= ?",
                      KAB_INT (before));
}

static gboolean
expire_networks (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_tx_exec (tx, error, "DELETE FROM known_networks WHERE last_used_at <= ?",
                      KAB_INT (kab_tx_get_now (tx) - NETWORKS_KEPT));
}

static gboolean
expire_replays (KabTransaction *tx, gpointer data, GError **error)
{
  gint64 now = kab_tx_get_now (tx);

  return kab_events_prune (tx, now - EVENTS_KEPT, error) &&
         kab_idempotency_prune (tx, now - ANSWERS_KEPT, error) &&
         kab_outbox_prune (tx, now - DELIVERED_KEPT, error) &&
         kab_identification_notices_prune (tx, now - DELIVERED_KEPT, error);
}

static gboolean
expire_files (KabTransaction *tx, gpointer data, GError **error)
{
  Run *run = data;

  return kab_files_expire (tx, FILES_AT_ONCE, &run->n_removed, error);
}

static gboolean
expire_applications (KabTransaction *tx, gpointer data, GError **error)
{
  Run *run = data;

  return run->context->application_patience == 0 ||
         kab_application_end_expire (tx, run->context->bank,
                                     kab_tx_get_now (tx) - run->context->application_patience,
                                     APPLICATIONS_AT_ONCE, &run->n_removed, error);
}

/* What hung on something once and doesn't any more gets the patience of an upload. */
static gboolean
expire_orphans (KabTransaction *tx, gpointer data, GError **error)
{
  Run *run = data;

  return kab_stored_files_release_orphans (tx, kab_tx_get_now (tx) + KAB_UPLOAD_LIFETIME,
                                           FILES_AT_ONCE, &run->n_removed, error);
}

/**
 * kab_expiry_run:
 * @context: the store, and how long things live
 *
 * Removes everything that has run out by now, step by step.
 */
gboolean
kab_expiry_run (const KabApiContext *context, GError **error)
{
  static const KabStoreFunc steps[] = { expire_registrations, expire_codes,    expire_sessions,
                                        expire_recoveries,    expire_networks, expire_replays,
                                        expire_applications,  expire_files,    expire_orphans };
  Run run = { .context = context };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    do
      {
        run.n_removed = 0;
        if (!kab_store_write (context->store, steps[i], &run, error))
          return FALSE;
      }
    while (run.n_removed > 0);
  return TRUE;
}

static gint64
read_outbox_pending (gpointer user_data)
{
  KabExpiry *self = user_data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->outbox.pending;
}

static gint64
read_outbox_failed (gpointer user_data)
{
  KabExpiry *self = user_data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->outbox.failed;
}

static gboolean
count_outbox (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_outbox_get_figures (tx, data, error);
}

static gboolean
run (KabExpiry *self, GError **error)
{
  KabOutboxFigures figures;

  if (!kab_expiry_run (self->context, error) ||
      !kab_store_read (self->context->store, count_outbox, &figures, error))
    return FALSE;
  g_mutex_lock (&self->mutex);
  self->outbox = figures;
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

static gpointer
run_thread (gpointer data)
{
  KabExpiry *self = data;
  gboolean goes_on = TRUE;

  while (goes_on)
    {
      g_autoptr (GError) error = NULL;
      gint64 end;

      if (!run (self, &error))
        kab_log (KAB_LOG_WARNING, "expiry-failed", KAB_LOG_STR ("reason", error->message), NULL);
      end = g_get_monotonic_time () + RUN_INTERVAL;
      g_mutex_lock (&self->mutex);
      while (!self->is_stopping && g_cond_wait_until (&self->stopped, &self->mutex, end))
        ;
      goes_on = !self->is_stopping;
      g_mutex_unlock (&self->mutex);
    }
  return NULL;
}

/**
 * kab_expiry_new:
 * @context: has to outlive the job
 * @metrics: where the figures of the outbox can be read
 *
 * Starts the thread, which runs at once and then every minute.
 *
 * Returns: (transfer full): the job
 */
KabExpiry *
kab_expiry_new (const KabApiContext *context, KabMetrics *metrics)
{
  KabExpiry *self = g_new0 (KabExpiry, 1);

  self->context = context;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->stopped);
  kab_metrics_add_gauge (metrics, "kabinets_outbox_pending",
                         "Messages that wait to be delivered, as of the last minute.",
                         read_outbox_pending, self);
  kab_metrics_add_gauge (metrics, "kabinets_outbox_failed",
                         "Messages that were given up, as of the last minute.", read_outbox_failed,
                         self);
  self->thread = g_thread_new ("expiry", run_thread, self);
  return self;
}

/**
 * kab_expiry_stop:
 * @self: (transfer full): the job
 *
 * Waits for the step that is under way and ends the thread.
 */
void
kab_expiry_stop (KabExpiry *self)
{
  g_mutex_lock (&self->mutex);
  self->is_stopping = TRUE;
  g_cond_signal (&self->stopped);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_cond_clear (&self->stopped);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
