/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bank's side: queue, demands, decisions; several services in one application. */

#include <string.h>

#include "onboarding-fixture.h"

static KabTestAnswer *
get_case (KabOnboarding *onboarding, const char *application)
{
  g_autofree char *path = g_strconcat ("/v1/staff/cases/", application, NULL);

  return kab_onboarding_get (onboarding, onboarding->staff, path);
}

static KabTestAnswer *
decide (KabOnboarding *onboarding,
        const char *application,
        const char *service,
        const char *outcome)
{
  g_autofree char *path = g_strdup_printf ("/v1/staff/cases/%s/decisions", application);
  g_autofree char *body =
      g_strdup_printf ("{\"service\":\"%s\",\"outcome\":\"%s\"}", service, outcome);

  return kab_onboarding_post (onboarding, onboarding->staff, path, 0, body);
}

static KabTestAnswer *
demand (KabOnboarding *onboarding, const char *application, const char *person, const char *what)
{
  g_autofree char *path =
      g_strdup_printf ("/v1/staff/cases/%s/identification-demands", application);
  g_autofree char *body = g_strdup_printf (
      "{\"person\":\"%s\",\"demand\":\"%s\",\"note\":\"Lūdzu, piezvaniet\"}", person, what);

  return kab_onboarding_post (onboarding, onboarding->staff, path, 0, body);
}

static char *
get_person (KabOnboarding *onboarding, const char *application, guint i)
{
  g_autofree char *member = g_strdup_printf ("application.identifications.%u.id", i);
  g_autoptr (KabTestAnswer) seen = get_case (onboarding, application);

  return g_strdup (kab_test_answer_text (seen, member));
}

static guint
count_queue (KabOnboarding *onboarding, const char *waiting)
{
  g_autofree char *path = g_strconcat ("/v1/staff/queue?waiting=", waiting, NULL);
  g_autoptr (KabTestAnswer) queue = kab_onboarding_get (onboarding, onboarding->staff, path);

  kab_test_answer_expect (queue, 200, NULL);
  return json_array_get_length (json_object_get_array_member (queue->json, "items"));
}

static void
expect_queue (KabOnboarding *onboarding, guint bank, guint client, guint any)
{
  g_assert_cmpuint (count_queue (onboarding, "bank"), ==, bank);
  g_assert_cmpuint (count_queue (onboarding, "client"), ==, client);
  g_assert_cmpuint (count_queue (onboarding, "any"), ==, any);
}

/* Who has the next step, all along the way. */
static void
test_queue (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = NULL;
  g_autofree char *person = NULL;
  g_autoptr (KabTestAnswer) queue = NULL;
  g_autoptr (KabTestAnswer) wrong =
      kab_onboarding_get (onboarding, onboarding->staff, "/v1/staff/queue?waiting=all");
  g_autoptr (KabTestAnswer) client =
      kab_onboarding_get (onboarding, onboarding->token, "/v1/staff/queue");
  g_autoptr (KabTestAnswer) decided = NULL;

  kab_test_answer_expect (wrong, 400, "invalid-query");
  kab_test_answer_expect (client, 403, "forbidden");
  expect_queue (onboarding, 0, 0, 0);
  application = kab_onboarding_apply (onboarding, "\"N1\"");
  expect_queue (onboarding, 0, 1, 1);
  queue = kab_onboarding_get (onboarding, onboarding->staff, "/v1/staff/queue");
  g_assert_cmpstr (kab_test_answer_text (queue, "items.0.id"), ==, application);
  g_assert_cmpstr (kab_test_answer_text (queue, "items.0.applicantName"), ==, "Anna Bērziņa");
  g_assert_cmpstr (kab_test_answer_text (queue, "items.0.services.0"), ==, "N1");
  person = kab_onboarding_begin_photo (onboarding, application);
  expect_queue (onboarding, 0, 0, 1);
  kab_onboarding_review (onboarding, person, KAB_OUTCOME_PASSED);
  expect_queue (onboarding, 0, 1, 1);
  kab_onboarding_finish_documents (onboarding, application);
  expect_queue (onboarding, 1, 0, 1);
  decided = decide (onboarding, application, "N1", "positive");
  kab_test_answer_expect (decided, 200, NULL);
  expect_queue (onboarding, 0, 0, 0);
}

