/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client of Sumsub: against the published vectors, then against the sandbox's own program. */

#include <string.h>

#include "kab-json.h"
#include "kab-sumsub-notice.h"
#include "kab-sumsub-review.h"
#include "kab-sumsub.h"
#include "kab-test-sandbox.h"
#include "onboarding-fixture.h"

#define SECRET "test-secret-0123456789"

static void
test_signatures (void)
{
  static const struct
  {
    gint64 timestamp;
    const char *method, *path, *body, *signature;
  } vectors[] = {
    { 1607551635, "POST",
      "/resources/accessTokens?userId=cfd20712-24a2-4c7d-9ab0-146f3c142335"
      "&levelName=basic-kyc-level&ttlInSecs=600",
      "", "962a6223c25667250e30045a5137cdb08b28a462b0790c0f7892b0de763488ec" },
    { 1700000000, "POST", "/resources/sdkIntegrations/levels/-/websdkLink",
      "{\"levelName\":\"basic-kyc-level\",\"userId\":\"u-1\",\"ttlInSecs\":600}",
      "ad75717531da9896f4139040ae457286b853b2770ba465c01aa621983533e142" },
    { 1700000000, "GET", "/resources/applicants/5f0000000000000000000001/one", NULL,
      "6c5220b9f0efdcdf24e133ada54562b257492fc016b17c32364f2aeed8198664" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *signature = kab_sumsub_sign (SECRET, vectors[i].timestamp, vectors[i].method,
                                                    vectors[i].path, vectors[i].body);
      g_assert_cmpstr (signature, ==, vectors[i].signature);
    }
}

static void
test_times (void)
{
  gint64 time;

  g_assert_true (kab_sumsub_time_parse ("2026-09-10 08:00:00.250", &time));
  g_assert_cmpint (time, ==, G_GINT64_CONSTANT (1789027200250000));
  g_assert_false (kab_sumsub_time_parse ("2026-09-10T08:00:00.250", &time));
  g_assert_false (kab_sumsub_time_parse ("2026-13-10 08:00:00.250", &time));
  g_assert_false (kab_sumsub_time_parse ("2026-09-10 08:00:00.25", &time));
  g_assert_false (kab_sumsub_time_parse ("", &time));
}

#define APPLICANT(review)                                                                          \
  "{\"id\":\"5f\",\"externalUserId\":\"u-1\",\"review\":{\"levelName\":\"photo\"," review "}}"

#define RESULT(answer) "\"reviewStatus\":\"completed\",\"reviewResult\":{" answer "}"

static void
test_reviews (void)
{
  static const struct
  {
    const char *applicant;
    int outcome; /* -1 for garbage */
    const char *comment;
  } cases[] = {
    { APPLICANT ("\"reviewStatus\":\"init\""), KAB_OUTCOME_WAITING, "" },
    { APPLICANT ("\"reviewStatus\":\"pending\""), KAB_OUTCOME_UNDER_WAY, "" },
    { APPLICANT ("\"reviewStatus\":\"onHold\""), KAB_OUTCOME_UNDER_WAY, "" },
    { APPLICANT ("\"reviewStatus\":\"someday\""), KAB_OUTCOME_UNDER_WAY, "" },
    { APPLICANT ("\"reviewStatus\":\"awaitingService\",\"reviewResult\":"
                 "{\"reviewAnswer\":\"GREEN\"}"),
      KAB_OUTCOME_UNDER_WAY, "" },
    { APPLICANT (RESULT ("\"reviewAnswer\":\"GREEN\"")), KAB_OUTCOME_PASSED, "" },
    { APPLICANT (RESULT ("\"reviewAnswer\":\"YELLOW\"")), KAB_OUTCOME_UNDER_WAY, "" },
    { APPLICANT (RESULT ("\"reviewAnswer\":\"RED\",\"reviewRejectType\":\"RETRY\","
                         "\"moderationComment\":\"Too dark\",\"clientComment\":\"Fraud?\","
                         "\"rejectLabels\":[\"BAD_SELFIE\"]")),
      KAB_OUTCOME_REPEAT, "Too dark" },
    { APPLICANT (RESULT ("\"reviewAnswer\":\"RED\",\"reviewRejectType\":\"FINAL\","
                         "\"clientComment\":\"Fraud\"")),
      KAB_OUTCOME_FAILED, "" },
    { APPLICANT (RESULT ("\"reviewAnswer\":\"RED\"")), -1, NULL },
    { "{\"id\":\"5f\",\"externalUserId\":\"u-1\",\"review\":{\"levelName\":\"basic\"," RESULT (
          "\"reviewAnswer\":\"GREEN\"") "}}",
      KAB_OUTCOME_UNDER_WAY, "" },
    { "{\"id\":\"5f\",\"externalUserId\":\"u-1\"}", -1, NULL },
    { "{\"id\":\"5f\",\"review\":{\"reviewStatus\":\"init\"}}", -1, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) applicant =
          kab_json_parse_object (cases[i].applicant, strlen (cases[i].applicant), 10000, 10, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (KabIdentificationReview) review =
          kab_sumsub_review_read (applicant, "photo", &error);

      if (cases[i].outcome < 0)
        {
          g_assert_error (error, KAB_PROVIDER_ERROR, KAB_PROVIDER_ERROR_GARBAGE);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint ((int) review->outcome, ==, cases[i].outcome);
      g_assert_cmpstr (review->comment, ==, cases[i].comment);
      if (review->outcome == KAB_OUTCOME_REPEAT)
        g_assert_cmpstr (review->labels[0], ==, "BAD_SELFIE");
    }
}

static KabSumsub *
new_client (KabTestSandbox *sandbox, const char *secret, guint timeout_ms)
{
  const KabSumsubSettings settings = {
    .base_url = kab_test_sandbox_get (sandbox, "sumsub", "baseUrl"),
    .token = kab_test_sandbox_get (sandbox, "sumsub", "token"),
    .secret = secret != NULL ? secret : kab_test_sandbox_get (sandbox, "sumsub", "secret"),
    .level_photo = "photo-identification",
    .level_video = "Latvijas līmenis / 1",
    .timeout_ms = timeout_ms,
  };

  return kab_sumsub_new (&settings);
}

static void
play (KabTestSandbox *sandbox, const char *person, const char *answer)
{
  g_autofree char *body =
      g_strdup_printf ("{\"externalUserId\":\"%s\",\"answer\":\"%s\"}", person, answer);

  kab_test_sandbox_control (sandbox, "review", body);
}

static void
expect_outcome (KabIdentificationProvider *provider,
                const char *id,
                gboolean is_video,
                KabIdentificationOutcome outcome)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KabIdentificationReview) review =
      kab_identification_provider_review (provider, id, is_video, &error);

  g_assert_no_error (error);
  g_assert_cmpint (review->outcome, ==, outcome);
}

static void
test_calls (void)
{
  const KabIdentificationRequest photo = { "person-1", FALSE, "anna@example.com", "+37120000001",
                                           "lv" };
  const KabIdentificationRequest video = { "person-2", TRUE, NULL, NULL, "en" };
  g_autoptr (KabTestSandbox) sandbox = kab_test_sandbox_new ();
  g_autoptr (KabSumsub) sumsub = new_client (sandbox, NULL, 0);
  KabIdentificationProvider *provider = KAB_IDENTIFICATION_PROVIDER (sumsub);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = kab_identification_provider_enroll (provider, &photo, &error);
  g_autofree char *again = kab_identification_provider_enroll (provider, &photo, NULL);
  g_autofree char *second = kab_identification_provider_enroll (provider, &video, NULL);
  g_autofree char *url = NULL;
  g_autoptr (KabIdentificationReview) gone = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (second);
  g_assert_cmpstr (id, ==, again);
  url = kab_identification_provider_make_link (provider, &photo, 600, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (url, "lang=lv"));
  expect_outcome (provider, id, FALSE, KAB_OUTCOME_WAITING);
  play (sandbox, "person-1", "retry");
  expect_outcome (provider, id, FALSE, KAB_OUTCOME_REPEAT);
  play (sandbox, "person-1", "awaiting-service");
  expect_outcome (provider, id, FALSE, KAB_OUTCOME_UNDER_WAY);
  play (sandbox, "person-1", "green");
  expect_outcome (provider, id, FALSE, KAB_OUTCOME_PASSED);
  expect_outcome (provider, id, TRUE, KAB_OUTCOME_UNDER_WAY);
  play (sandbox, "person-2", "green");
  expect_outcome (provider, second, TRUE, KAB_OUTCOME_PASSED);
  g_assert_true (kab_identification_provider_reset (provider, id, &error));
  g_assert_no_error (error);
  expect_outcome (provider, id, FALSE, KAB_OUTCOME_WAITING);
  play (sandbox, "person-1", "final");
  expect_outcome (provider, id, FALSE, KAB_OUTCOME_FAILED);
  play (sandbox, "person-1", "deleted");
  gone = kab_identification_provider_review (provider, id, FALSE, &error);
  g_assert_null (gone);
  g_assert_error (error, KAB_PROVIDER_ERROR, KAB_PROVIDER_ERROR_NOT_FOUND);
}

static void
test_trouble (void)
{
  static const struct
  {
    const char *what;
    KabProviderError code;
  } faults[] = {
    { "slow", KAB_PROVIDER_ERROR_UNAVAILABLE },  { "drop", KAB_PROVIDER_ERROR_UNAVAILABLE },
    { "error", KAB_PROVIDER_ERROR_UNAVAILABLE }, { "rate-limit", KAB_PROVIDER_ERROR_UNAVAILABLE },
    { "garbage", KAB_PROVIDER_ERROR_GARBAGE },
  };
  const KabIdentificationRequest request = { "person-1", FALSE, NULL, NULL, "ru" };
  g_autoptr (KabTestSandbox) sandbox = kab_test_sandbox_new ();
  g_autoptr (KabSumsub) sumsub = new_client (sandbox, NULL, 300);
  g_autoptr (KabSumsub) impostor = new_client (sandbox, "another-secret", 5000);
  KabIdentificationProvider *provider = KAB_IDENTIFICATION_PROVIDER (sumsub);
  g_autoptr (GError) refusal = NULL;
  g_autofree char *id = NULL;
  g_autofree char *none = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *failed = NULL;

      kab_test_sandbox_order (sandbox, "sumsub", faults[i].what, 1);
      failed = kab_identification_provider_enroll (provider, &request, &error);
      g_assert_null (failed);
      g_assert_error (error, KAB_PROVIDER_ERROR, (int) faults[i].code);
    }
  id = kab_identification_provider_enroll (provider, &request, NULL);
  g_assert_nonnull (id);
  none = kab_identification_provider_enroll (KAB_IDENTIFICATION_PROVIDER (impostor), &request,
                                             &refusal);
  g_assert_null (none);
  g_assert_error (refusal, KAB_PROVIDER_ERROR, KAB_PROVIDER_ERROR_REFUSED);
}

