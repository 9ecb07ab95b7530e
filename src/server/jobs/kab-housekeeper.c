/* SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * KabHousekeeper:
 *
 * Removes what nobody needs any more, now and then and a little at a time, so that no write keeps
 * the others waiting. Replicas may do it at once.
 */

#include "kab-housekeeper.h"

#include "kab-events.h"
#include "kab-files.h"
#include "kab-idempotency.h"
#include "kab-log.h"
#include "kab-stored-files.h"
#include "kab-uploads.h"

/* Around ten minutes, so that replicas drift apart. */
#define PAUSE_SHORTEST_S 500
#define PAUSE_LONGEST_S  700

struct _KabHousekeeper
{
  GObject parent_instance;

  KabStore *store; /* (owned) */
  GThread *thread; /* (owned) (nullable) */
  GMutex mutex;
  GCond stop;
  gboolean is_stopping; /* (mutex mutex) */
};

/* Returns: whether it succeeded; @n_removed is 0 when nothing was left to do */
typedef gboolean (*Task) (KabTransaction *tx, guint *n_removed, GError **error);

typedef struct
{
  Task task;
  guint n_removed;
} Round;

G_DEFINE_FINAL_TYPE (KabHousekeeper, kab_housekeeper, G_TYPE_OBJECT)

/* One file may have hundreds of pieces. */
static gboolean
remove_expired_file (KabTransaction *tx, guint *n_removed, GError **error)
{
  return kab_files_expire (tx, 1, n_removed, error);
}

static gboolean
remove_orphan (KabTransaction *tx, guint *n_removed, GError **error)
{
  return kab_stored_files_drop_orphans (tx, kab_tx_get_now (tx) - KAB_UPLOAD_LIFETIME, 1,
                                        n_removed, error);
}

static gboolean
prune_events (KabTransaction *tx, guint *n_removed, GError **error)
{
  *n_removed = 0;
  return kab_events_prune (tx, kab_tx_get_now (tx) - KAB_EVENTS_WINDOW, error);
}

static gboolean
prune_answers (KabTransaction *tx, guint *n_removed, GError **error)
{
  *n_removed = 0;
  return kab_idempotency_prune (tx, kab_tx_get_now (tx) - KAB_IDEMPOTENCY_WINDOW, error);
}

static const Task tasks[] = { remove_expired_file, remove_orphan, prune_events, prune_answers };

static gboolean
is_stopping (KabHousekeeper *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->is_stopping;
}

static gboolean
run_round (KabTransaction *tx, gpointer data, GError **error)
{
  Round *round = data;

  return round->task (tx, &round->n_removed, error);
}

/* Returns: whether to wait for the next time, rather than to end */
static gboolean
pause_until_next (KabHousekeeper *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gint64 next = g_get_monotonic_time ()
                + g_random_int_range (PAUSE_SHORTEST_S, PAUSE_LONGEST_S) * G_TIME_SPAN_SECOND;

  while (!self->is_stopping && g_cond_wait_until (&self->stop, &self->mutex, next))
    ;
  return !self->is_stopping;
}

static gpointer
keep_house_cb (gpointer data)
{
  KabHousekeeper *self = data;

  do
    {
      g_autoptr (GError) error = NULL;

      if (!kab_housekeeper_run (self, &error))
        kab_log (KAB_LOG_WARNING, "housekeeping-failed",
                 KAB_LOG_STR ("domain", g_quark_to_string (error->domain)),
                 KAB_LOG_INT ("code", error->code), NULL);
    }
  while (pause_until_next (self));
  return NULL;
}

static void
kab_housekeeper_finalize (GObject *object)
{
  KabHousekeeper *self = KAB_HOUSEKEEPER (object);

  g_clear_object (&self->store);
  g_cond_clear (&self->stop);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (kab_housekeeper_parent_class)->finalize (object);
}

static void
kab_housekeeper_class_init (KabHousekeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_housekeeper_finalize;
}

static void
kab_housekeeper_init (KabHousekeeper *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->stop);
}

/**
 * kab_housekeeper_new:
 *
 * Returns: (transfer full): one that does nothing yet
 */
KabHousekeeper *
kab_housekeeper_new (KabStore *store)
{
  KabHousekeeper *self = g_object_new (KAB_TYPE_HOUSEKEEPER, NULL);

  self->store = g_object_ref (store);
  return self;
}

/**
 * kab_housekeeper_run:
 *
 * Removes once all that is due: expired uploads, files that hang on nothing any more, events and
 * answers beyond their windows.
 */
gboolean
kab_housekeeper_run (KabHousekeeper *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    {
      Round round = { .task = tasks[i] };

      do
        if (!kab_store_write (self->store, run_round, &round, error))
          return FALSE;
      while (round.n_removed > 0 && !is_stopping (self));
    }
  return TRUE;
}

/**
 * kab_housekeeper_start:
 *
 * Keeps house on a thread of its own until kab_housekeeper_stop().
 */
void
kab_housekeeper_start (KabHousekeeper *self)
{
  self->thread = g_thread_new ("housekeeper", keep_house_cb, self);
}

/**
 * kab_housekeeper_stop:
 *
 * Blocks until nothing of it uses the store.
 */
void
kab_housekeeper_stop (KabHousekeeper *self)
{
  if (self->thread == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->is_stopping = TRUE;
  g_cond_signal (&self->stop);
  g_mutex_unlock (&self->mutex);
  g_thread_join (g_steal_pointer (&self->thread));
}