static void
test_queue_pages (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *first = g_strdup (onboarding->token);
  g_autofree char *path = g_strdup ("/v1/staff/queue?limit=2");

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *email = g_strdup_printf ("c%u@example.com", i);
      g_autofree char *phone = g_strdup_printf ("+3712000001%u", i);

      g_free (onboarding->client);
      onboarding->client =
          kab_test_bank_add_client (onboarding->bank, email, phone, KAB_TEST_PASSWORD);
      g_free (onboarding->token);
      onboarding->token = kab_test_bank_sign_in (onboarding->bank, onboarding->client);
      g_free (kab_onboarding_apply (onboarding, "\"N1\""));
    }
  while (path != NULL)
    {
      g_autoptr (KabTestAnswer) page = kab_onboarding_get (onboarding, onboarding->staff, path);
      JsonArray *items = json_object_get_array_member (page->json, "items");

      for (guint i = 0; i < json_array_get_length (items); i++)
        g_assert_true (
            g_hash_table_add (seen, g_strdup (json_object_get_string_member (
                                        json_array_get_object_element (items, i), "id"))));
      g_free (path);
      path = json_object_has_member (page->json, "next")
                 ? g_strconcat (
                       "/v1/staff/queue?limit=2&cursor=", kab_test_answer_text (page, "next"), NULL)
                 : NULL;
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 5);
}

/* Path 5: N1 and N2 together; each has a decision of its own (A13, DEC-8). */
static void
test_two_services (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_open_documents (onboarding, "\"N1\",\"N2\"");
  g_autofree char *path = g_strconcat ("/v1/applications/", application, NULL);
  g_autoptr (KabTestAnswer) early = decide (onboarding, application, "N2", "negative");
  g_autoptr (KabTestAnswer) seen = kab_onboarding_get (onboarding, onboarding->token, path);
  g_autoptr (KabTestAnswer) foreign = NULL;
  g_autoptr (KabTestAnswer) first = NULL;
  g_autoptr (KabTestAnswer) second = NULL;
  g_autoptr (KabTestAnswer) unknown = NULL;

  kab_test_answer_expect (early, 409, "decision-too-early");
  g_assert_cmpint (kab_test_answer_int (seen, "documentsTotal"), ==, 2);
  kab_onboarding_finish_documents (onboarding, application);
  foreign = decide (onboarding, application, "N3", "positive");
  kab_test_answer_expect (foreign, 422, "validation-failed");
  unknown = decide (onboarding, application, "N1", "maybe");
  kab_test_answer_expect (unknown, 422, "validation-failed");
  first = decide (onboarding, application, "N2", "negative");
  kab_test_answer_expect (first, 200, NULL);
  g_assert_cmpstr (kab_test_answer_text (first, "application.state"), ==, "in-progress");
  g_assert_true (kab_test_answer_int (first, "canDecide"));
  second = decide (onboarding, application, "N1", "positive");
  g_assert_cmpstr (kab_test_answer_text (second, "application.state"), ==, "decided");
  g_assert_false (kab_test_answer_int (second, "canDecide"));
  g_assert_cmpuint (
      kab_test_bank_n_notices (onboarding->bank, "decision-negative", ONBOARDING_PHONE), ==, 1);
  g_assert_cmpuint (
      kab_test_bank_n_notices (onboarding->bank, "decision-positive", ONBOARDING_EMAIL), ==, 1);
}

