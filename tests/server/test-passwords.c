/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Change and recovery of the password over HTTP: SET-4, RCV-1…10. */

#include <string.h>

#include "kab-expiry.h"
#include "kab-test-bank.h"

#define EMAIL        "anna@example.com"
#define PHONE        "+37120000001"
#define NEW_PASSWORD "Cita-parole-8"

static KabTestAnswer *
sign_in (KabTestBank *bank, const char *password)
{
  g_autofree char *body =
      g_strdup_printf ("{\"login\":\"" EMAIL "\",\"password\":\"%s\"}", password);

  return kab_test_bank_call (bank, "POST", "/v1/sessions", NULL, NULL, body);
}

static KabTestAnswer *
change (KabTestBank *bank, const char *token, const char *current, const char *new)
{
  g_autofree char *body = g_strdup_printf ("{\"current\":\"%s\",\"new\":\"%s\"}", current, new);

  return kab_test_bank_call (bank, "PUT", "/v1/password", token, NULL, body);
}

static void
expect_refused (KabTestAnswer *answer, const char *pointer, const char *code)
{
  kab_test_answer_expect (answer, 422, "validation-failed");
  if (g_strcmp0 (kab_test_answer_field (answer, pointer), code) != 0)
    g_error ("%s at %s was expected in %s", code, pointer, answer->body);
}

static void
expect_session (KabTestBank *bank, const char *token, guint status)
{
  g_autoptr (KabTestAnswer) answer =
      kab_test_bank_call (bank, "GET", "/v1/sessions/current", token, NULL, NULL);

  kab_test_answer_expect (answer, status, NULL);
}

static void
test_change (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *token = kab_test_bank_sign_in (bank, client);
  g_autofree char *other = kab_test_bank_sign_in (bank, client);
  g_autoptr (KabTestAnswer) changed = change (bank, token, KAB_TEST_PASSWORD, NEW_PASSWORD);
  g_autoptr (KabTestAnswer) old = NULL;
  g_autoptr (KabTestAnswer) new = NULL;

  kab_test_answer_expect (changed, 200, NULL);
  g_assert_cmpstr (kab_test_answer_text (changed, "token"), !=, token);
  expect_session (bank, token, 401);
  expect_session (bank, other, 401);
  expect_session (bank, kab_test_answer_text (changed, "token"), 200);
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "password-changed", EMAIL), ==, 1);
  old = sign_in (bank, KAB_TEST_PASSWORD);
  kab_test_answer_expect (old, 401, "credentials-wrong");
  new = sign_in (bank, NEW_PASSWORD);
  kab_test_answer_expect (new, 201, NULL);
}

static void
test_bad_changes (KabTestBank *bank)
{
  static const char *const changes[][4] = {
    { "Wrong-password-1", NEW_PASSWORD, "/current", "password-wrong" },
    { KAB_TEST_PASSWORD, KAB_TEST_PASSWORD, "/new", "password-same" },
    { KAB_TEST_PASSWORD, "Short-7", "/new", "password-length" },
    { KAB_TEST_PASSWORD, "no-upper-case-7", "/new", "password-upper" },
    { KAB_TEST_PASSWORD, "NO-LOWER-CASE-7", "/new", "password-lower" },
    { KAB_TEST_PASSWORD, "No-digit-at-all", "/new", "password-digit" },
    { KAB_TEST_PASSWORD, "NoSymbol7andmore", "/new", "password-symbol" },
  };
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *token = kab_test_bank_sign_in (bank, client);

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (KabTestAnswer) answer = change (bank, token, changes[i][0], changes[i][1]);

      expect_refused (answer, changes[i][2], changes[i][3]);
    }
  expect_session (bank, token, 200);
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "password-changed", EMAIL), ==, 0);
}

/* A stolen session is no way to guess the password. */
static void
test_tries_are_counted (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *token = kab_test_bank_sign_in (bank, client);
  g_autoptr (KabTestAnswer) last = NULL;

  for (int i = 0; i < 10; i++)
    {
      g_autoptr (KabTestAnswer) answer = change (bank, token, "Wrong-password-1", NEW_PASSWORD);

      expect_refused (answer, "/current", "password-wrong");
    }
  last = change (bank, token, KAB_TEST_PASSWORD, NEW_PASSWORD);
  kab_test_answer_expect (last, 429, "too-many-requests");
}

