/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Applications that end without a decision (A36): withdrawn, or expired. */

#include <string.h>

#include "kab-expiry.h"
#include "onboarding-fixture.h"

static char *
new_draft (KabOnboarding *onboarding)
{
  g_autoptr (KabTestAnswer) answer = kab_onboarding_post (
      onboarding, onboarding->token, "/v1/applications", 0,
      "{\"form\":\"application-natural\",\"answers\":{\"services\":[\"N1\"],\"full_name\":\"A\"}}");

  kab_test_answer_expect (answer, 201, NULL);
  return g_strdup (kab_test_answer_text (answer, "id"));
}

static KabTestAnswer *
see (KabOnboarding *onboarding, const char *application)
{
  g_autofree char *path = g_strconcat ("/v1/applications/", application, NULL);

  return kab_onboarding_get (onboarding, onboarding->token, path);
}

static void
expect_state (KabOnboarding *onboarding, const char *application, const char *state)
{
  g_autoptr (KabTestAnswer) seen = see (onboarding, application);

  kab_test_answer_expect (seen, 200, NULL);
  g_assert_cmpstr (kab_test_answer_text (seen, "state"), ==, state);
}

/* Of the version that there is now, and @off versions beside it. */
static KabTestAnswer *
withdraw (KabOnboarding *onboarding, const char *application, int off)
{
  g_autofree char *path = g_strdup_printf ("/v1/applications/%s/withdrawal", application);
  g_autoptr (KabTestAnswer) seen = see (onboarding, application);

  return kab_onboarding_post (onboarding, onboarding->token, path,
                              kab_test_answer_int (seen, "version") + off, NULL);
}

static guint
count_queue (KabOnboarding *onboarding)
{
  g_autoptr (KabTestAnswer) queue =
      kab_onboarding_get (onboarding, onboarding->staff, "/v1/staff/queue");

  kab_test_answer_expect (queue, 200, NULL);
  return json_array_get_length (json_object_get_array_member (queue->json, "items"));
}

/* Whether the history of the application ends with this. */
static void
expect_history (KabOnboarding *onboarding,
                const char *application,
                const char *action,
                const char *actor)
{
  g_autofree char *path = g_strdup_printf ("/v1/applications/%s/history", application);
  g_autoptr (KabTestAnswer) history = kab_onboarding_get (onboarding, onboarding->token, path);
  JsonArray *items = json_object_get_array_member (history->json, "items");
  JsonObject *last = json_array_get_object_element (items, json_array_get_length (items) - 1);

  g_assert_cmpstr (json_object_get_string_member (last, "action"), ==, action);
  g_assert_cmpstr (json_object_get_string_member (last, "actor"), ==, actor);
}

/* A draft is forgotten, and another may be begun. */
static void
test_withdraw_draft (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = new_draft (onboarding);
  g_autofree char *path = g_strconcat ("/v1/applications/", application, NULL);
  g_autofree char *next = NULL;
  g_autoptr (KabTestAnswer) stale = withdraw (onboarding, application, 1);
  g_autoptr (KabTestAnswer) done = withdraw (onboarding, application, 0);
  g_autoptr (KabTestAnswer) again = withdraw (onboarding, application, 0);
  g_autoptr (KabTestAnswer) saved = NULL;

  kab_test_answer_expect (stale, 412, "version-conflict");
  kab_test_answer_expect (done, 200, NULL);
  g_assert_cmpstr (kab_test_answer_text (done, "state"), ==, "withdrawn");
  g_assert_cmpuint (json_object_get_size (json_object_get_object_member (done->json, "answers")),
                    ==, 0);
  kab_test_answer_expect (again, 409, "conflict");
  g_assert_cmpstr (kab_test_answer_text (again, "reason"), ==, "application-closed");
  saved = kab_onboarding_put (onboarding, path, 2, "{\"answers\":{}}");
  kab_test_answer_expect (saved, 409, "application-locked");
  expect_history (onboarding, application, "application-withdrawn", "client");
  g_assert_cmpuint (count_queue (onboarding), ==, 0);
  next = new_draft (onboarding);
  expect_state (onboarding, next, "draft");
}

