/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The profile and the change of addresses over HTTP: SET-5, SET-7, the matrix of §21. */

#include <string.h>

#include "kab-notices.h"
#include "kab-test-bank.h"

#define EMAIL     "anna@example.com"
#define PHONE     "+37120000001"
#define NEW_EMAIL "anna.berzina@example.com"
#define NEW_PHONE "+37120000002"

static KabTestAnswer *
save (KabTestBank *bank, const char *token, const char *if_match, const char *body)
{
  return kab_test_bank_call (bank, "PUT", "/v1/profile", token, if_match, body);
}

static void
expect_field (KabTestAnswer *answer, const char *pointer, const char *code)
{
  kab_test_answer_expect (answer, 422, "validation-failed");
  if (g_strcmp0 (kab_test_answer_field (answer, pointer), code) != 0)
    g_error ("%s at %s was expected in %s", code, pointer, answer->body);
}

static void
test_save (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *token = kab_test_bank_sign_in (bank, client);
  g_autoptr (KabTestAnswer) first =
      kab_test_bank_call (bank, "GET", "/v1/profile", token, NULL, NULL);
  const char *body =
      "{\"language\":\"ru\",\"notices\":{\"messages\":{\"email\":false,\"sms\":true}}}";
  g_autoptr (KabTestAnswer) saved = NULL;
  g_autoptr (KabTestAnswer) lost = NULL;
  g_autoptr (KabTestAnswer) blind = NULL;
  g_autoptr (KabTestAnswer) unchanged = NULL;
  SoupMessage *message;

  kab_test_answer_expect (first, 200, NULL);
  g_assert_cmpstr (soup_message_headers_get_one (first->headers, "ETag"), ==, "\"1\"");
  g_assert_cmpint (kab_test_answer_int (first, "notices.messages.email"), ==, TRUE);
  g_assert_cmpint (kab_test_answer_int (first, "notices.decisions.sms"), ==, FALSE);
  g_assert_cmpint (kab_test_bank_count (bank, "events"), ==, 0);
  saved = save (bank, token, "\"1\"", body);
  kab_test_answer_expect (saved, 200, NULL);
  /* The user's other computers are told. */
  g_assert_cmpint (kab_test_bank_count (bank, "events"), ==, 1);
  g_assert_cmpstr (kab_test_answer_text (saved, "language"), ==, "ru");
  g_assert_cmpint (kab_test_answer_int (saved, "version"), ==, 2);
  g_assert_cmpint (kab_test_answer_int (saved, "notices.messages.email"), ==, FALSE);
  g_assert_cmpint (kab_test_answer_int (saved, "notices.messages.sms"), ==, TRUE);
  g_assert_cmpint (kab_test_answer_int (saved, "notices.corrections.email"), ==, TRUE);
  lost = save (bank, token, "\"1\"", body);
  kab_test_answer_expect (lost, 412, "version-conflict");
  blind = save (bank, token, NULL, body);
  kab_test_answer_expect (blind, 428, "precondition-required");
  message = kab_test_bank_message (bank, "GET", "/v1/profile", token);
  soup_message_headers_replace (soup_message_get_request_headers (message), "If-None-Match",
                                "\"2\"");
  unchanged = kab_test_bank_send (bank, message);
  kab_test_answer_expect (unchanged, 304, NULL);
}

static void
test_bad_profiles (KabTestBank *bank)
{
  static const char *const bodies[][3] = {
    { "{}", "/language", "member-missing" },
    { "{\"language\":\"lv\"}", "/notices", "member-missing" },
    { "{\"language\":\"de\",\"notices\":{}}", "/language", "not-an-option" },
    { "{\"language\":7,\"notices\":{}}", "/language", "member-type" },
    { "{\"language\":\"lv\",\"notices\":[]}", "/notices", "member-type" },
    { "{\"language\":\"lv\",\"notices\":{\"rumours\":{}}}", "/notices/rumours",
      "member-unexpected" },
    { "{\"language\":\"lv\",\"notices\":{\"messages\":{\"email\":true}}}", "/notices/messages/sms",
      "member-missing" },
    { "{\"language\":\"lv\",\"notices\":{\"messages\":{\"email\":1,\"sms\":true}}}",
      "/notices/messages/email", "member-type" },
    { "{\"language\":\"lv\",\"notices\":{},\"email\":\"x@y.z\"}", "/email", "member-unexpected" },
  };
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *token = kab_test_bank_sign_in (bank, client);

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (KabTestAnswer) answer = save (bank, token, "\"1\"", bodies[i][0]);

      expect_field (answer, bodies[i][1], bodies[i][2]);
    }
}