static void
test_nobody (void)
{
  const KabIdentificationRequest request = { "person-1", FALSE, NULL, NULL, "lv" };
  const KabSumsubSettings settings = { "http://127.0.0.1:1", "sbx:t", "s", "photo", "video", 2000 };
  g_autoptr (KabSumsub) sumsub = kab_sumsub_new (&settings);
  g_autoptr (GError) error = NULL;
  g_autofree char *none =
      kab_identification_provider_enroll (KAB_IDENTIFICATION_PROVIDER (sumsub), &request, &error);

  g_assert_null (none);
  g_assert_error (error, KAB_PROVIDER_ERROR, KAB_PROVIDER_ERROR_UNAVAILABLE);
}

static const char *
get_state (KabOnboarding *onboarding, const char *application)
{
  g_autofree char *path = g_strconcat ("/v1/applications/", application, NULL);
  g_autoptr (KabTestAnswer) seen = kab_onboarding_get (onboarding, onboarding->token, path);

  return g_intern_string (kab_test_answer_text (seen, "identifications.0.state"));
}

/* Waits until the notices have come and the provider was asked. */
static void
wait_for_state (KabOnboarding *onboarding, const char *application, const char *state)
{
  gint64 end = g_get_monotonic_time () + G_TIME_SPAN_MINUTE;

  while (g_strcmp0 (get_state (onboarding, application), state) != 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      kab_onboarding_run_jobs (onboarding);
      g_usleep (5000);
    }
}

