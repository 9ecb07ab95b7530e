/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every job is done once, as many at a time as there are workers, although few are woken. */

#include "kab-http-workers.h"

#define N_WORKERS  4
#define N_PUSHERS  3
#define N_JOBS     20000
#define WAIT_LIMIT G_TIME_SPAN_MINUTE

static GMutex mutex;
static GCond changed;
static guint n_done;
static guint n_meeting;
static gboolean is_open;

static void
wait_for (const guint *figure, guint expected)
{
  const gint64 deadline = g_get_monotonic_time () + WAIT_LIMIT;

  g_mutex_lock (&mutex);
  while (*figure < expected)
    g_assert_true (g_cond_wait_until (&changed, &mutex, deadline));
  g_assert_cmpuint (*figure, ==, expected);
  g_mutex_unlock (&mutex);
}

static void
count_job (gpointer data)
{
  g_mutex_lock (&mutex);
  n_done++;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&mutex);
}

/* Ends when as many as @data are in it at the same time. */
static void
meet_job (gpointer data)
{
  const gint64 deadline = g_get_monotonic_time () + WAIT_LIMIT;

  g_mutex_lock (&mutex);
  n_meeting++;
  g_cond_broadcast (&changed);
  while (n_meeting < GPOINTER_TO_UINT (data))
    g_assert_true (g_cond_wait_until (&changed, &mutex, deadline));
  n_done++;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&mutex);
}

/* Ends when the test lets it. */
static void
blocked_job (gpointer data)
{
  g_mutex_lock (&mutex);
  n_meeting++;
  g_cond_broadcast (&changed);
  while (!is_open)
    g_cond_wait (&changed, &mutex);
  n_done++;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&mutex);
}

static void
open_blocked (void)
{
  g_mutex_lock (&mutex);
  is_open = TRUE;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&mutex);
}

static KabHttpWorkers *
start (guint n_workers)
{
  g_autoptr (GError) error = NULL;
  KabHttpWorkers *workers = kab_http_workers_new (n_workers, &error);

  g_assert_no_error (error);
  n_done = n_meeting = 0;
  is_open = FALSE;
  return workers;
}

static gpointer
push_thread (gpointer workers)
{
  for (guint i = 0; i < N_JOBS; i++)
    g_assert_true (kab_http_workers_push (workers, count_job, NULL, G_MAXUINT));
  return NULL;
}

static void
test_all_are_done (void)
{
  KabHttpWorkers *workers = start (N_WORKERS);
  GThread *pushers[N_PUSHERS];

  for (guint i = 0; i < N_PUSHERS; i++)
    pushers[i] = g_thread_new ("push", push_thread, workers);
  for (guint i = 0; i < N_PUSHERS; i++)
    g_thread_join (pushers[i]);
  kab_http_workers_finish (workers);
  g_assert_cmpuint (n_done, ==, N_PUSHERS * N_JOBS);
}

/* Nobody is left asleep while a job waits: the jobs end only together. */
static void
test_all_work_at_once (void)
{
  KabHttpWorkers *workers = start (N_WORKERS);

  for (guint round = 1; round <= 200; round++)
    {
      for (guint i = 0; i < N_WORKERS; i++)
        g_assert_true (kab_http_workers_push (workers, meet_job,
                                              GUINT_TO_POINTER (round * N_WORKERS), G_MAXUINT));
      wait_for (&n_done, round * N_WORKERS);
    }
  kab_http_workers_finish (workers);
}

static void
test_limit (void)
{
  KabHttpWorkers *workers = start (1);

  g_assert_true (kab_http_workers_push (workers, blocked_job, NULL, 1));
  wait_for (&n_meeting, 1);
  g_assert_cmpuint (kab_http_workers_get_n_busy (workers), ==, 1);
  g_assert_true (kab_http_workers_push (workers, count_job, NULL, 1));
  g_assert_false (kab_http_workers_push (workers, count_job, NULL, 1));
  g_assert_cmpuint (kab_http_workers_get_n_queued (workers), ==, 1);
  open_blocked ();
  kab_http_workers_finish (workers);
  g_assert_cmpuint (n_done, ==, 2);
}

static void
test_abandoned (void)
{
  KabHttpWorkers *workers = start (1);

  g_assert_true (kab_http_workers_push (workers, blocked_job, NULL, G_MAXUINT));
  wait_for (&n_meeting, 1);
  g_assert_true (kab_http_workers_push (workers, count_job, NULL, G_MAXUINT));
  kab_http_workers_abandon (workers);
  open_blocked ();
  wait_for (&n_done, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-workers/all-are-done", test_all_are_done);
  g_test_add_func ("/http-workers/all-work-at-once", test_all_work_at_once);
  g_test_add_func ("/http-workers/limit", test_limit);
  g_test_add_func ("/http-workers/abandoned", test_abandoned);
  return g_test_run ();
}
