/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way to the identification provider and back: links, notices, results. */

#include <string.h>

#include "kab-sumsub-notice.h"
#include "onboarding-fixture.h"

#define BODY                                                                                       \
  "{\"applicantId\":\"5f0000000000000000000001\",\"type\":\"applicantReviewed\","                  \
  "\"reviewStatus\":\"completed\"}"

#define SHA1   "ae44574bc12cfca4cf72903442d5f4c824626b23"
#define SHA256 "e5798c53e9407838a59bf412c05ac17ae96121954c17f0f890b6b7b29f513dea"
#define SHA512                                                                                     \
  "e1c32c93d8a03a84242d0dd34b010902d92bcf248f4eaa1ab70383936642c0cdb5f6ba7fb134186f63fb091d75bd38" \
  "0d00a60d279241a0dcc11657722fa6c8f3"

static void
expect_identification (KabOnboarding *onboarding,
                       const char *application,
                       const char *state,
                       const char *comment)
{
  g_autofree char *path = g_strconcat ("/v1/applications/", application, NULL);
  g_autoptr (KabTestAnswer) seen = kab_onboarding_get (onboarding, onboarding->token, path);

  g_assert_cmpstr (kab_test_answer_text (seen, "identifications.0.state"), ==, state);
  g_assert_cmpstr (kab_test_answer_text (seen, "identifications.0.comment"), ==, comment);
}

static char *
get_person (KabOnboarding *onboarding, const char *application)
{
  g_autofree char *path = g_strconcat ("/v1/applications/", application, NULL);
  g_autoptr (KabTestAnswer) seen = kab_onboarding_get (onboarding, onboarding->token, path);

  return g_strdup (kab_test_answer_text (seen, "identifications.0.id"));
}

static gboolean
do_nothing (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_tx_exec (tx, error, "DELETE FROM provider_notices WHERE key = ''");
}

/* Would wait for ever if the caller held the store. */
static gint64
write_meanwhile (gpointer data)
{
  g_assert_true (kab_store_write (data, do_nothing, NULL, NULL));
  return 0;
}

static void
test_link (void)
{
  static const KabProviderError errors[] = { KAB_PROVIDER_ERROR_UNAVAILABLE,
                                             KAB_PROVIDER_ERROR_REFUSED, KAB_PROVIDER_ERROR_GARBAGE,
                                             KAB_PROVIDER_ERROR_NOT_FOUND,
                                             KAB_PROVIDER_ERROR_EXISTS };
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_apply (onboarding, "\"N1\"");
  g_autofree char *person = get_person (onboarding, application);
  g_autofree char *path = g_strdup_printf ("/v1/identifications/%s/link", person);
  g_autofree char *other = kab_test_bank_add_client (onboarding->bank, "b@example.com",
                                                     "+37120000002", KAB_TEST_PASSWORD);
  g_autofree char *stranger = kab_test_bank_sign_in (onboarding->bank, other);
  g_autoptr (KabTestAnswer) foreign = kab_onboarding_post (onboarding, stranger, path, 0, NULL);
  g_autoptr (KabTestAnswer) first = NULL;
  g_autoptr (KabTestAnswer) again = NULL;
  g_autoptr (KabTestAnswer) closed = NULL;

  kab_test_answer_expect (foreign, 404, "not-found");
  onboarding->provider->during_call = write_meanwhile;
  onboarding->provider->during_call_data = onboarding->bank->store;
  onboarding->provider->fails = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (KabTestAnswer) failed = NULL;

      onboarding->provider->error = errors[i];
      failed = kab_onboarding_post (onboarding, onboarding->token, path, 0, NULL);
      kab_test_answer_expect (failed, 502, "provider-unavailable");
      g_assert_cmpstr (soup_message_headers_get_one (failed->headers, "Retry-After"), ==, "5");
    }
  expect_identification (onboarding, application, "not-started", "");
  onboarding->provider->fails = FALSE;
  first = kab_onboarding_post (onboarding, onboarding->token, path, 0, NULL);
  kab_test_answer_expect (first, 201, NULL);
  g_assert_cmpstr (kab_test_answer_text (first, "url"), ==, "https://provider.example/1");
  g_assert_cmpstr (kab_test_answer_text (first, "expiresAt"), ==, "2026-09-10T08:30:00.000Z");
  expect_identification (onboarding, application, "in-progress", "");
  again = kab_onboarding_post (onboarding, onboarding->token, path, 0, NULL);
  g_assert_cmpstr (kab_test_answer_text (again, "url"), ==, "https://provider.example/2");
  g_assert_cmpuint (onboarding->provider->n_enrolled, ==, 1);
  kab_onboarding_review (onboarding, person, KAB_OUTCOME_PASSED);
  closed = kab_onboarding_post (onboarding, onboarding->token, path, 0, NULL);
  kab_test_answer_expect (closed, 409, "identification-closed");
}