static KabTestAnswer *
ask_change (KabTestBank *bank,
            const char *token,
            const char *channel,
            const char *address,
            const char *password)
{
  g_autofree char *body = g_strdup_printf (
      "{\"channel\":\"%s\",\"address\":\"%s\",\"password\":\"%s\"}", channel, address, password);

  return kab_test_bank_call (bank, "POST", "/v1/profile/address-changes", token, NULL, body);
}

static KabTestAnswer *
confirm_change (KabTestBank *bank, const char *token, const char *id, const char *code)
{
  g_autofree char *path = g_strdup_printf ("/v1/profile/address-changes/%s/confirmation", id);
  g_autofree char *body = g_strdup_printf ("{\"code\":\"%s\"}", code);

  return kab_test_bank_call (bank, "POST", path, token, NULL, body);
}

static void
change_to (KabTestBank *bank, const char *token, const char *channel, const char *address)
{
  g_autoptr (KabTestAnswer) asked = ask_change (bank, token, channel, address, KAB_TEST_PASSWORD);
  g_autofree char *code = NULL;
  g_autoptr (KabTestAnswer) wrong = NULL;
  g_autoptr (KabTestAnswer) confirmed = NULL;
  g_autoptr (KabTestAnswer) again = NULL;
  const char *id;

  kab_test_answer_expect (asked, 201, NULL);
  id = kab_test_answer_text (asked, "id");
  code = kab_test_bank_last_notice (bank, "address-code", address);
  wrong = confirm_change (bank, token, id, "x");
  expect_field (wrong, "/code", "code-wrong");
  confirmed = confirm_change (bank, token, id, code);
  kab_test_answer_expect (confirmed, 200, NULL);
  g_assert_cmpstr (kab_test_answer_text (confirmed, channel), ==, address);
  again = confirm_change (bank, token, id, code);
  kab_test_answer_expect (again, 404, "not-found");
}

static void
test_change_of_addresses (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *token = kab_test_bank_sign_in (bank, client);
  g_autoptr (KabTestAnswer) by_old = NULL;
  g_autoptr (KabTestAnswer) by_new = NULL;

  change_to (bank, token, "email", NEW_EMAIL);
  change_to (bank, token, "phone", NEW_PHONE);
  g_assert_cmpint (kab_test_bank_count (bank, "events"), ==, 2);
  /* The old address is told, and is no name to sign in with any more. */
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "address-changed", EMAIL), ==, 1);
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "address-changed", PHONE), ==, 1);
  by_old = kab_test_bank_call (bank, "POST", "/v1/sessions", NULL, NULL,
                               "{\"login\":\"" EMAIL "\",\"password\":\"" KAB_TEST_PASSWORD "\"}");
  kab_test_answer_expect (by_old, 401, "credentials-wrong");
  by_new =
      kab_test_bank_call (bank, "POST", "/v1/sessions", NULL, NULL,
                          "{\"login\":\"" NEW_PHONE "\",\"password\":\"" KAB_TEST_PASSWORD "\"}");
  kab_test_answer_expect (by_new, 201, NULL);
}

static void
test_bad_changes (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *stranger =
      kab_test_bank_add_client (bank, "b@example.com", "+37120000003", KAB_TEST_PASSWORD);
  g_autofree char *token = kab_test_bank_sign_in (bank, client);
  g_autofree char *strangers = kab_test_bank_sign_in (bank, stranger);
  g_autoptr (KabTestAnswer) wrong = ask_change (bank, token, "email", NEW_EMAIL, "Wrong-pass-1");
  g_autoptr (KabTestAnswer) no_address =
      ask_change (bank, token, "phone", NEW_EMAIL, KAB_TEST_PASSWORD);
  g_autoptr (KabTestAnswer) no_channel =
      ask_change (bank, token, "pigeon", NEW_EMAIL, KAB_TEST_PASSWORD);
  g_autoptr (KabTestAnswer) taken =
      ask_change (bank, token, "email", "B@example.com", KAB_TEST_PASSWORD);
  g_autoptr (KabTestAnswer) mine = ask_change (bank, token, "email", NEW_EMAIL, KAB_TEST_PASSWORD);
  g_autoptr (KabTestAnswer) foreign = NULL;
  g_autofree char *code = NULL;

  expect_field (wrong, "/password", "password-wrong");
  expect_field (no_address, "/address", "phone-format");
  expect_field (no_channel, "/channel", "not-an-option");
  /* A taken address is told to its owner only. */
  kab_test_answer_expect (taken, 201, NULL);
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "address-known", "b@example.com"), ==, 1);
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "address-code", "b@example.com"), ==, 0);
  code = kab_test_bank_last_notice (bank, "address-code", NEW_EMAIL);
  foreign = confirm_change (bank, strangers, kab_test_answer_text (mine, "id"), code);
  kab_test_answer_expect (foreign, 404, "not-found");
}

