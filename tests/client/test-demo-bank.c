/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>

#include "kab-demo-bank.h"
#include "kab-test-server.h"

typedef struct
{
  char *folder;
  KabDemoBank *bank;
  GString *states;
  GAsyncResult *result;
} Fixture;

static void
state_cb (KabDemoBank *bank, GParamSpec *pspec, Fixture *fixture)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (KAB_TYPE_DEMO_BANK_STATE);

  g_string_append_printf (fixture->states, "%s ",
                          g_enum_get_value (klass, kab_demo_bank_get_state (bank))->value_nick);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *programs = g_dir_make_tmp ("kab-programs-XXXXXX", NULL);
  const char *names[] = { "kabinets-sandbox", "kabinets-server" };
  g_autoptr (GFile) folder = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *link = g_build_filename (programs, names[i], NULL);

      g_assert_cmpint (symlink (g_getenv ("KAB_FAKE_PROGRAM"), link), ==, 0);
    }
  g_setenv ("KABINETS_LIBEXECDIR", programs, TRUE);
  fixture->folder = g_dir_make_tmp ("kab-demo-XXXXXX", NULL);
  fixture->states = g_string_new (NULL);
  folder = g_file_new_for_path (fixture->folder);
  fixture->bank = kab_demo_bank_new (folder);
  g_signal_connect (fixture->bank, "notify::state", G_CALLBACK (state_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  kab_test_let_go (fixture->bank);
  g_string_free (fixture->states, TRUE);
  g_free (fixture->folder);
}

static void
behave (Fixture *fixture, const char *program, const char *behaviour)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.behaviour", fixture->folder, program);

  g_assert_true (g_file_set_contents (path, behaviour, -1, NULL));
}

/* Returns: (transfer full) what a program wrote down; empty when it never ran */
static char *
log_of (Fixture *fixture, const char *program)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.log", fixture->folder, program);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

static gboolean
log_has (Fixture *fixture, const char *program, const char *text)
{
  g_autofree char *log = log_of (fixture, program);

  return strstr (log, text) != NULL;
}

static guint
count_starts (Fixture *fixture, const char *program)
{
  g_autofree char *log = log_of (fixture, program);
  guint count = 0;

  for (const char *p = log; (p = strstr (p, "started")) != NULL; p++)
    count++;

  return count;
}

static gboolean
start (Fixture *fixture, GError **error)
{
  g_clear_object (&fixture->result);
  kab_demo_bank_start_async (fixture->bank, NULL, kab_test_keep_result, &fixture->result);
  kab_test_wait_for_result (&fixture->result);

  return kab_demo_bank_start_finish (fixture->bank, fixture->result, error);
}

static void
stop (Fixture *fixture)
{
  g_clear_object (&fixture->result);
  kab_demo_bank_stop_async (fixture->bank, kab_test_keep_result, &fixture->result);
  kab_test_wait_for_result (&fixture->result);
  kab_demo_bank_stop_finish (fixture->bank, fixture->result);
}

