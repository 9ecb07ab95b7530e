/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notices on their way: composed, handed to a real SMTP server and an SMS gateway, repeated, given
 * up. */

#include <string.h>

#include "kab-delivery.h"
#include "kab-jobs.h"
#include "kab-log.h"
#include "kab-mailer.h"
#include "kab-notice-texts.h"
#include "kab-sms-gateway.h"
#include "kab-test-bank.h"
#include "kab-test-sandbox.h"

#define EMAIL "anna@example.com"
#define PHONE "+37120000001"

typedef struct
{
  KabTestSandbox *sandbox;
  KabTestBank *bank;
  KabJobs *jobs;
} Fixture;

static KabMailer *
make_mailer (KabTestSandbox *sandbox, const char *ca_file, const char *password)
{
  const KabMailServer server = { .host = (char *) kab_test_sandbox_get (sandbox, "smtp", "host"),
                                 .port = (guint) kab_test_sandbox_get_int (sandbox, "smtp", "port"),
                                 .starttls = TRUE,
                                 .ca_file = (char *) ca_file,
                                 .user = (char *) kab_test_sandbox_get (sandbox, "smtp", "user"),
                                 .password = (char *) password };

  return kab_mailer_new (&server);
}

static KabMailer *
make_right_mailer (KabTestSandbox *sandbox)
{
  return make_mailer (sandbox, kab_test_sandbox_get (sandbox, "smtp", "caFile"),
                      kab_test_sandbox_get (sandbox, "smtp", "password"));
}

static KabSmsGateway *
make_gateway (KabTestSandbox *sandbox, const char *token)
{
  return kab_sms_gateway_new (kab_test_sandbox_get (sandbox, "sms", "url"), token, "Banka");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  KabPostman *postman;

  fixture->sandbox = kab_test_sandbox_new ();
  fixture->bank = kab_test_bank_new ();
  postman = kab_postman_new (
      make_right_mailer (fixture->sandbox),
      make_gateway (fixture->sandbox, kab_test_sandbox_get (fixture->sandbox, "sms", "token")),
      "Demo Banka", "bank@demo.invalid", fixture->bank->context->codes.key);
  fixture->jobs = kab_jobs_new (fixture->bank->context, fixture->bank->metrics, postman);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  kab_jobs_stop (fixture->jobs);
  kab_test_bank_free (fixture->bank);
  kab_test_sandbox_free (fixture->sandbox);
}

static char *
start_registration (Fixture *fixture)
{
  g_autofree char *body = kab_test_bank_registration_body (fixture->bank, EMAIL, PHONE);
  g_autoptr (KabTestAnswer) created =
      kab_test_bank_call (fixture->bank, "POST", "/v1/registrations", NULL, NULL, body);

  kab_test_answer_expect (created, 201, NULL);
  return g_strdup (kab_test_answer_text (created, "token"));
}

static char *
find_code (JsonObject *message)
{
  g_autoptr (GRegex) digits = g_regex_new ("\\b\\d{6}\\b", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_assert_true (
      g_regex_match (digits, json_object_get_string_member (message, "text"), 0, &match));
  return g_match_info_fetch (match, 0);
}

/* As a person does it: with the codes that arrived. */
static void
test_codes_arrive (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = start_registration (fixture);
  g_autoptr (JsonObject) mail = kab_test_sandbox_wait_for (fixture->sandbox, "mail", EMAIL, 1);
  g_autoptr (JsonObject) text = kab_test_sandbox_wait_for (fixture->sandbox, "sms", PHONE, 1);
  g_autofree char *email_code = find_code (mail);
  g_autofree char *phone_code = find_code (text);
  g_autoptr (KabTestAnswer) confirmed = NULL;

  g_assert_cmpstr (json_object_get_string_member (mail, "subject"), ==,
                   "Demo Banka: Reģistrācijas kods");
  g_assert_nonnull (strstr (json_object_get_string_member (mail, "text"), "Kods ir derīgs"));
  g_assert_nonnull (strstr (json_object_get_string_member (mail, "from"), "Demo Banka"));
  g_assert_cmpstr (json_object_get_string_member (text, "from"), ==, "Banka");
  g_assert_null (strstr (json_object_get_string_member (text, "text"), email_code));
  confirmed = kab_test_bank_confirm (fixture->bank, token, email_code, phone_code);
  kab_test_answer_expect (confirmed, 201, NULL);
}

static void
wait_for_rows (Fixture *fixture, const char *rows, gint64 n)
{
  gint64 end = g_get_monotonic_time () + G_TIME_SPAN_MINUTE;

  while (kab_test_bank_count (fixture->bank, rows) != n && g_get_monotonic_time () < end)
    g_usleep (10 * 1000);
  g_assert_cmpint (kab_test_bank_count (fixture->bank, rows), ==, n);
}

/* What fails for a while arrives later, once. */
static void
test_repeats (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = NULL;
  g_autoptr (JsonArray) messages = NULL;

  kab_test_sandbox_order (fixture->sandbox, "smtp", "temporary-failure", 2);
  kab_test_sandbox_order (fixture->sandbox, "sms", "error", 2);
  token = start_registration (fixture);
  wait_for_rows (fixture, "outbox WHERE attempts = 1 AND last_error IS NOT NULL", 2);
  kab_test_bank_pass_time (fixture->bank, 5 * G_TIME_SPAN_SECOND);
  wait_for_rows (fixture, "outbox WHERE attempts = 2 AND lease_until = 0", 2);
  kab_test_bank_pass_time (fixture->bank, 5 * G_TIME_SPAN_SECOND);
  wait_for_rows (fixture, "outbox WHERE attempts = 3 AND state = 'done'", 2);
  messages = kab_test_sandbox_messages (fixture->sandbox);
  g_assert_cmpuint (json_array_get_length (messages), ==, 2);
}

/* What is refused for good stays, visibly, and is counted. */
static void
test_gives_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = NULL;
  g_autofree char *figures = NULL;

  kab_test_sandbox_order (fixture->sandbox, "smtp", "permanent-failure", 1);
  token = start_registration (fixture);
  wait_for_rows (fixture, "outbox WHERE state = 'failed' AND last_error LIKE 'SMTP 55%'", 1);
  json_object_unref (kab_test_sandbox_wait_for (fixture->sandbox, "sms", PHONE, 1));
  wait_for_rows (fixture, "outbox WHERE state = 'done'", 1);
  figures = kab_metrics_to_text (fixture->bank->metrics);
  g_assert_nonnull (strstr (figures, "kabinets_outbox_given_up_total 1"));
}

