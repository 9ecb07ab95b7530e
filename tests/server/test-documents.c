/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Documents over HTTP: every state, actor and action; files; lists; races. */

#include <string.h>

#include "kab-document-workflow.h"
#include "onboarding-fixture.h"

static const struct
{
  KabDocumentActor actor;
  KabDocumentAction action;
} steps[] = {
  { KAB_DOCUMENT_BY_CLIENT, KAB_DOCUMENT_SAVE },
  { KAB_DOCUMENT_BY_CLIENT, KAB_DOCUMENT_SUBMIT },
  { KAB_DOCUMENT_BY_CLIENT, KAB_DOCUMENT_APPROVE },
  { KAB_DOCUMENT_BY_EMPLOYEE, KAB_DOCUMENT_REQUEST_INFORMATION },
  { KAB_DOCUMENT_BY_EMPLOYEE, KAB_DOCUMENT_SEND_PACKAGE },
  { KAB_DOCUMENT_BY_EMPLOYEE, KAB_DOCUMENT_REPLACE_PACKAGE },
  { KAB_DOCUMENT_BY_EMPLOYEE, KAB_DOCUMENT_VERIFY_SIGNATURE },
};

typedef struct
{
  KabOnboarding *onboarding;
  const char *document;
  const char *state;
  gint64 version;
} Force;

/* Puts a document into a state, past all rules. */
static gboolean
force_state (KabTransaction *tx, gpointer data, GError **error)
{
  Force *force = data;

  return kab_tx_query_int (tx, &force->version, error,
                           "UPDATE documents SET state = ?, revision = revision + 10,"
                           " version = version + 1 WHERE id = ? RETURNING version",
                           KAB_TEXT (force->state), KAB_TEXT (force->document));
}

static KabTestAnswer *
take_step (KabOnboarding *onboarding,
           const char *document,
           guint step,
           gint64 version,
           const char *file)
{
  g_autofree char *path = g_strconcat ("/v1/documents/", document, NULL);
  g_autofree char *staff_path = g_strconcat ("/v1/staff/documents/", document, NULL);
  g_autofree char *content = g_strdup_printf ("{\"files\":[\"%s\"]}", file);
  g_autofree char *submission = g_strconcat (path, "/submission", NULL);
  g_autofree char *approval = g_strconcat (path, "/approval", NULL);
  g_autofree char *request = g_strconcat (staff_path, "/information-request", NULL);
  g_autofree char *acceptance = g_strconcat (staff_path, "/acceptance", NULL);
  g_autofree char *package = g_strconcat (staff_path, "/package", NULL);
  g_autofree char *signature = g_strconcat (staff_path, "/signature", NULL);

  switch (steps[step].action)
    {
    case KAB_DOCUMENT_SAVE:
      return kab_onboarding_put (onboarding, path, version, content);
    case KAB_DOCUMENT_SUBMIT:
      return kab_onboarding_post (onboarding, onboarding->token, submission, version, NULL);
    case KAB_DOCUMENT_APPROVE:
      return kab_onboarding_post (onboarding, onboarding->token, approval, version, NULL);
    case KAB_DOCUMENT_REQUEST_INFORMATION:
      return kab_onboarding_post (onboarding, onboarding->staff, request, version,
                                  "{\"comments\":[{\"text\":\"Vēlreiz\"}]}");
    case KAB_DOCUMENT_REPLACE_PACKAGE:
      return kab_onboarding_post (onboarding, onboarding->staff, package, version, content);
    case KAB_DOCUMENT_VERIFY_SIGNATURE:
      return kab_onboarding_post (onboarding, onboarding->staff, signature, version, "{}");
    default:
      return kab_onboarding_post (onboarding, onboarding->staff, acceptance, version, "{}");
    }
}

/* Returns: (transfer full): ids of the PDF document and of the electronic one */
static void
find_documents (KabOnboarding *onboarding, char **pdf, char **electronic)
{
  g_autoptr (KabTestAnswer) list =
      kab_onboarding_get (onboarding, onboarding->token, "/v1/documents");
  gboolean first_is_pdf =
      g_str_equal (kab_test_answer_text (list, "items.0.kind"), "pdf-questionnaire");

  *pdf = g_strdup (kab_test_answer_text (list, first_is_pdf ? "items.0.id" : "items.1.id"));
  *electronic = g_strdup (kab_test_answer_text (list, first_is_pdf ? "items.1.id" : "items.0.id"));
}

