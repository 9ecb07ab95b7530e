/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Registration over HTTP: CON-1…11, REG-8…13, A2, A27. */

#include <string.h>

#include "kab-expiry.h"
#include "kab-test-bank.h"

#define EMAIL "anna@example.com"
#define PHONE "+37120000001"

#define CODES   "/v1/registrations/current/codes"
#define CURRENT "/v1/registrations/current"

static KabTestAnswer *
create (KabTestBank *bank, const char *email, const char *phone)
{
  g_autofree char *body = kab_test_bank_registration_body (bank, email, phone);

  return kab_test_bank_call (bank, "POST", "/v1/registrations", NULL, NULL, body);
}

static char *
start (KabTestBank *bank, const char *email, const char *phone)
{
  g_autoptr (KabTestAnswer) created = create (bank, email, phone);

  kab_test_answer_expect (created, 201, NULL);
  return g_strdup (kab_test_answer_text (created, "token"));
}

static char *
code_for (KabTestBank *bank, const char *address)
{
  char *code = kab_test_bank_last_notice (bank, "registration-code", address);

  g_assert_nonnull (code);
  g_assert_cmpuint (strlen (code), ==, 6);
  return code;
}

/* Some other six digits. */
static const char *
other_than (const char *code)
{
  return g_str_equal (code, "123456") ? "654321" : "123456";
}

static KabTestAnswer *
resend (KabTestBank *bank, const char *token, const char *channel)
{
  g_autofree char *body = g_strdup_printf ("{\"channel\":\"%s\"}", channel);

  return kab_test_bank_call (bank, "POST", CODES, token, NULL, body);
}

static void
test_registers (KabTestBank *bank)
{
  g_autofree char *token = kab_test_bank_register (bank, EMAIL, PHONE);
  g_autoptr (KabTestAnswer) profile =
      kab_test_bank_call (bank, "GET", "/v1/profile", token, NULL, NULL);

  kab_test_answer_expect (profile, 200, NULL);
  g_assert_cmpstr (kab_test_answer_text (profile, "email"), ==, EMAIL);
  g_assert_cmpstr (kab_test_answer_text (profile, "phone"), ==, PHONE);
  g_assert_cmpstr (kab_test_answer_text (profile, "language"), ==, "lv");
  g_assert_cmpstr (kab_test_answer_text (profile, "citizenships.1"), ==, "EE");
  g_assert_cmpstr (kab_test_answer_text (profile, "consents.0.document"), ==,
                   "cabinet-instruction");
  g_assert_cmpstr (kab_test_answer_text (profile, "consents.4.version"), ==, "1.3");
  g_assert_cmpstr (kab_test_answer_text (profile, "consents.1.acceptedAt"), ==,
                   "2026-09-10T08:00:00.000Z");
}

static void
test_says_what_it_waits_for (KabTestBank *bank)
{
  g_autofree char *token = start (bank, EMAIL, PHONE);
  g_autoptr (KabTestAnswer) current = kab_test_bank_call (bank, "GET", CURRENT, token, NULL, NULL);

  kab_test_answer_expect (current, 200, NULL);
  g_assert_false (json_object_has_member (current->json, "token"));
  g_assert_cmpstr (kab_test_answer_text (current, "email.target"), ==, "a•••@example.com");
  g_assert_cmpstr (kab_test_answer_text (current, "phone.target"), ==, "+371 ••• 001");
  g_assert_cmpstr (kab_test_answer_text (current, "email.expiresAt"), ==,
                   "2026-09-10T08:10:00.000Z");
  g_assert_cmpstr (kab_test_answer_text (current, "email.resendAt"), ==,
                   "2026-09-10T08:01:00.000Z");
  g_assert_cmpstr (kab_test_answer_text (current, "expiresAt"), ==, "2026-09-11T08:00:00.000Z");
  g_assert_cmpint (kab_test_answer_int (current, "phone.triesLeft"), ==, 5);
  g_assert_cmpint (kab_test_answer_int (current, "phone.confirmed"), ==, FALSE);
}

