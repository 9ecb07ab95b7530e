/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Acceptance path 1 (features §26): a natural person becomes a client, with a correction on the
 * way. */

#include "kab-events.h"
#include "onboarding-fixture.h"

typedef struct
{
  KabOnboarding *onboarding;
  char *application; /* (owned) */
  char *pdf;         /* (owned): path of a document */
  char *electronic;  /* (owned): path of a document */
} Path;

static KabTestAnswer *
get (Path *self, const char *path)
{
  KabTestAnswer *answer = kab_onboarding_get (self->onboarding, self->onboarding->token, path);

  kab_test_answer_expect (answer, 200, NULL);
  return answer;
}

static KabTestAnswer *
get_application (Path *self)
{
  g_autofree char *path = g_strconcat ("/v1/applications/", self->application, NULL);

  return get (self, path);
}

static KabTestAnswer *
get_case (Path *self)
{
  g_autofree char *path = g_strconcat ("/v1/staff/cases/", self->application, NULL);
  KabTestAnswer *answer = kab_onboarding_get (self->onboarding, self->onboarding->staff, path);

  kab_test_answer_expect (answer, 200, NULL);
  return answer;
}

static void
expect_state (Path *self, const char *state)
{
  g_autoptr (KabTestAnswer) answer = get_application (self);

  g_assert_cmpstr (kab_test_answer_text (answer, "state"), ==, state);
}

static void
expect_stage (Path *self, const char *stage, const char *state)
{
  kab_onboarding_expect_stage (self->onboarding, self->application, stage, state);
}

static KabTestAnswer *
post (Path *self,
      const char *token,
      const char *path,
      const char *leaf,
      gint64 version,
      const char *body)
{
  g_autofree char *whole = g_strconcat (path, "/", leaf, NULL);
  KabTestAnswer *answer = kab_onboarding_post (self->onboarding, token, whole, version, body);

  kab_test_answer_expect (answer, 200, NULL);
  return answer;
}

static const char *
id_of (const char *path)
{
  return path + strlen ("/v1/documents/");
}

static KabTestAnswer *
staff_step (Path *self, const char *document, const char *leaf, gint64 version, const char *body)
{
  g_autofree char *path = g_strconcat ("/v1/staff/documents/", id_of (document), NULL);

  return post (self, self->onboarding->staff, path, leaf, version, body);
}

/* The form, saved wrong first, then right. */
static void
fill_in_form (Path *self)
{
  KabOnboarding *onboarding = self->onboarding;
  g_autofree char *answers = g_strdup_printf (ONBOARDING_ANSWERS, "\"N1\"", "");
  g_autofree char *right = g_strdup_printf ("{\"answers\":%s}", answers);
  g_autoptr (KabTestAnswer) draft = kab_onboarding_post (
      onboarding, onboarding->token, "/v1/applications", 0,
      "{\"form\":\"application-natural\",\"answers\":{\"full_name\":\"Anna1\"}}");
  g_autoptr (KabTestAnswer) refused = NULL;
  g_autoptr (KabTestAnswer) saved = NULL;
  g_autoptr (KabTestAnswer) sent = NULL;
  g_autofree char *path = NULL;
  g_autofree char *submission = NULL;

  kab_test_answer_expect (draft, 201, NULL);
  self->application = g_strdup (kab_test_answer_text (draft, "id"));
  g_assert_cmpstr (kab_test_answer_text (draft, "state"), ==, "draft");
  path = g_strconcat ("/v1/applications/", self->application, NULL);
  submission = g_strconcat (path, "/submission", NULL);
  refused = kab_onboarding_post (onboarding, onboarding->token, submission, 1, NULL);
  kab_test_answer_expect (refused, 422, "form-invalid");
  g_assert_cmpstr (kab_test_answer_field (refused, "/full_name"), ==, "name-letters");
  g_assert_cmpstr (kab_test_answer_field (refused, "/birth_date"), ==, "required");
  saved = kab_onboarding_put (onboarding, path, 1, right);
  kab_test_answer_expect (saved, 200, NULL);
  sent = kab_onboarding_post (onboarding, onboarding->token, submission, 2, NULL);
  kab_test_answer_expect (sent, 200, NULL);
  g_assert_cmpstr (kab_test_answer_text (sent, "state"), ==, "submitted");
  g_assert_cmpstr (kab_test_answer_text (sent, "services.0"), ==, "N1");
}