/* What was sent stays as it is, and nobody works on it any more. */
static void
test_withdraw_submitted (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_open_documents (onboarding, "\"N1\"");
  g_autofree char *link = NULL;
  g_autofree char *document = NULL;
  g_autofree char *next = NULL;
  g_autoptr (KabTestAnswer) documents = NULL;
  g_autoptr (KabTestAnswer) session = NULL;
  g_autoptr (KabTestAnswer) done = NULL;
  g_autoptr (KabTestAnswer) started = NULL;
  g_autoptr (KabTestAnswer) saved = NULL;
  guint n_events;

  n_events = kab_onboarding_n_events (onboarding, "staff", "case-changed");
  done = withdraw (onboarding, application, 0);
  kab_test_answer_expect (done, 200, NULL);
  g_assert_cmpstr (kab_test_answer_text (done, "state"), ==, "withdrawn");
  g_assert_cmpstr (kab_test_answer_text (done, "answers.full_name"), ==, "Anna Bērziņa");
  g_assert_cmpuint (kab_onboarding_n_events (onboarding, "staff", "case-changed"), ==,
                    n_events + 1);
  g_assert_cmpuint (count_queue (onboarding), ==, 0);
  link = g_strdup_printf ("/v1/identifications/%s/link",
                          kab_test_answer_text (done, "identifications.0.id"));
  started = kab_onboarding_post (onboarding, onboarding->token, link, 0, NULL);
  kab_test_answer_expect (started, 409, "identification-closed");
  documents = kab_onboarding_get (onboarding, onboarding->token, "/v1/documents");
  document = g_strconcat ("/v1/documents/", kab_test_answer_text (documents, "items.0.id"), NULL);
  g_assert_nonnull (strstr (documents->body, "\"actions\":[]"));
  g_assert_null (strstr (documents->body, "\"edit\""));
  session = kab_onboarding_get (onboarding, onboarding->token, "/v1/sessions/current");
  g_assert_cmpuint (kab_onboarding_n_events (onboarding, kab_test_answer_text (session, "user.id"),
                                             "document-changed"),
                    ==, 2 + 2); /* when they were asked for, and now */
  saved = kab_onboarding_put (onboarding, document, 2, "{\"files\":[]}");
  kab_test_answer_expect (saved, 409, "document-action-refused");
  g_assert_cmpstr (kab_test_answer_text (saved, "reason"), ==, "application-closed");
  next = new_draft (onboarding);
  expect_state (onboarding, next, "draft");
}

/* What the provider says afterwards changes nothing, and asks for nothing. */
static void
test_withdraw_while_identifying (void)
{
  static const KabIdentificationOutcome outcomes[] = { KAB_OUTCOME_REPEAT, KAB_OUTCOME_PASSED };

  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
      g_autofree char *application = kab_onboarding_apply (onboarding, "\"N1\"");
      g_autofree char *person = kab_onboarding_begin_photo (onboarding, application);
      g_autoptr (KabTestAnswer) done = withdraw (onboarding, application, 0);
      g_autoptr (KabTestAnswer) seen = NULL;

      kab_test_answer_expect (done, 200, NULL);
      kab_onboarding_review (onboarding, person, outcomes[i]);
      seen = see (onboarding, application);
      g_assert_cmpstr (kab_test_answer_text (seen, "state"), ==, "withdrawn");
      g_assert_cmpstr (kab_test_answer_text (seen, "identifications.0.state"), ==, "in-progress");
      g_assert_cmpint (kab_test_answer_int (seen, "documentsTotal"), ==, 0);
      g_assert_cmpuint (
          kab_test_bank_n_notices (onboarding->bank, "identification-repeat", ONBOARDING_EMAIL), ==,
          0);
    }
}

