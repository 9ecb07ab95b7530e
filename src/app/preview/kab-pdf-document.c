/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/kab-pdf-document.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "preview/kab-pdf-document-private.h"

/**
 * KabPdfDocument:
 *
 * A PDF as the helper sees it: pages and form fields as lists, pixels and
 * text on demand. A field is changed by setting its properties; the helper
 * follows. Should the helper end, the document keeps what was filled in, and
 * kab_pdf_document_reopen_async() gives it to another one.
 *
 * Signals: `ended` with a #GError; `changed` when a field got another value;
 * `detailed` when sizes, fields and outline are known (again).
 */

/* Milliseconds that the first page has before details are asked for. */
#define DETAILS_DELAY 150

/* Bytes up to which a copy takes less than a thread does. */
#define SMALL_DOCUMENT (1024u * 1024u)

enum
{
  SIGNAL_ENDED,
  SIGNAL_DETAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabPdfDocument, kab_pdf_document, G_TYPE_OBJECT)

static void
outline_entry_free (KabPdfOutlineEntry *entry)
{
  g_free (entry->title);
  g_free (entry);
}

static void
process_ended_cb (KabDocumentProcess *process, GError *error, KabPdfDocument *self)
{
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, error);
}

static void
take_process (KabPdfDocument *self, KabDocumentProcess *process)
{
  if (self->process != NULL)
    {
      g_clear_signal_handler (&self->ended_id, self->process);
      kab_document_process_end (self->process);
    }
  g_clear_object (&self->process);
  self->process = process;
  self->ended_id = g_signal_connect_object (process, "ended", G_CALLBACK (process_ended_cb), self,
                                            G_CONNECT_DEFAULT);
  g_hash_table_remove_all (self->asked);
}

static void
kab_pdf_document_dispose (GObject *object)
{
  KabPdfDocument *self = KAB_PDF_DOCUMENT (object);

  if (self->process != NULL)
    {
      g_clear_signal_handler (&self->ended_id, self->process);
      kab_document_process_end (self->process);
    }
  g_clear_object (&self->process);
  g_clear_handle_id (&self->details_id, g_source_remove);

  G_OBJECT_CLASS (kab_pdf_document_parent_class)->dispose (object);
}

static void
kab_pdf_document_finalize (GObject *object)
{
  KabPdfDocument *self = KAB_PDF_DOCUMENT (object);

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->password);
  g_clear_object (&self->pages);
  g_clear_object (&self->fields);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->changed, g_hash_table_unref);
  g_clear_pointer (&self->outline, g_ptr_array_unref);
  g_clear_pointer (&self->asked, g_hash_table_unref);

  G_OBJECT_CLASS (kab_pdf_document_parent_class)->finalize (object);
}

static void
kab_pdf_document_class_init (KabPdfDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = kab_pdf_document_dispose;
  object_class->finalize = kab_pdf_document_finalize;

  signals[SIGNAL_ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_ERROR);
  g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DETAILED] =
      g_signal_new ("detailed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_pdf_document_init (KabPdfDocument *self)
{
  self->pages = g_list_store_new (KAB_TYPE_PDF_PAGE);
  self->fields = g_list_store_new (KAB_TYPE_PDF_FIELD);
  self->by_id = g_hash_table_new (NULL, NULL);
  self->changed = g_hash_table_new (NULL, NULL);
  self->outline = g_ptr_array_new_with_free_func ((GDestroyNotify) outline_entry_free);
  self->asked = g_hash_table_new (NULL, NULL);
}

static void
read_pages (KabPdfDocument *self, GVariantIter *iter)
{
  double width, height;
  const char *label;

  for (guint i = 0; g_variant_iter_next (iter, "(dd&s)", &width, &height, &label); i++)
    {
      g_autoptr (KabPdfPage) page = g_list_model_get_item (G_LIST_MODEL (self->pages), i);

      if (page != NULL)
        kab_pdf_page_set_details (page, width, height, label);
    }
}

static void
read_outline (KabPdfDocument *self, GVariantIter *iter)
{
  KabPdfOutlineEntry entry;

  g_ptr_array_set_size (self->outline, 0);
  while (
      self->outline->len < KAB_HELPER_MAX_OUTLINE &&
      g_variant_iter_next (iter, KAB_HELPER_OUTLINE_TYPE, &entry.depth, &entry.page, &entry.title))
    g_ptr_array_add (self->outline, g_memdup2 (&entry, sizeof entry));
}

static void
read_fields (KabPdfDocument *self, GVariantIter *iter)
{
  const guint n_pages = kab_pdf_document_get_n_pages (self);
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_object_unref);
  GVariant *description;

  while (fields->len < KAB_HELPER_MAX_FIELDS &&
         (description = g_variant_iter_next_value (iter)) != NULL)
    {
      g_autoptr (KabPdfField) field = kab_pdf_field_new_from_variant (description);
      gpointer id = GUINT_TO_POINTER (kab_pdf_field_get_id (field));

      g_variant_unref (description);
      if (kab_pdf_field_get_page (field) >= n_pages || g_hash_table_contains (self->by_id, id))
        continue;
      g_hash_table_insert (self->by_id, id, field);
      kab_pdf_document_watch_field (self, field);
      g_ptr_array_add (fields, g_steal_pointer (&field));
    }
  g_list_store_splice (self->fields, 0, 0, fields->pdata, fields->len);
  kab_pdf_document_update_missing (self);
}