static const char *const all[] = { "HMAC_SHA1_HEX", "HMAC_SHA256_HEX", "HMAC_SHA512_HEX", NULL };

/* Borrows the list. */
static KabSumsubNoticeRules
rules_of (const char *secret, const char *const *algorithms)
{
  return (KabSumsubNoticeRules) { (char *) secret, (char **) algorithms, FALSE };
}

static void
test_digests (void)
{
  static const char *const strong[] = { "HMAC_SHA256_HEX", "HMAC_SHA512_HEX", NULL };
  const KabSumsubNoticeRules lax = rules_of (ONBOARDING_SECRET, all);
  const KabSumsubNoticeRules strict = rules_of (ONBOARDING_SECRET, strong);
  const KabSumsubNoticeRules empty = rules_of ("", all);
  g_autoptr (GBytes) body = g_bytes_new_static (BODY, strlen (BODY));
  g_autofree char *upper = g_ascii_strup (SHA256, -1);
  g_autofree char *of_nothing =
      g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) "", 0, BODY, -1);

  g_assert_true (kab_sumsub_notice_check (&lax, "HMAC_SHA1_HEX", SHA1, body));
  g_assert_true (kab_sumsub_notice_check (&lax, "HMAC_SHA256_HEX", SHA256, body));
  g_assert_true (kab_sumsub_notice_check (&lax, "HMAC_SHA512_HEX", SHA512, body));
  g_assert_false (kab_sumsub_notice_check (&strict, "HMAC_SHA1_HEX", SHA1, body));
  g_assert_true (kab_sumsub_notice_check (&strict, "HMAC_SHA512_HEX", SHA512, body));
  g_assert_false (kab_sumsub_notice_check (&lax, "HMAC_SHA1_HEX", SHA256, body));
  g_assert_false (kab_sumsub_notice_check (&lax, "HMAC_MD5_HEX", SHA256, body));
  g_assert_false (kab_sumsub_notice_check (&lax, "hmac_sha256_hex", SHA256, body));
  g_assert_false (kab_sumsub_notice_check (&lax, NULL, SHA256, body));
  g_assert_false (kab_sumsub_notice_check (&lax, "HMAC_SHA256_HEX", NULL, body));
  g_assert_false (kab_sumsub_notice_check (&lax, "HMAC_SHA256_HEX", "", body));
  g_assert_false (kab_sumsub_notice_check (&lax, "HMAC_SHA256_HEX", upper, body));
  g_assert_false (kab_sumsub_notice_check (&empty, "HMAC_SHA256_HEX", of_nothing, body));
}

/* Changes one byte of the body or the digest, cuts one of them or makes it longer. */
static void
mutate (GRand *random, GString *body, GString *digest)
{
  GString *target = g_rand_boolean (random) ? body : digest;
  guint place = (guint) g_rand_int_range (random, 0, (gint32) target->len);

  switch (g_rand_int_range (random, 0, 3))
    {
    case 0:
      target->str[place] ^= (char) (1 << g_rand_int_range (random, 0, 7));
      break;
    case 1:
      g_string_truncate (target, place);
      break;
    default:
      g_string_insert_c (target, place, (char) g_rand_int_range (random, 'a', 'z'));
    }
}

static void
test_forgeries (void)
{
  static const struct
  {
    const char *algorithm;
    const char *digest;
  } genuine[] = { { "HMAC_SHA1_HEX", SHA1 },
                  { "HMAC_SHA256_HEX", SHA256 },
                  { "HMAC_SHA512_HEX", SHA512 } };
  const KabSumsubNoticeRules rules = rules_of (ONBOARDING_SECRET, all);
  g_autoptr (GRand) random = g_rand_new_with_seed (20260910);

  for (guint i = 0; i < 10000; i++)
    {
      g_autoptr (GString) body = g_string_new (BODY);
      g_autoptr (GString) digest = g_string_new (genuine[i % 3].digest);
      g_autoptr (GBytes) bytes = NULL;

      mutate (random, body, digest);
      bytes = g_bytes_new (body->str, body->len);
      g_assert_false (
          kab_sumsub_notice_check (&rules, genuine[i % 3].algorithm, digest->str, bytes));
    }
}