/* The address became somebody's between code and confirmation. */
static void
test_address_taken_meanwhile (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *token = kab_test_bank_sign_in (bank, client);
  g_autoptr (KabTestAnswer) asked = ask_change (bank, token, "email", NEW_EMAIL, KAB_TEST_PASSWORD);
  g_autofree char *code = kab_test_bank_last_notice (bank, "address-code", NEW_EMAIL);
  g_autofree char *faster =
      kab_test_bank_add_client (bank, NEW_EMAIL, NEW_PHONE, KAB_TEST_PASSWORD);
  g_autoptr (KabTestAnswer) late =
      confirm_change (bank, token, kab_test_answer_text (asked, "id"), code);

  kab_test_answer_expect (late, 409, "address-taken");
}

typedef struct
{
  KabNoticeKind kind;
  const char *name;
  guint by_email;
  guint by_sms;
} Way;

typedef struct
{
  const char *user;
  KabNoticeKind kind;
} Notice;

static gboolean
add_notice (KabTransaction *tx, gpointer data, GError **error)
{
  const Notice *notice = data;

  return kab_notices_add (tx, notice->kind, notice->user, error);
}

static void
expect_ways (KabTestBank *bank, const char *user, const Way *ways, gsize n_ways)
{
  for (gsize i = 0; i < n_ways; i++)
    {
      Notice notice = { user, ways[i].kind };

      g_assert_true (kab_store_write (bank->store, add_notice, &notice, NULL));
      g_assert_cmpuint (kab_test_bank_n_notices (bank, ways[i].name, EMAIL), ==, ways[i].by_email);
      g_assert_cmpuint (kab_test_bank_n_notices (bank, ways[i].name, PHONE), ==, ways[i].by_sms);
    }
}

/* The matrix of features §21, before and after the user has chosen. */
static void
test_ways (KabTestBank *bank)
{
  static const Way usual[] = {
    { KAB_NOTICE_CORRECTION_NEEDED, "correction-needed", 1, 0 },
    { KAB_NOTICE_MESSAGE_RECEIVED, "message-received", 1, 0 },
    { KAB_NOTICE_DECISION_POSITIVE, "decision-positive", 1, 0 },
    { KAB_NOTICE_DECISION_NEGATIVE, "decision-negative", 1, 1 },
    { KAB_NOTICE_IDENTIFICATION_REPEAT, "identification-repeat", 1, 1 },
    { KAB_NOTICE_IDENTIFICATION_FAILED, "identification-failed", 1, 1 },
    { KAB_NOTICE_IDENTIFICATION_IN_PERSON, "identification-in-person", 1, 1 },
  };
  static const Way chosen[] = {
    { KAB_NOTICE_CORRECTION_NEEDED, "correction-needed", 2, 1 },
    { KAB_NOTICE_MESSAGE_RECEIVED, "message-received", 1, 0 },
    { KAB_NOTICE_DECISION_POSITIVE, "decision-positive", 1, 1 },
    { KAB_NOTICE_DECISION_NEGATIVE, "decision-negative", 2, 2 },
  };
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *token = kab_test_bank_sign_in (bank, client);
  g_autoptr (KabTestAnswer) saved = NULL;

  expect_ways (bank, client, usual, G_N_ELEMENTS (usual));
  saved = save (bank, token, "\"1\"",
                "{\"language\":\"lv\",\"notices\":{\"corrections\":{\"email\":true,\"sms\":true},"
                "\"messages\":{\"email\":false,\"sms\":false},"
                "\"decisions\":{\"email\":false,\"sms\":true}}}");
  kab_test_answer_expect (saved, 200, NULL);
  expect_ways (bank, client, chosen, G_N_ELEMENTS (chosen));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  kab_test_bank_add_test ("/profile/save", test_save);
  kab_test_bank_add_test ("/profile/bad-profiles", test_bad_profiles);
  kab_test_bank_add_test ("/profile/change-of-addresses", test_change_of_addresses);
  kab_test_bank_add_test ("/profile/bad-changes", test_bad_changes);
  kab_test_bank_add_test ("/profile/taken-meanwhile", test_address_taken_meanwhile);
  kab_test_bank_add_test ("/profile/ways", test_ways);
  return g_test_run ();
}
