/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-fixture.h"

#include "kab-sandbox-crypto.h"
#include "kab-sandbox-json.h"

#include <string.h>

#define LINK_CALL "/resources/sdkIntegrations/levels/-/websdkLink"

static const char *
event_text (KabSandboxFixture *fixture, guint i, const char *member)
{
  return kab_sandbox_json_text (json_object_get_object_member (fixture->notices->pdata[i], "event"),
                                member);
}

static gboolean
is_genuine (KabSandboxFixture *fixture, guint i)
{
  JsonObject *notice = fixture->notices->pdata[i];
  const char *text = kab_sandbox_json_text (notice, "body");
  const char *algorithm = kab_sandbox_json_text (notice, "algorithm");
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  GChecksumType type = g_strcmp0 (algorithm, "HMAC_SHA1_HEX") == 0     ? G_CHECKSUM_SHA1
                       : g_strcmp0 (algorithm, "HMAC_SHA512_HEX") == 0 ? G_CHECKSUM_SHA512
                                                                       : G_CHECKSUM_SHA256;
  g_autofree char *digest = kab_sandbox_hmac_hex (
      type, kab_sandbox_fixture_get (fixture, "sumsub", "webhookSecret"), body);

  return g_strcmp0 (digest, kab_sandbox_json_text (notice, "digest")) == 0 && algorithm &&
         g_str_has_prefix (algorithm, "HMAC_SHA");
}

static char *
create_link (KabSandboxFixture *fixture, const char *query, const char *extra)
{
  g_autofree char *target = g_strconcat (LINK_CALL, query, NULL);
  g_autofree char *body =
      g_strdup_printf ("{\"levelName\":\"photo-identification\",\"userId\":\"anna\"%s}", extra);
  g_autoptr (JsonObject) reply = NULL;

  g_assert_cmpuint (kab_sandbox_fixture_call (fixture, "POST", target, body, &reply), ==, 200);
  return g_strdup (kab_sandbox_json_text (reply, "url"));
}

/* Presses a button of the page; gives the page that follows. */
static char *
choose (KabSandboxFixture *fixture, const char *url, const char *answer, guint *status)
{
  g_autoptr (SoupMessage) message = soup_message_new ("POST", url);
  g_autofree char *form = g_strconcat ("answer=", answer, NULL);
  char *text = NULL;

  *status = kab_sandbox_fixture_send (fixture, message, form, &text);
  return text;
}

static JsonObject *
read_applicant (KabSandboxFixture *fixture)
{
  JsonObject *reply = NULL;

  g_assert_cmpuint (kab_sandbox_fixture_call (fixture, "GET",
                                              "/resources/applicants/-;externalUserId=anna/one",
                                              NULL, &reply),
                    ==, 200);
  return reply;
}

typedef struct
{
  const char *answer, *review_answer, *reject_type;
  gboolean ends;
} Outcome;

static const Outcome outcomes[] = {
  { "green", "GREEN", NULL, TRUE },
  { "retry", "RED", "RETRY", FALSE },
  { "final", "RED", "FINAL", TRUE },
};

