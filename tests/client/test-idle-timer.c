/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-idle-timer.h"
#include "kab-test-server.h"

static gint64 now;

static gint64
test_clock (gpointer user_data)
{
  return now;
}

static void
counted_cb (GObject *object, gpointer count)
{
  (*(guint *) count)++;
}

static void
noted_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void
go_to (KabIdleTimer *timer, gint64 seconds)
{
  now = seconds * G_USEC_PER_SEC;
  kab_idle_timer_check (timer);
}

static void
test_course (void)
{
  KabIdleTimer *timer = kab_idle_timer_new (300);
  guint expired = 0, warnings = 0, seconds = 0;

  now = 0;
  kab_idle_timer_set_clock (timer, test_clock, NULL);
  g_signal_connect (timer, "expired", G_CALLBACK (counted_cb), &expired);
  g_signal_connect (timer, "notify::warning", G_CALLBACK (noted_cb), &warnings);
  g_signal_connect (timer, "notify::seconds-left", G_CALLBACK (noted_cb), &seconds);
  kab_idle_timer_start (timer);

  go_to (timer, 239);
  g_assert_false (kab_idle_timer_get_warning (timer));
  g_assert_cmpuint (kab_idle_timer_get_seconds_left (timer), ==, 61);
  g_assert_cmpuint (seconds, ==, 0);
  go_to (timer, 240);
  g_assert_true (kab_idle_timer_get_warning (timer));
  g_assert_cmpuint (kab_idle_timer_get_seconds_left (timer), ==, 60);
  for (guint i = 241; i <= 260; i++)
    go_to (timer, i);
  g_assert_cmpuint (seconds, ==, 21);

  /* the user chooses to stay */
  kab_idle_timer_reset (timer);
  g_assert_false (kab_idle_timer_get_warning (timer));
  g_assert_cmpuint (warnings, ==, 2);
  go_to (timer, 260 + 299);
  g_assert_cmpuint (expired, ==, 0);
  go_to (timer, 260 + 300);
  g_assert_cmpuint (expired, ==, 1);
  go_to (timer, 2000);
  g_assert_cmpuint (expired, ==, 1);
  g_assert_false (kab_idle_timer_get_warning (timer));
  g_assert_finalize_object (timer);
}

/* The computer slept through the warning. */
static void
test_sleep (void)
{
  KabIdleTimer *timer = kab_idle_timer_new (300);
  guint expired = 0, warnings = 0;

  now = 0;
  kab_idle_timer_set_clock (timer, test_clock, NULL);
  g_signal_connect (timer, "expired", G_CALLBACK (counted_cb), &expired);
  g_signal_connect (timer, "notify::warning", G_CALLBACK (noted_cb), &warnings);
  kab_idle_timer_start (timer);
  go_to (timer, 100000);
  g_assert_cmpuint (expired, ==, 1);
  g_assert_cmpuint (warnings, ==, 0);
  g_assert_finalize_object (timer);
}

static void
test_stop (void)
{
  KabIdleTimer *timer = kab_idle_timer_new (0);
  guint expired = 0;

  now = 0;
  kab_idle_timer_set_clock (timer, test_clock, NULL);
  g_signal_connect (timer, "expired", G_CALLBACK (counted_cb), &expired);
  kab_idle_timer_start (timer);
  g_assert_cmpuint (kab_idle_timer_get_seconds_left (timer), ==, KAB_IDLE_TIMER_DEFAULT);
  go_to (timer, 250);
  kab_idle_timer_stop (timer);
  g_assert_false (kab_idle_timer_get_warning (timer));
  go_to (timer, 1000);
  g_assert_cmpuint (expired, ==, 0);

  /* a new session begins with a whole span */
  kab_idle_timer_start (timer);
  go_to (timer, 1100);
  g_assert_cmpuint (expired, ==, 0);
  g_assert_finalize_object (timer);
}

/* By its own clock and tick. */
static void
test_ticks (void)
{
  KabIdleTimer *timer = kab_idle_timer_new (2);
  guint expired = 0;

  g_signal_connect (timer, "expired", G_CALLBACK (counted_cb), &expired);
  kab_idle_timer_start (timer);
  kab_test_wait_until (expired == 1);
  g_assert_finalize_object (timer);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/idle-timer/course", test_course);
  g_test_add_func ("/idle-timer/sleep", test_sleep);
  g_test_add_func ("/idle-timer/stop", test_stop);
  g_test_add_func ("/idle-timer/ticks", test_ticks);

  return g_test_run ();
}
