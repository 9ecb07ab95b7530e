/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one way in which the server changes a document. */

#include "kab-document-step.h"

#include "kab-case.h"
#include "kab-document-files.h"
#include "kab-problem.h"
#include "kab-trace.h"

static const char *
history_action_of (KabDocumentAction action)
{
  switch (action)
    {
    case KAB_DOCUMENT_SAVE:
      return "document-saved";
    case KAB_DOCUMENT_SUBMIT:
      return "document-submitted";
    case KAB_DOCUMENT_REQUEST_INFORMATION:
      return "document-information-requested";
    case KAB_DOCUMENT_SEND_PACKAGE:
      return "document-accepted";
    case KAB_DOCUMENT_REPLACE_PACKAGE:
      return "document-package-replaced";
    case KAB_DOCUMENT_VERIFY_SIGNATURE:
      return "document-signed";
    case KAB_DOCUMENT_APPROVE:
    default:
      return "document-approved";
    }
}

static void
set_refusal (GError **error, const char *reason, KabDocumentAction action, KabDocumentState state)
{
  const char *const values[][2] = {
    { "reason", reason },
    { "action", kab_document_action_name (action) },
    { "state", kab_document_state_name (state) },
  };
  g_autoptr (GError) problem = NULL;

  kab_problem_set (&problem, KAB_PROBLEM_DOCUMENT_ACTION_REFUSED, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      JsonNode *node = json_node_new (JSON_NODE_VALUE);

      json_node_set_string (node, values[i][1]);
      kab_problem_set_parameter (problem, values[i][0], node);
    }
  g_propagate_error (error, g_steal_pointer (&problem));
}

/**
 * kab_document_step_refuse:
 * @reason: a stable code
 *
 * Returns: %FALSE with %KAB_PROBLEM_DOCUMENT_ACTION_REFUSED
 */
gboolean
kab_document_step_refuse (KabDocumentStep *self, const char *reason, GError **error)
{
  set_refusal (error, reason, self->action, self->from);
  return FALSE;
}

/**
 * kab_document_step_begin:
 * @caller: a client, for a document of their own, or an employee
 * @version: the version that was seen (If-Match)
 *
 * Returns: (transfer full): the step, or %NULL with %KAB_STORE_ERROR_NOT_FOUND,
 *   %KAB_PROBLEM_VERSION_CONFLICT or %KAB_PROBLEM_DOCUMENT_ACTION_REFUSED
 */
KabDocumentStep *
kab_document_step_begin (KabTransaction *tx,
                         const KabCaller *caller,
                         const char *id,
                         gint64 version,
                         KabDocumentAction action,
                         GError **error)
{
  const gboolean is_client = caller->kind == KAB_CALLER_CLIENT;
  g_autoptr (KabDocumentStep) self = g_new0 (KabDocumentStep, 1);
  g_autoptr (GError) reason = NULL;

  self->caller = caller;
  self->action = action;
  self->document = kab_document_load (tx, id, is_client ? caller->id : NULL, error);
  if (self->document == NULL)
    return NULL;
  if (self->document->version != version)
    {
      kab_problem_set (error, KAB_PROBLEM_VERSION_CONFLICT, NULL);
      return NULL;
    }
  self->from = self->document->state;
  if (self->document->is_closed)
    {
      kab_document_step_refuse (self, "application-closed", error);
      return NULL;
    }
  if (kab_document_workflow_apply (self->from,
                                   is_client ? KAB_DOCUMENT_BY_CLIENT : KAB_DOCUMENT_BY_EMPLOYEE,
                                   action, &self->document->state, &reason))
    return g_steal_pointer (&self);
  kab_document_step_refuse (self, kab_document_error_code (reason->code), error);
  return NULL;
}

/**
 * kab_document_step_add_version:
 * @made_by: `client` or `bank`
 *
 * Keeps the working copy as the document's revision (DOC-7).
 */
gboolean
kab_document_step_add_version (KabDocumentStep *self,
                               KabTransaction *tx,
                               const char *made_by,
                               GError **error)
{
  const KabDocument *document = self->document;

  return kab_tx_exec (tx, error,
                      "INSERT INTO document_versions (document_id, revision, state, made_by,"
                      " answers, at) VALUES (?, ?, ?, ?, ?, ?)",
                      KAB_TEXT (document->id), KAB_INT (document->revision),
                      KAB_TEXT (kab_document_state_name (document->state)), KAB_TEXT (made_by),
                      KAB_TEXT (document->answers), KAB_INT (kab_tx_get_now (tx))) &&
         kab_document_files_copy (tx, document->id, document->revision, error);
}

static gboolean
write_document (KabDocumentStep *self, KabTransaction *tx, GError **error)
{
  const KabDocument *document = self->document;
  const char *state = kab_document_state_name (document->state);

  if (!kab_tx_exec (tx, error,
                    "UPDATE documents SET state = ?, filled = ?, revision = ?, answers = ?,"
                    " open_comments = ?, changed_at = ?, version = version + 1"
                    " WHERE id = ? AND version = ?",
                    KAB_TEXT (state), KAB_BOOL (document->filled), KAB_INT (document->revision),
                    KAB_TEXT (document->answers), KAB_INT (document->open_comments),
                    KAB_INT (kab_tx_get_now (tx)), KAB_TEXT (document->id),
                    KAB_INT (document->version)))
    return FALSE;
  if (kab_tx_get_changed (tx) == 0)
    {
      kab_problem_set (error, KAB_PROBLEM_VERSION_CONFLICT, NULL);
      return FALSE;
    }
  return kab_tx_exec (tx, error,
                      "UPDATE document_versions SET state = ?"
                      " WHERE document_id = ? AND revision = ?",
                      KAB_TEXT (state), KAB_TEXT (document->id), KAB_INT (document->revision));
}

static gboolean
write_trace (KabDocumentStep *self, KabTransaction *tx, GError **error)
{
  const KabDocument *document = self->document;
  const KabTrace trace = {
    .caller = self->caller,
    .subject = document->user,
    .action = history_action_of (self->action),
    .object_kind = "document",
    .object_id = document->id,
    .version = document->revision,
  };

  return (self->action == KAB_DOCUMENT_SAVE ? kab_trace_add_save (tx, &trace, error)
                                            : kab_trace_add (tx, &trace, error)) &&
         kab_trace_tell (tx, document->user, "document-changed", "document", document->id,
                         document->version + 1, error);
}

/**
 * kab_document_step_finish:
 *
 * Writes the document with its new state, the history, and what follows for the application. A save
 * that changes no state concerns nobody but the client.
 */
gboolean
kab_document_step_finish (KabDocumentStep *self,
                          KabTransaction *tx,
                          KabBankData *bank,
                          GError **error)
{
  return write_document (self, tx, error) && write_trace (self, tx, error) &&
         ((self->action == KAB_DOCUMENT_SAVE && self->document->state == self->from) ||
          kab_case_refresh (tx, bank, self->document->application, error));
}

void
kab_document_step_free (KabDocumentStep *self)
{
  g_clear_pointer (&self->document, kab_document_free);
  g_free (self);
}