static KabTestAnswer *
ask_recovery (KabTestBank *bank, const char *login)
{
  g_autofree char *body = g_strdup_printf ("{\"login\":\"%s\"}", login);

  return kab_test_bank_call (bank, "POST", "/v1/recoveries", NULL, NULL, body);
}

static KabTestAnswer *
confirm_recovery (KabTestBank *bank, const char *id, const char *code)
{
  g_autofree char *path = g_strdup_printf ("/v1/recoveries/%s/confirmation", id);
  g_autofree char *body = g_strdup_printf ("{\"code\":\"%s\"}", code);

  return kab_test_bank_call (bank, "POST", path, NULL, NULL, body);
}

/* Returns: the temporary password that went to @login */
static char *
recover (KabTestBank *bank, const char *login)
{
  g_autoptr (KabTestAnswer) asked = ask_recovery (bank, login);
  g_autofree char *code = NULL;
  g_autoptr (KabTestAnswer) confirmed = NULL;
  char *password;

  kab_test_answer_expect (asked, 201, NULL);
  code = kab_test_bank_last_notice (bank, "recovery-code", login);
  confirmed = confirm_recovery (bank, kab_test_answer_text (asked, "id"), code);
  kab_test_answer_expect (confirmed, 204, NULL);
  password = kab_test_bank_last_notice (bank, "temporary-password", login);
  g_assert_cmpuint (strlen (password), ==, 16);
  return password;
}

static void
recover_through (KabTestBank *bank, const char *login)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *password = recover (bank, login);
  g_autoptr (KabTestAnswer) session = sign_in (bank, password);
  g_autoptr (KabTestAnswer) again = NULL;
  g_autoptr (KabTestAnswer) same_as_old = NULL;
  g_autoptr (KabTestAnswer) same_as_temporary = NULL;
  g_autoptr (KabTestAnswer) old = NULL;
  g_autoptr (KabTestAnswer) wrong = NULL;
  g_autoptr (KabTestAnswer) changed = NULL;
  const char *token;

  kab_test_answer_expect (session, 201, NULL);
  g_assert_cmpint (kab_test_answer_int (session, "mustChangePassword"), ==, TRUE);
  token = kab_test_answer_text (session, "token");
  again = sign_in (bank, password);
  kab_test_answer_expect (again, 401, "credentials-wrong");
  same_as_old = change (bank, token, password, KAB_TEST_PASSWORD);
  expect_refused (same_as_old, "/new", "password-same");
  same_as_temporary = change (bank, token, password, password);
  expect_refused (same_as_temporary, "/new", "password-same");
  old = change (bank, token, KAB_TEST_PASSWORD, NEW_PASSWORD);
  expect_refused (old, "/current", "password-wrong");
  wrong = change (bank, token, "Wrong-password-1", NEW_PASSWORD);
  expect_refused (wrong, "/current", "password-wrong");
  changed = change (bank, token, password, NEW_PASSWORD);
  kab_test_answer_expect (changed, 200, NULL);
  g_assert_cmpint (kab_test_answer_int (changed, "mustChangePassword"), ==, FALSE);
  expect_session (bank, token, 401);
  expect_session (bank, kab_test_answer_text (changed, "token"), 200);
}

static void
test_recovery_by_email (KabTestBank *bank)
{
  recover_through (bank, EMAIL);
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "recovery-code", PHONE), ==, 0);
}

static void
test_recovery_by_phone (KabTestBank *bank)
{
  recover_through (bank, PHONE);
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "recovery-code", EMAIL), ==, 0);
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "temporary-password", EMAIL), ==, 0);
}

typedef struct
{
  const KabTestBank *bank;
  const char *password;
} Rush;

static gpointer
rush_cb (gpointer data)
{
  const Rush *rush = data;
  KabTestBank own = *rush->bank;
  g_autoptr (KabTestAnswer) answer = NULL;

  own.session = soup_session_new ();
  soup_session_set_proxy_resolver (own.session, NULL);
  answer = sign_in (&own, rush->password);
  g_object_unref (own.session);
  return GUINT_TO_POINTER (answer->status);
}

