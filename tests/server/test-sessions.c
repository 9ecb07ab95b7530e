/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sessions over HTTP: AUT-2…4, ASVS V6.3, V7. */

#include <string.h>

#include "kab-expiry.h"
#include "kab-secrets.h"
#include "kab-test-argon2.h"
#include "kab-test-bank.h"
#include "kab-users.h"

#define EMAIL "anna@example.com"
#define PHONE "+37120000001"

static KabTestAnswer *
sign_in (KabTestBank *bank, const char *login, const char *password)
{
  g_autofree char *body = g_strdup_printf (
      "{\"login\":\"%s\",\"password\":\"%s\",\"device\":\"Laptop\"}", login, password);

  return kab_test_bank_call (bank, "POST", "/v1/sessions", NULL, NULL, body);
}

static char *
must_sign_in (KabTestBank *bank, const char *login)
{
  g_autoptr (KabTestAnswer) answer = sign_in (bank, login, KAB_TEST_PASSWORD);

  kab_test_answer_expect (answer, 201, NULL);
  return g_strdup (kab_test_answer_text (answer, "token"));
}

static void
expect_profile (KabTestBank *bank, const char *token, guint status)
{
  g_autoptr (KabTestAnswer) answer =
      kab_test_bank_call (bank, "GET", "/v1/profile", token, NULL, NULL);

  kab_test_answer_expect (answer, status, status == 401 ? "unauthenticated" : NULL);
}

static void
test_logins (KabTestBank *bank)
{
  static const char *const logins[] = { EMAIL, "Anna@EXAMPLE.com", PHONE, "00371 2000 0001",
                                        " " EMAIL " " };
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);

  for (gsize i = 0; i < G_N_ELEMENTS (logins); i++)
    {
      g_autoptr (KabTestAnswer) answer = sign_in (bank, logins[i], KAB_TEST_PASSWORD);

      kab_test_answer_expect (answer, 201, NULL);
      g_assert_cmpstr (kab_test_answer_text (answer, "user.id"), ==, client);
      g_assert_cmpstr (kab_test_answer_text (answer, "user.role"), ==, "client");
      g_assert_cmpstr (kab_test_answer_text (answer, "user.clientType"), ==, "natural");
      g_assert_cmpint (kab_test_answer_int (answer, "mustChangePassword"), ==, FALSE);
      g_assert_cmpint (kab_test_answer_int (answer, "idleSeconds"), ==, 300);
      g_assert_cmpstr (kab_test_answer_text (answer, "expiresAt"), ==, "2026-09-10T16:00:00.000Z");
      expect_profile (bank, kab_test_answer_text (answer, "token"), 200);
    }
}

/* One answer for everything that is wrong. */
static void
test_refusals_are_alike (KabTestBank *bank)
{
  static const char *const tries[][2] = {
    { EMAIL, "Wrong-password-1" },
    { "nobody@example.com", KAB_TEST_PASSWORD },
    { "+37129999999", "x" },
    { "no login at all", "x" },
    { "@", "" },
    { EMAIL, "zaļa-mīkla-7" },
    { "anna@example.com\\u0000", "x" },
  };
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *first = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      g_autoptr (KabTestAnswer) answer = sign_in (bank, tries[i][0], tries[i][1]);
      g_autoptr (GRegex) unique = g_regex_new ("\"requestId\":\"[^\"]*\"", 0, 0, NULL);
      g_autofree char *body = g_regex_replace_literal (unique, answer->body, -1, 0, "", 0, NULL);

      if (answer->status == 400)
        continue;
      kab_test_answer_expect (answer, 401, "credentials-wrong");
      if (first == NULL)
        first = g_strdup (body);
      g_assert_cmpstr (body, ==, first);
    }
  g_assert_cmpint (kab_test_bank_count (bank, "sessions"), ==, 0);
}

static void
assert_refusal_costs (KabTestBank *bank, const char *login, const char *expected)
{
  g_autoptr (KabTestAnswer) answer = NULL;
  g_autofree char *work = NULL;

  kab_test_argon2_watch ();
  answer = sign_in (bank, login, "Wrong-password-1");
  kab_test_answer_expect (answer, 401, "credentials-wrong");
  work = kab_test_argon2_take ();
  g_assert_cmpstr (work, ==, expected);
}