static void
details_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabPdfDocument) self = user_data;
  g_autoptr (KabDocumentReply) reply =
      kab_document_process_call_finish (KAB_DOCUMENT_PROCESS (source), result, NULL);
  g_autoptr (GVariant) details =
      reply != NULL ? kab_document_reply_read_bulk (reply, KAB_HELPER_DETAILS_TYPE, NULL) : NULL;
  g_autoptr (GVariantIter) pages = NULL;
  g_autoptr (GVariantIter) outline = NULL;
  g_autoptr (GVariantIter) fields = NULL;

  if (details == NULL || KAB_DOCUMENT_PROCESS (source) != self->process)
    return;

  g_variant_get (details, KAB_HELPER_DETAILS_TYPE, &pages, &outline, &fields);
  read_pages (self, pages);
  read_outline (self, outline);
  read_fields (self, fields);
  g_signal_emit (self, signals[SIGNAL_DETAILED], 0);
}

/* The fields are known; another helper finds them in its document when it is asked for them. */
static void
fields_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  KabPdfDocument *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (KabDocumentReply) reply =
      kab_document_process_call_finish (KAB_DOCUMENT_PROCESS (source), result, &error);

  if (reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (KAB_DOCUMENT_PROCESS (source) == self->process)
    kab_pdf_document_repeat_changes (self);
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
  g_signal_emit (self, signals[SIGNAL_DETAILED], 0);
}

/* For kab-pdf-document-requests.c: sizes, fields and outline are wanted now,
 * unless they were asked for already. */
void
kab_pdf_document_ask_details (KabPdfDocument *self)
{
  if (self->details_id == 0)
    return;
  g_clear_handle_id (&self->details_id, g_source_remove);
  kab_document_process_call_async (self->process, KAB_HELPER_DETAILS, NULL, -1, 0,
                                   KAB_PDF_PRIORITY_TEXT, NULL, details_loaded_cb,
                                   g_object_ref (self));
}

static gboolean
details_due_cb (gpointer user_data)
{
  kab_pdf_document_ask_details (user_data);
  return G_SOURCE_REMOVE;
}

static void
read_opened (KabPdfDocument *self, const KabDocumentReply *reply)
{
  double width, height;
  guint n_pages;

  g_variant_get (reply->arguments, KAB_HELPER_OPEN_REPLY_TYPE, &n_pages, &self->permissions, &width,
                 &height);
  n_pages = CLAMP (n_pages, 1, KAB_HELPER_MAX_PAGES);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->pages)) == 0)
    {
      g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = 0; i < n_pages; i++)
        g_ptr_array_add (pages, kab_pdf_page_new (i, width, height));
      g_list_store_splice (self->pages, 0, 0, pages->pdata, pages->len);
    }
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  KabPdfDocument *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabDocumentReply) reply =
      kab_document_process_call_finish (KAB_DOCUMENT_PROCESS (source), result, &error);

  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  read_opened (self, reply);
  g_clear_handle_id (&self->details_id, g_source_remove);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->fields)) > 0)
    {
      kab_document_process_call_async (self->process, KAB_HELPER_DETAILS, NULL, -1, 0,
                                       KAB_PDF_PRIORITY_INPUT, g_task_get_cancellable (task),
                                       fields_found_cb, g_object_ref (task));
      return;
    }
  self->details_id = g_timeout_add (DETAILS_DELAY, details_due_cb, self);
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

/* A copy of the document that nobody can change any more, or -1. */
static int
seal_copy (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const int descriptor =
      memfd_create ("kabinets-document", MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_NOEXEC_SEAL);
  gboolean sealed = descriptor >= 0;

  while (sealed && size > 0)
    {
      const gssize written = write (descriptor, data, size);

      sealed = written > 0;
      data += MAX (written, 0);
      size -= (gsize) MAX (written, 0);
    }
  if (sealed && fcntl (descriptor, F_ADD_SEALS,
                       F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) == 0)
    return descriptor;
  if (descriptor >= 0)
    close (descriptor);
  return -1;
}

static void
seal_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_int (task, seal_copy (task_data));
}

static void
send_open (KabPdfDocument *self, GTask *task, int descriptor)
{
  if (g_task_return_error_if_cancelled (task))
    {
      if (descriptor >= 0)
        close (descriptor);
      return;
    }
  if (descriptor < 0)
    {
      g_task_return_new_error (task, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_TOO_LARGE,
                               "no memory for the document");
      return;
    }
  kab_document_process_call_async (
      self->process, KAB_HELPER_OPEN, g_variant_new (KAB_HELPER_OPEN_REQUEST_TYPE, self->password),
      descriptor, g_bytes_get_size (self->bytes), KAB_PDF_PRIORITY_INPUT,
      g_task_get_cancellable (task), opened_cb, g_object_ref (task));
}