/* Of eight who come at once, one gets in. */
static void
test_temporary_password_once (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *password = recover (bank, EMAIL);
  Rush rush = { bank, password };
  GThread *threads[8];
  guint n_let_in = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("rush", rush_cb, &rush);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      guint status = GPOINTER_TO_UINT (g_thread_join (threads[i]));

      g_assert_true (status == 201 || status == 401);
      n_let_in += status == 201;
    }
  g_assert_cmpuint (n_let_in, ==, 1);
  g_assert_cmpint (kab_test_bank_count (bank, "sessions"), ==, 1);
}

/* Until it is replaced, who remembers the old password may still use it. */
static void
test_old_password_until_change (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *password = recover (bank, EMAIL);
  g_autoptr (KabTestAnswer) old = sign_in (bank, KAB_TEST_PASSWORD);

  kab_test_answer_expect (old, 201, NULL);
  g_assert_cmpint (kab_test_answer_int (old, "mustChangePassword"), ==, FALSE);
}

static void
test_temporary_password_expires (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *password = recover (bank, EMAIL);
  g_autoptr (KabTestAnswer) late = NULL;

  kab_test_bank_pass_time (bank, G_TIME_SPAN_HOUR);
  late = sign_in (bank, password);
  kab_test_answer_expect (late, 401, "credentials-wrong");
}

static void
test_recovery_codes (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autoptr (KabTestAnswer) asked = ask_recovery (bank, EMAIL);
  const char *id = kab_test_answer_text (asked, "id");
  g_autofree char *code = kab_test_bank_last_notice (bank, "recovery-code", EMAIL);
  g_autoptr (KabTestAnswer) used_up = NULL;
  g_autoptr (KabTestAnswer) second = ask_recovery (bank, EMAIL);
  g_autoptr (KabTestAnswer) late = NULL;
  g_autoptr (KabTestAnswer) unknown = confirm_recovery (bank, "nothing", code);
  g_autofree char *second_code = kab_test_bank_last_notice (bank, "recovery-code", EMAIL);

  for (int i = 0; i < 5; i++)
    {
      g_autoptr (KabTestAnswer) wrong = confirm_recovery (bank, id, "x");

      expect_refused (wrong, "/code", "code-wrong");
    }
  used_up = confirm_recovery (bank, id, code);
  expect_refused (used_up, "/code", "code-used-up");
  kab_test_bank_pass_time (bank, 10 * G_TIME_SPAN_MINUTE);
  g_assert_true (kab_expiry_run (bank->context, NULL));
  late = confirm_recovery (bank, kab_test_answer_text (second, "id"), second_code);
  expect_refused (late, "/code", "code-expired");
  kab_test_answer_expect (unknown, 404, "not-found");
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "temporary-password", EMAIL), ==, 0);
}

static void
test_code_is_used_once (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autoptr (KabTestAnswer) asked = ask_recovery (bank, EMAIL);
  const char *id = kab_test_answer_text (asked, "id");
  g_autofree char *code = kab_test_bank_last_notice (bank, "recovery-code", EMAIL);
  g_autoptr (KabTestAnswer) first = confirm_recovery (bank, id, code);
  g_autoptr (KabTestAnswer) second = confirm_recovery (bank, id, code);

  kab_test_answer_expect (first, 204, NULL);
  kab_test_answer_expect (second, 404, "not-found");
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "temporary-password", EMAIL), ==, 1);
}

/* Nobody learns from a recovery whether an address is known. */
static void
test_unknown_is_alike (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autoptr (KabTestAnswer) known = ask_recovery (bank, EMAIL);
  g_autoptr (KabTestAnswer) unknown = ask_recovery (bank, "anne@example.com");
  g_autoptr (KabTestAnswer) wrong_known =
      confirm_recovery (bank, kab_test_answer_text (known, "id"), "x");
  g_autoptr (KabTestAnswer) wrong_unknown =
      confirm_recovery (bank, kab_test_answer_text (unknown, "id"), "x");
  g_autoptr (KabTestAnswer) nonsense = ask_recovery (bank, "anna");

  kab_test_answer_expect (unknown, 201, NULL);
  json_object_remove_member (known->json, "id");
  json_object_remove_member (unknown->json, "id");
  g_assert_true (json_object_equal (known->json, unknown->json));
  g_assert_cmpstr (wrong_known->body, ==, wrong_unknown->body);
  g_assert_cmpuint (kab_test_bank_n_notices (bank, "recovery-code", "anne@example.com"), ==, 0);
  expect_refused (nonsense, "/login", "phone-format");
  for (int i = 0; i < 4; i++)
    {
      g_autoptr (KabTestAnswer) known_again = ask_recovery (bank, EMAIL);
      g_autoptr (KabTestAnswer) unknown_again = ask_recovery (bank, "anne@example.com");

      g_assert_cmpuint (known_again->status, ==, 201);
      g_assert_cmpuint (unknown_again->status, ==, 201);
    }
  kab_test_answer_free (g_steal_pointer (&known));
  kab_test_answer_free (g_steal_pointer (&unknown));
  known = ask_recovery (bank, EMAIL);
  unknown = ask_recovery (bank, "anne@example.com");
  kab_test_answer_expect (known, 429, "too-many-codes");
  kab_test_answer_expect (unknown, 429, "too-many-codes");
}