/* What the bank has decided on can't be taken back (A23). */
static void
test_withdraw_decided (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_open_documents (onboarding, "\"N2\",\"N3\"");
  g_autofree char *path = g_strdup_printf ("/v1/staff/cases/%s/decisions", application);
  g_autoptr (KabTestAnswer) decided = NULL;
  g_autoptr (KabTestAnswer) refused = NULL;

  kab_onboarding_finish_documents (onboarding, application);
  decided = kab_onboarding_post (onboarding, onboarding->staff, path, 0,
                                 "{\"service\":\"N2\",\"outcome\":\"negative\"}");
  kab_test_answer_expect (decided, 200, NULL);
  refused = withdraw (onboarding, application, 0);
  kab_test_answer_expect (refused, 409, "conflict");
  g_assert_cmpstr (kab_test_answer_text (refused, "reason"), ==, "service-decided");
}

/* Lets the days pass and the job run; who was signed in signs in again. */
static void
let_days_pass (KabOnboarding *onboarding, guint days)
{
  g_autoptr (GError) error = NULL;

  kab_test_bank_pass_time (onboarding->bank, days * G_TIME_SPAN_DAY);
  kab_expiry_run (onboarding->bank->context, &error);
  g_assert_no_error (error);
  g_free (onboarding->token);
  onboarding->token = kab_test_bank_sign_in (onboarding->bank, onboarding->client);
}

static guint
n_told (KabOnboarding *onboarding)
{
  return kab_test_bank_n_notices (onboarding->bank, "application-expired", ONBOARDING_EMAIL);
}

/* A draft that nobody goes on with ends after half a year, and its owner is told. */
static void
test_draft_expires (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = new_draft (onboarding);
  g_autofree char *path = g_strconcat ("/v1/applications/", application, NULL);
  g_autofree char *next = NULL;
  g_autoptr (KabTestAnswer) saved = NULL;

  let_days_pass (onboarding, 100);
  saved = kab_onboarding_put (onboarding, path, 1, "{\"answers\":{\"full_name\":\"B\"}}");
  kab_test_answer_expect (saved, 200, NULL);
  let_days_pass (onboarding, 179);
  expect_state (onboarding, application, "draft");
  g_assert_cmpuint (n_told (onboarding), ==, 0);
  let_days_pass (onboarding, 1);
  expect_state (onboarding, application, "expired");
  expect_history (onboarding, application, "application-expired", "system");
  g_assert_cmpuint (n_told (onboarding), ==, 1);
  let_days_pass (onboarding, 1);
  g_assert_cmpuint (n_told (onboarding), ==, 1);
  next = new_draft (onboarding);
  expect_state (onboarding, next, "draft");
}

/* What the client has to go on with ends too; what the bank has to do never. */
static void
test_turns (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_open_documents (onboarding, "\"N1\"");
  g_autofree char *second = NULL;

  kab_onboarding_finish_documents (onboarding, application);
  let_days_pass (onboarding, 400);
  expect_state (onboarding, application, "in-progress");
  second = kab_onboarding_apply (onboarding, "\"N2\"");
  let_days_pass (onboarding, 181);
  expect_state (onboarding, application, "in-progress");
  expect_state (onboarding, second, "expired");
}

/* A bank that waits for ever. */
static void
test_never (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = new_draft (onboarding);

  onboarding->bank->context->application_patience = 0;
  let_days_pass (onboarding, 4000);
  expect_state (onboarding, application, "draft");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  kab_onboarding_add_test ("/server/application-end/withdraw-draft", test_withdraw_draft);
  kab_onboarding_add_test ("/server/application-end/withdraw-submitted", test_withdraw_submitted);
  kab_onboarding_add_test ("/server/application-end/withdraw-while-identifying",
                           test_withdraw_while_identifying);
  kab_onboarding_add_test ("/server/application-end/withdraw-decided", test_withdraw_decided);
  kab_onboarding_add_test ("/server/application-end/draft-expires", test_draft_expires);
  kab_onboarding_add_test ("/server/application-end/turns", test_turns);
  kab_onboarding_add_test ("/server/application-end/never", test_never);
  return g_test_run ();
}