static void
test_both_codes_are_needed (KabTestBank *bank)
{
  g_autofree char *token = start (bank, EMAIL, PHONE);
  g_autofree char *email = code_for (bank, EMAIL);
  g_autofree char *phone = code_for (bank, PHONE);
  g_autoptr (KabTestAnswer) first = kab_test_bank_confirm (bank, token, email, other_than (phone));
  g_autoptr (KabTestAnswer) current = NULL;
  g_autoptr (KabTestAnswer) second = NULL;

  kab_test_answer_expect (first, 422, "validation-failed");
  g_assert_null (kab_test_answer_field (first, "/emailCode"));
  g_assert_cmpstr (kab_test_answer_field (first, "/phoneCode"), ==, "code-wrong");
  g_assert_cmpint (kab_test_answer_int (first, "errors.0.params.triesLeft"), ==, 4);
  current = kab_test_bank_call (bank, "GET", CURRENT, token, NULL, NULL);
  g_assert_cmpint (kab_test_answer_int (current, "email.confirmed"), ==, TRUE);
  g_assert_cmpint (kab_test_answer_int (current, "phone.confirmed"), ==, FALSE);
  /* The right one stays right, whatever is typed for it now. */
  second = kab_test_bank_confirm (bank, token, other_than (email), phone);
  kab_test_answer_expect (second, 201, NULL);
}

/* One channel's code is no good for the other. */
static void
test_codes_are_bound (KabTestBank *bank)
{
  g_autofree char *token = start (bank, EMAIL, PHONE);
  g_autofree char *other_token = start (bank, "b@example.com", "+37120000002");
  g_autofree char *email = code_for (bank, EMAIL);
  g_autofree char *phone = code_for (bank, PHONE);
  g_autoptr (KabTestAnswer) swapped = NULL;
  g_autoptr (KabTestAnswer) foreign = NULL;

  if (g_str_equal (email, phone))
    return;
  swapped = kab_test_bank_confirm (bank, token, phone, email);
  kab_test_answer_expect (swapped, 422, "validation-failed");
  g_assert_cmpstr (kab_test_answer_field (swapped, "/emailCode"), ==, "code-wrong");
  foreign = kab_test_bank_confirm (bank, other_token, email, phone);
  kab_test_answer_expect (foreign, 422, "validation-failed");
}

static void
test_five_tries (KabTestBank *bank)
{
  g_autofree char *token = start (bank, EMAIL, PHONE);
  g_autofree char *email = code_for (bank, EMAIL);
  g_autofree char *phone = code_for (bank, PHONE);
  g_autoptr (KabTestAnswer) late = NULL;
  g_autoptr (KabTestAnswer) again = NULL;
  g_autofree char *fresh = NULL;

  for (int left = 4; left >= 0; left--)
    {
      g_autoptr (KabTestAnswer) wrong =
          kab_test_bank_confirm (bank, token, other_than (email), phone);

      kab_test_answer_expect (wrong, 422, "validation-failed");
      g_assert_cmpstr (kab_test_answer_field (wrong, "/emailCode"), ==, "code-wrong");
      g_assert_cmpint (kab_test_answer_int (wrong, "errors.0.params.triesLeft"), ==, left);
    }
  late = kab_test_bank_confirm (bank, token, email, phone);
  kab_test_answer_expect (late, 422, NULL);
  g_assert_cmpstr (kab_test_answer_field (late, "/emailCode"), ==, "code-used-up");
  kab_test_bank_pass_time (bank, G_TIME_SPAN_MINUTE);
  again = resend (bank, token, "email");
  kab_test_answer_expect (again, 200, NULL);
  g_assert_cmpint (kab_test_answer_int (again, "email.triesLeft"), ==, 5);
  fresh = code_for (bank, EMAIL);
  kab_test_answer_free (g_steal_pointer (&late));
  late = kab_test_bank_confirm (bank, token, fresh, phone);
  kab_test_answer_expect (late, 201, NULL);
}