static SoupMessage *
message_for_route (KabTestBank *bank, const KabRoute *route, const char *token)
{
  g_auto (GStrv) parts = g_strsplit (route->path, "{id}", -1);
  g_autofree char *path = g_strjoinv ("some-id", parts);
  SoupMessage *message =
      kab_test_bank_message (bank, kab_method_get_name (route->method), path, token);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  if (route->flags & KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY)
    soup_message_headers_replace (headers, "Idempotency-Key", "a-key-for-this-route");
  if (route->flags & KAB_ROUTE_NEEDS_IF_MATCH)
    soup_message_headers_replace (headers, "If-Match", "\"1\"");
  if (route->body != KAB_BODY_NONE)
    {
      const char *type = route->content_type != NULL ? route->content_type : "application/json";
      g_autoptr (GBytes) bytes = g_bytes_new_static ("{}", 2);

      soup_message_set_request_body_from_bytes (message, type, bytes);
    }
  return message;
}

static gboolean
is_open_for_change (const KabRoute *route)
{
  return g_str_equal (route->operation, "changePassword") ||
         g_str_equal (route->operation, "signOut");
}

/* A session with a temporary password gets nowhere but to a new password and out, on any route. */
static void
test_must_change_blocks_everything (KabTestBank *bank)
{
  g_autofree char *client = kab_test_bank_add_client (bank, EMAIL, PHONE, KAB_TEST_PASSWORD);
  g_autofree char *password = recover (bank, EMAIL);
  g_autoptr (KabTestAnswer) session = sign_in (bank, password);
  const char *token = kab_test_answer_text (session, "token");
  guint n_routes;
  guint n_blocked = 0;
  const KabRoute *const *routes = kab_router_get_routes (bank->router, &n_routes);

  for (guint i = 0; i < n_routes; i++)
    {
      g_autoptr (KabTestAnswer) answer = NULL;

      if ((routes[i]->access & KAB_ACCESS_PUBLIC) || is_open_for_change (routes[i]))
        continue;
      answer = kab_test_bank_send (bank, message_for_route (bank, routes[i], token));
      /* The answer to a HEAD has no body. */
      kab_test_answer_expect (
          answer, 403, routes[i]->method == KAB_METHOD_HEAD ? NULL : "password-change-required");
      n_blocked++;
    }
  g_assert_cmpuint (n_blocked, >=, 10);
  kab_test_answer_free (g_steal_pointer (&session));
  session = kab_test_bank_call (bank, "GET", "/v1/bank", NULL, NULL, NULL);
  kab_test_answer_expect (session, 200, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  kab_test_bank_add_test ("/passwords/change", test_change);
  kab_test_bank_add_test ("/passwords/bad-changes", test_bad_changes);
  kab_test_bank_add_test ("/passwords/tries", test_tries_are_counted);
  kab_test_bank_add_test ("/passwords/recovery-by-email", test_recovery_by_email);
  kab_test_bank_add_test ("/passwords/recovery-by-phone", test_recovery_by_phone);
  kab_test_bank_add_test ("/passwords/temporary-once", test_temporary_password_once);
  kab_test_bank_add_test ("/passwords/old-until-change", test_old_password_until_change);
  kab_test_bank_add_test ("/passwords/temporary-expires", test_temporary_password_expires);
  kab_test_bank_add_test ("/passwords/recovery-codes", test_recovery_codes);
  kab_test_bank_add_test ("/passwords/code-once", test_code_is_used_once);
  kab_test_bank_add_test ("/passwords/unknown-is-alike", test_unknown_is_alike);
  kab_test_bank_add_test ("/passwords/must-change", test_must_change_blocks_everything);
  return g_test_run ();
}
