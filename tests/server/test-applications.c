/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drafts: what is kept, what is refused, who wins a race, whose they are. */

#include <string.h>

#include "kab-expiry.h"
#include "onboarding-fixture.h"

#define DRAFT    "{\"form\":\"application-natural\",\"answers\":{}}"
#define N_RACERS 8

static char *
new_draft (KabOnboarding *onboarding, const char *answers)
{
  g_autofree char *body =
      g_strdup_printf ("{\"form\":\"application-natural\",\"answers\":%s}", answers);
  g_autoptr (KabTestAnswer) answer =
      kab_onboarding_post (onboarding, onboarding->token, "/v1/applications", 0, body);

  kab_test_answer_expect (answer, 201, NULL);
  return g_strconcat ("/v1/applications/", kab_test_answer_text (answer, "id"), NULL);
}

static void
test_create (void)
{
  static const struct
  {
    const char *body;
    const char *pointer;
    const char *code;
  } refused[] = {
    { "{\"form\":\"tax-residency\",\"answers\":{}}", "/form", "not-an-option" },
    { "{\"form\":\"registration-natural\",\"answers\":{}}", "/form", "not-an-option" },
    { "{\"form\":\"nothing\",\"answers\":{}}", "/form", "not-an-option" },
    { "{\"answers\":{}}", "/form", "member-missing" },
    { "{\"form\":\"application-natural\"}", "/answers", "member-missing" },
    { "{\"form\":\"application-natural\",\"answers\":[]}", "/answers", "member-type" },
    { "{\"form\":\"application-natural\",\"answers\":{},\"more\":1}", "/more",
      "member-unexpected" },
    { "{\"form\":\"application-natural\",\"answers\":{\"salary\":1}}", "/salary",
      "unknown-member" },
    { "{\"form\":\"application-natural\",\"answers\":{\"full_name\":7}}", "/full_name", "type" },
    { "{\"form\":\"application-natural\",\"answers\":{\"services\":\"N1\"}}", "/services", "type" },
  };
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autoptr (KabTestAnswer) second = NULL;
  g_autoptr (KabTestAnswer) seen = NULL;
  g_autoptr (KabTestAnswer) list = NULL;
  g_autofree char *path = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (KabTestAnswer) answer = kab_onboarding_post (
          onboarding, onboarding->token, "/v1/applications", 0, refused[i].body);

      kab_test_answer_expect (answer, 422, "validation-failed");
      g_assert_cmpstr (kab_test_answer_field (answer, refused[i].pointer), ==, refused[i].code);
    }
  path = new_draft (onboarding, "{\"services\":[\"N1\",\"N9\"],\"birth_date\":\"2020-01-01\"}");
  seen = kab_onboarding_get (onboarding, onboarding->token, path);
  kab_test_answer_expect (seen, 200, NULL);
  g_assert_cmpstr (soup_message_headers_get_one (seen->headers, "ETag"), ==, "\"1\"");
  g_assert_cmpstr (kab_test_answer_text (seen, "answers.birth_date"), ==, "2020-01-01");
  g_assert_cmpstr (kab_test_answer_text (seen, "services.0"), ==, "N1");
  second = kab_onboarding_post (onboarding, onboarding->token, "/v1/applications", 0, DRAFT);
  kab_test_answer_expect (second, 409, "application-open");
  list = kab_onboarding_get (onboarding, onboarding->token, "/v1/applications");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (list->json, "items")), ==,
                    1);
}

static void
test_repeat (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autoptr (KabTestAnswer) first = kab_test_bank_call_keyed (
      onboarding->bank, "POST", "/v1/applications", onboarding->token, "0123456789abcdef", DRAFT);
  g_autoptr (KabTestAnswer) again = kab_test_bank_call_keyed (
      onboarding->bank, "POST", "/v1/applications", onboarding->token, "0123456789abcdef", DRAFT);
  g_autoptr (KabTestAnswer) other = kab_test_bank_call_keyed (
      onboarding->bank, "POST", "/v1/applications", onboarding->token, "0123456789abcdef",
      "{\"form\":\"application-natural\",\"answers\":{\"full_name\":\"A\"}}");

  kab_test_answer_expect (first, 201, NULL);
  kab_test_answer_expect (again, 201, NULL);
  g_assert_cmpstr (first->body, ==, again->body);
  kab_test_answer_expect (other, 422, "idempotency-key-reused");
}

