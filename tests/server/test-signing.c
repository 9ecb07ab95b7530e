/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A bank that has its final packages approved and signed (§11.1, SGN-2, SGN-3, STF-7). */

#include "onboarding-fixture.h"

typedef struct
{
  KabOnboarding *onboarding;
  char *application;
  char *documents[2];
} Package;

/* Takes the step of the document's present version, as the client or as an employee. */
static KabTestAnswer *
take (Package *package, guint i, const char *step, const char *body)
{
  KabOnboarding *onboarding = package->onboarding;
  gboolean is_client = g_str_equal (step, "approval");
  g_autofree char *path = g_strconcat ("/v1/documents/", package->documents[i], NULL);
  g_autofree char *whole = g_strdup_printf ("/v1/%sdocuments/%s/%s", is_client ? "" : "staff/",
                                            package->documents[i], step);
  g_autoptr (KabTestAnswer) seen = kab_onboarding_get (onboarding, onboarding->token, path);

  return kab_onboarding_post (onboarding, is_client ? onboarding->token : onboarding->staff, whole,
                              kab_test_answer_int (seen, "version"), body);
}

static void
expect_state (Package *package, guint i, const char *step, const char *body, const char *state)
{
  g_autoptr (KabTestAnswer) answer = take (package, i, step, body);

  kab_test_answer_expect (answer, 200, NULL);
  g_assert_cmpstr (kab_test_answer_text (answer, "state"), ==, state);
}

static KabTestAnswer *
decide (Package *package)
{
  g_autofree char *path = g_strdup_printf ("/v1/staff/cases/%s/decisions", package->application);

  return kab_onboarding_post (package->onboarding, package->onboarding->staff, path, 0,
                              "{\"service\":\"N1\",\"outcome\":\"positive\"}");
}

static char *
upload (Package *package)
{
  g_autofree char *user =
      kab_test_bank_find_user (package->onboarding->bank, ONBOARDING_CLERK_EMAIL);
  g_autofree char *file =
      kab_onboarding_add_file (package->onboarding, user, "a.pdf", "application/pdf", TRUE);

  return g_strdup_printf ("{\"files\":[\"%s\"]}", file);
}

static void
begin (Package *package)
{
  g_autoptr (KabTestAnswer) list = NULL;

  package->onboarding = kab_onboarding_new ();
  json_object_set_boolean_member (
      kab_bank_data_get_information (package->onboarding->bank->context->bank), "signing_offered",
      TRUE);
  package->application = kab_onboarding_open_documents (package->onboarding, "\"N1\"");
  kab_onboarding_finish_documents (package->onboarding, package->application);
  list = kab_onboarding_get (package->onboarding, package->onboarding->token, "/v1/documents");
  for (guint i = 0; i < G_N_ELEMENTS (package->documents); i++)
    {
      g_autofree char *member = g_strdup_printf ("items.%u.id", i);

      package->documents[i] = g_strdup (kab_test_answer_text (list, member));
    }
}

static void
package_clear (Package *package)
{
  kab_onboarding_free (package->onboarding);
  g_free (package->application);
  for (guint i = 0; i < G_N_ELEMENTS (package->documents); i++)
    g_free (package->documents[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Package, package_clear)

/* Approved, replaced, approved again, signed; only then there is a decision. */
static void
test_to_the_decision (void)
{
  g_auto (Package) package = { 0 };
  g_autofree char *body = NULL;
  g_autofree char *container = NULL;
  g_autofree char *path = NULL;
  g_autoptr (KabTestAnswer) early = NULL;
  g_autoptr (KabTestAnswer) signed_document = NULL;
  g_autoptr (KabTestAnswer) decided = NULL;

  begin (&package);
  body = upload (&package);
  container = upload (&package);
  expect_state (&package, 0, "approval", NULL, "signing");
  expect_state (&package, 0, "package", body, "ready-for-signing");
  expect_state (&package, 0, "approval", NULL, "signing");
  expect_state (&package, 1, "approval", NULL, "signing");
  expect_state (&package, 0, "signature", container, "signed");
  early = decide (&package);
  kab_test_answer_expect (early, 409, "decision-too-early");
  expect_state (&package, 1, "signature", "{}", "signed");
  path = g_strconcat ("/v1/documents/", package.documents[0], NULL);
  signed_document = kab_onboarding_get (package.onboarding, package.onboarding->token, path);
  g_assert_cmpint (kab_test_answer_int (signed_document, "revision"), ==, 3);
  g_assert_cmpstr (kab_test_answer_text (signed_document, "versions.0.by"), ==, "bank");
  g_assert_cmpstr (kab_test_answer_text (signed_document, "versions.0.state"), ==, "signed");
  decided = decide (&package);
  kab_test_answer_expect (decided, 200, NULL);
}

/* Another package that is none, and what comes too early or too late. */
static void
test_refused (void)
{
  g_auto (Package) package = { 0 };
  g_autoptr (KabTestAnswer) empty = NULL;
  g_autoptr (KabTestAnswer) early = NULL;
  g_autoptr (KabTestAnswer) late = NULL;
  g_autofree char *body = NULL;

  begin (&package);
  body = upload (&package);
  empty = take (&package, 0, "package", "{\"files\":[]}");
  kab_test_answer_expect (empty, 422, "validation-failed");
  g_assert_cmpstr (kab_test_answer_field (empty, "/files"), ==, "required");
  early = take (&package, 0, "signature", "{}");
  kab_test_answer_expect (early, 409, "document-action-refused");
  expect_state (&package, 0, "approval", NULL, "signing");
  expect_state (&package, 0, "signature", "{}", "signed");
  late = take (&package, 0, "package", body);
  kab_test_answer_expect (late, 409, "document-action-refused");
  g_assert_cmpstr (kab_test_answer_text (late, "reason"), ==, "document-signed");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  kab_onboarding_add_test ("/server/signing/to-the-decision", test_to_the_decision);
  kab_onboarding_add_test ("/server/signing/refused", test_refused);
  return g_test_run ();
}