static void
check_step (KabOnboarding *onboarding,
            const char *document,
            KabDocumentState state,
            guint step,
            const char *file)
{
  Force force = { onboarding, document, kab_document_state_name (state), 0 };
  KabDocumentState expected = state;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (KabTestAnswer) answer = NULL;
  g_autoptr (KabTestAnswer) after = NULL;
  g_autofree char *path = g_strconcat ("/v1/documents/", document, NULL);
  gboolean allowed = kab_document_workflow_apply (state, steps[step].actor, steps[step].action,
                                                  &expected, &reason);

  kab_store_write (onboarding->bank->store, force_state, &force, &error);
  g_assert_no_error (error);
  answer = take_step (onboarding, document, step, force.version, file);
  kab_test_answer_expect (answer, allowed ? 200 : 409, allowed ? NULL : "document-action-refused");
  if (!allowed)
    {
      g_assert_cmpstr (kab_test_answer_text (answer, "reason"), ==,
                       kab_document_error_code (reason->code));
      g_assert_cmpstr (kab_test_answer_text (answer, "state"), ==, kab_document_state_name (state));
    }
  after = kab_onboarding_get (onboarding, onboarding->token, path);
  g_assert_cmpstr (kab_test_answer_text (after, "state"), ==, kab_document_state_name (expected));
  g_assert_cmpint (kab_test_answer_int (after, "version"), ==, force.version + allowed);
}

/* §11.1, every cell that has an address. */
static void
test_workflow (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_open_documents (onboarding, "\"N1\"");
  g_autofree char *file =
      kab_onboarding_add_file (onboarding, onboarding->client, "a.pdf", "application/pdf", TRUE);
  g_autofree char *body = g_strdup_printf ("{\"files\":[\"%s\"]}", file);
  g_autofree char *pdf = NULL;
  g_autofree char *electronic = NULL;
  g_autofree char *path = NULL;
  g_autoptr (KabTestAnswer) saved = NULL;

  json_object_set_boolean_member (kab_bank_data_get_information (onboarding->bank->context->bank),
                                  "signing_offered", TRUE);
  find_documents (onboarding, &pdf, &electronic);
  path = g_strconcat ("/v1/documents/", pdf, NULL);
  saved = kab_onboarding_put (onboarding, path, 1, body);
  kab_test_answer_expect (saved, 200, NULL);
  for (guint state = KAB_DOCUMENT_NEW; state < KAB_N_DOCUMENT_STATES; state++)
    for (guint step = 0; step < G_N_ELEMENTS (steps); step++)
      check_step (onboarding, pdf, state, step, file);
}

/* Nobody takes the steps of the other side, or sees that there are any. */
static void
test_sides (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_open_documents (onboarding, "\"N1\"");
  g_autofree char *other = kab_test_bank_add_client (onboarding->bank, "b@example.com",
                                                     "+37120000002", KAB_TEST_PASSWORD);
  g_autofree char *stranger = kab_test_bank_sign_in (onboarding->bank, other);
  g_autofree char *client = g_strdup (onboarding->token);
  g_autofree char *staff = g_strdup (onboarding->staff);
  g_autofree char *pdf = NULL;
  g_autofree char *electronic = NULL;

  find_documents (onboarding, &pdf, &electronic);
  for (guint step = 0; step < G_N_ELEMENTS (steps); step++)
    {
      g_autoptr (KabTestAnswer) wrong_side = NULL;
      g_autoptr (KabTestAnswer) wrong_client = NULL;

      g_set_str (&onboarding->token, staff);
      g_set_str (&onboarding->staff, client);
      wrong_side = take_step (onboarding, pdf, step, 1, "0");
      kab_test_answer_expect (wrong_side, 403, "forbidden");
      g_set_str (&onboarding->token, stranger);
      g_set_str (&onboarding->staff, staff);
      if (steps[step].actor != KAB_DOCUMENT_BY_CLIENT)
        continue;
      wrong_client = take_step (onboarding, pdf, step, 1, "0");
      kab_test_answer_expect (wrong_client, 404, "not-found");
    }
  for (guint i = 0; i < 3; i++)
    {
      static const char *const leaves[] = { "", "/template", "/history" };
      g_autofree char *path = g_strconcat ("/v1/documents/", pdf, leaves[i], NULL);
      g_autoptr (KabTestAnswer) answer = kab_onboarding_get (onboarding, stranger, path);

      kab_test_answer_expect (answer, 404, "not-found");
    }
}