/* When everything is decided, another service can be asked for (SVC-1, A23). */
static void
test_another_service (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *first = kab_onboarding_open_documents (onboarding, "\"N1\"");
  g_autoptr (KabTestAnswer) decided = NULL;
  g_autofree char *second = NULL;
  g_autofree char *path = NULL;
  g_autoptr (KabTestAnswer) seen = NULL;
  g_autoptr (KabTestAnswer) list = NULL;

  kab_onboarding_finish_documents (onboarding, first);
  decided = decide (onboarding, first, "N1", "positive");
  kab_test_answer_expect (decided, 200, NULL);
  json_object_set_int_member (kab_bank_data_get_information (onboarding->bank->context->bank),
                              "photo_identification_days", 30);
  second = kab_onboarding_apply (onboarding, "\"N3\"");
  path = g_strconcat ("/v1/applications/", second, NULL);
  seen = kab_onboarding_get (onboarding, onboarding->token, path);
  g_assert_cmpstr (kab_test_answer_text (seen, "identifications.0.state"), ==, "passed");
  g_assert_true (kab_test_answer_int (seen, "documentsOpen"));
  list = kab_onboarding_get (onboarding, onboarding->token, "/v1/applications?limit=1");
  g_assert_cmpstr (kab_test_answer_text (list, "items.0.id"), ==, second);
  g_assert_nonnull (kab_test_answer_text (list, "next"));
}

static void
expect_photo (KabOnboarding *onboarding, const char *application, const char *state)
{
  g_autofree char *path = g_strconcat ("/v1/applications/", application, NULL);
  g_autoptr (KabTestAnswer) seen = kab_onboarding_get (onboarding, onboarding->token, path);

  g_assert_cmpstr (kab_test_answer_text (seen, "identifications.0.state"), ==, state);
}

static void
come_back (KabOnboarding *onboarding, guint days)
{
  kab_test_bank_pass_time (onboarding->bank, days * G_TIME_SPAN_DAY);
  g_free (onboarding->token);
  onboarding->token = kab_test_bank_sign_in (onboarding->bank, onboarding->client);
}

static void
withdraw (KabOnboarding *onboarding, const char *application)
{
  g_autofree char *path = g_strdup_printf ("/v1/applications/%s/withdrawal", application);
  g_autofree char *at = g_strconcat ("/v1/applications/", application, NULL);
  g_autoptr (KabTestAnswer) seen = kab_onboarding_get (onboarding, onboarding->token, at);
  g_autoptr (KabTestAnswer) withdrawn = kab_onboarding_post (
      onboarding, onboarding->token, path, kab_test_answer_int (seen, "version"), NULL);

  kab_test_answer_expect (withdrawn, 200, NULL);
}

/* A photo-identification is as old as it is, whatever it has been used for since (A23). */
static void
test_old_photos (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *first = kab_onboarding_open_documents (onboarding, "\"N1\"");
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  json_object_set_int_member (kab_bank_data_get_information (onboarding->bank->context->bank),
                              "photo_identification_days", 30);
  withdraw (onboarding, first);
  come_back (onboarding, 29);
  second = kab_onboarding_apply (onboarding, "\"N1\"");
  expect_photo (onboarding, second, "passed");
  withdraw (onboarding, second);
  come_back (onboarding, 29);
  third = kab_onboarding_apply (onboarding, "\"N1\"");
  expect_photo (onboarding, third, "not-started");
}

