/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/kab-document-model-private.h"

#include "documents/kab-document-words.h"
#include "kab-document-operations.h"
#include "kab-time.h"

/* How a document is saved, submitted and approved. Only one save of the files is under way at a
 * time, for two would both be based on the same version. */

/* Long enough to take several files together, short enough not to be noticed. */
#define SAVE_DELAY_MS 600

static void save_files (KabDocumentModel *self);

/* @error: (transfer none) (nullable) */
static void
finish_savers (KabDocumentModel *self, const GError *error)
{
  g_autoptr (GPtrArray) savers = g_steal_pointer (&self->savers);

  self->savers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < savers->len; i++)
    {
      if (error == NULL)
        g_task_return_boolean (g_ptr_array_index (savers, i), TRUE);
      else
        g_task_return_error (g_ptr_array_index (savers, i), g_error_copy (error));
    }
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabDocumentModel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (kab_document_load_finish (KAB_API (source), result, &error))
    kab_document_model_tell_conflict (self);
  else
    g_debug ("The newer document could not be read: %s", error->message);
}

/* The newer list of files comes beside what was added here. */
static void
read_again (KabDocumentModel *self)
{
  kab_document_load_async (kab_document_model_get_api (self), self->document, self->cancellable,
                           reloaded_cb, g_object_ref (self));
}

static void
files_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabDocumentModel) self = user_data;
  g_autoptr (GError) error = NULL;

  kab_document_save_finish (KAB_API (source), result, &error);
  self->saving = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      finish_savers (self, error);
      return;
    }
  if (error == NULL)
    {
      self->saved_at = kab_clock_now ();
      kab_attachments_set_saved (self->attachments);
      kab_attachments_show_files (self->attachments, kab_document_get_files (self->document));
      kab_document_model_forget_filled (self);
    }
  else if (g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_CONFLICT))
    {
      read_again (self);
    }
  else if (self->savers->len == 0 && !kab_api_error_is_connection (error))
    {
      kab_document_model_tell_refusal (self, error);
    }

  if (error == NULL && kab_attachments_get_modified (self->attachments) &&
      !kab_attachments_get_busy (self->attachments) &&
      !kab_attachments_get_failed (self->attachments))
    save_files (self);
  else
    finish_savers (self, error);
  kab_document_model_notify_changed (self);
}

static void
save_files (KabDocumentModel *self)
{
  g_auto (GStrv) ids = kab_attachments_dup_ids (self->attachments);

  self->saving = TRUE;
  kab_document_save_async (kab_document_model_get_api (self), self->document, NULL,
                           (const char *const *) ids, self->cancellable, files_saved_cb,
                           g_object_ref (self));
}

static gboolean
save_due_cb (gpointer user_data)
{
  KabDocumentModel *self = user_data;

  self->save_source = 0;
  kab_document_model_forget_filled (self);
  if (!self->saving && kab_attachments_get_modified (self->attachments) &&
      !kab_attachments_get_busy (self->attachments) && kab_document_allows (self->document, "save"))
    save_files (self);

  return G_SOURCE_REMOVE;
}

static void
files_changed_cb (KabDocumentModel *self)
{
  if (self->save_source == 0)
    self->save_source = g_timeout_add (SAVE_DELAY_MS, save_due_cb, self);
  kab_document_model_notify_changed (self);
}

static void
online_changed_cb (KabDocumentModel *self)
{
  if (kab_api_get_online (kab_document_model_get_api (self)))
    files_changed_cb (self);
}