/* An unknown name costs what a wrong password costs (ASVS 6.3.8): one computation of Argon2id with
 * the parameters of today. */
static void
test_refusals_cost_as_much (void)
{
  static const char *const unknown[] = { "nobody@example.com", "+37129999999", "no login at all" };
  const char *cost = "compare argon2id m=19456,t=2,p=1 16\n";
  g_autoptr (KabTestBank) bank = kab_test_bank_new ();
  g_autofree char *client = NULL;

  g_clear_object (&bank->context->passwords);
  bank->context->passwords = kab_password_pool_new (19 * 1024 * 1024, 2);
  client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  assert_refusal_costs (bank, EMAIL, cost);
  /* The first one of all needs something to compare with. */
  assert_refusal_costs (bank, "first@example.com", "hash\ncompare argon2id m=19456,t=2,p=1 16\n");
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    assert_refusal_costs (bank, unknown[i], cost);
}

static void
test_idle (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *token = must_sign_in (bank, EMAIL);

  for (int i = 0; i < 5; i++)
    {
      kab_test_bank_pass_time (bank, 5 * G_TIME_SPAN_MINUTE - 1);
      expect_profile (bank, token, 200);
    }
  kab_test_bank_pass_time (bank, 5 * G_TIME_SPAN_MINUTE);
  expect_profile (bank, token, 401);
}

static void
test_absolute (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *token = must_sign_in (bank, EMAIL);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 8 * 60 / 4 - 1; i++)
    {
      kab_test_bank_pass_time (bank, 4 * G_TIME_SPAN_MINUTE);
      expect_profile (bank, token, 200);
    }
  kab_test_bank_pass_time (bank, 4 * G_TIME_SPAN_MINUTE - 1);
  expect_profile (bank, token, 200);
  kab_test_bank_pass_time (bank, 1);
  expect_profile (bank, token, 401);
  kab_expiry_run (bank->context, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kab_test_bank_count (bank, "sessions"), ==, 0);
}

static void
test_sign_out (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *token = must_sign_in (bank, EMAIL);
  g_autofree char *other = must_sign_in (bank, EMAIL);
  g_autoptr (KabTestAnswer) out =
      kab_test_bank_call (bank, "DELETE", "/v1/sessions/current", token, NULL, NULL);

  kab_test_answer_expect (out, 204, NULL);
  expect_profile (bank, token, 401);
  expect_profile (bank, other, 200);
}

static void
test_list_and_end (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *stranger =
      kab_test_bank_add_client (bank, "b@example.com", "+37120000002", KAB_TEST_PASSWORD);
  g_autofree char *token = must_sign_in (bank, EMAIL);
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *strangers = must_sign_in (bank, "b@example.com");
  g_autofree char *path = NULL;
  g_autoptr (KabTestAnswer) list = NULL;
  g_autoptr (KabTestAnswer) foreign = NULL;
  g_autoptr (KabTestAnswer) ended = NULL;
  g_autoptr (KabTestAnswer) current = NULL;
  g_autoptr (KabTestAnswer) others = NULL;

  kab_test_bank_pass_time (bank, G_TIME_SPAN_SECOND);
  second = must_sign_in (bank, EMAIL);
  third = must_sign_in (bank, EMAIL);
  list = kab_test_bank_call (bank, "GET", "/v1/sessions", second, NULL, NULL);
  kab_test_answer_expect (list, 200, NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (list->json, "items")), ==,
                    3);
  g_assert_cmpstr (kab_test_answer_text (list, "items.2.device"), ==, "Laptop");
  g_assert_cmpint (kab_test_answer_int (list, "items.2.current"), ==, FALSE);
  g_assert_cmpint (kab_test_answer_int (list, "items.0.current") +
                       kab_test_answer_int (list, "items.1.current"),
                   ==, 1);
  path = g_strconcat ("/v1/sessions/", kab_test_answer_text (list, "items.2.id"), NULL);
  foreign = kab_test_bank_call (bank, "DELETE", path, strangers, NULL, NULL);
  kab_test_answer_expect (foreign, 404, "not-found");
  expect_profile (bank, token, 200);
  ended = kab_test_bank_call (bank, "DELETE", path, second, NULL, NULL);
  kab_test_answer_expect (ended, 204, NULL);
  expect_profile (bank, token, 401);
  current = kab_test_bank_call (bank, "GET", "/v1/sessions/current", second, NULL, NULL);
  kab_test_answer_expect (current, 200, NULL);
  g_assert_cmpint (kab_test_answer_int (current, "current"), ==, TRUE);
  g_assert_cmpstr (kab_test_answer_text (current, "user.id"), ==, client);
  others = kab_test_bank_call (bank, "DELETE", "/v1/sessions", second, NULL, NULL);
  kab_test_answer_expect (others, 204, NULL);
  expect_profile (bank, third, 401);
  expect_profile (bank, second, 200);
  expect_profile (bank, strangers, 200);
}