/* A code that nobody could deliver in time is not delivered late. */
static void
test_stale_codes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = NULL;
  g_autoptr (JsonArray) messages = NULL;

  kab_test_sandbox_order (fixture->sandbox, "smtp", "temporary-failure", 1);
  kab_test_sandbox_order (fixture->sandbox, "sms", "rate-limit", 1);
  token = start_registration (fixture);
  wait_for_rows (fixture, "outbox WHERE attempts = 1 AND last_error IS NOT NULL", 2);
  kab_test_bank_pass_time (fixture->bank, 10 * G_TIME_SPAN_MINUTE);
  wait_for_rows (fixture, "outbox WHERE state = 'failed'", 2);
  messages = kab_test_sandbox_messages (fixture->sandbox);
  g_assert_cmpuint (json_array_get_length (messages), ==, 0);
}

static gboolean
send_with (KabMailer *mailer, GError **error)
{
  return kab_mailer_send (mailer,
                          &(KabMail) { .from_name = "Banka",
                                       .from = "bank@demo.invalid",
                                       .to = EMAIL,
                                       .subject = "x",
                                       .text = "x\n",
                                       .reference = "reference-1" },
                          error);
}

/* Neither a stranger's certificate nor a wrong password gets a mail; nothing goes unencrypted. */
static void
test_mail_server_is_checked (Fixture *fixture, gconstpointer data)
{
  const char *password = kab_test_sandbox_get (fixture->sandbox, "smtp", "password");
  g_autoptr (KabMailer) stranger = make_mailer (fixture->sandbox, NULL, password);
  g_autoptr (KabMailer) guesser = make_mailer (
      fixture->sandbox, kab_test_sandbox_get (fixture->sandbox, "smtp", "caFile"), "wrong");
  g_autoptr (GError) untrusted = NULL;
  g_autoptr (GError) refused = NULL;
  g_autoptr (JsonArray) messages = NULL;

  g_assert_false (send_with (stranger, &untrusted));
  g_assert_error (untrusted, KAB_DELIVERY_ERROR, KAB_DELIVERY_ERROR_TEMPORARY);
  g_assert_false (send_with (guesser, &refused));
  g_assert_error (refused, KAB_DELIVERY_ERROR, KAB_DELIVERY_ERROR_TEMPORARY);
  messages = kab_test_sandbox_messages (fixture->sandbox);
  g_assert_cmpuint (json_array_get_length (messages), ==, 0);
}

