/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `DocumentSummary` and `Document` of docs/openapi.yaml. */

#include "kab-document-view.h"

#include "kab-case.h"
#include "kab-document-files.h"
#include "kab-domain-json.h"
#include "kab-json-write.h"

/* What the wire says of the actions; the others belong to pages of their own. */
static const KabDocumentAction shown_actions[] = {
  KAB_DOCUMENT_EDIT,
  KAB_DOCUMENT_SAVE,
  KAB_DOCUMENT_SUBMIT,
  KAB_DOCUMENT_APPROVE,
  KAB_DOCUMENT_REQUEST_INFORMATION,
  KAB_DOCUMENT_SEND_PACKAGE,
  KAB_DOCUMENT_REPLACE_PACKAGE,
  KAB_DOCUMENT_VERIFY_SIGNATURE,
};

static void
write_actions (GString *text,
               KabBankData *bank,
               const KabDocument *document,
               KabDocumentActor viewer)
{
  KabDocumentActions allowed =
      document->is_closed ? 0 : kab_document_workflow_actions (document->state, viewer);

  if (viewer != KAB_DOCUMENT_BY_CLIENT || !kab_case_offers_signing (bank))
    allowed &= ~KAB_DOCUMENT_ACTIONS (KAB_DOCUMENT_APPROVE);
  kab_json_write_begin_array (text, "actions");
  for (guint i = 0; i < G_N_ELEMENTS (shown_actions); i++)
    if (allowed & KAB_DOCUMENT_ACTIONS (shown_actions[i]))
      kab_json_write_string (text, NULL, kab_document_action_name (shown_actions[i]));
  kab_json_write_end_array (text);
}

/**
 * kab_document_write_summary:
 * @text: JSON that was written so far
 * @viewer: who looks
 *
 * Writes the document as a row of a list.
 */
void
kab_document_write_summary (GString *text,
                            KabBankData *bank,
                            const KabDocument *document,
                            KabDocumentActor viewer)
{
  kab_json_write_begin_object (text, NULL);
  kab_json_write_string (text, "id", document->id);
  kab_json_write_string (text, "application", document->application);
  kab_json_write_string (text, "form", document->form);
  kab_json_write_json (text, "title", document->title);
  kab_json_write_string (text, "kind", document->kind);
  kab_json_write_string (text, "state", kab_document_state_name (document->state));
  kab_json_write_boolean (text, "filled", document->filled);
  kab_json_write_integer (text, "version", document->version);
  kab_json_write_integer (text, "revision", document->revision);
  kab_json_write_integer (text, "commentCount", document->open_comments);
  kab_domain_json_write_time (text, "changedAt", document->changed_at);
  write_actions (text, bank, document, viewer);
  kab_json_write_end_object (text);
}

/* The same row, for what a single document has beside it. */
static JsonObject *
view_summary (KabBankData *bank, const KabDocument *document, KabDocumentActor viewer)
{
  g_autoptr (GString) text = g_string_new (NULL);

  kab_document_write_summary (text, bank, document, viewer);
  return kab_domain_json_read (text->str);
}

static JsonArray *
take_files (GHashTable *files, gint64 revision)
{
  JsonArray *found = g_hash_table_lookup (files, GUINT_TO_POINTER ((guint) revision));

  return found != NULL ? json_array_ref (found) : json_array_new ();
}

static JsonArray *
view_versions (KabTransaction *tx, const KabDocument *document, GHashTable *files, GError **error)
{
  g_autoptr (KabRows) rows =
      kab_tx_query (tx, error,
                    "SELECT revision, state, made_by, answers, at FROM document_versions"
                    " WHERE document_id = ? ORDER BY revision DESC",
                    KAB_TEXT (document->id));
  JsonArray *versions;

  if (rows == NULL)
    return NULL;
  versions = json_array_new ();
  while (kab_rows_next (rows))
    {
      JsonObject *version = json_object_new ();
      gint64 revision = kab_rows_int (rows, "revision");

      json_object_set_int_member (version, "revision", revision);
      kab_domain_json_set_time (version, "at", kab_rows_int (rows, "at"));
      json_object_set_string_member (version, "by", kab_rows_text (rows, "made_by"));
      json_object_set_string_member (version, "state", kab_rows_text (rows, "state"));
      json_object_set_array_member (version, "files", take_files (files, revision));
      if (!kab_rows_is_null (rows, "answers"))
        json_object_set_object_member (version, "answers",
                                       kab_domain_json_read (kab_rows_text (rows, "answers")));
      json_array_add_object_element (versions, version);
    }
  return versions;
}

