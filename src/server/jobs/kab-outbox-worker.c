/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-outbox-worker.h"

#include "kab-delivery.h"
#include "kab-log.h"

/* One at a time, so that the lease can be short: when a server is killed over a message, the next
 * one takes it as long before its code expires. Connections are cut after 30 seconds. */
#define CLAIM_LIMIT 1
#define CLAIM_LEASE G_TIME_SPAN_MINUTE

/* News come from the store; this is for what they missed. */
#define LONGEST_WAIT G_TIME_SPAN_MINUTE

/* While the store can't be reached. */
#define STORE_WAIT (2 * G_TIME_SPAN_SECOND)

struct _KabOutboxWorker
{
  KabStore *store;     /* (owned) */
  KabMetrics *metrics; /* (owned) */
  char *kind;
  KabOutboxDeliver deliver;
  gpointer data;
  GThread *thread;
  guint listener;
  GMutex mutex;
  GCond changed;
  gboolean is_awake;    /* (mutex mutex): there may be news */
  gboolean is_stopping; /* (mutex mutex) */
};

typedef struct
{
  KabOutboxWorker *self;
  GPtrArray *messages;
  gint64 due;
} Claim;

typedef struct
{
  const KabOutboxMessage *message;
  const GError *failure; /* (nullable) */
  gboolean gave_up;
} Outcome;

static gboolean
find_due (KabTransaction *tx, gpointer data, GError **error)
{
  Claim *claim = data;

  return kab_outbox_next_due (tx, claim->self->kind, &claim->due, error);
}

static gboolean
claim_messages (KabTransaction *tx, gpointer data, GError **error)
{
  Claim *claim = data;

  g_clear_pointer (&claim->messages, g_ptr_array_unref);
  claim->messages = kab_outbox_claim (tx, claim->self->kind, CLAIM_LIMIT, CLAIM_LEASE, error);
  return claim->messages != NULL;
}

static gboolean
note_outcome (KabTransaction *tx, gpointer data, GError **error)
{
  Outcome *outcome = data;

  outcome->gave_up = FALSE;
  if (outcome->failure == NULL)
    return kab_outbox_finish (tx, outcome->message, error);
  if (!g_error_matches (outcome->failure, KAB_DELIVERY_ERROR, KAB_DELIVERY_ERROR_PERMANENT))
    return kab_outbox_retry (tx, outcome->message, outcome->failure->message, &outcome->gave_up,
                             error);
  outcome->gave_up = TRUE;
  return kab_outbox_give_up (tx, outcome->message, outcome->failure->message, error);
}

static void
report (KabOutboxWorker *self, const Outcome *outcome)
{
  if (outcome->failure == NULL)
    kab_metrics_add (self->metrics, "kabinets_outbox_delivered_total",
                     "Side effects that were done.", 1);
  else if (outcome->gave_up)
    kab_metrics_add (self->metrics, "kabinets_outbox_given_up_total",
                     "Side effects that were given up; somebody has to look at them.", 1);
  else
    kab_metrics_add (self->metrics, "kabinets_outbox_failed_attempts_total",
                     "Attempts at a side effect that failed and will be repeated.", 1);
  if (outcome->failure != NULL)
    kab_log (outcome->gave_up ? KAB_LOG_ERROR : KAB_LOG_WARNING,
             outcome->gave_up ? "outbox-given-up" : "outbox-attempt-failed",
             KAB_LOG_STR ("kind", self->kind), KAB_LOG_INT ("message", outcome->message->id),
             KAB_LOG_INT ("attempt", outcome->message->attempts),
             KAB_LOG_STR ("reason", outcome->failure->message), NULL);
}