/* Sends a body with a right digest. Returns: the status */
static guint
send_signed (KabOnboarding *onboarding,
             const char *body,
             const char *algorithm,
             const char *secret,
             GChecksumType type)
{
  g_autofree char *digest =
      g_compute_hmac_for_string (type, (const guchar *) secret, strlen (secret), body, -1);
  SoupMessage *message =
      kab_test_bank_message (onboarding->bank, "POST", "/v1/webhooks/sumsub", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (KabTestAnswer) answer = NULL;

  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  soup_message_headers_append (soup_message_get_request_headers (message), "x-payload-digest",
                               digest);
  if (algorithm != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), "x-payload-digest-alg",
                                 algorithm);
  answer = kab_test_bank_send (onboarding->bank, message);
  return answer->status;
}

static char *
write_notice (const char *correlation,
              const char *person,
              const char *provider_id,
              const char *type,
              const char *more)
{
  return g_strdup_printf (
      "{\"applicantId\":\"%s\",\"externalUserId\":\"%s\",\"type\":\"%s\",\"correlationId\":\"%s\","
      "\"createdAtMs\":\"2026-09-10 08:00:00.000\",\"later\":[1]%s}",
      provider_id, person, type, correlation, more);
}

/* What the webhook does with a digest that is right and a notice that isn't ours. */
static void
test_not_ours (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_apply (onboarding, "\"N1\"");
  g_autofree char *person = kab_onboarding_begin_photo (onboarding, application);
  g_autofree char *own = g_strconcat ("p-", person, NULL);
  const struct
  {
    const char *person;
    const char *provider_id;
    const char *type;
    const char *more;
  } ignored[] = {
    { person, own, "applicantReviewed", ",\"sandboxMode\":true" },
    { person, own, "applicantReviewed", ",\"sandboxMode\":false,\"testMode\":true" },
    { person, own, "applicantMovedToTheMoon", ",\"sandboxMode\":false" },
    { "somebody-else", own, "applicantReviewed", ",\"sandboxMode\":false" },
    { person, "p-other", "applicantReviewed", ",\"sandboxMode\":false" },
  };
  g_autofree char *genuine =
      write_notice ("genuine", person, own, "applicantReviewed", ",\"sandboxMode\":false");
  g_autofree char *deep = g_strnfill (60, '[');

  onboarding->provider->outcome = KAB_OUTCOME_PASSED;
  for (guint i = 0; i < G_N_ELEMENTS (ignored); i++)
    {
      g_autofree char *correlation = g_strdup_printf ("c%u", i);
      g_autofree char *body = write_notice (correlation, ignored[i].person, ignored[i].provider_id,
                                            ignored[i].type, ignored[i].more);

      g_assert_cmpuint (
          send_signed (onboarding, body, "HMAC_SHA256_HEX", ONBOARDING_SECRET, G_CHECKSUM_SHA256),
          ==, 200);
    }
  g_assert_cmpuint (kab_onboarding_run_jobs (onboarding), ==, 0);
  g_assert_cmpuint (
      send_signed (onboarding, genuine, "HMAC_SHA1_HEX", ONBOARDING_SECRET, G_CHECKSUM_SHA1), ==,
      401);
  g_assert_cmpuint (send_signed (onboarding, genuine, NULL, ONBOARDING_SECRET, G_CHECKSUM_SHA256),
                    ==, 401);
  g_assert_cmpuint (
      send_signed (onboarding, genuine, "HMAC_SHA256_HEX", "api-secret", G_CHECKSUM_SHA256), ==,
      401);
  g_assert_cmpuint (
      send_signed (onboarding, deep, "HMAC_SHA256_HEX", ONBOARDING_SECRET, G_CHECKSUM_SHA256), ==,
      422);
  g_assert_cmpuint (send_signed (onboarding, "{\"type\":\"applicantReviewed\"}", "HMAC_SHA256_HEX",
                                 ONBOARDING_SECRET, G_CHECKSUM_SHA256),
                    ==, 422);
  g_assert_cmpuint (kab_onboarding_run_jobs (onboarding), ==, 0);
  expect_identification (onboarding, application, "in-progress", "");
  g_assert_cmpuint (
      send_signed (onboarding, genuine, "HMAC_SHA512_HEX", ONBOARDING_SECRET, G_CHECKSUM_SHA512),
      ==, 200);
  g_assert_cmpuint (kab_onboarding_run_jobs (onboarding), ==, 1);
  expect_identification (onboarding, application, "passed", "");
}

