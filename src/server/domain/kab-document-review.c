/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an employee does with documents: ask for a correction, accept, replace the package, confirm
 * that it is signed (STF-3, STF-5, STF-7). */

#include "kab-document-files.h"
#include "kab-document-step.h"
#include "kab-documents.h"
#include "kab-form-evaluation.h"
#include "kab-notices.h"
#include "kab-problem.h"

static gboolean
check_field (KabFormDefinition *definition, const char *field, guint index, GError **error)
{
  g_autofree char *pointer = NULL;

  if (*field == '\0' ||
      (definition != NULL && kab_form_definition_find_field (definition, field) != NULL))
    return TRUE;
  pointer = g_strdup_printf ("/comments/%u/field", index);
  return kab_problem_set_field (error, KAB_PROBLEM_VALIDATION_FAILED, pointer,
                                KAB_FORM_CODE_NOT_AN_OPTION);
}

static gboolean
add_comments (KabDocumentStep *step,
              KabTransaction *tx,
              KabBankData *bank,
              const KabDocumentComment *comments,
              guint n_comments,
              GError **error)
{
  const KabDocument *document = step->document;
  KabFormDefinition *definition = kab_bank_data_find_form (bank, document->form);

  for (guint i = 0; i < n_comments; i++)
    if (!check_field (definition, comments[i].field, i, error) ||
        !kab_tx_exec (tx, error,
                      "INSERT INTO document_comments (document_id, revision, position, field,"
                      " comment, author_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                      KAB_TEXT (document->id), KAB_INT (document->revision), KAB_INT (i),
                      KAB_TEXT (comments[i].field), KAB_TEXT (comments[i].text),
                      KAB_TEXT (step->caller->id), KAB_INT (kab_tx_get_now (tx))))
      return FALSE;
  return TRUE;
}

/**
 * kab_documents_request_information:
 * @comments: what to correct where; at least one
 *
 * Asks the client for a correction (DOC-9).
 *
 * Returns: %FALSE with what kab_document_step_begin() says, or %KAB_PROBLEM_VALIDATION_FAILED for a
 *   field that the form doesn't have
 */
gboolean
kab_documents_request_information (KabTransaction *tx,
                                   KabBankData *bank,
                                   const KabCaller *caller,
                                   const char *id,
                                   gint64 version,
                                   const KabDocumentComment *comments,
                                   guint n_comments,
                                   GError **error)
{
  g_autoptr (KabDocumentStep) step =
      kab_document_step_begin (tx, caller, id, version, KAB_DOCUMENT_REQUEST_INFORMATION, error);

  if (step == NULL || !add_comments (step, tx, bank, comments, n_comments, error))
    return FALSE;
  step->document->open_comments = n_comments;
  return kab_document_step_finish (step, tx, bank, error) &&
         kab_notices_add (tx, KAB_NOTICE_CORRECTION_NEEDED, step->document->user, error);
}

/**
 * kab_documents_hand_over:
 * @action: %KAB_DOCUMENT_SEND_PACKAGE accepts what the client has sent and sends the final package
 *   for approval; %KAB_DOCUMENT_REPLACE_PACKAGE sends another one for repeated approval;
 *   %KAB_DOCUMENT_VERIFY_SIGNATURE says that the package is signed
 * @files: (nullable): the package, or the signed container; without it the last version stays
 *
 * What an employee puts into a document makes a version of its own.
 *
 * Returns: %FALSE with what kab_document_step_begin() says, or %KAB_PROBLEM_VALIDATION_FAILED at
 *   `/files`
 */
gboolean
kab_documents_hand_over (KabTransaction *tx,
                         KabBankData *bank,
                         const KabCaller *caller,
                         const char *id,
                         gint64 version,
                         KabDocumentAction action,
                         const char *const *files,
                         GError **error)
{
  const gboolean has_files = files != NULL && files[0] != NULL;
  g_autoptr (KabDocumentStep) step =
      kab_document_step_begin (tx, caller, id, version, action, error);

  if (step == NULL)
    return FALSE;
  if (has_files)
    {
      step->document->revision++;
      if (!kab_document_files_set (tx, id, caller->id, files, error) ||
          !kab_document_step_add_version (step, tx, "bank", error))
        return FALSE;
    }
  return kab_document_step_finish (step, tx, bank, error);
}