static void
identify (Path *self)
{
  g_autofree char *person = NULL;
  g_autoptr (KabTestAnswer) profile = get (self, "/v1/profile");
  g_autoptr (KabTestAnswer) before = get (self, "/v1/documents");
  g_autoptr (KabTestAnswer) after = NULL;

  g_assert_cmpstr (kab_test_answer_text (profile, "name"), ==, "Anna Bērziņa");
  expect_stage (self, "initial-information", "done");
  expect_stage (self, "photo-identification", "needs-you");
  expect_stage (self, "documents", "upcoming");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (before->json, "items")),
                    ==, 0);
  person = kab_onboarding_begin_photo (self->onboarding, self->application);
  expect_stage (self, "photo-identification", "current");
  expect_state (self, "in-progress");
  kab_onboarding_review (self->onboarding, person, KAB_OUTCOME_PASSED);
  expect_stage (self, "photo-identification", "done");
  expect_stage (self, "documents", "needs-you");
  expect_state (self, "waiting-for-client");
  after = get (self, "/v1/documents");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (after->json, "items")), ==,
                    2);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *member = g_strdup_printf ("items.%u.", i);
      g_autofree char *id = g_strconcat (member, "id", NULL);
      g_autofree char *kind = g_strconcat (member, "kind", NULL);
      g_autofree char *revision = g_strconcat (member, "revision", NULL);
      g_autofree char *filled = g_strconcat (member, "filled", NULL);
      char *path = g_strconcat ("/v1/documents/", kab_test_answer_text (after, id), NULL);

      g_assert_cmpint (kab_test_answer_int (after, revision), ==, 0);
      g_assert_false (kab_test_answer_int (after, filled));
      if (g_str_equal (kab_test_answer_text (after, kind), "pdf-questionnaire"))
        self->pdf = path;
      else
        self->electronic = path;
    }
}

static void
fill_in_pdf (Path *self)
{
  KabOnboarding *onboarding = self->onboarding;
  g_autofree char *file = kab_onboarding_add_file (onboarding, onboarding->client, "anketa.pdf",
                                                   "application/pdf", TRUE);
  g_autofree char *body = g_strdup_printf ("{\"files\":[\"%s\"]}", file);
  g_autofree char *template = g_strconcat (self->pdf, "/template?language=lv", NULL);
  g_autofree char *submission = g_strconcat (self->pdf, "/submission", NULL);
  g_autoptr (KabTestAnswer) blank = kab_onboarding_get (onboarding, onboarding->token, template);
  g_autoptr (KabTestAnswer) early =
      kab_onboarding_post (onboarding, onboarding->token, submission, 1, NULL);
  g_autoptr (KabTestAnswer) saved = NULL;
  g_autoptr (KabTestAnswer) sent = NULL;

  kab_test_answer_expect (blank, 200, NULL);
  g_assert_true (g_str_has_prefix (blank->body, "%PDF-"));
  kab_test_answer_expect (early, 422, "form-invalid");
  g_assert_cmpstr (kab_test_answer_field (early, "/files"), ==, "pdf-required");
  saved = kab_onboarding_put (onboarding, self->pdf, 1, body);
  kab_test_answer_expect (saved, 200, NULL);
  g_assert_cmpstr (kab_test_answer_text (saved, "state"), ==, "new");
  g_assert_cmpint (kab_test_answer_int (saved, "revision"), ==, 1);
  g_assert_true (kab_test_answer_int (saved, "filled"));
  g_assert_cmpstr (kab_test_answer_text (saved, "files.0.name"), ==, "anketa.pdf");
  sent = post (self, onboarding->token, self->pdf, "submission", 2, NULL);
  g_assert_cmpstr (kab_test_answer_text (sent, "state"), ==, "processing");
  g_assert_cmpint (kab_test_answer_int (sent, "versions.0.revision"), ==, 1);
  g_assert_cmpstr (kab_test_answer_text (sent, "versions.0.files.0.id"), ==, file);
}