static void
set_field_label (JsonObject *comment, KabFormDefinition *definition, const char *field)
{
  const KabFormField *found =
      definition != NULL ? kab_form_definition_find_field (definition, field) : NULL;
  const char *const *languages;
  JsonObject *label;

  if (found == NULL)
    return;
  languages = kab_form_definition_get_languages (definition);
  label = json_object_new ();
  for (gsize i = 0; languages[i] != NULL; i++)
    json_object_set_string_member (label, languages[i],
                                   kab_form_field_get_label (found, languages[i]));
  json_object_set_object_member (comment, "fieldLabel", label);
}

/* The comments of the latest request for information. */
static JsonArray *
view_comments (KabTransaction *tx, KabBankData *bank, const KabDocument *document, GError **error)
{
  KabFormDefinition *definition = kab_bank_data_find_form (bank, document->form);
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error,
      "SELECT field, comment, at FROM document_comments WHERE document_id = ?1"
      " AND revision = (SELECT MAX (revision) FROM document_comments WHERE document_id = ?1)"
      " ORDER BY position",
      KAB_TEXT (document->id));
  JsonArray *comments;

  if (rows == NULL)
    return NULL;
  comments = json_array_new ();
  while (kab_rows_next (rows))
    {
      JsonObject *comment = json_object_new ();
      const char *field = kab_rows_text (rows, "field");

      if (*field != '\0')
        {
          json_object_set_string_member (comment, "field", field);
          set_field_label (comment, definition, field);
        }
      json_object_set_string_member (comment, "text", kab_rows_text (rows, "comment"));
      kab_domain_json_set_time (comment, "at", kab_rows_int (rows, "at"));
      json_array_add_object_element (comments, comment);
    }
  return comments;
}

/**
 * kab_document_view:
 * @viewer: who looks: an employee doesn't see the content of unsent work (A19), but the versions
 *   that were sent
 *
 * Returns: (transfer full): the document with all that belongs to it, or %NULL with an error of the
 *   store
 */
JsonObject *
kab_document_view (KabTransaction *tx,
                   KabBankData *bank,
                   const KabDocument *document,
                   KabDocumentActor viewer,
                   GError **error)
{
  const gboolean sees_content = (kab_document_workflow_actions (document->state, viewer) &
                                 KAB_DOCUMENT_ACTIONS (KAB_DOCUMENT_VIEW_CONTENT)) != 0;
  g_autoptr (GHashTable) files = kab_document_files_list (tx, document->id, error);
  g_autoptr (JsonArray) comments = NULL;
  g_autoptr (JsonArray) versions = NULL;
  JsonObject *object;

  if (files == NULL)
    return NULL;
  comments = view_comments (tx, bank, document, error);
  versions = comments != NULL ? view_versions (tx, document, files, error) : NULL;
  if (versions == NULL)
    return NULL;
  object = view_summary (bank, document, viewer);
  if (sees_content && document->answers != NULL)
    json_object_set_object_member (object, "answers", kab_domain_json_read (document->answers));
  json_object_set_array_member (object, "files",
                                sees_content ? take_files (files, KAB_DOCUMENT_WORKING_COPY)
                                             : json_array_new ());
  json_object_set_array_member (object, "comments", g_steal_pointer (&comments));
  json_object_set_array_member (object, "versions", g_steal_pointer (&versions));
  return object;
}