/* In person, repeated, failed: shown to the client and told by mail and text message. */
static void
test_demands (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_open_documents (onboarding, "\"N1\"");
  g_autofree char *person = get_person (onboarding, application, 0);
  g_autofree char *link = NULL;
  g_autofree char *visit = NULL;
  g_autoptr (KabTestAnswer) nobody = demand (onboarding, application, "x", "in-person");
  g_autoptr (KabTestAnswer) nothing = demand (onboarding, application, person, "dance");
  g_autoptr (KabTestAnswer) in_person = NULL;
  g_autoptr (KabTestAnswer) twice = NULL;
  g_autoptr (KabTestAnswer) no_link = NULL;
  g_autoptr (KabTestAnswer) blocked = NULL;
  g_autoptr (KabTestAnswer) passed = NULL;

  kab_test_answer_expect (nobody, 422, "validation-failed");
  kab_test_answer_expect (nothing, 422, "validation-failed");
  kab_onboarding_finish_documents (onboarding, application);
  in_person = demand (onboarding, application, person, "in-person");
  kab_test_answer_expect (in_person, 200, NULL);
  kab_onboarding_expect_stage (onboarding, application, "identification", "needs-you");
  g_assert_cmpuint (
      kab_test_bank_n_notices (onboarding->bank, "identification-in-person", ONBOARDING_EMAIL), ==,
      1);
  g_assert_cmpuint (
      kab_test_bank_n_notices (onboarding->bank, "identification-in-person", ONBOARDING_PHONE), ==,
      1);
  twice = demand (onboarding, application, person, "in-person");
  kab_test_answer_expect (twice, 409, "conflict");
  visit = get_person (onboarding, application, 1);
  link = g_strdup_printf ("/v1/identifications/%s/link", visit);
  no_link = kab_onboarding_post (onboarding, onboarding->token, link, 0, NULL);
  kab_test_answer_expect (no_link, 409, "identification-closed");
  blocked = decide (onboarding, application, "N1", "positive");
  kab_test_answer_expect (blocked, 409, "decision-too-early");
  passed = demand (onboarding, application, visit, "passed");
  kab_test_answer_expect (passed, 200, NULL);
  g_assert_true (kab_test_answer_int (passed, "canDecide"));
}

/* The provider has to begin anew; what it says of before no longer counts. */
static void
test_repeat (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_open_documents (onboarding, "\"N1\"");
  g_autofree char *person = get_person (onboarding, application, 0);
  g_autoptr (KabTestAnswer) asked = NULL;
  g_autoptr (KabTestAnswer) early = NULL;
  g_autofree char *link_path = NULL;
  g_autofree char *again = NULL;

  kab_test_bank_pass_time (onboarding->bank, G_TIME_SPAN_MINUTE);
  asked = demand (onboarding, application, person, "repeat-photo");
  kab_test_answer_expect (asked, 200, NULL);
  g_assert_cmpstr (kab_test_answer_text (asked, "application.identifications.0.state"), ==,
                   "repeat-requested");
  g_assert_cmpstr (kab_test_answer_text (asked, "application.identifications.0.comment"), ==,
                   "Lūdzu, piezvaniet");
  /* Not before the provider has been told: it would forget that attempt. */
  link_path = g_strdup_printf ("/v1/identifications/%s/link", person);
  early = kab_onboarding_post (onboarding, onboarding->token, link_path, 0, NULL);
  kab_test_answer_expect (early, 502, "provider-unavailable");
  kab_onboarding_notify (onboarding, person, "applicantReviewed", "late",
                         onboarding->bank->now - G_TIME_SPAN_SECOND);
  g_assert_cmpuint (kab_onboarding_run_jobs (onboarding), ==, 1);
  g_assert_cmpuint (onboarding->provider->n_resets, ==, 1);
  kab_onboarding_expect_stage (onboarding, application, "photo-identification", "needs-you");
  /* The documents stay open: they were once. */
  kab_onboarding_expect_stage (onboarding, application, "documents", "needs-you");
  again = kab_onboarding_begin_photo (onboarding, application);
  kab_onboarding_review (onboarding, person, KAB_OUTCOME_PASSED);
  kab_onboarding_expect_stage (onboarding, application, "photo-identification", "done");
}

typedef struct
{
  KabOnboarding *onboarding;
  const char *application;
  const char *person;
} Overtaking;

static gint64
demand_meanwhile (gpointer data)
{
  Overtaking *overtaking = data;
  g_autoptr (KabTestAnswer) asked = NULL;

  overtaking->onboarding->provider->during_call = NULL;
  kab_test_bank_pass_time (overtaking->onboarding->bank, G_TIME_SPAN_SECOND);
  asked =
      demand (overtaking->onboarding, overtaking->application, overtaking->person, "repeat-photo");
  kab_test_answer_expect (asked, 200, NULL);
  return 0;
}

