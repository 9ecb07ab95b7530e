/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

/* The program as it is started by the demo bank. */

static GSubprocess *
spawn (const char *directory, char **description)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                        g_getenv ("KAB_SANDBOX_PROGRAM"), "--directory", directory,
                        "--exit-with-stdin", "--review-delay", "0", "--clerk-pause", "0", NULL);
  g_autoptr (GDataInputStream) output = NULL;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  *description = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (*description);
  return process;
}

static void
end (GSubprocess *process)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

static char *
secret_of (const char *description)
{
  const char *start = strstr (description, "\"webhookSecret\":\"");

  g_assert_nonnull (start);
  start += strlen ("\"webhookSecret\":\"");
  return g_strndup (start, strcspn (start, "\""));
}

static void
test_life (void)
{
  static const char *const names[] = { "sandbox.json", "sandbox-state.json", "sandbox-ca.pem" };
  g_autofree char *directory = g_dir_make_tmp ("kab-sandbox-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "sandbox.json", NULL);
  g_autofree char *line = NULL;
  g_autofree char *again = NULL;
  g_autofree char *file = NULL;
  g_autofree char *first_secret = NULL;
  g_autofree char *second_secret = NULL;
  g_autoptr (GSubprocess) first = spawn (directory, &line);
  g_autoptr (GSubprocess) second = NULL;
  GStatBuf status;

  g_assert_true (g_file_get_contents (path, &file, NULL, NULL));
  g_assert_cmpstr (g_strchomp (file), ==, line);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  end (first);
  second = spawn (directory, &again);
  first_secret = secret_of (line);
  second_secret = secret_of (again);
  g_assert_cmpstr (first_secret, ==, second_secret);
  g_subprocess_send_signal (second, SIGTERM);
  g_assert_true (g_subprocess_wait_check (second, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_build_filename (directory, names[i], NULL);
      g_assert_cmpint (g_unlink (name), ==, 0);
    }
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

static void
test_refused (void)
{
  g_autoptr (GSubprocess) nowhere = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL,
                                                      g_getenv ("KAB_SANDBOX_PROGRAM"), NULL);
  g_autoptr (GSubprocess) no_folder =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL, g_getenv ("KAB_SANDBOX_PROGRAM"),
                        "--directory", "/dev/null/x", NULL);
  g_autofree char *message = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (nowhere, NULL, NULL, NULL, &message, NULL));
  g_assert_nonnull (strstr (message, "--directory DIR"));
  g_assert_cmpint (g_subprocess_get_exit_status (nowhere), ==, 1);
  g_clear_pointer (&message, g_free);
  g_assert_true (g_subprocess_communicate_utf8 (no_folder, NULL, NULL, NULL, &message, NULL));
  g_assert_nonnull (strstr (message, "/dev/null/x"));
  g_assert_cmpint (g_subprocess_get_exit_status (no_folder), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/program/life", test_life);
  g_test_add_func ("/sandbox/program/refused", test_refused);
  return g_test_run ();
}