static void
test_races (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_open_documents (onboarding, "\"N1\"");
  g_autofree char *pdf = NULL;
  g_autofree char *electronic = NULL;
  g_autofree char *path = NULL;
  g_autoptr (KabTestAnswer) blind = NULL;
  g_autoptr (KabTestAnswer) first = NULL;
  g_autoptr (KabTestAnswer) second = NULL;
  g_autoptr (KabTestAnswer) seen = NULL;

  find_documents (onboarding, &pdf, &electronic);
  path = g_strconcat ("/v1/documents/", electronic, NULL);
  blind = kab_onboarding_put (onboarding, path, 0, "{}");
  kab_test_answer_expect (blind, 428, "precondition-required");
  first = kab_onboarding_put (onboarding, path, 1, "{\"answers\":{\"address\":\"Rīga\"}}");
  kab_test_answer_expect (first, 200, NULL);
  second = kab_onboarding_put (onboarding, path, 1, "{\"answers\":{\"address\":\"Liepāja\"}}");
  kab_test_answer_expect (second, 412, "version-conflict");
  seen = kab_onboarding_get (onboarding, onboarding->token, path);
  g_assert_cmpstr (kab_test_answer_text (seen, "answers.address"), ==, "Rīga");
}

static void
test_files (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_open_documents (onboarding, "\"N1\"");
  g_autofree char *other = kab_test_bank_add_client (onboarding->bank, "b@example.com",
                                                     "+37120000002", KAB_TEST_PASSWORD);
  g_autofree char *foreign =
      kab_onboarding_add_file (onboarding, other, "a.pdf", "application/pdf", TRUE);
  g_autofree char *half =
      kab_onboarding_add_file (onboarding, onboarding->client, "a.pdf", "application/pdf", FALSE);
  g_autofree char *image =
      kab_onboarding_add_file (onboarding, onboarding->client, "a.png", "image/png", TRUE);
  g_autofree char *pdf = NULL;
  g_autofree char *electronic = NULL;
  g_autofree char *path = NULL;
  g_autofree char *submission = NULL;
  g_autoptr (GString) many = g_string_new ("{\"files\":[");
  g_autofree char *bodies[] = {
    g_strdup_printf ("{\"files\":[\"%s\"]}", foreign),
    g_strdup_printf ("{\"files\":[\"%s\",\"%s\"]}", image, half),
    g_strdup_printf ("{\"files\":[\"%s\",\"%s\"]}", image, image),
    g_strdup ("{\"files\":[7]}"),
    g_strdup ("{\"answers\":{}}"),
  };
  static const char *const expected[][2] = {
    { "/files/0", "file-unknown" },      { "/files/1", "file-unfinished" },
    { "/files/1", "duplicate" },         { "/files/0", "member-type" },
    { "/answers", "member-unexpected" },
  };
  g_autoptr (KabTestAnswer) too_many = NULL;
  g_autoptr (KabTestAnswer) saved = NULL;
  g_autoptr (KabTestAnswer) no_pdf = NULL;

  find_documents (onboarding, &pdf, &electronic);
  path = g_strconcat ("/v1/documents/", pdf, NULL);
  submission = g_strconcat (path, "/submission", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (KabTestAnswer) answer = kab_onboarding_put (onboarding, path, 1, bodies[i]);

      kab_test_answer_expect (answer, 422, "validation-failed");
      g_assert_cmpstr (kab_test_answer_field (answer, expected[i][0]), ==, expected[i][1]);
      g_free (bodies[i]);
      bodies[i] = NULL;
    }
  for (guint i = 0; i < 11; i++)
    {
      g_autofree char *file =
          kab_onboarding_add_file (onboarding, onboarding->client, "a.png", "image/png", TRUE);

      g_string_append_printf (many, "%s\"%s\"", i > 0 ? "," : "", file);
    }
  g_string_append (many, "]}");
  too_many = kab_onboarding_put (onboarding, path, 1, many->str);
  kab_test_answer_expect (too_many, 422, "validation-failed");
  bodies[0] = g_strdup_printf ("{\"files\":[\"%s\"]}", image);
  saved = kab_onboarding_put (onboarding, path, 1, bodies[0]);
  kab_test_answer_expect (saved, 200, NULL);
  no_pdf = kab_onboarding_post (onboarding, onboarding->token, submission, 2, NULL);
  kab_test_answer_expect (no_pdf, 422, "form-invalid");
}