/* The bank wants a repetition while the provider is being asked: what it answers is of before. */
static void
test_overtaken (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_apply (onboarding, "\"N1\"");
  g_autofree char *person = kab_onboarding_begin_photo (onboarding, application);
  Overtaking overtaking = { onboarding, application, person };

  onboarding->provider->outcome = KAB_OUTCOME_PASSED;
  kab_onboarding_notify (onboarding, person, "applicantReviewed", "one", onboarding->bank->now);
  onboarding->provider->during_call = demand_meanwhile;
  onboarding->provider->during_call_data = &overtaking;
  g_assert_cmpuint (kab_onboarding_run_jobs (onboarding), ==, 2);
  g_assert_cmpuint (onboarding->provider->n_resets, ==, 1);
  kab_onboarding_expect_stage (onboarding, application, "photo-identification", "needs-you");
}

/* A declared failure leaves a refusal only; a decided application takes no documents any more. */
static void
test_failed (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_open_documents (onboarding, "\"N1\"");
  g_autofree char *person = get_person (onboarding, application, 0);
  g_autoptr (KabTestAnswer) failed = demand (onboarding, application, person, "failed");
  g_autoptr (KabTestAnswer) positive = decide (onboarding, application, "N1", "positive");
  g_autoptr (KabTestAnswer) negative = decide (onboarding, application, "N1", "negative");
  g_autoptr (KabTestAnswer) list =
      kab_onboarding_get (onboarding, onboarding->token, "/v1/documents");
  g_autofree char *path =
      g_strconcat ("/v1/documents/", kab_test_answer_text (list, "items.0.id"), NULL);
  g_autoptr (KabTestAnswer) late = kab_onboarding_put (onboarding, path, 2, "{\"files\":[]}");
  g_autoptr (KabTestAnswer) repeat = demand (onboarding, application, person, "repeat-photo");

  kab_test_answer_expect (failed, 200, NULL);
  kab_test_answer_expect (positive, 409, "conflict");
  kab_test_answer_expect (negative, 200, NULL);
  kab_test_answer_expect (late, 409, "document-action-refused");
  g_assert_cmpstr (kab_test_answer_text (late, "reason"), ==, "application-closed");
  kab_test_answer_expect (repeat, 409, "conflict");
}

/* Before it is sent, the bank sees that there is a draft and nothing of it. */
static void
test_draft (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autoptr (KabTestAnswer) draft = kab_onboarding_post (
      onboarding, onboarding->token, "/v1/applications", 0,
      "{\"form\":\"application-natural\",\"answers\":{\"full_name\":\"Slepens Vārds\"}}");
  g_autoptr (KabTestAnswer) seen = get_case (onboarding, kab_test_answer_text (draft, "id"));
  g_autoptr (KabTestAnswer) none = get_case (onboarding, "nothing");

  kab_test_answer_expect (seen, 200, NULL);
  g_assert_null (strstr (seen->body, "Slepens"));
  g_assert_cmpstr (kab_test_answer_text (seen, "application.state"), ==, "draft");
  g_assert_cmpstr (kab_test_answer_text (seen, "applicant.email"), ==, ONBOARDING_EMAIL);
  kab_test_answer_expect (none, 404, "not-found");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  kab_onboarding_add_test ("/server/cases/queue", test_queue);
  kab_onboarding_add_test ("/server/cases/queue-pages", test_queue_pages);
  kab_onboarding_add_test ("/server/cases/two-services", test_two_services);
  kab_onboarding_add_test ("/server/cases/another-service", test_another_service);
  kab_onboarding_add_test ("/server/cases/old-photos", test_old_photos);
  kab_onboarding_add_test ("/server/cases/demands", test_demands);
  kab_onboarding_add_test ("/server/cases/repeat", test_repeat);
  kab_onboarding_add_test ("/server/cases/overtaken", test_overtaken);
  kab_onboarding_add_test ("/server/cases/failed", test_failed);
  kab_onboarding_add_test ("/server/cases/draft", test_draft);
  return g_test_run ();
}