/* Ten tries, then one a minute; the right password gives them back. */
static void
test_login_throttle (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *token = must_sign_in (bank, EMAIL);
  g_autoptr (KabTestAnswer) eleventh = NULL;
  g_autoptr (KabTestAnswer) other = NULL;

  for (int i = 0; i < 10; i++)
    {
      g_autoptr (KabTestAnswer) wrong = sign_in (bank, EMAIL, "Wrong-password-1");

      kab_test_answer_expect (wrong, 401, NULL);
    }
  eleventh = sign_in (bank, EMAIL, KAB_TEST_PASSWORD);
  kab_test_answer_expect (eleventh, 429, "too-many-requests");
  g_assert_nonnull (soup_message_headers_get_one (eleventh->headers, "Retry-After"));
  other = sign_in (bank, "b@example.com", "x");
  kab_test_answer_expect (other, 401, NULL);
}

/* Strangers use an account's tries up; who has come from this network before still gets in. */
static void
test_no_lock_out (KabTestBank *bank)
{
  g_autofree char *known = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *fresh =
      kab_test_bank_add_client (bank, "b@example.com", "+37120000002", KAB_TEST_PASSWORD);
  g_autofree char *token = must_sign_in (bank, EMAIL);
  g_autoptr (KabTestAnswer) at_home = NULL;
  g_autoptr (KabTestAnswer) abroad = NULL;

  while (kab_throttle_take (bank->context->account_throttle, EMAIL, NULL))
    ;
  while (kab_throttle_take (bank->context->account_throttle, "b@example.com", NULL))
    ;
  at_home = sign_in (bank, EMAIL, KAB_TEST_PASSWORD);
  kab_test_answer_expect (at_home, 201, NULL);
  abroad = sign_in (bank, "b@example.com", KAB_TEST_PASSWORD);
  kab_test_answer_expect (abroad, 429, "too-many-requests");
}

/* Nor do the many tries of a neighbour in the same network. */
static void
test_no_lock_out_by_neighbours (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *token = must_sign_in (bank, EMAIL);
  g_autoptr (KabTestAnswer) stranger = NULL;
  g_autoptr (KabTestAnswer) neighbour = NULL;
  g_autoptr (KabTestAnswer) at_home = NULL;

  g_clear_object (&bank->context->door_throttle);
  bank->context->door_throttle = kab_throttle_new (1, 3600);
  stranger = sign_in (bank, "nobody@example.com", "Wrong-pass-1");
  kab_test_answer_expect (stranger, 401, "credentials-wrong");
  neighbour = sign_in (bank, "nobody@example.com", "Wrong-pass-1");
  kab_test_answer_expect (neighbour, 429, "too-many-requests");
  at_home = sign_in (bank, EMAIL, KAB_TEST_PASSWORD);
  kab_test_answer_expect (at_home, 201, NULL);
}

typedef struct
{
  const char *user;
  char *hash;
} HashLookup;

static gboolean
read_hash (KabTransaction *tx, gpointer data, GError **error)
{
  HashLookup *lookup = data;
  g_autoptr (KabUser) user = kab_users_get (tx, lookup->user, error);

  g_free (lookup->hash);
  lookup->hash = user != NULL ? g_strdup (user->password_hash) : NULL;
  return user != NULL;
}