static void
deliver_one (KabOutboxWorker *self, const KabOutboxMessage *message)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) error = NULL;
  Outcome outcome = { .message = message };

  self->deliver (message, kab_store_get_now (self->store), self->data, &failure);
  outcome.failure = failure;
  if (kab_store_write (self->store, note_outcome, &outcome, &error))
    report (self, &outcome);
  else
    kab_log (KAB_LOG_WARNING, "outbox-outcome-lost", KAB_LOG_STR ("kind", self->kind),
             KAB_LOG_INT ("message", message->id), KAB_LOG_STR ("reason", error->message), NULL);
}

/* Delivers what is due. Returns: for how long there is nothing to do */
static GTimeSpan
work (KabOutboxWorker *self)
{
  Claim claim = { .self = self };
  gint64 now = kab_store_get_now (self->store);
  g_autoptr (GPtrArray) messages = NULL;

  if (!kab_store_read (self->store, find_due, &claim, NULL))
    return STORE_WAIT;
  if (claim.due == 0)
    return LONGEST_WAIT;
  if (claim.due > now)
    return MIN (claim.due - now, LONGEST_WAIT);
  if (!kab_store_write (self->store, claim_messages, &claim, NULL))
    return STORE_WAIT;
  messages = claim.messages;
  for (guint i = 0; i < messages->len; i++)
    deliver_one (self, messages->pdata[i]);
  /* Another replica was faster, or an earlier message of the same order is under way. */
  return messages->len > 0 ? 0 : G_TIME_SPAN_SECOND;
}

static gpointer
run_thread (gpointer data)
{
  KabOutboxWorker *self = data;
  gboolean goes_on = TRUE;

  while (goes_on)
    {
      GTimeSpan wait;
      gint64 end;

      g_mutex_lock (&self->mutex);
      self->is_awake = FALSE;
      g_mutex_unlock (&self->mutex);
      wait = work (self);
      end = g_get_monotonic_time () + wait;
      g_mutex_lock (&self->mutex);
      while (wait > 0 && !self->is_awake && !self->is_stopping &&
             g_cond_wait_until (&self->changed, &self->mutex, end))
        ;
      goes_on = !self->is_stopping;
      g_mutex_unlock (&self->mutex);
    }
  return NULL;
}

static void
store_changed_cb (const char *topic, const char *key, gint64 sequence, gpointer data)
{
  KabOutboxWorker *self = data;

  if (topic == NULL ||
      (g_str_equal (topic, KAB_TOPIC_OUTBOX) && (key == NULL || g_str_equal (key, self->kind))))
    kab_outbox_worker_wake (self);
}

/**
 * kab_outbox_worker_new:
 * @kind: which messages are delivered
 * @deliver: what delivers one
 * @data: for @deliver
 *
 * Starts the thread.
 *
 * Returns: (transfer full): the worker
 */
KabOutboxWorker *
kab_outbox_worker_new (KabStore *store,
                       KabMetrics *metrics,
                       const char *kind,
                       KabOutboxDeliver deliver,
                       gpointer data)
{
  KabOutboxWorker *self = g_new0 (KabOutboxWorker, 1);
  g_autofree char *name = g_strdup_printf ("outbox-%s", kind);

  self->store = g_object_ref (store);
  self->metrics = g_object_ref (metrics);
  self->kind = g_strdup (kind);
  self->deliver = deliver;
  self->data = data;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->listener = kab_store_listen (store, store_changed_cb, self);
  self->thread = g_thread_new (name, run_thread, self);
  return self;
}

/**
 * kab_outbox_worker_wake:
 *
 * Lets the worker look at once.
 */
void
kab_outbox_worker_wake (KabOutboxWorker *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->is_awake = TRUE;
  g_cond_signal (&self->changed);
}

/**
 * kab_outbox_worker_stop:
 * @self: (transfer full): a worker
 *
 * Waits for the delivery that is under way and ends the thread.
 */
void
kab_outbox_worker_stop (KabOutboxWorker *self)
{
  kab_store_unlisten (self->store, self->listener);
  g_mutex_lock (&self->mutex);
  self->is_stopping = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_object_unref (self->store);
  g_object_unref (self->metrics);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self->kind);
  g_free (self);
}