static void
fill_in_electronic (Path *self)
{
  KabOnboarding *onboarding = self->onboarding;
  g_autoptr (KabTestAnswer) partial = kab_onboarding_put (
      onboarding, self->electronic, 1, "{\"answers\":{\"full_name\":\"Anna Bērziņa\"}}");
  g_autofree char *submission = g_strconcat (self->electronic, "/submission", NULL);
  g_autoptr (KabTestAnswer) early = NULL;
  g_autoptr (KabTestAnswer) saved = NULL;
  g_autoptr (KabTestAnswer) sent = NULL;

  kab_test_answer_expect (partial, 200, NULL);
  early = kab_onboarding_post (onboarding, onboarding->token, submission, 2, NULL);
  kab_test_answer_expect (early, 422, "form-invalid");
  g_assert_cmpstr (kab_test_answer_field (early, "/residences"), ==, "required");
  saved = kab_onboarding_put (onboarding, self->electronic, 2,
                              "{\"answers\":" ONBOARDING_TAX_ANSWERS "}");
  kab_test_answer_expect (saved, 200, NULL);
  sent = post (self, onboarding->token, self->electronic, "submission", 3, NULL);
  g_assert_cmpstr (kab_test_answer_text (sent, "versions.0.answers.address"), ==,
                   "Brīvības iela 1, Rīga");
  expect_stage (self, "documents", "waiting-for-bank");
  expect_state (self, "in-progress");
}

/* The bank asks for a correction of one field; the client corrects and sends again. */
static void
correct (Path *self)
{
  KabOnboarding *onboarding = self->onboarding;
  g_autoptr (KabTestAnswer) asked = staff_step (
      self, self->electronic, "information-request", 4,
      "{\"comments\":[{\"field\":\"/address\",\"text\":\"Lūdzu, norādiet pasta indeksu\"}]}");
  g_autoptr (KabTestAnswer) seen = get (self, self->electronic);
  g_autoptr (KabTestAnswer) saved = NULL;
  g_autoptr (KabTestAnswer) hidden = NULL;
  g_autoptr (KabTestAnswer) sent = NULL;

  g_assert_cmpstr (kab_test_answer_text (asked, "state"), ==, "information-needed");
  g_assert_cmpstr (kab_test_answer_text (seen, "comments.0.field"), ==, "/address");
  g_assert_cmpstr (kab_test_answer_text (seen, "comments.0.fieldLabel.lv"), ==,
                   "Dzīvesvietas adrese");
  g_assert_cmpint (kab_test_answer_int (seen, "commentCount"), ==, 1);
  g_assert_cmpuint (
      kab_test_bank_n_notices (onboarding->bank, "correction-needed", ONBOARDING_EMAIL), ==, 1);
  expect_state (self, "waiting-for-client");
  saved = kab_onboarding_put (onboarding, self->electronic, 5,
                              "{\"answers\":" ONBOARDING_TAX_ANSWERS "}");
  g_assert_cmpstr (kab_test_answer_text (saved, "state"), ==, "draft");
  g_assert_cmpint (kab_test_answer_int (saved, "revision"), ==, 2);
  hidden = get_case (self);
  g_assert_null (strstr (hidden->body, "\"state\":\"new\""));
  sent = post (self, onboarding->token, self->electronic, "submission", 6, NULL);
  g_assert_cmpint (kab_test_answer_int (sent, "revision"), ==, 2);
  g_assert_cmpint (kab_test_answer_int (sent, "commentCount"), ==, 0);
  g_assert_cmpstr (kab_test_answer_text (sent, "versions.1.state"), ==, "information-needed");
}