static void
test_ten_minutes (KabTestBank *bank)
{
  g_autofree char *token = start (bank, EMAIL, PHONE);
  g_autofree char *email = code_for (bank, EMAIL);
  g_autofree char *phone = code_for (bank, PHONE);
  g_autoptr (KabTestAnswer) late = NULL;

  kab_test_bank_pass_time (bank, 10 * G_TIME_SPAN_MINUTE - 1);
  late = kab_test_bank_confirm (bank, token, email, other_than (phone));
  g_assert_null (kab_test_answer_field (late, "/emailCode"));
  kab_test_bank_pass_time (bank, 1);
  kab_test_answer_free (g_steal_pointer (&late));
  late = kab_test_bank_confirm (bank, token, email, phone);
  kab_test_answer_expect (late, 422, NULL);
  g_assert_null (kab_test_answer_field (late, "/emailCode"));
  g_assert_cmpstr (kab_test_answer_field (late, "/phoneCode"), ==, "code-expired");
}

static void
test_resend (KabTestBank *bank)
{
  g_autofree char *token = start (bank, EMAIL, PHONE);
  g_autofree char *old = code_for (bank, PHONE);
  g_autofree char *email = code_for (bank, EMAIL);
  g_autofree char *fresh = NULL;
  g_autoptr (KabTestAnswer) early = NULL;
  g_autoptr (KabTestAnswer) due = NULL;
  g_autoptr (KabTestAnswer) wrong = NULL;
  g_autoptr (KabTestAnswer) stale = NULL;

  kab_test_bank_pass_time (bank, G_TIME_SPAN_MINUTE - G_TIME_SPAN_SECOND);
  early = resend (bank, token, "phone");
  kab_test_answer_expect (early, 429, "resend-too-early");
  g_assert_cmpstr (soup_message_headers_get_one (early->headers, "Retry-After"), ==, "1");
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "registration-code", PHONE), ==, 1);
  kab_test_bank_pass_time (bank, G_TIME_SPAN_SECOND);
  due = resend (bank, token, "phone");
  kab_test_answer_expect (due, 200, NULL);
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "registration-code", PHONE), ==, 2);
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "registration-code", EMAIL), ==, 1);
  fresh = code_for (bank, PHONE);
  if (!g_str_equal (fresh, old))
    {
      stale = kab_test_bank_confirm (bank, token, email, old);
      g_assert_cmpstr (kab_test_answer_field (stale, "/phoneCode"), ==, "code-wrong");
    }
  wrong = resend (bank, token, "pigeon");
  kab_test_answer_expect (wrong, 422, "validation-failed");
  g_assert_cmpstr (kab_test_answer_field (wrong, "/channel"), ==, "not-an-option");
}

static void
test_five_codes_an_hour (KabTestBank *bank)
{
  g_autofree char *token = start (bank, EMAIL, PHONE);
  g_autoptr (KabTestAnswer) sixth = NULL;
  g_autoptr (KabTestAnswer) phone = NULL;
  g_autoptr (KabTestAnswer) later = NULL;

  for (int i = 0; i < 4; i++)
    {
      g_autoptr (KabTestAnswer) answer = NULL;

      kab_test_bank_pass_time (bank, G_TIME_SPAN_MINUTE);
      answer = resend (bank, token, "email");
      kab_test_answer_expect (answer, 200, NULL);
    }
  kab_test_bank_pass_time (bank, G_TIME_SPAN_MINUTE);
  sixth = resend (bank, token, "email");
  kab_test_answer_expect (sixth, 429, "too-many-codes");
  g_assert_cmpstr (soup_message_headers_get_one (sixth->headers, "Retry-After"), ==, "3300");
  phone = resend (bank, token, "phone");
  kab_test_answer_expect (phone, 200, NULL);
  kab_test_bank_pass_time (bank, 55 * G_TIME_SPAN_MINUTE);
  later = resend (bank, token, "email");
  kab_test_answer_expect (later, 200, NULL);
}

/* Neither many registrations nor changes of the address flood somebody. */
static void
test_five_codes_an_address (KabTestBank *bank)
{
  g_autoptr (KabTestAnswer) sixth = NULL;

  for (int i = 0; i < 5; i++)
    {
      g_autofree char *phone = g_strdup_printf ("+3712000010%d", i);
      g_autofree char *token = start (bank, i % 2 ? EMAIL : "ANNA@EXAMPLE.COM", phone);

      g_assert_nonnull (token);
    }
  sixth = create (bank, EMAIL, "+37120000109");
  kab_test_answer_expect (sixth, 429, "too-many-codes");
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "registration-code", "+37120000109"), ==, 0);
}

