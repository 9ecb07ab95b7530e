/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The demo bank as people run it: kabinets-server beside kabinets-sandbox. */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "kab-test-bank.h"
#include "kab-test-sandbox.h"

#define EMAIL "anna@example.com"
#define PHONE "+37120000001"

typedef struct
{
  KabTestSandbox *sandbox;
  GSubprocess *process;
  KabApiContext context; /* the bank's data alone */
  KabTestBank bank;      /* address and HTTP client alone */
} Fixture;

static char *
read_address (GSubprocess *process)
{
  g_autoptr (GDataInputStream) output =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  g_autoptr (JsonNode) node = line != NULL ? json_from_string (line, NULL) : NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  g_assert_nonnull (node);
  return g_strdup (json_object_get_string_member (json_node_get_object (node), "address"));
}

static void
start (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                            G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                        &error, g_getenv ("KAB_TEST_SERVER"), "--demo", fixture->sandbox->directory,
                        "--bank", g_getenv ("KAB_TEST_BANK"), "--exit-with-stdin", NULL);
  g_assert_no_error (error);
  fixture->bank.url = read_address (fixture->process);
}

static void
stop (Fixture *fixture, int signal_number)
{
  if (signal_number != 0)
    g_subprocess_send_signal (fixture->process, signal_number);
  else
    g_output_stream_close (g_subprocess_get_stdin_pipe (fixture->process), NULL, NULL);
  g_assert_true (g_subprocess_wait (fixture->process, NULL, NULL));
  if (signal_number != SIGKILL)
    g_assert_cmpint (g_subprocess_get_exit_status (fixture->process), ==, 0);
  g_clear_object (&fixture->process);
  g_clear_pointer (&fixture->bank.url, g_free);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->sandbox = kab_test_sandbox_new ();
  fixture->context.bank = kab_bank_data_load (g_getenv ("KAB_TEST_BANK"), &error);
  g_assert_no_error (error);
  fixture->bank.context = &fixture->context;
  fixture->bank.session = g_object_ref (fixture->sandbox->session);
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  stop (fixture, 0);
  g_object_unref (fixture->bank.session);
  kab_bank_data_free (fixture->context.bank);
  kab_test_sandbox_free (fixture->sandbox);
}

static char *
clerk_path (Fixture *fixture)
{
  return g_build_filename (fixture->sandbox->directory, "clerk.json", NULL);
}

/* What clerk.json says is the body of a sign-in. */
static char *
read_clerk (Fixture *fixture)
{
  g_autofree char *path = clerk_path (fixture);
  char *text;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
expect_sign_in (Fixture *fixture, const char *body, const char *role)
{
  g_autoptr (KabTestAnswer) answer =
      kab_test_bank_call (&fixture->bank, "POST", "/v1/sessions", NULL, NULL, body);

  kab_test_answer_expect (answer, 201, NULL);
  g_assert_cmpstr (kab_test_answer_text (answer, "user.role"), ==, role);
}

static void
test_clerk (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = clerk_path (fixture);
  g_autofree char *first = read_clerk (fixture);
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autoptr (KabTestAnswer) refused = NULL;
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  expect_sign_in (fixture, first, "staff");
  stop (fixture, 0);
  start (fixture);
  second = read_clerk (fixture);
  g_assert_cmpstr (first, ==, second);
  expect_sign_in (fixture, second, "staff");
  stop (fixture, 0);
  g_assert_cmpint (g_unlink (path), ==, 0);
  start (fixture);
  third = read_clerk (fixture);
  g_assert_cmpstr (third, !=, first);
  expect_sign_in (fixture, third, "staff");
  refused = kab_test_bank_call (&fixture->bank, "POST", "/v1/sessions", NULL, NULL, first);
  kab_test_answer_expect (refused, 401, "credentials-wrong");
}

static char *
find_code (Fixture *fixture, const char *kind, const char *to)
{
  g_autoptr (JsonObject) message = kab_test_sandbox_wait_for (fixture->sandbox, kind, to, 1);
  g_autoptr (GRegex) digits = g_regex_new ("\\b\\d{6}\\b", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_assert_true (
      g_regex_match (digits, json_object_get_string_member (message, "text"), 0, &match));
  return g_match_info_fetch (match, 0);
}

/* A person registers with what the phone shows; a killed server has forgotten nothing of it. */
static void
test_registration (Fixture *fixture, gconstpointer data)
{
  g_autofree char *body = kab_test_bank_registration_body (&fixture->bank, EMAIL, PHONE);
  g_autoptr (KabTestAnswer) created =
      kab_test_bank_call (&fixture->bank, "POST", "/v1/registrations", NULL, NULL, body);
  g_autofree char *email_code = NULL;
  g_autofree char *phone_code = NULL;
  g_autoptr (KabTestAnswer) confirmed = NULL;
  g_autoptr (KabTestAnswer) profile = NULL;

  kab_test_answer_expect (created, 201, NULL);
  email_code = find_code (fixture, "mail", EMAIL);
  phone_code = find_code (fixture, "sms", PHONE);
  stop (fixture, SIGKILL);
  start (fixture);
  confirmed = kab_test_bank_confirm (&fixture->bank, kab_test_answer_text (created, "token"),
                                     email_code, phone_code);
  kab_test_answer_expect (confirmed, 201, NULL);
  stop (fixture, SIGKILL);
  start (fixture);
  profile = kab_test_bank_call (&fixture->bank, "GET", "/v1/profile",
                                kab_test_answer_text (confirmed, "token"), NULL, NULL);
  kab_test_answer_expect (profile, 200, NULL);
  expect_sign_in (fixture, "{\"login\":\"" PHONE "\",\"password\":\"" KAB_TEST_PASSWORD "\"}",
                  "client");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/demo/clerk", Fixture, NULL, set_up, test_clerk, tear_down);
  g_test_add ("/demo/registration", Fixture, NULL, set_up, test_registration, tear_down);
  return g_test_run ();
}