static void
test_save (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *path = new_draft (onboarding, "{}");
  g_autoptr (KabTestAnswer) blind = kab_onboarding_put (onboarding, path, 0, "{\"answers\":{}}");
  g_autoptr (KabTestAnswer) saved =
      kab_onboarding_put (onboarding, path, 1, "{\"answers\":{\"full_name\":\"7\"}}");
  g_autoptr (KabTestAnswer) stale =
      kab_onboarding_put (onboarding, path, 1, "{\"answers\":{\"full_name\":\"Lost\"}}");
  g_autoptr (KabTestAnswer) malformed =
      kab_onboarding_put (onboarding, path, 2, "{\"answers\":{\"person_code\":[]}}");
  g_autofree char *submission = g_strconcat (path, "/submission", NULL);
  g_autoptr (KabTestAnswer) unseen =
      kab_onboarding_post (onboarding, onboarding->token, submission, 1, NULL);
  g_autoptr (KabTestAnswer) seen = kab_onboarding_get (onboarding, onboarding->token, path);

  kab_test_answer_expect (blind, 428, "precondition-required");
  kab_test_answer_expect (saved, 200, NULL);
  g_assert_cmpint (kab_test_answer_int (saved, "version"), ==, 2);
  kab_test_answer_expect (stale, 412, "version-conflict");
  kab_test_answer_expect (unseen, 412, "version-conflict");
  kab_test_answer_expect (malformed, 422, "validation-failed");
  g_assert_cmpstr (kab_test_answer_field (malformed, "/person_code"), ==, "type");
  g_assert_cmpstr (kab_test_answer_text (seen, "answers.full_name"), ==, "7");
}

typedef struct
{
  KabOnboarding *onboarding;
  const char *method;
  const char *path;
  const char *if_match;
  char *body;
  guint status;
} Racer;

/* Each racer has a connection of its own. */
static gpointer
race_cb (gpointer data)
{
  Racer *racer = data;
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = kab_test_bank_message (racer->onboarding->bank, racer->method,
                                                           racer->path, racer->onboarding->token);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (GBytes) body = g_bytes_new (racer->body, strlen (racer->body));
  g_autoptr (GBytes) answer = NULL;

  soup_session_set_proxy_resolver (session, NULL);
  if (racer->if_match != NULL)
    soup_message_headers_replace (headers, "If-Match", racer->if_match);
  else
    soup_message_headers_replace (headers, "Idempotency-Key", key);
  soup_message_set_request_body_from_bytes (message, "application/json", body);
  answer = soup_session_send_and_read (session, message, NULL, NULL);
  racer->status = answer != NULL ? soup_message_get_status (message) : 0;
  return NULL;
}

/* Returns: how many got this status; all others got the other one */
static guint
run_race (Racer *racers, guint status, guint other)
{
  GThread *threads[N_RACERS];
  guint count = 0;

  for (guint i = 0; i < N_RACERS; i++)
    threads[i] = g_thread_new ("racer", race_cb, &racers[i]);
  for (guint i = 0; i < N_RACERS; i++)
    {
      g_thread_join (threads[i]);
      if (racers[i].status == status)
        count++;
      else
        g_assert_cmpuint (racers[i].status, ==, other);
    }
  return count;
}

static void
test_races (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  Racer racers[N_RACERS];
  g_autoptr (KabTestAnswer) list = NULL;
  g_autofree char *path = NULL;

  for (guint i = 0; i < N_RACERS; i++)
    racers[i] = (Racer) { onboarding, "POST", "/v1/applications", NULL, g_strdup (DRAFT), 0 };
  g_assert_cmpuint (run_race (racers, 201, 409), ==, 1);
  list = kab_onboarding_get (onboarding, onboarding->token, "/v1/applications");
  path = g_strconcat ("/v1/applications/", kab_test_answer_text (list, "items.0.id"), NULL);
  for (guint round = 1; round <= 10; round++)
    {
      g_autofree char *tag = g_strdup_printf ("\"%u\"", round);
      g_autoptr (KabTestAnswer) seen = NULL;

      for (guint i = 0; i < N_RACERS; i++)
        {
          g_free (racers[i].body);
          racers[i] = (Racer) { onboarding,
                                "PUT",
                                path,
                                tag,
                                g_strdup_printf ("{\"answers\":{\"full_name\":\"%u\"}}", i),
                                0 };
        }
      g_assert_cmpuint (run_race (racers, 200, 412), ==, 1);
      seen = kab_onboarding_get (onboarding, onboarding->token, path);
      g_assert_cmpint (kab_test_answer_int (seen, "version"), ==, round + 1);
      for (guint i = 0; i < N_RACERS; i++)
        if (racers[i].status == 200)
          g_assert_cmpuint ((guint) atoi (kab_test_answer_text (seen, "answers.full_name")), ==, i);
    }
  for (guint i = 0; i < N_RACERS; i++)
    g_free (racers[i].body);
}