/* Link, page, choice, and the notices that the bank gets: created, opened, pending, reviewed. */
static void
test_lifecycle (KabSandboxFixture *fixture, gconstpointer data)
{
  static const char *const types[] = { "applicantCreated", "applicantVerificationLinkOpened",
                                       "applicantPending", "applicantReviewed" };
  const Outcome *outcome = data;
  g_autofree char *url = create_link (fixture, "?lang=lv", "");
  g_autofree char *page = NULL;
  g_autofree char *next = NULL;
  g_autofree char *last = NULL;
  g_autoptr (JsonObject) applicant = NULL;
  JsonObject *result;
  guint status;

  kab_sandbox_fixture_open_bank (fixture);
  page = kab_sandbox_fixture_get_page (fixture, url, &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_nonnull (strstr (page, "<html lang=\"lv\">"));
  g_assert_nonnull (strstr (page, "Fotoidentifikācija"));
  next = choose (fixture, url, outcome->answer, &status);
  g_assert_cmpuint (status, ==, 200);
  kab_sandbox_fixture_wait_notices (fixture, 4);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_true (is_genuine (fixture, i));
      g_assert_cmpstr (event_text (fixture, i, "type"), ==, types[i]);
      g_assert_cmpstr (event_text (fixture, i, "externalUserId"), ==, "anna");
      g_assert_null (event_text (fixture, i, "email"));
      g_assert_true (g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}$",
                                           event_text (fixture, i, "createdAtMs"), 0, 0));
    }
  g_assert_cmpstr (event_text (fixture, 2, "reviewStatus"), ==, "pending");
  applicant = read_applicant (fixture);
  result = kab_sandbox_json_member (kab_sandbox_json_member (applicant, "review"), "reviewResult");
  g_assert_cmpstr (kab_sandbox_json_text (result, "reviewAnswer"), ==, outcome->review_answer);
  g_assert_cmpstr (kab_sandbox_json_text (result, "reviewRejectType"), ==, outcome->reject_type);
  last = kab_sandbox_fixture_get_page (fixture, url, &status);
  g_assert_true ((strstr (last, "<button") == NULL) == outcome->ends);
}

static void
test_retry_then_green (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autofree char *url = create_link (fixture, "", "");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (JsonObject) applicant = NULL;
  guint status;

  kab_sandbox_fixture_open_bank (fixture);
  first = choose (fixture, url, "retry", &status);
  kab_sandbox_fixture_wait_notices (fixture, 4);
  second = choose (fixture, url, "green", &status);
  kab_sandbox_fixture_wait_notices (fixture, 6);
  applicant = read_applicant (fixture);
  g_assert_cmpint (
      json_object_get_int_member (kab_sandbox_json_member (applicant, "review"), "attemptCnt"), ==,
      2);
  g_assert_cmpstr (event_text (fixture, 5, "type"), ==, "applicantReviewed");
}

static void
test_page_languages (KabSandboxFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *query, *language, *text;
  } pages[] = { { "?lang=en", "en", "Photo identification" },
                { "?lang=ru", "ru", "Фотоидентификация" },
                { "?lang=xx", "en", "Photo identification" } };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *url = create_link (fixture, pages[i].query, "");
      g_autofree char *page = kab_sandbox_fixture_get_page (fixture, url, NULL);
      g_autofree char *html = g_strdup_printf ("<html lang=\"%s\">", pages[i].language);
      guint buttons = 0;

      g_assert_nonnull (strstr (page, html));
      g_assert_nonnull (strstr (page, pages[i].text));
      g_assert_nonnull (strstr (page, "<legend>"));
      g_assert_nonnull (strstr (page, ":focus-visible"));
      g_assert_nonnull (strstr (page, "prefers-color-scheme"));
      g_assert_null (strstr (page, "<script"));
      for (const char *p = page; (p = strstr (p, "<button name=\"answer\"")); p++)
        buttons++;
      g_assert_cmpuint (buttons, ==, 3);
    }
}

static void
test_link_end (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autofree char *url = create_link (fixture, "", ",\"ttlInSecs\":60");
  g_autofree char *other = g_strconcat (url, "x", NULL);
  g_autofree char *gone = NULL;
  g_autofree char *unknown = NULL;
  g_autofree char *chosen = NULL;
  g_autofree char *wrong = choose (fixture, url, "perhaps", &(guint) { 0 });
  guint status;

  g_assert_nonnull (strstr (wrong, "no such choice"));
  unknown = kab_sandbox_fixture_get_page (fixture, other, &status);
  g_assert_cmpuint (status, ==, 410);
  g_assert_cmpuint (kab_sandbox_fixture_control (fixture, "settings", "{\"clockOffset\":61}"), ==,
                    200);
  gone = kab_sandbox_fixture_get_page (fixture, url, &status);
  g_assert_cmpuint (status, ==, 410);
  g_assert_nonnull (strstr (gone, "doesn't work any more"));
  chosen = choose (fixture, url, "green", &status);
  g_assert_cmpuint (status, ==, 410);
}