static void
test_gateway_is_checked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KabSmsGateway) guesser = make_gateway (fixture->sandbox, "wrong");
  g_autoptr (KabSmsGateway) right =
      make_gateway (fixture->sandbox, kab_test_sandbox_get (fixture->sandbox, "sms", "token"));
  g_autoptr (GError) refused = NULL;
  g_autoptr (GError) no_number = NULL;

  g_assert_false (kab_sms_gateway_send (guesser, PHONE, "x", "reference-1", &refused));
  g_assert_error (refused, KAB_DELIVERY_ERROR, KAB_DELIVERY_ERROR_TEMPORARY);
  g_assert_false (kab_sms_gateway_send (right, "12", "x", "reference-1", &no_number));
  g_assert_error (no_number, KAB_DELIVERY_ERROR, KAB_DELIVERY_ERROR_PERMANENT);
}

static void
test_message_is_sound (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      kab_mail_message_compose (&(KabMail) { .from_name = "AS «Banka»",
                                             .from = "bank@demo.invalid",
                                             .to = EMAIL,
                                             .subject = "Reģistrācijas kods",
                                             .text = "Labdien!\n.\nKods: 123456\r\nĀČĒ",
                                             .reference = "reference-1" },
                                &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_nonnull (strstr (text, "Message-Id: <reference-1@demo.invalid>"));
  g_assert_nonnull (strstr (text, "charset=utf-8"));
  g_assert_nonnull (strstr (text, "Auto-Submitted: auto-generated"));
  for (const char *p = text; *p != '\0'; p++)
    {
      g_assert_false ((guchar) *p >= 0x80);
      if (*p == '\n')
        g_assert_true (p > text && p[-1] == '\r');
      if (*p == '\r')
        g_assert_true (p[1] == '\n');
    }
}

/* No line gets into a header (ASVS 1.3.11). */
static void
test_headers_are_lines (void)
{
  static const char *const bad[] = { "a@example.com\r\nBcc: b@example.com", "a\nb", "a\rb",
                                     "\x1f" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const KabMail mails[] = {
        { "x", "a@b.c", bad[i], "x", "x", "r", 0 },
        { "x", bad[i], "a@b.c", "x", "x", "r", 0 },
        { bad[i], "a@b.c", "a@b.c", "x", "x", "r", 0 },
        { "x", "a@b.c", "a@b.c", bad[i], "x", "r", 0 },
        { "x", "a@b.c", "a@b.c", "x", "x", bad[i], 0 },
      };

      for (gsize j = 0; j < G_N_ELEMENTS (mails); j++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_null (kab_mail_message_compose (&mails[j], &error));
          g_assert_error (error, KAB_DELIVERY_ERROR, KAB_DELIVERY_ERROR_PERMANENT);
        }
    }
}

/* Every notice has its words in every language, and a secret only where there is one. */
static void
test_texts_are_complete (void)
{
  static const char *const languages[] = { "lv", "en", "ru" };

  for (guint kind = 0; kind < KAB_N_NOTICES; kind++)
    for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
      {
        gboolean has_secret = kind <= KAB_NOTICE_TEMPORARY_PASSWORD;
        g_autofree char *subject = kab_notice_texts_subject (kind, languages[i], "B{secret}");
        const KabNoticeValues values = { "B{secret}", "{bank}7", 58 };
        g_autofree char *mail = kab_notice_texts_mail (kind, languages[i], &values);
        g_autofree char *sms = kab_notice_texts_sms (kind, languages[i], &values);
        KabNoticeKind found;

        g_assert_true (kab_notice_texts_find (kab_notice_texts_get_name (kind), &found));
        g_assert_cmpuint (found, ==, kind);
        g_assert_true (g_str_has_prefix (subject, "B{secret}: "));
        g_assert_cmpuint (strlen (subject), >, 15);
        g_assert_cmpint (strstr (mail, "{bank}7") != NULL, ==, has_secret);
        g_assert_cmpint (strstr (sms, "{bank}7") != NULL, ==, has_secret);
        g_assert_null (strstr (subject, "{bank}7"));
        g_assert_cmpint (strstr (mail, "58") != NULL, ==, kind <= KAB_NOTICE_ADDRESS_CODE);
        g_assert_cmpint (strstr (sms, "58") != NULL, ==, kind <= KAB_NOTICE_ADDRESS_CODE);
        /* Two parts of a text message at most, in UCS-2. */
        g_assert_cmpint (g_utf8_strlen (sms, -1), <=, 134);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, func) g_test_add ("/delivery/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("codes-arrive", test_codes_arrive);
  ADD ("repeats", test_repeats);
  ADD ("gives-up", test_gives_up);
  ADD ("stale-codes", test_stale_codes);
  ADD ("mail-server-is-checked", test_mail_server_is_checked);
  ADD ("gateway-is-checked", test_gateway_is_checked);
#undef ADD
  g_test_add_func ("/delivery/message-is-sound", test_message_is_sound);
  g_test_add_func ("/delivery/headers-are-lines", test_headers_are_lines);
  g_test_add_func ("/delivery/texts-are-complete", test_texts_are_complete);
  return g_test_run ();
}