/* Nor does it get more by registrations that have gone on with another address since. */
static void
test_five_codes_an_address_that_was_left (KabTestBank *bank)
{
  g_autoptr (KabTestAnswer) sixth = NULL;
  g_autoptr (KabTestAnswer) later = NULL;

  for (int i = 0; i < 5; i++)
    {
      g_autofree char *phone = g_strdup_printf ("+3712000010%d", i);
      g_autofree char *token = start (bank, EMAIL, phone);
      g_autofree char *body = g_strdup_printf ("{\"email\":\"elsewhere%d@example.com\"}", i);
      g_autoptr (KabTestAnswer) moved =
          kab_test_bank_call (bank, "PATCH", CURRENT, token, "\"1\"", body);

      kab_test_answer_expect (moved, 200, NULL);
    }
  sixth = create (bank, EMAIL, "+37120000109");
  kab_test_answer_expect (sixth, 429, "too-many-codes");
  kab_test_bank_pass_time (bank, G_TIME_SPAN_HOUR);
  later = create (bank, EMAIL, "+37120000109");
  kab_test_answer_expect (later, 201, NULL);
}

/* Strips what differs between any two registrations. */
static char *
general_part (KabTestAnswer *answer)
{
  g_autoptr (GRegex) unique =
      g_regex_new ("\"(id|token)\":\"[^\"]*\"|[A-Za-z]•••@[a-z.]*|\\+371 ••• \\d+", 0, 0, NULL);

  return g_regex_replace_literal (unique, answer->body, -1, 0, "", 0, NULL);
}

static void
test_known_addresses_are_told_to_owners (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autoptr (KabTestAnswer) fresh = create (bank, "new@example.com", "+37120000009");
  g_autoptr (KabTestAnswer) known = create (bank, "Anna@Example.com", "+37120000008");
  g_autoptr (KabTestAnswer) known_phone = create (bank, "c@example.com", PHONE);
  g_autofree char *fresh_part = general_part (fresh);
  g_autofree char *known_part = general_part (known);
  g_autofree char *phone_part = general_part (known_phone);
  g_autofree char *phone_code = code_for (bank, "+37120000008");
  g_autoptr (KabTestAnswer) confirmed = NULL;

  kab_test_answer_expect (known, 201, NULL);
  kab_test_answer_expect (known_phone, 201, NULL);
  g_assert_cmpstr (fresh_part, ==, known_part);
  g_assert_cmpstr (fresh_part, ==, phone_part);
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "address-known", EMAIL), ==, 1);
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "address-known", PHONE), ==, 1);
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "registration-code", EMAIL), ==, 0);
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "registration-code", PHONE), ==, 0);
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "address-known", "new@example.com"), ==, 0);
  confirmed =
      kab_test_bank_confirm (bank, kab_test_answer_text (known, "token"), "000000", phone_code);
  kab_test_answer_expect (confirmed, 422, "validation-failed");
}

/* Two began with the same address; it is the first one's who confirms. */
static void
test_race_for_an_address (KabTestBank *bank)
{
  g_autofree char *first = start (bank, EMAIL, PHONE);
  g_autofree char *first_email = code_for (bank, EMAIL);
  g_autofree char *first_phone = code_for (bank, PHONE);
  g_autofree char *second = start (bank, EMAIL, "+37120000002");
  g_autofree char *second_email = code_for (bank, EMAIL);
  g_autofree char *second_phone = code_for (bank, "+37120000002");
  g_autoptr (KabTestAnswer) won = kab_test_bank_confirm (bank, first, first_email, first_phone);
  g_autoptr (KabTestAnswer) lost = kab_test_bank_confirm (bank, second, second_email, second_phone);

  kab_test_answer_expect (won, 201, NULL);
  kab_test_answer_expect (lost, 409, "address-taken");
}

