/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be asked of an open document: pixels, text, places, a copy. */

#include "preview/kab-pdf-area.h"
#include "preview/kab-pdf-document-private.h"

#define PAGES_PER_SEARCH 8u

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KabDocumentReply) reply =
      kab_document_process_call_finish (KAB_DOCUMENT_PROCESS (source), result, &error);
  guint width = 0, height = 0, stride = 0;

  kab_pdf_document_ask_details (g_task_get_source_object (task));
  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_variant_get (reply->arguments, KAB_HELPER_RENDER_REPLY_TYPE, &width, &height, &stride);
  if (width < 1 || height < 1 || width > KAB_HELPER_MAX_SIDE || height > KAB_HELPER_MAX_SIDE ||
      stride < width * 4 || reply->bulk == NULL ||
      g_bytes_get_size (reply->bulk) != (gsize) stride * height)
    g_task_return_new_error (task, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_FAILED,
                             "the pixels don't fit their size");
  else
    g_task_return_pointer (task,
                           gdk_memory_texture_new ((int) width, (int) height,
                                                   GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, reply->bulk,
                                                   stride),
                           g_object_unref);
}

typedef struct
{
  KabPdfDocument *document; /* (owned) */
  KabPdfPage *page;         /* (owned) */
} TextRequest;

static void
text_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree TextRequest *request = user_data;
  g_autoptr (KabPdfDocument) self = request->document;
  g_autoptr (KabPdfPage) page = request->page;
  g_autoptr (KabDocumentReply) reply =
      kab_document_process_call_finish (KAB_DOCUMENT_PROCESS (source), result, NULL);
  g_autoptr (GVariant) text =
      reply != NULL ? kab_document_reply_read_bulk (reply, KAB_HELPER_TEXT_TYPE, NULL) : NULL;

  if (text != NULL)
    kab_pdf_page_set_text (page, text);
}

typedef struct
{
  char *text; /* (owned) */
  guint next_page;
  GArray *matches; /* (owned) (nullable) (element-type KabPdfMatch) */
} Search;

static void
search_free (Search *search)
{
  g_free (search->text);
  g_clear_pointer (&search->matches, g_array_unref);
  g_free (search);
}

static void search_on (GTask *task);

static void
add_matches (KabPdfDocument *self, GArray *matches, GVariant *found)
{
  const guint n_pages = kab_pdf_document_get_n_pages (self);
  GVariantIter iter;
  double x1, y1, x2, y2;
  guint page;

  g_variant_iter_init (&iter, found);
  while (matches->len < KAB_HELPER_MAX_MATCHES &&
         g_variant_iter_next (&iter, "(udddd)", &page, &x1, &y1, &x2, &y2))
    {
      const KabPdfMatch match = { page, kab_pdf_area (x1, y1, x2, y2) };

      if (page < n_pages)
        g_array_append_val (matches, match);
    }
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabDocumentReply) reply =
      kab_document_process_call_finish (KAB_DOCUMENT_PROCESS (source), result, &error);
  g_autoptr (GVariant) found =
      reply != NULL ? kab_document_reply_read_bulk (reply, KAB_HELPER_MATCHES_TYPE, &error) : NULL;

  if (found == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  add_matches (g_task_get_source_object (task), search->matches, found);
  search_on (task);
}

/* A few pages at a time: drawing goes first, and a new word stops the old one. */
static void
search_on (GTask *task)
{
  KabPdfDocument *self = g_task_get_source_object (task);
  Search *search = g_task_get_task_data (task);
  const guint first = search->next_page;

  if (first >= kab_pdf_document_get_n_pages (self) ||
      search->matches->len >= KAB_HELPER_MAX_MATCHES)
    {
      g_task_return_pointer (task, g_steal_pointer (&search->matches),
                             (GDestroyNotify) g_array_unref);
      return;
    }
  search->next_page += PAGES_PER_SEARCH;
  kab_document_process_call_async (
      self->process, KAB_HELPER_SEARCH,
      g_variant_new (KAB_HELPER_SEARCH_REQUEST_TYPE, search->text, first, PAGES_PER_SEARCH), -1, 0,
      KAB_PDF_PRIORITY_TEXT, g_task_get_cancellable (task), found_cb, g_object_ref (task));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KabDocumentReply) reply =
      kab_document_process_call_finish (KAB_DOCUMENT_PROCESS (source), result, &error);

  if (reply == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (reply->bulk == NULL)
    g_task_return_new_error (task, KAB_PREVIEW_ERROR, KAB_PREVIEW_ERROR_FAILED,
                             "nothing was saved");
  else
    g_task_return_pointer (task, g_bytes_ref (reply->bulk), (GDestroyNotify) g_bytes_unref);
}

/**
 * kab_pdf_document_render_async:
 * @page: from 0
 * @scale: pixels per point
 * @width: pixels
 * @height: pixels
 * @priority: visible pages before others
 *
 * Draws the upper left @width × @height pixels of @page at @scale.
 */
void
kab_pdf_document_render_async (KabPdfDocument *self,
                               guint page,
                               double scale,
                               int width,
                               int height,
                               KabPdfPriority priority,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, kab_pdf_document_render_async);
  kab_document_process_call_async (
      self->process, KAB_HELPER_RENDER,
      g_variant_new (KAB_HELPER_RENDER_REQUEST_TYPE, page, scale, 0, 0, width, height), -1, 0,
      (int) priority, cancellable, rendered_cb, task);
}

/** kab_pdf_document_render_finish: (transfer full): the pixels, or %NULL with @error set. */
GdkTexture *
kab_pdf_document_render_finish (KabPdfDocument *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/** kab_pdf_document_load_text: fills the text of @page, once. */
void
kab_pdf_document_load_text (KabPdfDocument *self, KabPdfPage *page)
{
  TextRequest *request;

  if (!g_hash_table_add (self->asked, page))
    return;
  request = g_new (TextRequest, 1);
  *request = (TextRequest) { g_object_ref (self), g_object_ref (page) };
  kab_document_process_call_async (
      self->process, KAB_HELPER_TEXT,
      g_variant_new (KAB_HELPER_PAGE_TYPE, kab_pdf_page_get_number (page)), -1, 0,
      KAB_PDF_PRIORITY_TEXT, NULL, text_loaded_cb, request);
}

/** kab_pdf_document_search_async: looks for @text on all pages, in any case and without accents. */
void
kab_pdf_document_search_async (KabPdfDocument *self,
                               const char *text,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, kab_pdf_document_search_async);
  search->text = g_strdup (text);
  search->matches = g_array_new (FALSE, FALSE, sizeof (KabPdfMatch));
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  search_on (task);
}

/** kab_pdf_document_search_finish: (transfer full) (element-type KabPdfMatch): in reading order. */
GArray *
kab_pdf_document_search_finish (KabPdfDocument *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/** kab_pdf_document_save_async: asks for the document with what is filled in. */
void
kab_pdf_document_save_async (KabPdfDocument *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, kab_pdf_document_save_async);
  kab_document_process_call_async (self->process, KAB_HELPER_SAVE, NULL, -1, 0,
                                   KAB_PDF_PRIORITY_INPUT, cancellable, saved_cb, task);
}

/** kab_pdf_document_save_finish: (transfer full): the filled copy, or %NULL with @error set. */
GBytes *
kab_pdf_document_save_finish (KabPdfDocument *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