static char *
return_token (KabSandboxFixture *fixture, const char *url)
{
  g_autofree char *page = kab_sandbox_fixture_get_page (fixture, url, NULL);
  const char *start = strstr (page, "jwt=");

  g_assert_nonnull (start);
  return g_strndup (start + 4, strcspn (start + 4, "\""));
}

static void
test_return (KabSandboxFixture *fixture, gconstpointer data)
{
  static const char extra[] = ",\"redirect\":{\"successUrl\":\"https://bank.example/done?a=1\","
                              "\"rejectUrl\":\"https://bank.example/no\",\"signKey\":\"key\"}";
  g_autofree char *url = create_link (fixture, "", extra);
  g_autofree char *page = NULL;
  g_autofree char *token = NULL;
  g_autofree char *forged = NULL;
  g_autofree char *claims = NULL;
  g_auto (GStrv) parts = NULL;
  gsize length;
  guint status;

  kab_sandbox_fixture_open_bank (fixture);
  page = choose (fixture, url, "green", &status);
  kab_sandbox_fixture_wait_notices (fixture, 4);
  token = return_token (fixture, url);
  parts = g_strsplit (token, ".", 3);
  g_strdelimit (g_strdelimit (parts[1], "-", '+'), "_", '/');
  claims = g_strdup_printf ("%s===", parts[1]);
  claims[strlen (parts[1]) + (4 - strlen (parts[1]) % 4) % 4] = '\0';
  g_base64_decode_inplace (claims, &length);
  claims[length] = '\0';
  g_assert_nonnull (strstr (claims, "\"sub\":\"anna\""));
  kab_sandbox_fixture_control (fixture, "behaviour",
                               "{\"provider\":\"sumsub\",\"what\":\"redirect-alg-none\"}");
  forged = return_token (fixture, url);
  g_assert_true (g_str_has_suffix (forged, "."));
}

static void
order (KabSandboxFixture *fixture, const char *what)
{
  g_autofree char *body = g_strdup_printf ("{\"provider\":\"sumsub\",\"what\":\"%s\"}", what);

  g_assert_cmpuint (kab_sandbox_fixture_control (fixture, "behaviour", body), ==, 200);
}

static void
create_anna (KabSandboxFixture *fixture)
{
  g_assert_cmpuint (kab_sandbox_fixture_call (
                        fixture, "POST", "/resources/applicants?levelName=photo-identification",
                        "{\"externalUserId\":\"anna\"}", NULL),
                    ==, 201);
}

static guint
review (KabSandboxFixture *fixture, const char *answer)
{
  g_autofree char *body =
      g_strdup_printf ("{\"externalUserId\":\"anna\",\"answer\":\"%s\"}", answer);

  return kab_sandbox_fixture_control (fixture, "review", body);
}

static void
test_algorithms (KabSandboxFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "sha1", "sha256", "sha512" };
  static const gsize lengths[] = { 40, 64, 128 };

  create_anna (fixture);
  kab_sandbox_fixture_open_bank (fixture);
  kab_sandbox_fixture_wait_notices (fixture, 1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"webhookAlgorithm\":\"%s\"}", names[i]);

      g_assert_cmpuint (kab_sandbox_fixture_control (fixture, "settings", body), ==, 200);
      review (fixture, "green");
      kab_sandbox_fixture_wait_notices (fixture, i + 2);
      g_assert_true (is_genuine (fixture, i + 1));
      g_assert_cmpuint (strlen (kab_sandbox_json_text (fixture->notices->pdata[i + 1], "digest")),
                        ==, lengths[i]);
    }
  g_assert_cmpuint (
      kab_sandbox_fixture_control (fixture, "settings", "{\"webhookAlgorithm\":\"md5\"}"), ==, 400);
  g_assert_cmpuint (
      kab_sandbox_fixture_control (fixture, "settings", "{\"clockOffset\":-9223372036854775808}"),
      ==, 400);
}