static guint
count_found (KabOnboarding *onboarding, const char *query)
{
  g_autofree char *path = g_strconcat ("/v1/documents?", query, NULL);
  g_autoptr (KabTestAnswer) list = kab_onboarding_get (onboarding, onboarding->token, path);

  kab_test_answer_expect (list, 200, NULL);
  return json_array_get_length (json_object_get_array_member (list->json, "items"));
}

static void
test_list (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_open_documents (onboarding, "\"N1\"");
  g_autofree char *of_it = g_strconcat ("application=", application, NULL);
  g_autoptr (KabTestAnswer) page =
      kab_onboarding_get (onboarding, onboarding->token, "/v1/documents?limit=1");
  g_autofree char *more =
      g_strconcat ("/v1/documents?limit=1&cursor=", kab_test_answer_text (page, "next"), NULL);
  g_autoptr (KabTestAnswer) rest = kab_onboarding_get (onboarding, onboarding->token, more);
  g_autoptr (KabTestAnswer) wrong =
      kab_onboarding_get (onboarding, onboarding->token, "/v1/documents?cursor=abc");
  g_autoptr (KabTestAnswer) no_state =
      kab_onboarding_get (onboarding, onboarding->token, "/v1/documents?state=lost");

  g_assert_cmpstr (kab_test_answer_text (page, "items.0.id"), !=,
                   kab_test_answer_text (rest, "items.0.id"));
  g_assert_false (json_object_has_member (rest->json, "next"));
  kab_test_answer_expect (wrong, 400, "invalid-query");
  kab_test_answer_expect (no_state, 400, "invalid-query");
  g_assert_cmpuint (count_found (onboarding, of_it), ==, 2);
  g_assert_cmpuint (count_found (onboarding, "application=other"), ==, 0);
  g_assert_cmpuint (count_found (onboarding, "state=new"), ==, 2);
  g_assert_cmpuint (count_found (onboarding, "state=signed"), ==, 0);
  g_assert_cmpuint (count_found (onboarding, "q=REZIDENCES"), ==, 1);
  g_assert_cmpuint (count_found (onboarding, "q=%D0%BD%D0%B0%D0%BB%D0%BE%D0%B3"), ==, 1);
  g_assert_cmpuint (count_found (onboarding, "q=nothing"), ==, 0);
}

/* What isn't sent is the client's own; what was sent stays visible (A19). */
static void
test_unsent (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_open_documents (onboarding, "\"N1\"");
  g_autofree char *case_path = g_strconcat ("/v1/staff/cases/", application, NULL);
  g_autofree char *pdf = NULL;
  g_autofree char *electronic = NULL;
  g_autofree char *path = NULL;
  g_autofree char *file =
      kab_onboarding_add_file (onboarding, onboarding->client, "a.pdf", "application/pdf", TRUE);
  g_autofree char *content = g_strdup_printf ("{\"files\":[\"%s\"]}", file);
  g_autofree char *pdf_path = NULL;
  g_autoptr (KabTestAnswer) saved = NULL;
  g_autoptr (KabTestAnswer) attached = NULL;
  g_autoptr (KabTestAnswer) before = NULL;
  g_autoptr (KabTestAnswer) own = NULL;

  find_documents (onboarding, &pdf, &electronic);
  path = g_strconcat ("/v1/documents/", electronic, NULL);
  saved = kab_onboarding_put (onboarding, path, 1, "{\"answers\":{\"address\":\"Slepenā iela\"}}");
  kab_test_answer_expect (saved, 200, NULL);
  pdf_path = g_strconcat ("/v1/documents/", pdf, NULL);
  attached = kab_onboarding_put (onboarding, pdf_path, 1, content);
  kab_test_answer_expect (attached, 200, NULL);
  before = kab_onboarding_get (onboarding, onboarding->staff, case_path);
  kab_test_answer_expect (before, 200, NULL);
  g_assert_null (strstr (before->body, file));
  g_assert_nonnull (strstr (before->body, electronic));
  g_assert_null (strstr (before->body, "Slepenā"));
  own = kab_onboarding_get (onboarding, onboarding->token, path);
  g_assert_nonnull (strstr (own->body, "Slepenā"));
}