static void
test_change_of_address (KabTestBank *bank)
{
  g_autofree char *token = start (bank, "ana@example.com", PHONE);
  g_autofree char *old_code = code_for (bank, "ana@example.com");
  g_autofree char *phone = code_for (bank, PHONE);
  g_autofree char *code = NULL;
  g_autoptr (KabTestAnswer) careless = NULL;
  g_autoptr (KabTestAnswer) changed = NULL;
  g_autoptr (KabTestAnswer) stale = NULL;
  g_autoptr (KabTestAnswer) wrong = NULL;
  g_autoptr (KabTestAnswer) confirmed = NULL;
  const char *body = "{\"email\":\"" EMAIL "\"}";

  careless = kab_test_bank_call (bank, "PATCH", CURRENT, token, NULL, body);
  kab_test_answer_expect (careless, 428, "precondition-required");
  changed = kab_test_bank_call (bank, "PATCH", CURRENT, token, "\"1\"", body);
  kab_test_answer_expect (changed, 200, NULL);
  g_assert_cmpint (kab_test_answer_int (changed, "version"), ==, 2);
  g_assert_cmpstr (soup_message_headers_get_one (changed->headers, "ETag"), ==, "\"2\"");
  stale = kab_test_bank_call (bank, "PATCH", CURRENT, token, "\"1\"", body);
  kab_test_answer_expect (stale, 412, "version-conflict");
  wrong = kab_test_bank_call (bank, "PATCH", CURRENT, token, "\"2\"", "{\"phone\":\"12\"}");
  kab_test_answer_expect (wrong, 422, NULL);
  g_assert_cmpstr (kab_test_answer_field (wrong, "/phone"), ==, "phone-format");
  code = code_for (bank, EMAIL);
  /* The phone's code was not touched. */
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "registration-code", PHONE), ==, 1);
  confirmed = kab_test_bank_confirm (bank, token, code, phone);
  kab_test_answer_expect (confirmed, 201, NULL);
}

static void
test_half_finished_expires (KabTestBank *bank)
{
  g_autofree char *token = start (bank, EMAIL, PHONE);
  g_autoptr (KabTestAnswer) alive = NULL;
  g_autoptr (KabTestAnswer) dead = NULL;
  g_autoptr (GError) error = NULL;

  kab_test_bank_pass_time (bank, G_TIME_SPAN_DAY - 1);
  alive = kab_test_bank_call (bank, "GET", CURRENT, token, NULL, NULL);
  kab_test_answer_expect (alive, 200, NULL);
  kab_test_bank_pass_time (bank, 1);
  dead = kab_test_bank_call (bank, "GET", CURRENT, token, NULL, NULL);
  kab_test_answer_expect (dead, 401, "unauthenticated");
  g_assert_cmpint (kab_test_bank_count (bank, "registrations"), ==, 1);
  kab_expiry_run (bank->context, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kab_test_bank_count (bank, "registrations"), ==, 0);
}

static void
test_confirmation_is_repeatable (KabTestBank *bank)
{
  g_autofree char *token = start (bank, EMAIL, PHONE);
  g_autofree char *email = code_for (bank, EMAIL);
  g_autofree char *phone = code_for (bank, PHONE);
  g_autofree char *body =
      g_strdup_printf ("{\"emailCode\":\"%s\",\"phoneCode\":\"%s\"}", email, phone);
  const char *path = "/v1/registrations/current/confirmation";
  const char *key = "a-key-of-its-own-1";
  g_autoptr (KabTestAnswer) first = kab_test_bank_call_keyed (bank, "POST", path, token, key, body);
  g_autoptr (KabTestAnswer) second =
      kab_test_bank_call_keyed (bank, "POST", path, token, key, body);
  g_autoptr (KabTestAnswer) other =
      kab_test_bank_call_keyed (bank, "POST", path, token, "another-key-of-its-own", body);
  g_autoptr (KabTestAnswer) reused = kab_test_bank_call_keyed (
      bank, "POST", path, token, key, "{\"emailCode\":\"1\",\"phoneCode\":\"2\"}");

  kab_test_answer_expect (first, 201, NULL);
  kab_test_answer_expect (second, 201, NULL);
  g_assert_cmpstr (first->body, ==, second->body);
  g_assert_cmpstr (soup_message_headers_get_one (second->headers, "Idempotent-Replayed"), ==,
                   "true");
  kab_test_answer_expect (other, 404, "not-found");
  kab_test_answer_expect (reused, 422, "idempotency-key-reused");
  g_assert_cmpint (kab_test_bank_count (bank, "users"), ==, 1);
  g_assert_cmpint (kab_test_bank_count (bank, "sessions"), ==, 1);
}