static void
test_course (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (start (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (kab_demo_bank_get_address (fixture->bank), ==, "http://127.0.0.1:1");
  g_assert_cmpstr (
      json_object_get_string_member (kab_demo_bank_get_sandbox (fixture->bank), "sumsub"), ==,
      "http://127.0.0.1:2");
  kab_test_wait_until (log_has (fixture, "kabinets-sandbox", "bank http://127.0.0.1:1"));

  stop (fixture);
  g_assert_true (log_has (fixture, "kabinets-server", "ended"));
  g_assert_true (log_has (fixture, "kabinets-sandbox", "ended"));
  g_assert_null (kab_demo_bank_get_address (fixture->bank));
  g_assert_cmpstr (fixture->states->str, ==,
                   "starting-sandbox starting-server running stopping stopped ");
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *program;
    const char *behaviour;
    KabDemoBankError code;
    const char *message;
  } errors[] = {
    { "kabinets-sandbox", "dies", KAB_DEMO_BANK_ERROR_DIED, "the port is taken" },
    { "kabinets-server", "dies", KAB_DEMO_BANK_ERROR_DIED, "the port is taken" },
    { "kabinets-sandbox", "garbage", KAB_DEMO_BANK_ERROR_GARBAGE, "kabinets-sandbox" },
    { "kabinets-server", "garbage", KAB_DEMO_BANK_ERROR_GARBAGE, "kabinets-server" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (GError) error = NULL;

      behave (fixture, errors[i].program, errors[i].behaviour);
      g_assert_false (start (fixture, &error));
      g_assert_error (error, KAB_DEMO_BANK_ERROR, (int) errors[i].code);
      g_assert_nonnull (strstr (error->message, errors[i].message));
      g_assert_cmpint (kab_demo_bank_get_state (fixture->bank), ==, KAB_DEMO_BANK_FAILED);
      g_assert_nonnull (kab_demo_bank_get_error (fixture->bank));
      behave (fixture, errors[i].program, "good");
    }

  /* it can be tried again */
  g_assert_true (start (fixture, NULL));
  g_assert_null (kab_demo_bank_get_error (fixture->bank));
  stop (fixture);
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_setenv ("KABINETS_LIBEXECDIR", "/nowhere", TRUE);
  g_assert_false (start (fixture, &error));
  g_assert_error (error, KAB_DEMO_BANK_ERROR, KAB_DEMO_BANK_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "/nowhere/kabinets-sandbox"));
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path ("/proc/none");
  g_autoptr (GError) error = NULL;

  kab_test_let_go (fixture->bank);
  fixture->bank = kab_demo_bank_new (folder);
  g_assert_false (start (fixture, &error));
  g_assert_error (error, KAB_DEMO_BANK_ERROR, KAB_DEMO_BANK_ERROR_FOLDER);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  behave (fixture, "kabinets-server", "silent");
  kab_demo_bank_start_async (fixture->bank, cancellable, kab_test_keep_result, &fixture->result);
  kab_test_wait_until (count_starts (fixture, "kabinets-server") == 1);
  g_cancellable_cancel (cancellable);
  kab_test_wait_for_result (&fixture->result);
  g_assert_false (kab_demo_bank_start_finish (fixture->bank, fixture->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  kab_test_wait_until (log_has (fixture, "kabinets-sandbox", "ended"));
}

static int
pid_of (Fixture *fixture, const char *program)
{
  g_autofree char *log = log_of (fixture, program);
  int pid = (int) g_ascii_strtoll (log + strlen ("started "), NULL, 10);

  g_assert_cmpint (pid, >, 1);

  return pid;
}

static gboolean
is_running (int pid)
{
  return kill (pid, 0) == 0;
}

/* In the middle of a start: it begins anew with both, and what was starting is gone. */
static void
test_dies_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int server;

  behave (fixture, "kabinets-server", "silent");
  kab_demo_bank_start_async (fixture->bank, NULL, kab_test_keep_result, &fixture->result);
  kab_test_wait_until (count_starts (fixture, "kabinets-server") == 1);
  server = pid_of (fixture, "kabinets-server");
  behave (fixture, "kabinets-server", "good");
  g_assert_cmpint (kill (pid_of (fixture, "kabinets-sandbox"), SIGKILL), ==, 0);
  kab_test_wait_for_result (&fixture->result);
  g_assert_true (kab_demo_bank_start_finish (fixture->bank, fixture->result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (kab_demo_bank_get_state (fixture->bank), ==, KAB_DEMO_BANK_RUNNING);
  g_assert_cmpuint (count_starts (fixture, "kabinets-server"), ==, 2);
  kab_test_wait_until (!is_running (server));
  stop (fixture);
}

static void
test_stop_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) started = NULL;
  g_autoptr (GError) error = NULL;
  int server;

  behave (fixture, "kabinets-server", "silent");
  kab_demo_bank_start_async (fixture->bank, NULL, kab_test_keep_result, &started);
  kab_test_wait_until (count_starts (fixture, "kabinets-server") == 1);
  server = pid_of (fixture, "kabinets-server");
  stop (fixture);
  kab_test_wait_for_result (&started);
  g_assert_false (kab_demo_bank_start_finish (fixture->bank, started, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (kab_demo_bank_get_state (fixture->bank), ==, KAB_DEMO_BANK_STOPPED);
  kab_test_wait_until (!is_running (server));
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  g_assert_true (start (fixture, NULL));
  g_assert_cmpint (kill (pid_of (fixture, "kabinets-server"), SIGKILL), ==, 0);
  kab_test_wait_until (count_starts (fixture, "kabinets-server") == 2 &&
                       kab_demo_bank_get_state (fixture->bank) == KAB_DEMO_BANK_RUNNING);
  g_assert_cmpuint (count_starts (fixture, "kabinets-sandbox"), ==, 2);
  stop (fixture);
}

static void
test_dies_again_and_again (Fixture *fixture, gconstpointer data)
{
  behave (fixture, "kabinets-sandbox", "dies-later");
  g_assert_true (start (fixture, NULL));
  kab_test_wait_until (kab_demo_bank_get_state (fixture->bank) == KAB_DEMO_BANK_FAILED);
  g_assert_error (kab_demo_bank_get_error (fixture->bank), KAB_DEMO_BANK_ERROR,
                  KAB_DEMO_BANK_ERROR_DIED);
  g_assert_nonnull (strstr (kab_demo_bank_get_error (fixture->bank)->message, "out of luck"));
  g_assert_cmpuint (count_starts (fixture, "kabinets-sandbox"), ==, 4);
}

static void
test_stubborn (Fixture *fixture, gconstpointer data)
{
  gint64 begin;

  behave (fixture, "kabinets-server", "stubborn");
  g_assert_true (start (fixture, NULL));
  begin = g_get_monotonic_time ();
  stop (fixture);
  g_assert_cmpint (g_get_monotonic_time () - begin, >, 3 * G_USEC_PER_SEC);
}

/* Dropped without being stopped: the programs see the end of their input. */
static void
test_dropped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);

  g_assert_true (start (fixture, NULL));
  g_clear_object (&fixture->result);
  g_clear_object (&fixture->bank);
  kab_test_wait_until (log_has (fixture, "kabinets-sandbox", "ended") &&
                       log_has (fixture, "kabinets-server", "ended"));
  fixture->bank = kab_demo_bank_new (folder);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/demo-bank/course", test_course);
  add ("/demo-bank/errors", test_errors);
  add ("/demo-bank/missing", test_missing);
  add ("/demo-bank/no-folder", test_no_folder);
  add ("/demo-bank/cancel", test_cancel);
  add ("/demo-bank/restart", test_restart);
  add ("/demo-bank/dies-meanwhile", test_dies_meanwhile);
  add ("/demo-bank/stop-meanwhile", test_stop_meanwhile);
  add ("/demo-bank/dies-again-and-again", test_dies_again_and_again);
  add ("/demo-bank/stubborn", test_stubborn);
  add ("/demo-bank/dropped", test_dropped);

  return g_test_run ();
}