static void
name_bank (KabTestSandbox *sandbox, const char *url)
{
  g_autofree char *line = g_strdup_printf ("bank %s\n", url);

  g_assert_true (g_output_stream_write_all (g_subprocess_get_stdin_pipe (sandbox->process), line,
                                            strlen (line), NULL, NULL, NULL));
}

/* The whole way: link, notices over HTTP with every fault that the sandbox knows, results. */
static void
test_sandbox (void)
{
  static const char *const algorithms[] = { "HMAC_SHA1_HEX", "HMAC_SHA256_HEX", "HMAC_SHA512_HEX",
                                            NULL };
  static const char *const faults[] = {
    "webhook-wrong-secret", "webhook-reserialised",      "webhook-upper-case", "webhook-no-digest",
    "webhook-no-algorithm", "webhook-unknown-algorithm", "webhook-other-mode", "webhook-test-mode",
    "webhook-unknown-type", "webhook-other-user",        "webhook-duplicate",  "webhook-older"
  };
  g_autoptr (KabTestSandbox) sandbox = kab_test_sandbox_new ();
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autoptr (KabSumsub) sumsub = new_client (sandbox, NULL, 0);
  g_autofree char *application = NULL;
  g_autofree char *person = NULL;

  kab_api_context_set_identification (
      onboarding->bank->context, KAB_IDENTIFICATION_PROVIDER (sumsub),
      kab_test_sandbox_get (sandbox, "sumsub", "webhookSecret"), algorithms, TRUE);
  name_bank (sandbox, onboarding->bank->url);
  application = kab_onboarding_apply (onboarding, "\"N1\"");
  person = kab_onboarding_begin_photo (onboarding, application);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    kab_test_sandbox_order (sandbox, "sumsub", faults[i], 1);
  kab_test_sandbox_control (sandbox, "settings", "{\"webhookAlgorithm\":\"sha512\"}");
  play (sandbox, person, "retry");
  wait_for_state (onboarding, application, "repeat-requested");
  g_free (kab_onboarding_begin_photo (onboarding, application));
  kab_test_sandbox_control (sandbox, "settings", "{\"webhookAlgorithm\":\"sha1\"}");
  kab_test_sandbox_order (sandbox, "sumsub", "webhook-reordered", 1);
  play (sandbox, person, "retry-then-green");
  wait_for_state (onboarding, application, "passed");
  kab_onboarding_expect_stage (onboarding, application, "documents", "needs-you");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/sumsub/signatures", test_signatures);
  g_test_add_func ("/server/sumsub/times", test_times);
  g_test_add_func ("/server/sumsub/reviews", test_reviews);
  g_test_add_func ("/server/sumsub/calls", test_calls);
  g_test_add_func ("/server/sumsub/trouble", test_trouble);
  g_test_add_func ("/server/sumsub/nobody", test_nobody);
  g_test_add_func ("/server/sumsub/sandbox", test_sandbox);
  return g_test_run ();
}