/* A repeat of a wrong try is the same try. */
static void
test_repeat_costs_no_try (KabTestBank *bank)
{
  g_autofree char *token = start (bank, EMAIL, PHONE);
  g_autofree char *email = code_for (bank, EMAIL);
  g_autofree char *body = g_strdup_printf ("{\"emailCode\":\"%s\",\"phoneCode\":\"x\"}", email);

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (KabTestAnswer) answer =
          kab_test_bank_call_keyed (bank, "POST", "/v1/registrations/current/confirmation", token,
                                    "the-same-key-again", body);

      kab_test_answer_expect (answer, 422, "validation-failed");
      g_assert_cmpint (kab_test_answer_int (answer, "errors.0.params.triesLeft"), ==, 4);
      g_assert_cmpstr (soup_message_headers_get_one (answer->headers, "Content-Type"), ==,
                       "application/problem+json");
    }
}

typedef struct
{
  const char *find;
  const char *put;
  const char *pointer;
  const char *code;
} BadBody;

static const BadBody BAD_BODIES[] = {
  { "\"natural\"", "\"legal\"", "/clientType", "not-an-option" },
  { "\"natural\"", "\"x\"", "/clientType", "not-an-option" },
  { "[\"LV\",\"EE\"]", "[]", "/citizenships", "text-empty" },
  { "[\"LV\",\"EE\"]", "[\"LV\",\"EE\",\"LT\"]", "/citizenships", "member-too-long" },
  { "[\"LV\",\"EE\"]", "[\"LV\",\"LV\"]", "/citizenships/1", "same" },
  { "[\"LV\",\"EE\"]", "[\"lv\"]", "/citizenships/0", "not-an-option" },
  { "[\"LV\",\"EE\"]", "[\"LV\",\"ZZ\"]", "/citizenships/1", "not-an-option" },
  { "[\"LV\",\"EE\"]", "[1]", "/citizenships/0", "member-type" },
  { "\"version\":\"4.0\"", "\"version\":\"3.9\"", "/consents", "consent-outdated" },
  { "{\"document\":\"general-terms\",\"version\":\"4.0\"},", "", "/consents", "consent-missing" },
  { "\"general-terms\",\"version\"", "\"general-terms\",\"vesion\"", "/consents/1/vesion",
    "member-unexpected" },
  { "[{\"document\":\"privacy-notice\"", "[7,{\"document\":\"privacy-notice\"", "/consents/0",
    "member-type" },
  { "\"" EMAIL "\"", "\"anna\"", "/email", "email-format" },
  { "\"" EMAIL "\"", "\"anna@example.com\\r\\nBcc: x@example.com\"", "/email", "email-format" },
  { "\"" PHONE "\"", "\"20000001\"", "/phone", "phone-format" },
  { "\"" PHONE "\"", "\"+3712000\"", "/phone", "phone-length" },
  { KAB_TEST_PASSWORD, "Zaļa-7", "/password", "password-length" },
  { KAB_TEST_PASSWORD, "zaļa-mīkla-7", "/password", "password-upper" },
  { KAB_TEST_PASSWORD, "ZaļaXmīkla7", "/password", "password-symbol" },
  { "\"language\":\"lv\"", "\"language\":\"de\"", "/language", "not-an-option" },
  { "\"language\":\"lv\"", "\"language\":\"lv\",\"role\":\"staff\"", "/role", "member-unexpected" },
  { ",\"language\":\"lv\"", "", "/language", "member-missing" },
};