static void
test_order (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_apply (onboarding, "\"N1\"");
  g_autofree char *person = kab_onboarding_begin_photo (onboarding, application);
  const gint64 now = onboarding->bank->now;

  onboarding->provider->outcome = KAB_OUTCOME_UNDER_WAY;
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (kab_onboarding_notify (onboarding, person, "applicantPending", "one",
                                             now + G_TIME_SPAN_MINUTE),
                      ==, 200);
  g_assert_cmpuint (kab_onboarding_run_jobs (onboarding), ==, 1);
  g_assert_cmpuint (onboarding->provider->n_reviews, ==, 1);
  kab_onboarding_notify (onboarding, person, "applicantReviewed", "old", now);
  g_assert_cmpuint (kab_onboarding_run_jobs (onboarding), ==, 0);
  /* Two that wait: the older one asks nobody any more. */
  kab_onboarding_notify (onboarding, person, "applicantPending", "two",
                         now + 2 * G_TIME_SPAN_MINUTE);
  kab_onboarding_notify (onboarding, person, "applicantReviewed", "three",
                         now + 3 * G_TIME_SPAN_MINUTE);
  onboarding->provider->outcome = KAB_OUTCOME_PASSED;
  g_assert_cmpuint (kab_onboarding_run_jobs (onboarding), ==, 2);
  g_assert_cmpuint (onboarding->provider->n_reviews, ==, 2);
  expect_identification (onboarding, application, "passed", "");
}

static void
test_retry_then_green (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_apply (onboarding, "\"N1\"");
  g_autofree char *person = kab_onboarding_begin_photo (onboarding, application);
  g_autofree char *path = g_strconcat ("/v1/applications/", application, NULL);
  g_autoptr (KabTestAnswer) seen = NULL;
  g_autofree char *again = NULL;

  onboarding->provider->comment = "The photo is too dark";
  onboarding->provider->label = "BAD_SELFIE";
  kab_onboarding_review (onboarding, person, KAB_OUTCOME_REPEAT);
  expect_identification (onboarding, application, "repeat-requested", "The photo is too dark");
  seen = kab_onboarding_get (onboarding, onboarding->token, path);
  g_assert_cmpstr (kab_test_answer_text (seen, "identifications.0.labels.0"), ==, "BAD_SELFIE");
  g_assert_cmpstr (kab_test_answer_text (seen, "state"), ==, "waiting-for-client");
  g_assert_cmpuint (
      kab_test_bank_n_notices (onboarding->bank, "identification-repeat", ONBOARDING_EMAIL), ==, 1);
  g_assert_cmpuint (
      kab_test_bank_n_notices (onboarding->bank, "identification-repeat", ONBOARDING_PHONE), ==, 1);
  onboarding->provider->comment = NULL;
  onboarding->provider->label = NULL;
  again = kab_onboarding_begin_photo (onboarding, application);
  kab_onboarding_review (onboarding, person, KAB_OUTCOME_PASSED);
  expect_identification (onboarding, application, "passed", "");
  kab_onboarding_expect_stage (onboarding, application, "documents", "needs-you");
  /* A result that the bank has isn't taken back by a reset, or by anything else. */
  kab_onboarding_review (onboarding, person, KAB_OUTCOME_WAITING);
  kab_onboarding_review (onboarding, person, KAB_OUTCOME_FAILED);
  expect_identification (onboarding, application, "passed", "");
}

