/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The threads that answer requests, and the queue before them. Most requests take less time than it
 * takes to wake a thread, so as few as possible are woken: the one that fell asleep last, whose
 * caches are warm, and one at a time; it wakes the next when it finds more than it can take.
 */

#include "kab-http-workers.h"

typedef struct _Job Job;
struct _Job
{
  KabHttpJob run;
  gpointer data;
  Job *next;
};

typedef struct _Worker Worker;
struct _Worker
{
  KabHttpWorkers *workers; /* (owned) */
  GThread *thread;         /* (owned) (nullable) */
  GCond woken;
  gboolean is_idle;  /* (mutex mutex): on the stack of the idle */
  Worker *next_idle; /* (mutex mutex) (nullable) */
};

struct _KabHttpWorkers
{
  gatomicrefcount ref_count; /* the owner's and one for each thread */
  Worker *all;               /* (owned) (array length=n_all) */
  guint n_all;

  GMutex mutex;
  Job *first;         /* (mutex mutex) (nullable): the oldest */
  Job *last;          /* (mutex mutex) (nullable) */
  guint n_queued;     /* (mutex mutex) */
  guint n_busy;       /* (mutex mutex) */
  Worker *idle;       /* (mutex mutex) (nullable): the one that fell asleep last */
  gboolean is_waking; /* (mutex mutex): one was woken and hasn't looked yet */
  gboolean ends;      /* (mutex mutex) */
};

static void
workers_unref (KabHttpWorkers *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->n_all; i++)
    g_cond_clear (&self->all[i].woken);
  g_free (self->all);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* With the mutex held. Returns: (nullable): the worker to signal once it is released */
static Worker *
choose_next (KabHttpWorkers *self)
{
  Worker *worker = self->idle;

  if (!worker || !self->first || self->is_waking)
    return NULL;
  self->idle = worker->next_idle;
  worker->is_idle = FALSE;
  self->is_waking = TRUE;
  return worker;
}

/* With the mutex held. */
static void
sleep_until_woken (KabHttpWorkers *self, Worker *worker)
{
  worker->is_idle = TRUE;
  worker->next_idle = self->idle;
  self->idle = worker;
  while (worker->is_idle && !self->ends)
    g_cond_wait (&worker->woken, &self->mutex);
  self->is_waking = FALSE;
}

/* With the mutex held. Returns: (transfer full) (nullable): %NULL at the end */
static Job *
take_job (KabHttpWorkers *self, Worker *worker)
{
  Job *job;

  while (!self->first && !self->ends)
    sleep_until_woken (self, worker);
  job = self->first;
  if (job)
    {
      self->first = job->next;
      self->n_queued--;
    }
  return job;
}

static void
unlock_and_wake_next (KabHttpWorkers *self)
{
  Worker *next = choose_next (self);

  g_mutex_unlock (&self->mutex);
  if (next)
    g_cond_signal (&next->woken);
}

static gpointer
worker_thread (gpointer user_data)
{
  Worker *worker = user_data;
  KabHttpWorkers *self = worker->workers;
  Job *job;

  g_mutex_lock (&self->mutex);
  while ((job = take_job (self, worker)))
    {
      self->n_busy++;
      unlock_and_wake_next (self);
      job->run (job->data);
      g_free (job);
      g_mutex_lock (&self->mutex);
      self->n_busy--;
    }
  g_mutex_unlock (&self->mutex);
  workers_unref (self);
  return NULL;
}

static void
forget_jobs (KabHttpWorkers *self)
{
  while (self->first)
    {
      Job *job = self->first;

      self->first = job->next;
      g_free (job);
    }
  self->n_queued = 0;
}

static void
end (KabHttpWorkers *self, gboolean is_abandoned)
{
  g_mutex_lock (&self->mutex);
  self->ends = TRUE;
  if (is_abandoned)
    forget_jobs (self);
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < self->n_all; i++)
    g_cond_signal (&self->all[i].woken);
}

/*
 * kab_http_workers_new:
 * @n_workers: how many threads, at least 1
 *
 * Returns: (transfer full): the threads, for kab_http_workers_finish() or
 *   kab_http_workers_abandon(); %NULL with a #GThreadError when they can't be started
 */
KabHttpWorkers *
kab_http_workers_new (guint n_workers, GError **error)
{
  KabHttpWorkers *self = g_new0 (KabHttpWorkers, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->all = g_new0 (Worker, n_workers);
  for (self->n_all = 0; self->n_all < n_workers; self->n_all++)
    {
      Worker *worker = &self->all[self->n_all];

      worker->workers = self;
      g_cond_init (&worker->woken);
      g_atomic_ref_count_inc (&self->ref_count);
      worker->thread = g_thread_try_new ("http-worker", worker_thread, worker, error);
      if (!worker->thread)
        {
          g_cond_clear (&worker->woken);
          workers_unref (self);
          kab_http_workers_finish (self);
          return NULL;
        }
    }
  return self;
}

/*
 * kab_http_workers_push:
 * @limit: how many jobs may wait
 *
 * Returns: whether a worker will do the job; %FALSE when as many wait already
 */
gboolean
kab_http_workers_push (KabHttpWorkers *self, KabHttpJob job, gpointer data, guint limit)
{
  Job *entry;

  g_mutex_lock (&self->mutex);
  if (self->n_queued >= limit)
    {
      g_mutex_unlock (&self->mutex);
      return FALSE;
    }
  entry = g_new (Job, 1);
  *entry = (Job) { job, data, NULL };
  if (self->first)
    self->last->next = entry;
  else
    self->first = entry;
  self->last = entry;
  self->n_queued++;
  unlock_and_wake_next (self);
  return TRUE;
}

/* Returns: how many jobs wait */
guint
kab_http_workers_get_n_queued (KabHttpWorkers *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->n_queued;
}

/* Returns: how many workers are at work */
guint
kab_http_workers_get_n_busy (KabHttpWorkers *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->n_busy;
}

/* Does what waits, and waits for it. */
void
kab_http_workers_finish (KabHttpWorkers *self)
{
  end (self, FALSE);
  for (guint i = 0; i < self->n_all; i++)
    g_thread_join (self->all[i].thread);
  workers_unref (self);
}

/* Leaves the threads, one of which hangs, and what waits to the end of the process. */
void
kab_http_workers_abandon (KabHttpWorkers *self)
{
  end (self, TRUE);
  for (guint i = 0; i < self->n_all; i++)
    g_thread_unref (self->all[i].thread);
  workers_unref (self);
}