static void
test_bad_bodies (KabTestBank *bank)
{
  g_autofree char *body = kab_test_bank_registration_body (bank, EMAIL, PHONE);

  for (gsize i = 0; i < G_N_ELEMENTS (BAD_BODIES); i++)
    {
      const BadBody *bad = &BAD_BODIES[i];
      g_auto (GStrv) parts = g_strsplit (body, bad->find, 2);
      g_autofree char *changed = g_strjoinv (bad->put, parts);
      g_autoptr (KabTestAnswer) answer =
          kab_test_bank_call (bank, "POST", "/v1/registrations", NULL, NULL, changed);

      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      kab_test_answer_expect (answer, 422, "validation-failed");
      if (g_strcmp0 (kab_test_answer_field (answer, bad->pointer), bad->code) != 0)
        g_error ("%s at %s was expected in %s", bad->code, bad->pointer, answer->body);
    }
  g_assert_cmpint (kab_test_bank_count (bank, "registrations"), ==, 0);
  g_assert_cmpint (kab_test_bank_count (bank, "outbox"), ==, 0);
}

/* Everything wrong is said at once. */
static void
test_all_findings_at_once (KabTestBank *bank)
{
  g_autoptr (KabTestAnswer) answer = kab_test_bank_call (
      bank, "POST", "/v1/registrations", NULL, NULL,
      "{\"clientType\":\"natural\",\"citizenships\":[],\"consents\":[],\"email\":\"\","
      "\"phone\":\"\",\"password\":\"\",\"language\":\"\"}");

  kab_test_answer_expect (answer, 422, "validation-failed");
  g_assert_cmpstr (kab_test_answer_field (answer, "/citizenships"), ==, "text-empty");
  g_assert_cmpstr (kab_test_answer_field (answer, "/consents"), ==, "consent-missing");
  g_assert_cmpstr (kab_test_answer_field (answer, "/email"), ==, "text-empty");
  g_assert_cmpstr (kab_test_answer_field (answer, "/phone"), ==, "text-empty");
  g_assert_cmpstr (kab_test_answer_field (answer, "/password"), ==, "text-empty");
}

/* A network gets no end of tries at the public doors. */
static void
test_door_throttle (KabTestBank *bank)
{
  g_autofree char *body = kab_test_bank_registration_body (bank, EMAIL, PHONE);
  g_autoptr (KabTestAnswer) second = NULL;
  g_autoptr (KabTestAnswer) first = NULL;

  g_clear_object (&bank->context->door_throttle);
  bank->context->door_throttle = kab_throttle_new (1, 3600);
  first = kab_test_bank_call (bank, "POST", "/v1/registrations", NULL, NULL, body);
  second = kab_test_bank_call (bank, "POST", "/v1/registrations", NULL, NULL, body);
  kab_test_answer_expect (first, 201, NULL);
  kab_test_answer_expect (second, 429, "too-many-requests");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  kab_test_bank_add_test ("/registration/registers", test_registers);
  kab_test_bank_add_test ("/registration/says-what-it-waits-for", test_says_what_it_waits_for);
  kab_test_bank_add_test ("/registration/both-codes", test_both_codes_are_needed);
  kab_test_bank_add_test ("/registration/codes-are-bound", test_codes_are_bound);
  kab_test_bank_add_test ("/registration/five-tries", test_five_tries);
  kab_test_bank_add_test ("/registration/ten-minutes", test_ten_minutes);
  kab_test_bank_add_test ("/registration/resend", test_resend);
  kab_test_bank_add_test ("/registration/five-an-hour", test_five_codes_an_hour);
  kab_test_bank_add_test ("/registration/five-an-address", test_five_codes_an_address);
  kab_test_bank_add_test ("/registration/five-an-address-left",
                          test_five_codes_an_address_that_was_left);
  kab_test_bank_add_test ("/registration/known-addresses", test_known_addresses_are_told_to_owners);
  kab_test_bank_add_test ("/registration/race", test_race_for_an_address);
  kab_test_bank_add_test ("/registration/change-of-address", test_change_of_address);
  kab_test_bank_add_test ("/registration/expires", test_half_finished_expires);
  kab_test_bank_add_test ("/registration/repeatable", test_confirmation_is_repeatable);
  kab_test_bank_add_test ("/registration/repeat-costs-no-try", test_repeat_costs_no_try);
  kab_test_bank_add_test ("/registration/bad-bodies", test_bad_bodies);
  kab_test_bank_add_test ("/registration/all-findings", test_all_findings_at_once);
  kab_test_bank_add_test ("/registration/door-throttle", test_door_throttle);
  return g_test_run ();
}