static void
test_submit (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *id = kab_onboarding_apply (onboarding, "\"N1\"");
  g_autofree char *path = g_strconcat ("/v1/applications/", id, NULL);
  g_autofree char *submission = g_strconcat (path, "/submission", NULL);
  g_autoptr (KabTestAnswer) again =
      kab_onboarding_post (onboarding, onboarding->token, submission, 2, NULL);
  g_autoptr (KabTestAnswer) late = kab_onboarding_put (onboarding, path, 2, "{\"answers\":{}}");
  g_autoptr (KabTestAnswer) second =
      kab_onboarding_post (onboarding, onboarding->token, "/v1/applications", 0, DRAFT);
  g_autoptr (KabTestAnswer) seen = kab_onboarding_get (onboarding, onboarding->token, path);

  kab_test_answer_expect (again, 409, "application-locked");
  kab_test_answer_expect (late, 409, "application-locked");
  kab_test_answer_expect (second, 409, "application-open");
  g_assert_cmpstr (kab_test_answer_text (seen, "identifications.0.kind"), ==, "photo");
  g_assert_cmpstr (kab_test_answer_text (seen, "identifications.0.state"), ==, "not-started");
  g_assert_cmpstr (kab_test_answer_text (seen, "identifications.0.person"), ==, "Anna Bērziņa");
  g_assert_true (kab_test_answer_int (seen, "identifications.0.mine"));
}

/* Somebody who is 18 tomorrow is refused today at the bank, and accepted tomorrow (NAT-7). */
static void
test_age (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *path = new_draft (
      onboarding, "{\"services\":[\"N1\"],\"full_name\":\"Jānis Ozols\",\"latvian_resident\":true,"
                  "\"person_code\":\"320101-12345\",\"birth_date\":\"2008-09-11\","
                  "\"communication_language\":\"lv\"}");
  g_autofree char *submission = g_strconcat (path, "/submission", NULL);
  g_autoptr (KabTestAnswer) today =
      kab_onboarding_post (onboarding, onboarding->token, submission, 1, NULL);
  g_autoptr (KabTestAnswer) tomorrow = NULL;

  kab_test_answer_expect (today, 422, "form-invalid");
  g_assert_cmpstr (kab_test_answer_field (today, "/birth_date"), ==, "too-young");
  kab_test_bank_pass_time (onboarding->bank, 23 * G_TIME_SPAN_HOUR);
  g_free (onboarding->token);
  onboarding->token = kab_test_bank_sign_in (onboarding->bank, onboarding->client);
  tomorrow = kab_onboarding_post (onboarding, onboarding->token, submission, 1, NULL);
  kab_test_answer_expect (tomorrow, 200, NULL);
}

typedef struct
{
  const char *id;
  gboolean kept;
} FileCheck;

static gboolean
look_at_file (KabTransaction *tx, gpointer data, GError **error)
{
  FileCheck *check = data;
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error, "SELECT expires_at FROM files WHERE id = ?", KAB_TEXT (check->id));

  if (rows == NULL)
    return FALSE;
  check->kept = kab_rows_is_null (rows, "expires_at");
  return TRUE;
}

static gboolean
is_kept (KabOnboarding *onboarding, const char *file)
{
  FileCheck check = { file, FALSE };

  g_assert_true (kab_store_read (onboarding->bank->store, look_at_file, &check, NULL));
  return check.kept;
}

