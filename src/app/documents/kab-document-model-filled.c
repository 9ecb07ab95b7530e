/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/kab-document-model-private.h"

#include <locale.h>

#include "common/kab-download.h"
#include "common/kab-private-file.h"
#include "documents/kab-document-words.h"
#include "kab-document-operations.h"

/* The filled copy of a PDF questionnaire: it begins as the bank's blank form, and what is saved in
 * the preview becomes a file of the document. Until the bank has it among the document's files, the
 * journal keeps it too. */

/* What a journal's draft is held to; a larger copy is kept in memory only. */
#define JOURNAL_MAX_BYTES (8 * 1024 * 1024)

static KabAttachment *
find_filled (KabDocumentModel *self)
{
  GListModel *files = G_LIST_MODEL (self->attachments);

  for (guint i = g_list_model_get_n_items (files); i > 0; i--)
    {
      g_autoptr (KabAttachment) attachment = g_list_model_get_item (files, i - 1);

      if (kab_document_has_name (self->document, kab_attachment_get_name (attachment)))
        return g_steal_pointer (&attachment);
    }

  return NULL;
}

static void
template_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *bytes = kab_document_load_template_finish (KAB_API (source), result, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
copy_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *bytes = kab_download_read_finish (KAB_DOWNLOAD (source), result, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/**
 * kab_document_model_fetch_pdf_async:
 * @self: a PDF questionnaire that is ready
 * @callback: called when it is there
 * @user_data: for @callback
 *
 * Finds what to fill in: the copy filled last, else the bank's blank form in the current language.
 */
void
kab_document_model_fetch_pdf_async (KabDocumentModel *self,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (KabAttachment) filled = NULL;
  g_autofree char *language = NULL;

  g_return_if_fail (KAB_IS_DOCUMENT_MODEL (self));

  task = g_task_new (self, self->cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_document_model_fetch_pdf_async);
  filled = find_filled (self);
  if (filled != NULL && kab_attachment_get_upload (filled) != NULL && self->filled != NULL)
    {
      g_task_return_pointer (task, g_bytes_ref (self->filled), (GDestroyNotify) g_bytes_unref);
    }
  else if (filled != NULL && kab_attachment_get_file (filled) != NULL)
    {
      g_autoptr (KabDownload) download =
          kab_download_new (kab_document_model_get_api (self), kab_attachment_get_file (filled));

      kab_download_read_async (download, copy_read_cb, g_steal_pointer (&task));
    }
  else
    {
      language = g_strndup (setlocale (LC_MESSAGES, NULL), 2);
      kab_document_load_template_async (kab_document_model_get_api (self), self->document, language,
                                        self->cancellable, template_loaded_cb,
                                        g_steal_pointer (&task));
    }
}

/* Returns: (transfer full) (nullable): the PDF, or %NULL with KAB_API_ERROR. */
GBytes *
kab_document_model_fetch_pdf_finish (KabDocumentModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The written copy becomes a file of the document in place of the one before. */
static gboolean
attach (KabDocumentModel *self, GFile *file, GError **error)
{
  g_autoptr (KabAttachment) earlier = find_filled (self);
  KabAttachment *attachment;
  KabUpload *upload;

  if (earlier != NULL)
    {
      kab_attachments_remove (self->attachments, earlier);
      kab_attachments_forget (self->attachments, earlier);
    }
  attachment = kab_attachments_add (self->attachments, file);
  if (attachment == NULL)
    {
      kab_private_file_delete (file);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "There are too many files");
      return FALSE;
    }

  upload = kab_attachment_get_upload (attachment);
  kab_private_file_bind (file, G_OBJECT (upload));

  return TRUE;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  KabDocumentModel *self = g_task_get_source_object (task);
  GFile *file = G_FILE (source);
  GError *error = NULL;

  if (!g_file_replace_contents_finish (file, result, NULL, &error))
    {
      kab_private_file_delete (file);
      g_task_return_error (task, error);
      return;
    }
  if (!attach (self, file, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  self->taking = FALSE;
  g_clear_pointer (&self->filled, g_bytes_unref);
  self->filled = g_bytes_ref (g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

static void
keep_in_journal (KabDocumentModel *self, GBytes *copy)
{
  g_autoptr (JsonObject) draft = NULL;
  g_autofree char *text = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (copy, &length);

  if (self->journal == NULL || length > JOURNAL_MAX_BYTES)
    return;

  text = g_base64_encode (data, length);
  draft = json_object_new ();
  json_object_set_string_member (draft, "pdf", text);
  kab_draft_journal_put_async (self->journal, self->filled_key, draft, NULL, NULL, NULL);
}

/**
 * kab_document_model_take_filled_async:
 * @self: a PDF questionnaire that is ready
 * @copy: its filled copy
 * @callback: (nullable): called when it is on its way
 * @user_data: for @callback
 *
 * Makes the copy a file of the document in place of the one before, and begins to send it. Finish:
 * %FALSE with #GFileError or #GIOErrorEnum
 */
void
kab_document_model_take_filled_async (KabDocumentModel *self,
                                      GBytes *copy,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *name = NULL;
  GError *error = NULL;

  g_return_if_fail (KAB_IS_DOCUMENT_MODEL (self));

  task = g_task_new (self, self->cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_document_model_take_filled_async);
  g_task_set_task_data (task, g_bytes_ref (copy), (GDestroyNotify) g_bytes_unref);
  keep_in_journal (self, copy);
  self->taking = TRUE;
  self->fields_newer = FALSE;
  name = kab_document_dup_file_name (self->document);
  file = kab_private_file_new (name, &error);
  if (file == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_file_replace_contents_bytes_async (file, copy, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                       self->cancellable, written_cb, g_steal_pointer (&task));
}

gboolean
kab_document_model_take_filled_finish (KabDocumentModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* For kab-document-model.c: a copy that was filled before the program ended too early. */
void
kab_document_model_restore_filled (KabDocumentModel *self)
{
  JsonObject *draft =
      self->journal != NULL ? kab_draft_journal_get (self->journal, self->filled_key) : NULL;
  const char *text =
      draft != NULL ? json_object_get_string_member_with_default (draft, "pdf", NULL) : NULL;
  g_autoptr (GBytes) copy = NULL;
  guchar *data;
  gsize length;

  if (text == NULL || self->filled != NULL || !kab_document_allows (self->document, "edit"))
    return;

  data = g_base64_decode (text, &length);
  copy = g_bytes_new_take (data, length);
  kab_document_model_take_filled_async (self, copy, NULL, NULL);
  self->fields_newer = kab_document_model_get_fields (self) != NULL;
}

/* For kab-document-model-saving.c: files were saved or removed, the filled copy perhaps among them.
 */
void
kab_document_model_forget_filled (KabDocumentModel *self)
{
  g_autoptr (KabAttachment) filled = find_filled (self);

  if (self->journal == NULL || self->filled == NULL || self->taking ||
      (filled != NULL && kab_attachment_get_file (filled) == NULL))
    return;

  kab_draft_journal_remove (self->journal, self->filled_key);
  if (!self->fields_newer)
    kab_draft_journal_remove (self->journal, self->fields_key);
}

/**
 * kab_document_model_keep_fields:
 * @self: a PDF questionnaire that is ready
 * @fields: what is filled in and in no copy yet, of kab_pdf_document_dup_changes()
 *
 * Keeps it until a copy that is taken afterwards is saved with the bank.
 */
void
kab_document_model_keep_fields (KabDocumentModel *self, JsonArray *fields)
{
  g_autoptr (JsonObject) draft = NULL;

  g_return_if_fail (KAB_IS_DOCUMENT_MODEL (self));
  g_return_if_fail (fields != NULL);

  if (self->journal == NULL)
    return;

  self->fields_newer = TRUE;
  draft = json_object_new ();
  json_object_set_array_member (draft, "fields", json_array_ref (fields));
  kab_draft_journal_put_async (self->journal, self->fields_key, draft, NULL, NULL, NULL);
}

/**
 * kab_document_model_get_fields:
 * @self: a PDF questionnaire that is ready
 *
 * Returns: (transfer none) (nullable): what was filled in and isn't with the bank
 */
JsonArray *
kab_document_model_get_fields (KabDocumentModel *self)
{
  JsonObject *draft;
  JsonNode *fields;

  g_return_val_if_fail (KAB_IS_DOCUMENT_MODEL (self), NULL);

  draft = self->journal != NULL ? kab_draft_journal_get (self->journal, self->fields_key) : NULL;
  fields = draft != NULL ? json_object_get_member (draft, "fields") : NULL;

  return fields != NULL && JSON_NODE_HOLDS_ARRAY (fields) ? json_node_get_array (fields) : NULL;
}

/**
 * kab_document_model_settle_fields:
 * @self: a PDF questionnaire that is ready
 *
 * The copy that was fetched has all that kab_document_model_get_fields() gives.
 */
void
kab_document_model_settle_fields (KabDocumentModel *self)
{
  g_return_if_fail (KAB_IS_DOCUMENT_MODEL (self));

  self->fields_newer = FALSE;
  if (self->filled != NULL)
    kab_document_model_forget_filled (self);
  else if (self->journal != NULL)
    kab_draft_journal_remove (self->journal, self->fields_key);
}