/* A hash made with yesterday's parameters is made anew at the next sign-in. */
static void
test_rehash (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  HashLookup lookup = { .user = client };
  g_autofree char *old = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_true (kab_store_read (bank->store, read_hash, &lookup, NULL));
  old = g_steal_pointer (&lookup.hash);
  g_clear_object (&bank->context->passwords);
  bank->context->passwords = kab_password_pool_new (64 * 1024, 2);
  first = must_sign_in (bank, EMAIL);
  g_assert_true (kab_store_read (bank->store, read_hash, &lookup, NULL));
  g_assert_cmpstr (lookup.hash, !=, old);
  g_assert_false (kab_password_pool_needs_rehash (bank->context->passwords, lookup.hash));
  second = must_sign_in (bank, EMAIL);
  g_free (lookup.hash);
}

static void
test_repeat (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  const char *body = "{\"login\":\"" EMAIL "\",\"password\":\"" KAB_TEST_PASSWORD "\"}";
  g_autoptr (KabTestAnswer) first =
      kab_test_bank_call_keyed (bank, "POST", "/v1/sessions", NULL, "the-same-key-twice", body);
  g_autoptr (KabTestAnswer) second =
      kab_test_bank_call_keyed (bank, "POST", "/v1/sessions", NULL, "the-same-key-twice", body);
  g_autoptr (KabTestAnswer) keyless = NULL;
  SoupMessage *message = kab_test_bank_message (bank, "POST", "/v1/sessions", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  kab_test_answer_expect (first, 201, NULL);
  g_assert_cmpstr (first->body, ==, second->body);
  g_assert_cmpint (kab_test_bank_count (bank, "sessions"), ==, 1);
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  keyless = kab_test_bank_send (bank, message);
  kab_test_answer_expect (keyless, 400, "idempotency-key-missing");
}

static void
test_staff (KabTestBank *bank)
{
  g_autofree char *clerk =
      kab_test_bank_add_staff (bank, "clerk@example.com", "Ilze", KAB_TEST_PASSWORD);
  g_autoptr (KabTestAnswer) answer = sign_in (bank, "clerk@example.com", KAB_TEST_PASSWORD);
  g_autoptr (KabTestAnswer) refused = NULL;

  kab_test_answer_expect (answer, 201, NULL);
  g_assert_cmpstr (kab_test_answer_text (answer, "user.role"), ==, "staff");
  g_assert_cmpstr (kab_test_answer_text (answer, "user.name"), ==, "Ilze");
  /* What is a client's isn't an employee's. */
  refused = kab_test_bank_call (bank, "POST", "/v1/profile/address-changes",
                                kab_test_answer_text (answer, "token"), NULL, "{}");
  kab_test_answer_expect (refused, 403, "forbidden");
}

static void
test_bad_tokens (KabTestBank *bank)
{
  static const char *const tokens[] = {
    "s_", "r_", "x", "s_AAAA", "r_AAAA", "'; DROP TABLE users"
  };
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autoptr (KabTestAnswer) none =
      kab_test_bank_call (bank, "GET", "/v1/profile", NULL, NULL, NULL);

  kab_test_answer_expect (none, 401, "unauthenticated");
  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autoptr (KabTestAnswer) answer =
          kab_test_bank_call (bank, "GET", "/v1/profile", tokens[i], NULL, NULL);

      g_assert_cmpuint (answer->status / 100, ==, 4);
    }
  g_assert_cmpint (kab_test_bank_count (bank, "users"), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  kab_test_bank_add_test ("/sessions/logins", test_logins);
  kab_test_bank_add_test ("/sessions/refusals-are-alike", test_refusals_are_alike);
  g_test_add_func ("/sessions/refusals-cost-as-much", test_refusals_cost_as_much);
  kab_test_bank_add_test ("/sessions/idle", test_idle);
  kab_test_bank_add_test ("/sessions/absolute", test_absolute);
  kab_test_bank_add_test ("/sessions/sign-out", test_sign_out);
  kab_test_bank_add_test ("/sessions/list-and-end", test_list_and_end);
  kab_test_bank_add_test ("/sessions/login-throttle", test_login_throttle);
  kab_test_bank_add_test ("/sessions/no-lock-out", test_no_lock_out);
  kab_test_bank_add_test ("/sessions/no-lock-out-by-neighbours", test_no_lock_out_by_neighbours);
  kab_test_bank_add_test ("/sessions/rehash", test_rehash);
  kab_test_bank_add_test ("/sessions/repeat", test_repeat);
  kab_test_bank_add_test ("/sessions/staff", test_staff);
  kab_test_bank_add_test ("/sessions/bad-tokens", test_bad_tokens);
  return g_test_run ();
}