/* With a package of the bank's own there is a version by the bank; comments name real fields. */
static void
test_review (void)
{
  g_autoptr (KabOnboarding) onboarding = kab_onboarding_new ();
  g_autofree char *application = kab_onboarding_open_documents (onboarding, "\"N1\"");
  g_autofree char *clerk = kab_test_bank_find_user (onboarding->bank, "clerk@bank.example");
  g_autofree char *package =
      kab_onboarding_add_file (onboarding, clerk, "pakete.pdf", "application/pdf", TRUE);
  g_autofree char *body = g_strdup_printf ("{\"files\":[\"%s\"]}", package);
  g_autofree char *pdf = NULL;
  g_autofree char *electronic = NULL;
  g_autofree char *path = NULL;
  g_autofree char *submission = NULL;
  g_autofree char *request = NULL;
  g_autofree char *acceptance = NULL;
  g_autofree char *approval = NULL;
  g_autoptr (KabTestAnswer) saved = NULL;
  g_autoptr (KabTestAnswer) sent = NULL;
  g_autoptr (KabTestAnswer) no_field = NULL;
  g_autoptr (KabTestAnswer) empty = NULL;
  g_autoptr (KabTestAnswer) accepted = NULL;
  g_autoptr (KabTestAnswer) unsigned_bank = NULL;

  find_documents (onboarding, &pdf, &electronic);
  path = g_strconcat ("/v1/documents/", electronic, NULL);
  submission = g_strconcat (path, "/submission", NULL);
  approval = g_strconcat (path, "/approval", NULL);
  request = g_strdup_printf ("/v1/staff/documents/%s/information-request", electronic);
  acceptance = g_strdup_printf ("/v1/staff/documents/%s/acceptance", electronic);
  saved = kab_onboarding_put (onboarding, path, 1, "{\"answers\":" ONBOARDING_TAX_ANSWERS "}");
  sent = kab_onboarding_post (onboarding, onboarding->token, submission, 2, NULL);
  kab_test_answer_expect (sent, 200, NULL);
  no_field = kab_onboarding_post (onboarding, onboarding->staff, request, 3,
                                  "{\"comments\":[{\"field\":\"/shoe_size\",\"text\":\"?\"}]}");
  kab_test_answer_expect (no_field, 422, "validation-failed");
  g_assert_cmpstr (kab_test_answer_field (no_field, "/comments/0/field"), ==, "not-an-option");
  empty = kab_onboarding_post (onboarding, onboarding->staff, request, 3,
                               "{\"comments\":[{\"text\":\"\"}]}");
  kab_test_answer_expect (empty, 422, "validation-failed");
  accepted = kab_onboarding_post (onboarding, onboarding->staff, acceptance, 3, body);
  kab_test_answer_expect (accepted, 200, NULL);
  g_assert_cmpint (kab_test_answer_int (accepted, "revision"), ==, 2);
  g_assert_cmpstr (kab_test_answer_text (accepted, "versions.0.by"), ==, "bank");
  g_assert_cmpstr (kab_test_answer_text (accepted, "files.0.id"), ==, package);
  unsigned_bank = kab_onboarding_post (onboarding, onboarding->token, approval, 4, NULL);
  kab_test_answer_expect (unsigned_bank, 409, "document-action-refused");
  g_assert_cmpstr (kab_test_answer_text (unsigned_bank, "reason"), ==, "signing-not-offered");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  kab_onboarding_add_test ("/server/documents/workflow", test_workflow);
  kab_onboarding_add_test ("/server/documents/sides", test_sides);
  kab_onboarding_add_test ("/server/documents/races", test_races);
  kab_onboarding_add_test ("/server/documents/files", test_files);
  kab_onboarding_add_test ("/server/documents/list", test_list);
  kab_onboarding_add_test ("/server/documents/unsent", test_unsent);
  kab_onboarding_add_test ("/server/documents/review", test_review);
  return g_test_run ();
}