/* A forged notice comes once, and the genuine one after it. */
static void
test_forgeries (KabSandboxFixture *fixture, gconstpointer data)
{
  static const char *const forged[] = { "webhook-wrong-secret", "webhook-reserialised",
                                        "webhook-upper-case",   "webhook-no-digest",
                                        "webhook-no-algorithm", "webhook-unknown-algorithm" };

  create_anna (fixture);
  kab_sandbox_fixture_open_bank (fixture);
  kab_sandbox_fixture_wait_notices (fixture, 1);
  for (guint i = 0; i < G_N_ELEMENTS (forged); i++)
    {
      guint before = fixture->notices->len;

      order (fixture, forged[i]);
      g_queue_push_tail (&fixture->bank_statuses, GUINT_TO_POINTER (401));
      review (fixture, "green");
      kab_sandbox_fixture_wait_notices (fixture, before + 2);
      g_assert_false (is_genuine (fixture, before));
      g_assert_true (is_genuine (fixture, before + 1));
      g_assert_cmpuint (fixture->notices->len, ==, before + 2);
    }
}

/* Notices with a right digest that still must not change anything. */
static void
test_distortions (KabSandboxFixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "webhook-other-mode", "webhook-test-mode",
                                       "webhook-unknown-type", "webhook-other-user" };
  JsonObject *event;

  create_anna (fixture);
  kab_sandbox_fixture_open_bank (fixture);
  kab_sandbox_fixture_wait_notices (fixture, 1);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      order (fixture, wrong[i]);
      review (fixture, "green");
      kab_sandbox_fixture_wait_notices (fixture, 1 + 2 * (i + 1));
      g_assert_true (is_genuine (fixture, 1 + 2 * i));
    }
  event = json_object_get_object_member (fixture->notices->pdata[1], "event");
  g_assert_false (json_object_get_boolean_member (event, "sandboxMode"));
  event = json_object_get_object_member (fixture->notices->pdata[3], "event");
  g_assert_true (json_object_get_boolean_member (event, "testMode"));
  g_assert_cmpstr (event_text (fixture, 5, "type"), !=, "applicantReviewed");
  g_assert_cmpstr (event_text (fixture, 7, "externalUserId"), ==, "somebody-else");
}

/* What the applicant is told is in the language that the bank gave. */
static void
test_comment (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) applicant = NULL;
  JsonObject *result;

  g_assert_cmpuint (kab_sandbox_fixture_call (
                        fixture, "POST", "/resources/applicants?levelName=photo-identification",
                        "{\"externalUserId\":\"anna\",\"lang\":\"lv\"}", NULL),
                    ==, 201);
  g_assert_cmpuint (review (fixture, "retry"), ==, 200);
  applicant = read_applicant (fixture);
  result = kab_sandbox_json_member (kab_sandbox_json_member (applicant, "review"), "reviewResult");
  g_assert_cmpstr (kab_sandbox_json_text (result, "moderationComment"), ==,
                   "Dokumenta fotoattēls nav ass. Lūdzu, nofotografējiet vēlreiz labā "
                   "apgaismojumā.");
}