/* The copy of the identity document has to be an own upload that is whole (NAT-11). */
static void
test_files (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *other = kab_test_bank_add_client (onboarding->bank, "b@example.com",
                                                     "+37120000002", KAB_TEST_PASSWORD);
  g_autofree char *path = new_draft (onboarding, "{}");
  g_autofree char *own =
      kab_onboarding_add_file (onboarding, onboarding->client, "a.pdf", "application/pdf", TRUE);
  g_autofree char *half =
      kab_onboarding_add_file (onboarding, onboarding->client, "a.pdf", "application/pdf", FALSE);
  g_autofree char *foreign =
      kab_onboarding_add_file (onboarding, other, "a.pdf", "application/pdf", TRUE);
  const struct
  {
    const char *file;
    guint status;
    const char *code;
  } cases[] = {
    { foreign, 422, "file-unknown" },
    { "0123456789abcdef", 422, "file-unknown" },
    { half, 422, "file-unfinished" },
    { own, 200, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body =
          g_strdup_printf ("{\"answers\":{\"services\":[\"N2\"],\"identity_document\":"
                           "[{\"upload\":\"%s\",\"name\":\"a.pdf\",\"size\":5}]}}",
                           cases[i].file);
      g_autoptr (KabTestAnswer) answer = kab_onboarding_put (onboarding, path, 1, body);

      kab_test_answer_expect (answer, cases[i].status, NULL);
      g_assert_cmpstr (kab_test_answer_field (answer, "/identity_document/0"), ==, cases[i].code);
    }
  g_assert_true (is_kept (onboarding, own));
  g_assert_false (is_kept (onboarding, foreign));
}

static void
save_files (KabOnboarding *onboarding,
            const char *path,
            gint64 version,
            const char *services,
            const char *files,
            guint status)
{
  g_autofree char *body = g_strdup_printf (
      "{\"answers\":{\"services\":[\"%s\"],\"identity_document\":[%s]}}", services, files);
  g_autoptr (KabTestAnswer) answer = kab_onboarding_put (onboarding, path, version, body);

  kab_test_answer_expect (answer, status, NULL);
}

static void
pass_day (KabOnboarding *onboarding)
{
  kab_test_bank_pass_time (onboarding->bank, 25 * G_TIME_SPAN_HOUR);
  g_assert_true (kab_expiry_run (onboarding->bank->context, NULL));
  g_free (onboarding->token);
  onboarding->token = kab_test_bank_sign_in (onboarding->bank, onboarding->client);
}

/* A file that an answer lost can be taken back for a day, however old it is; then it goes. */
static void
test_lost_file (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *path = new_draft (onboarding, "{}");
  g_autofree char *file =
      kab_onboarding_add_file (onboarding, onboarding->client, "a.pdf", "application/pdf", TRUE);
  g_autofree char *answer =
      g_strdup_printf ("{\"upload\":\"%s\",\"name\":\"a.pdf\",\"size\":5}", file);

  save_files (onboarding, path, 1, "N2", answer, 200);
  pass_day (onboarding);
  save_files (onboarding, path, 2, "N2", "", 200);
  g_assert_true (kab_expiry_run (onboarding->bank->context, NULL));
  save_files (onboarding, path, 3, "N2", answer, 200);
  pass_day (onboarding);
  g_assert_true (is_kept (onboarding, file));
  save_files (onboarding, path, 4, "N2", "", 200);
  g_assert_true (kab_expiry_run (onboarding->bank->context, NULL));
  pass_day (onboarding);
  save_files (onboarding, path, 5, "N2", answer, 422);
}

/* What a field that nobody sees holds is nobody's file. */
static void
test_hidden_files (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *path = new_draft (onboarding, "{}");

  save_files (onboarding, path, 1, "N1", "1,\"x\",{}", 200);
  save_files (onboarding, path, 2, "N2", "1,\"x\",{}", 422);
}

/* What belongs to somebody else isn't there. */
static void
test_others (void)
{
  static const char *const paths[][2] = {
    { "GET", "/v1/applications/%s" },
    { "PUT", "/v1/applications/%s" },
    { "POST", "/v1/applications/%s/submission" },
    { "POST", "/v1/applications/%s/withdrawal" },
    { "GET", "/v1/applications/%s/history" },
    { "GET", "/v1/staff/cases/%s" },
  };
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *path = new_draft (onboarding, "{}");
  g_autofree char *other = kab_test_bank_add_client (onboarding->bank, "b@example.com",
                                                     "+37120000002", KAB_TEST_PASSWORD);
  g_autofree char *token = kab_test_bank_sign_in (onboarding->bank, other);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_auto (GStrv) parts = g_strsplit (paths[i][1], "%s", 2);
      g_autofree char *whole = g_strjoinv (path + strlen ("/v1/applications/"), parts);
      gboolean is_put = g_str_equal (paths[i][0], "PUT");
      g_autoptr (KabTestAnswer) answer = kab_test_bank_call (
          onboarding->bank, paths[i][0], whole, token,
          g_str_equal (paths[i][0], "GET") ? NULL : "\"1\"", is_put ? "{\"answers\":{}}" : NULL);

      kab_test_answer_expect (answer, strstr (whole, "staff") != NULL ? 403 : 404, NULL);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  kab_onboarding_add_test ("/server/applications/create", test_create);
  kab_onboarding_add_test ("/server/applications/repeat", test_repeat);
  kab_onboarding_add_test ("/server/applications/save", test_save);
  kab_onboarding_add_test ("/server/applications/races", test_races);
  kab_onboarding_add_test ("/server/applications/submit", test_submit);
  kab_onboarding_add_test ("/server/applications/age", test_age);
  kab_onboarding_add_test ("/server/applications/files", test_files);
  kab_onboarding_add_test ("/server/applications/lost-file", test_lost_file);
  kab_onboarding_add_test ("/server/applications/hidden-files", test_hidden_files);
  kab_onboarding_add_test ("/server/applications/others", test_others);
  return g_test_run ();
}