static void
sealed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  send_open (g_task_get_task_data (task), task, (int) g_task_propagate_int (G_TASK (result), NULL));
}

static void
start_opening (KabPdfDocument *self, GTask *task)
{
  g_autoptr (GTask) sealing = NULL;
  const gsize size = g_bytes_get_size (self->bytes);

  g_task_set_task_data (task, g_object_ref (self), g_object_unref);
  if (size == 0 || size > KAB_HELPER_MAX_DOCUMENT)
    {
      g_task_return_new_error (task, KAB_PREVIEW_ERROR,
                               size == 0 ? KAB_PREVIEW_ERROR_DAMAGED : KAB_PREVIEW_ERROR_TOO_LARGE,
                               "%" G_GSIZE_FORMAT " bytes", size);
      return;
    }
  take_process (self, kab_document_process_acquire ());
  if (size <= SMALL_DOCUMENT)
    {
      send_open (self, task, seal_copy (self->bytes));
      return;
    }
  sealing = g_task_new (NULL, NULL, sealed_cb, g_object_ref (task));
  g_task_set_task_data (sealing, g_bytes_ref (self->bytes), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (sealing, seal_thread);
}

/**
 * kab_pdf_document_open_async:
 * @pdf: the document
 * @password: (nullable): for a document that is encrypted
 *
 * Opens @pdf in a helper. Fields, outline and the sizes of later pages follow
 * with `detailed`.
 */
void
kab_pdf_document_open_async (GBytes *pdf,
                             const char *password,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (KabPdfDocument) self = g_object_new (KAB_TYPE_PDF_DOCUMENT, NULL);

  g_task_set_source_tag (task, kab_pdf_document_open_async);
  self->bytes = g_bytes_ref (pdf);
  self->password = g_strdup (password != NULL ? password : "");
  start_opening (self, task);
}

/**
 * kab_pdf_document_open_finish:
 * @error: return location for a #KabPreviewError
 *
 * Returns: (transfer full): the document, or %NULL
 */
KabPdfDocument *
kab_pdf_document_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * kab_pdf_document_reopen_async:
 *
 * Opens the document in another helper, after the first one has ended, and
 * fills in again what was filled in; a copy that is asked for afterwards has it.
 */
void
kab_pdf_document_reopen_async (KabPdfDocument *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, kab_pdf_document_reopen_async);
  start_opening (self, task);
}

/** kab_pdf_document_reopen_finish: whether it is open again. */
gboolean
kab_pdf_document_reopen_finish (KabPdfDocument *self, GAsyncResult *result, GError **error)
{
  g_autoptr (KabPdfDocument) same = g_task_propagate_pointer (G_TASK (result), error);

  return same != NULL;
}

/** kab_pdf_document_get_permissions: KabHelperPermissions. */
guint
kab_pdf_document_get_permissions (KabPdfDocument *self)
{
  return self->permissions;
}

/** kab_pdf_document_get_pages: (transfer none): a list of KabPdfPage. */
GListModel *
kab_pdf_document_get_pages (KabPdfDocument *self)
{
  return G_LIST_MODEL (self->pages);
}

/** kab_pdf_document_get_page: (transfer none) (nullable): page @number, from 0. */
KabPdfPage *
kab_pdf_document_get_page (KabPdfDocument *self, guint number)
{
  g_autoptr (KabPdfPage) page = g_list_model_get_item (G_LIST_MODEL (self->pages), number);

  return page; /* the list holds it */
}

/** kab_pdf_document_get_n_pages: at least 1. */
guint
kab_pdf_document_get_n_pages (KabPdfDocument *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->pages));
}

/** kab_pdf_document_get_fields: (transfer none): a list of KabPdfField, in the order of the pages.
 */
GListModel *
kab_pdf_document_get_fields (KabPdfDocument *self)
{
  return G_LIST_MODEL (self->fields);
}

/** kab_pdf_document_get_outline: (transfer none) (element-type KabPdfOutlineEntry): perhaps empty.
 */
GPtrArray *
kab_pdf_document_get_outline (KabPdfDocument *self)
{
  return self->outline;
}

/** kab_pdf_document_has_ended: whether its helper is gone. */
gboolean
kab_pdf_document_has_ended (KabPdfDocument *self)
{
  return self->process == NULL || kab_document_process_has_ended (self->process);
}

/** kab_pdf_document_get_helper_pid: (nullable): for tests and troubleshooting. */
const char *
kab_pdf_document_get_helper_pid (KabPdfDocument *self)
{
  return self->process != NULL ? kab_document_process_get_pid (self->process) : NULL;
}