static void
test_final (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_apply (onboarding, "\"N1\"");
  g_autofree char *person = kab_onboarding_begin_photo (onboarding, application);
  g_autofree char *decisions = g_strdup_printf ("/v1/staff/cases/%s/decisions", application);
  g_autoptr (KabTestAnswer) positive = NULL;
  g_autoptr (KabTestAnswer) negative = NULL;

  kab_onboarding_review (onboarding, person, KAB_OUTCOME_FAILED);
  expect_identification (onboarding, application, "failed", "");
  kab_onboarding_expect_stage (onboarding, application, "photo-identification", "failed");
  g_assert_cmpuint (
      kab_test_bank_n_notices (onboarding->bank, "identification-failed", ONBOARDING_PHONE), ==, 1);
  positive = kab_onboarding_post (onboarding, onboarding->staff, decisions, 0,
                                  "{\"service\":\"N1\",\"outcome\":\"positive\"}");
  kab_test_answer_expect (positive, 409, "conflict");
  g_assert_cmpstr (kab_test_answer_text (positive, "reason"), ==, "decision-identification-failed");
  negative = kab_onboarding_post (onboarding, onboarding->staff, decisions, 0,
                                  "{\"service\":\"N1\",\"outcome\":\"negative\"}");
  kab_test_answer_expect (negative, 200, NULL);
  g_assert_cmpstr (kab_test_answer_text (negative, "application.state"), ==, "decided");
  g_assert_cmpuint (
      kab_test_bank_n_notices (onboarding->bank, "decision-negative", ONBOARDING_PHONE), ==, 1);
}

/* The provider is away when it is asked, answers about somebody else, or knows nobody any more. */
static void
test_trouble (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_apply (onboarding, "\"N1\"");
  g_autofree char *person = kab_onboarding_begin_photo (onboarding, application);
  TestProvider *provider = onboarding->provider;
  g_autofree char *again = NULL;

  provider->outcome = KAB_OUTCOME_PASSED;
  provider->fails = TRUE;
  kab_onboarding_notify (onboarding, person, "applicantReviewed", "one", onboarding->bank->now);
  g_assert_cmpuint (kab_onboarding_run_jobs (onboarding), ==, 0);
  provider->fails = FALSE;
  provider->other_person = g_strdup ("somebody-else");
  kab_test_bank_pass_time (onboarding->bank, G_TIME_SPAN_MINUTE);
  g_assert_cmpuint (kab_onboarding_run_jobs (onboarding), ==, 0);
  expect_identification (onboarding, application, "in-progress", "");
  g_clear_pointer (&provider->other_person, g_free);
  provider->fails = TRUE;
  provider->error = KAB_PROVIDER_ERROR_NOT_FOUND;
  kab_test_bank_pass_time (onboarding->bank, G_TIME_SPAN_MINUTE);
  g_assert_cmpuint (kab_onboarding_run_jobs (onboarding), ==, 1);
  expect_identification (onboarding, application, "not-started", "");
  provider->fails = FALSE;
  again = kab_onboarding_begin_photo (onboarding, application);
  g_assert_cmpuint (provider->n_enrolled, ==, 2);
  kab_onboarding_review (onboarding, person, KAB_OUTCOME_PASSED);
  expect_identification (onboarding, application, "passed", "");
}

/* Whoever the provider has forgotten is enrolled anew, also when the photos had to be repeated. */
static void
test_forgotten_before_repetition (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_apply (onboarding, "\"N1\"");
  g_autofree char *person = kab_onboarding_begin_photo (onboarding, application);
  TestProvider *provider = onboarding->provider;
  g_autofree char *again = NULL;

  kab_onboarding_review (onboarding, person, KAB_OUTCOME_REPEAT);
  provider->fails = TRUE;
  provider->error = KAB_PROVIDER_ERROR_NOT_FOUND;
  kab_test_bank_pass_time (onboarding->bank, G_TIME_SPAN_MINUTE);
  kab_onboarding_notify (onboarding, person, "applicantDeleted", "gone", onboarding->bank->now);
  g_assert_cmpuint (kab_onboarding_run_jobs (onboarding), ==, 1);
  provider->fails = FALSE;
  again = kab_onboarding_begin_photo (onboarding, application);
  g_assert_cmpuint (provider->n_enrolled, ==, 2);
  kab_onboarding_review (onboarding, person, KAB_OUTCOME_PASSED);
  expect_identification (onboarding, application, "passed", "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  kab_onboarding_add_test ("/server/identification/link", test_link);
  g_test_add_func ("/server/identification/digests", test_digests);
  g_test_add_func ("/server/identification/forgeries", test_forgeries);
  kab_onboarding_add_test ("/server/identification/not-ours", test_not_ours);
  kab_onboarding_add_test ("/server/identification/order", test_order);
  kab_onboarding_add_test ("/server/identification/retry-then-green", test_retry_then_green);
  kab_onboarding_add_test ("/server/identification/final", test_final);
  kab_onboarding_add_test ("/server/identification/trouble", test_trouble);
  kab_onboarding_add_test ("/server/identification/forgotten-before-repetition",
                           test_forgotten_before_repetition);
  return g_test_run ();
}