/* For kab-document-model.c: files save themselves once they are sent, or the line is back. */
void
kab_document_model_watch_files (KabDocumentModel *self)
{
  g_signal_connect_object (self->attachments, "changed", G_CALLBACK (files_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->attachments, "notify::modified",
                           G_CALLBACK (kab_document_model_notify_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kab_document_model_get_api (self), "notify::online",
                           G_CALLBACK (online_changed_cb), self, G_CONNECT_SWAPPED);
}

/* For kab-document-model.c: files that were on their way when the program ended are so again. */
void
kab_document_model_keep_files (KabDocumentModel *self)
{
  g_autofree char *key = NULL;

  if (self->keeper != NULL || self->journal == NULL ||
      !kab_document_allows (self->document, "save"))
    return;

  key = g_strdup_printf ("files/%s", kab_document_get_id (self->document));
  self->keeper = kab_upload_keeper_new (self->attachments, self->journal, key);
  kab_upload_keeper_keep_until_saved (self->keeper);
}

/**
 * kab_document_model_resolve_files:
 * @self: a document whose files were changed elsewhere meanwhile
 * @keep_mine: whether what was added and removed here stays beside the bank's
 *
 * Ends a conflict.
 */
void
kab_document_model_resolve_files (KabDocumentModel *self, gboolean keep_mine)
{
  g_return_if_fail (KAB_IS_DOCUMENT_MODEL (self));

  if (!keep_mine)
    {
      kab_attachments_clear (self->attachments);
      kab_attachments_show_files (self->attachments, kab_document_get_files (self->document));
    }
  files_changed_cb (self);
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (kab_autosave_flush_finish (KAB_AUTOSAVE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * kab_document_model_save_async:
 * @self: a document that is ready, with no file on its way
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Saves at once what isn't saved («Saglabāt», DOC-5). Finish: %FALSE with KAB_API_ERROR; after
 * %KAB_API_ERROR_CONFLICT the bank's files stand beside those added here
 */
void
kab_document_model_save_async (KabDocumentModel *self,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;

  g_return_if_fail (KAB_IS_DOCUMENT_MODEL (self));

  task = g_task_new (self, self->cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_document_model_save_async);
  if (self->autosave != NULL)
    {
      kab_autosave_flush_async (self->autosave, self->cancellable, flushed_cb, task);
      return;
    }
  if (!self->saving && !kab_attachments_get_modified (self->attachments))
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }

  g_ptr_array_add (self->savers, task);
  g_clear_handle_id (&self->save_source, g_source_remove);
  if (!self->saving)
    save_files (self);
}

gboolean
kab_document_model_save_finish (KabDocumentModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
take_refusals (KabDocumentModel *self, const GError *error)
{
  KabProblem *problem = kab_api_problem_from_error (error);

  for (guint i = 0; self->form != NULL && problem != NULL && i < kab_problem_get_n_errors (problem);
       i++)
    kab_form_model_refuse (self->form, kab_problem_get_pointer (problem, i),
                           kab_problem_get_error_code (problem, i),
                           kab_problem_get_params (problem, i));
}

/* @error: (transfer full) (nullable) */
static void
finish_sending (GTask *task, GError *error)
{
  KabDocumentModel *self = g_task_get_source_object (task);

  /* What was answered is over; a lost line may be asked again under the same key. */
  if (error == NULL || !kab_api_error_is_connection (error))
    g_clear_pointer (&self->send_key, g_free);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    kab_document_model_set_phase (self, KAB_DOCUMENT_PHASE_READY);
  if (error == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_CONFLICT))
    read_again (self);
  take_refusals (self, error);
  g_task_return_error (task, error);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  kab_document_submit_finish (KAB_API (source), result, &error);
  finish_sending (task, error);
}

static void
approved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  kab_document_approve_finish (KAB_API (source), result, &error);
  finish_sending (task, error);
}

static void
saved_for_submission_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KabDocumentModel *self = KAB_DOCUMENT_MODEL (source);
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!kab_document_model_save_finish (self, result, &error))
    {
      finish_sending (task, error);
      return;
    }

  kab_document_submit_async (kab_document_model_get_api (self), self->document, self->send_key,
                             self->cancellable, submitted_cb, g_steal_pointer (&task));
}

static GTask *
begin_sending (KabDocumentModel *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, self->cancellable, callback, user_data);

  g_task_set_source_tag (task, begin_sending);
  if (self->send_key == NULL)
    self->send_key = kab_idempotency_key_new ();
  kab_document_model_set_phase (self, KAB_DOCUMENT_PHASE_SENDING);

  return task;
}

/* Files that were paused go on, for the submission waits for them. */
static void
hurry (KabDocumentModel *self)
{
  GListModel *files = G_LIST_MODEL (self->attachments);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (KabAttachment) attachment = g_list_model_get_item (files, i);

      if (kab_attachment_get_state (attachment) == KAB_UPLOAD_PAUSED)
        kab_upload_start (kab_attachment_get_upload (attachment));
    }
}

static void
files_came_cb (KabAttachments *attachments, GParamSpec *pspec, GTask *task)
{
  KabDocumentModel *self = g_task_get_source_object (task);

  if (kab_attachments_get_busy (attachments))
    return;

  /* The handler owned the task. */
  g_object_ref (task);
  g_signal_handlers_disconnect_by_func (attachments, files_came_cb, task);
  if (kab_attachments_get_failed (attachments))
    finish_sending (task,
                    g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "A file wasn't sent"));
  else
    kab_document_model_save_async (self, saved_for_submission_cb, g_object_ref (task));
  g_object_unref (task);
}

static void
release_task (gpointer task, GClosure *closure)
{
  g_object_unref (task);
}

/**
 * kab_document_model_submit_async:
 * @self: a document that is ready
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Waits for the files on their way, saves and submits («Iesniegt», DOC-6).
 * kab_document_model_send_finish(): %FALSE with KAB_API_ERROR, or %G_IO_ERROR_FAILED when a file
 * could not be sent; what the bank says to single answers is in the form
 */
void
kab_document_model_submit_async (KabDocumentModel *self,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task;

  g_return_if_fail (KAB_IS_DOCUMENT_MODEL (self));
  g_return_if_fail (self->phase == KAB_DOCUMENT_PHASE_READY);

  task = begin_sending (self, callback, user_data);
  hurry (self);
  g_signal_connect_data (self->attachments, "notify::busy", G_CALLBACK (files_came_cb), task,
                         release_task, 0);
  files_came_cb (self->attachments, NULL, task);
}

/**
 * kab_document_model_approve_async:
 * @self: a document that is ready for signing
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Approves the final package («Saskaņot», A17). kab_document_model_send_finish(): %FALSE with
 * KAB_API_ERROR
 */
void
kab_document_model_approve_async (KabDocumentModel *self,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task;

  g_return_if_fail (KAB_IS_DOCUMENT_MODEL (self));
  g_return_if_fail (self->phase == KAB_DOCUMENT_PHASE_READY);

  task = begin_sending (self, callback, user_data);
  kab_document_approve_async (kab_document_model_get_api (self), self->document, self->send_key,
                              self->cancellable, approved_cb, task);
}

gboolean
kab_document_model_send_finish (KabDocumentModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