static void
test_disorder (KabSandboxFixture *fixture, gconstpointer data)
{
  kab_sandbox_fixture_open_bank (fixture);
  create_anna (fixture);
  kab_sandbox_fixture_wait_notices (fixture, 1);
  order (fixture, "webhook-duplicate");
  review (fixture, "green");
  kab_sandbox_fixture_wait_notices (fixture, 3);
  g_assert_cmpstr (event_text (fixture, 1, "correlationId"), ==,
                   event_text (fixture, 2, "correlationId"));
  order (fixture, "webhook-older");
  review (fixture, "final");
  kab_sandbox_fixture_wait_notices (fixture, 5);
  g_assert_cmpstr (event_text (fixture, 4, "type"), ==, "applicantPending");
  g_assert_cmpstr (event_text (fixture, 4, "createdAtMs"), <,
                   event_text (fixture, 3, "createdAtMs"));
  order (fixture, "webhook-reordered");
  review (fixture, "reset");
  review (fixture, "green");
  kab_sandbox_fixture_wait_notices (fixture, 7);
  g_assert_cmpstr (event_text (fixture, 5, "type"), ==, "applicantReviewed");
  g_assert_cmpstr (event_text (fixture, 6, "type"), ==, "applicantReset");
  order (fixture, "webhook-lost");
  review (fixture, "retry");
  review (fixture, "deleted");
  kab_sandbox_fixture_wait_notices (fixture, 8);
  g_assert_cmpstr (event_text (fixture, 7, "type"), ==, "applicantDeleted");
}

static void
test_scenes (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) waiting = NULL;
  g_autoptr (JsonObject) lie = NULL;
  JsonObject *told;

  kab_sandbox_fixture_open_bank (fixture);
  create_anna (fixture);
  g_assert_cmpuint (review (fixture, "awaiting-service"), ==, 200);
  waiting = read_applicant (fixture);
  told = kab_sandbox_json_member (waiting, "review");
  g_assert_cmpstr (kab_sandbox_json_text (told, "reviewStatus"), ==, "awaitingService");
  g_assert_cmpstr (
      kab_sandbox_json_text (kab_sandbox_json_member (told, "reviewResult"), "reviewAnswer"), ==,
      "GREEN");
  g_assert_cmpuint (review (fixture, "retry-then-green"), ==, 200);
  kab_sandbox_fixture_wait_notices (fixture, 4);
  order (fixture, "status-disagrees");
  lie = read_applicant (fixture);
  told = kab_sandbox_json_member (lie, "review");
  g_assert_cmpstr (
      kab_sandbox_json_text (kab_sandbox_json_member (told, "reviewResult"), "reviewAnswer"), ==,
      "RED");
  g_assert_cmpuint (review (fixture, "promoted"), ==, 400);
}

/* Four repetitions, then it is given up; the waits are those of the provider, shortened. */
static void
test_repetition (KabSandboxFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    g_queue_push_tail (&fixture->bank_statuses, GUINT_TO_POINTER (503));
  create_anna (fixture);
  kab_sandbox_fixture_open_bank (fixture);
  kab_sandbox_fixture_wait_notices (fixture, 4);
  for (guint i = 1; i < 4; i++)
    g_assert_cmpstr (kab_sandbox_json_text (fixture->notices->pdata[i], "body"), ==,
                     kab_sandbox_json_text (fixture->notices->pdata[0], "body"));
  for (guint i = 0; i < 9; i++)
    g_queue_push_tail (&fixture->bank_statuses, GUINT_TO_POINTER (503));
  review (fixture, "green");
  kab_sandbox_fixture_wait_notices (fixture, 9);
  g_queue_clear (&fixture->bank_statuses);
  review (fixture, "reset");
  kab_sandbox_fixture_wait_notices (fixture, 10);
  g_assert_cmpstr (event_text (fixture, 9, "type"), ==, "applicantReset");
}

