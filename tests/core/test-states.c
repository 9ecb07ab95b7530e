/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-application-state.h"
#include "kab-identification-state.h"

#include <string.h>

/* Rows: the state before; columns: the state after; "x" where it may go. */
static void
test_application (void)
{
  static const char *const names[] = { "draft",   "submitted", "in-progress", "waiting-for-client",
                                       "decided", "withdrawn", "expired" };
  static const char *const allowed[] = {
    /* d s i w D W E */
    "x x . . . x x", /* draft */
    ". x x x . x x", /* submitted */
    ". . x x x x .", /* in progress */
    ". . x x x x x", /* waiting for the client */
    ". . . . x . .", /* decided */
    ". . . . . x .", /* withdrawn */
    ". . . . . . x", /* expired */
  };

  for (guint from = 0; from < KAB_N_APPLICATION_STATES; from++)
    {
      KabApplicationState read;

      g_assert_cmpstr (kab_application_state_name (from), ==, names[from]);
      g_assert_true (kab_application_state_from_name (names[from], &read));
      g_assert_cmpint (read, ==, from);
      g_assert_cmpint (kab_application_state_is_closed (from), ==, from >= 4);

      for (guint to = 0; to < KAB_N_APPLICATION_STATES; to++)
        {
          KabApplicationState state = from;
          g_autoptr (GError) error = NULL;
          int reason = from >= 4 ? (int) KAB_APPLICATION_ERROR_CLOSED
                                 : (int) KAB_APPLICATION_ERROR_TRANSITION;
          gboolean changed = kab_application_state_change (&state, to, &error);

          if (changed != (allowed[from][to * 2] == 'x'))
            g_error ("%s to %s", names[from], names[to]);
          g_assert_cmpint (state, ==, changed ? to : from);
          if (!changed)
            g_assert_error (error, KAB_APPLICATION_ERROR, reason);
        }
    }
}

static void
test_identification (void)
{
  static const char *const names[] = { "not-started", "in-progress", "passed", "failed",
                                       "repeat-requested" };
  /* p the person, s the service, b the bank; = nothing changes */
  static const char *const allowed[][5] = {
    { "=", "ps", "sb", "sb", "s" }, /* not started */
    { "s", "=", "sb", "sb", "sb" }, /* in progress */
    { "", "", "=", "b", "b" },      /* passed */
    { "", "", "", "=", "b" },       /* failed */
    { "", "ps", "sb", "sb", "=" },  /* repeat requested */
  };

  for (guint from = 0; from < KAB_N_IDENTIFICATION_STATES; from++)
    {
      KabIdentificationState read;

      g_assert_cmpstr (kab_identification_state_name (from), ==, names[from]);
      g_assert_true (kab_identification_state_from_name (names[from], &read));
      g_assert_cmpint (read, ==, from);

      for (guint to = 0; to < KAB_N_IDENTIFICATION_STATES; to++)
        {
          for (guint actor = 0; actor < KAB_N_IDENTIFICATION_ACTORS; actor++)
            {
              const char *who = allowed[from][to];
              KabIdentificationState state = from;
              g_autoptr (GError) error = NULL;
              int reason = *who != '\0' ? (int) KAB_IDENTIFICATION_ERROR_ACTOR
                                        : (int) KAB_IDENTIFICATION_ERROR_TRANSITION;
              gboolean changed = kab_identification_state_change (&state, to, actor, &error);

              if (changed != (*who == '=' || strchr (who, "psb"[actor]) != NULL))
                g_error ("%s to %s by %c", names[from], names[to], "psb"[actor]);
              g_assert_cmpint (state, ==, changed ? to : from);
              if (!changed)
                g_assert_error (error, KAB_IDENTIFICATION_ERROR, reason);
            }
        }
    }
}

static void
test_unknown_names (void)
{
  KabApplicationState application;
  KabIdentificationState identification;

  g_assert_false (kab_application_state_from_name ("Draft", &application));
  g_assert_false (kab_application_state_from_name (NULL, &application));
  g_assert_false (kab_identification_state_from_name ("green", &identification));
  g_assert_false (kab_identification_state_from_name (NULL, &identification));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/states/application", test_application);
  g_test_add_func ("/states/identification", test_identification);
  g_test_add_func ("/states/unknown-names", test_unknown_names);

  return g_test_run ();
}