static void
decide (Path *self)
{
  KabOnboarding *onboarding = self->onboarding;
  g_autofree char *path = g_strconcat ("/v1/staff/cases/", self->application, NULL);
  g_autofree char *decisions = g_strconcat (path, "/decisions", NULL);
  const char *body = "{\"service\":\"N1\",\"outcome\":\"positive\"}";
  g_autoptr (KabTestAnswer) early =
      kab_onboarding_post (onboarding, onboarding->staff, decisions, 0, body);
  g_autoptr (KabTestAnswer) first = staff_step (self, self->pdf, "acceptance", 3, "{}");
  g_autoptr (KabTestAnswer) second = staff_step (self, self->electronic, "acceptance", 7, "{}");
  g_autoptr (KabTestAnswer) ready = get_case (self);
  g_autoptr (KabTestAnswer) decided = NULL;
  g_autoptr (KabTestAnswer) again = NULL;
  g_autoptr (KabTestAnswer) seen = NULL;

  kab_test_answer_expect (early, 409, "decision-too-early");
  g_assert_cmpstr (kab_test_answer_text (second, "state"), ==, "ready-for-signing");
  g_assert_true (kab_test_answer_int (ready, "canDecide"));
  decided = post (self, onboarding->staff, path, "decisions", 0, body);
  g_assert_false (kab_test_answer_int (decided, "canDecide"));
  again = kab_onboarding_post (onboarding, onboarding->staff, decisions, 0, body);
  kab_test_answer_expect (again, 409, "conflict");
  seen = get_application (self);
  g_assert_cmpstr (kab_test_answer_text (seen, "state"), ==, "decided");
  g_assert_cmpstr (kab_test_answer_text (seen, "decisions.0.outcome"), ==, "positive");
  expect_stage (self, "decision", "done");
  g_assert_cmpuint (
      kab_test_bank_n_notices (onboarding->bank, "decision-positive", ONBOARDING_EMAIL), ==, 1);
  g_assert_cmpuint (
      kab_test_bank_n_notices (onboarding->bank, "decision-positive", ONBOARDING_PHONE), ==, 0);
}

/* Everything that was done, in its order, without any content. */
static void
check_history (Path *self)
{
  static const char *const actions[] = {
    "application-created",    "application-saved",     "application-submitted",
    "identification-started", "identification-passed", "document-requested",
    "document-requested",     "document-saved",        "document-submitted",
    "document-saved",         "document-submitted",    "document-information-requested",
    "document-saved",         "document-submitted",    "document-accepted",
    "document-accepted",      "decision-made"
  };
  g_autofree char *path =
      g_strdup_printf ("/v1/applications/%s/history?limit=10", self->application);
  g_autoptr (KabTestAnswer) page = get (self, path);
  g_autofree char *more = g_strconcat (path, "&cursor=", kab_test_answer_text (page, "next"), NULL);
  g_autoptr (KabTestAnswer) rest = get (self, more);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *member = g_strdup_printf ("items.%u.action", i % 10);

      g_assert_cmpstr (kab_test_answer_text (i < 10 ? page : rest, member), ==, actions[i]);
    }
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (rest->json, "items")), ==,
                    G_N_ELEMENTS (actions) - 10);
  g_assert_false (json_object_has_member (rest->json, "next"));
  g_assert_null (strstr (page->body, "Anna"));
  g_assert_null (strstr (rest->body, "indeksu"));
}

static void
test_new_client (void)
{
  Path self = { .onboarding = kab_onboarding_new () };

  fill_in_form (&self);
  identify (&self);
  fill_in_pdf (&self);
  fill_in_electronic (&self);
  correct (&self);
  decide (&self);
  check_history (&self);
  g_assert_cmpuint (
      kab_onboarding_n_events (self.onboarding, self.onboarding->client, "application-changed"), >=,
      8);
  g_assert_cmpuint (kab_onboarding_n_events (self.onboarding, KAB_AUDIENCE_STAFF, "case-changed"),
                    >=, 8);
  kab_onboarding_free (self.onboarding);
  g_free (self.application);
  g_free (self.pdf);
  g_free (self.electronic);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  kab_onboarding_add_test ("/server/onboarding/new-client", test_new_client);
  return g_test_run ();
}