/* No answer within the limit counts as not taken. */
static void
test_slow_bank (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonArray) records = NULL;
  JsonObject *record;

  kab_sandbox_fixture_control (fixture, "settings", "{\"webhookAnswerLimit\":50}");
  g_queue_push_tail (&fixture->bank_statuses, GUINT_TO_POINTER (KAB_SANDBOX_FIXTURE_SILENCE));
  create_anna (fixture);
  kab_sandbox_fixture_open_bank (fixture);
  kab_sandbox_fixture_wait_notices (fixture, 2);
  g_assert_cmpstr (event_text (fixture, 0, "correlationId"), ==,
                   event_text (fixture, 1, "correlationId"));
  records = kab_sandbox_script_get_records (kab_sandbox_get_script (fixture->sandbox), "webhook");
  record = json_array_get_object_element (records, 0);
  g_assert_cmpint (json_object_get_int_member (record, "status"), ==, 0);
}

/* A link for another level moves the applicant there. */
static void
test_other_level (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autofree char *url = create_link (fixture, "", "");
  g_autofree char *page = NULL;
  g_autoptr (JsonObject) applicant = NULL;

  g_assert_cmpuint (kab_sandbox_fixture_call (
                        fixture, "POST", "/resources/applicants?levelName=video-identification",
                        "{\"externalUserId\":\"anna\"}", NULL),
                    ==, 201);
  page = kab_sandbox_fixture_get_page (fixture, url, NULL);
  applicant = read_applicant (fixture);
  g_assert_cmpstr (
      kab_sandbox_json_text (kab_sandbox_json_member (applicant, "review"), "levelName"), ==,
      "photo-identification");
}

/* The provider remembers over a restart, and so do its secrets. */
static void
test_restart (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autofree char *token = g_strdup (kab_sandbox_fixture_get (fixture, "sumsub", "token"));
  g_autofree char *url = create_link (fixture, "", "");
  g_autofree char *page = NULL;
  g_autoptr (JsonObject) applicant = NULL;
  guint status;

  kab_sandbox_fixture_control (fixture, "settings", "{\"reviewDelay\":3600000}");
  page = choose (fixture, url, "green", &status);
  kab_sandbox_fixture_stop (fixture);
  kab_sandbox_fixture_start (fixture);
  g_assert_cmpstr (kab_sandbox_fixture_get (fixture, "sumsub", "token"), ==, token);
  applicant = read_applicant (fixture);
  g_assert_cmpstr (
      kab_sandbox_json_text (kab_sandbox_json_member (applicant, "review"), "reviewStatus"), ==,
      "pending");
  g_assert_cmpuint (review (fixture, "green"), ==, 200);
}

static void
test_damaged_state (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "sandbox-state.json", NULL);
  g_autoptr (GError) error = NULL;

  kab_sandbox_fixture_stop (fixture);
  g_assert_true (g_file_set_contents (path, "{\"applicants\": [", -1, NULL));
  g_assert_null (kab_sandbox_new (fixture->directory, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_true (g_file_set_contents (path, "{}", -1, NULL));
  kab_sandbox_fixture_start (fixture);
}

#define ADD_WITH(path, data, function)                                                             \
  g_test_add ("/sandbox/sumsub-review/" path, KabSandboxFixture, data, kab_sandbox_fixture_set_up, \
              function, kab_sandbox_fixture_tear_down)
#define ADD(path, function) ADD_WITH (path, NULL, function)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD_WITH ("green", &outcomes[0], test_lifecycle);
  ADD_WITH ("retry", &outcomes[1], test_lifecycle);
  ADD_WITH ("final", &outcomes[2], test_lifecycle);
  ADD ("retry-then-green", test_retry_then_green);
  ADD ("page-languages", test_page_languages);
  ADD ("comment", test_comment);
  ADD ("link-end", test_link_end);
  ADD ("return", test_return);
  ADD ("algorithms", test_algorithms);
  ADD ("forgeries", test_forgeries);
  ADD ("distortions", test_distortions);
  ADD ("disorder", test_disorder);
  ADD ("scenes", test_scenes);
  ADD ("repetition", test_repetition);
  ADD ("slow-bank", test_slow_bank);
  ADD ("other-level", test_other_level);
  ADD ("restart", test_restart);
  ADD ("damaged-state", test_damaged_state);
  return g_test_run ();
}
