/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client does with documents: save, submit, approve (DOC-5, DOC-6, A17). */

#include "kab-documents.h"

#include "kab-answers.h"
#include "kab-application.h"
#include "kab-case.h"
#include "kab-document-files.h"
#include "kab-document-step.h"
#include "kab-domain-json.h"
#include "kab-json.h"
#include "kab-problem.h"

static KabFormEvaluation *
evaluate (KabTransaction *tx,
          KabBankData *bank,
          const KabDocument *document,
          JsonObject *answers,
          GError **error)
{
  g_autoptr (KabApplication) application =
      kab_application_load (tx, document->application, NULL, error);

  if (application == NULL)
    return NULL;
  return kab_answers_evaluate (tx, bank, document->form, document->user, application->services,
                               answers, error);
}

/* The revision that the working copy of a document will become. */
static gint64
next_revision (const KabDocumentStep *step)
{
  if (step->from == KAB_DOCUMENT_INFORMATION_NEEDED)
    return step->document->revision + 1;
  return MAX (step->document->revision, 1);
}

static gboolean
set_answers (KabDocumentStep *step,
             KabTransaction *tx,
             KabBankData *bank,
             JsonObject *answers,
             GError **error)
{
  g_autoptr (KabFormEvaluation) evaluation = NULL;

  if (!kab_document_is_electronic (step->document))
    return kab_problem_set_field (error, KAB_PROBLEM_VALIDATION_FAILED, "/answers",
                                  kab_json_error_code (KAB_JSON_ERROR_UNEXPECTED));
  evaluation = evaluate (tx, bank, step->document, answers, error);
  if (evaluation == NULL || !kab_answers_check_storable (evaluation, error))
    return FALSE;
  g_free (step->document->answers);
  step->document->answers = kab_domain_json_write (answers);
  return TRUE;
}

static gboolean
set_filled (KabDocumentStep *step, KabTransaction *tx, GError **error)
{
  g_autoptr (JsonObject) answers = kab_domain_json_read (step->document->answers);
  gint64 n_files, n_pdf;

  if (!kab_document_files_count (tx, step->document->id, &n_files, &n_pdf, error))
    return FALSE;
  step->document->filled = n_files > 0 || json_object_get_size (answers) > 0;
  return TRUE;
}

/**
 * kab_documents_save:
 * @version: the version that was seen (If-Match)
 * @answers: (nullable): of an electronic questionnaire; wrong ones are kept
 * @files: (nullable): ids; %NULL leaves those that it has
 *
 * Keeps what was filled in without sending it (DOC-5).
 *
 * Returns: %FALSE with what kab_document_step_begin() says, or %KAB_PROBLEM_VALIDATION_FAILED
 */
gboolean
kab_documents_save (KabTransaction *tx,
                    KabBankData *bank,
                    const KabCaller *caller,
                    const char *id,
                    gint64 version,
                    JsonObject *answers,
                    const char *const *files,
                    GError **error)
{
  g_autoptr (KabDocumentStep) step =
      kab_document_step_begin (tx, caller, id, version, KAB_DOCUMENT_SAVE, error);

  if (step == NULL || (answers != NULL && !set_answers (step, tx, bank, answers, error)) ||
      (files != NULL && !kab_document_files_set (tx, id, caller->id, files, error)) ||
      !set_filled (step, tx, error))
    return FALSE;
  step->document->revision = next_revision (step);
  return kab_document_step_finish (step, tx, bank, error);
}

/* What the form's definition asks for is asked for here too; a PDF is read by people. */
static gboolean
check_complete (KabDocumentStep *step, KabTransaction *tx, KabBankData *bank, GError **error)
{
  g_autoptr (JsonObject) answers = kab_domain_json_read (step->document->answers);
  g_autoptr (KabFormEvaluation) evaluation = NULL;
  gint64 n_files, n_pdf;

  if (!kab_document_is_electronic (step->document))
    return kab_document_files_count (tx, step->document->id, &n_files, &n_pdf, error) &&
           (n_pdf > 0 ||
            kab_problem_set_field (error, KAB_PROBLEM_FORM_INVALID, "/files", "pdf-required"));
  evaluation = evaluate (tx, bank, step->document, answers, error);
  if (evaluation == NULL || !kab_answers_check_complete (evaluation, error))
    return FALSE;
  g_free (step->document->answers);
  step->document->answers = kab_domain_json_write (kab_form_evaluation_get_answers (evaluation));
  return TRUE;
}

/**
 * kab_documents_submit:
 *
 * Sends what was saved to the bank (DOC-6), as a version of its own.
 *
 * Returns: %FALSE with what kab_document_step_begin() says, or %KAB_PROBLEM_FORM_INVALID
 */
gboolean
kab_documents_submit (KabTransaction *tx,
                      KabBankData *bank,
                      const KabCaller *caller,
                      const char *id,
                      gint64 version,
                      GError **error)
{
  g_autoptr (KabDocumentStep) step =
      kab_document_step_begin (tx, caller, id, version, KAB_DOCUMENT_SUBMIT, error);

  if (step == NULL || !check_complete (step, tx, bank, error))
    return FALSE;
  step->document->revision = next_revision (step);
  step->document->filled = TRUE;
  step->document->open_comments = 0;
  return kab_document_step_add_version (step, tx, "client", error) &&
         kab_document_step_finish (step, tx, bank, error);
}

/**
 * kab_documents_approve:
 *
 * Approves the final package (A17), where the bank lets it be signed.
 */
gboolean
kab_documents_approve (KabTransaction *tx,
                       KabBankData *bank,
                       const KabCaller *caller,
                       const char *id,
                       gint64 version,
                       GError **error)
{
  g_autoptr (KabDocumentStep) step =
      kab_document_step_begin (tx, caller, id, version, KAB_DOCUMENT_APPROVE, error);

  if (step == NULL)
    return FALSE;
  if (!kab_case_offers_signing (bank))
    return kab_document_step_refuse (step, "signing-not-offered", error);
  return kab_document_step_finish (step, tx, bank, error);
}
