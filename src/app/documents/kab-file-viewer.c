/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/kab-file-viewer.h"

#include "common/kab-file-saver.h"
#include "common/kab-toast.h"
#include "kab-file-rules.h"

/* Looks at a file of the bank: a PDF in the confined preview, any other is only saved, for it may
 * be hostile. */

typedef struct
{
  GtkWidget *origin;    /* (owned) */
  KabPreviewPage *page; /* (owned) */
} Viewing;

static void
viewing_free (Viewing *viewing)
{
  g_object_unref (viewing->origin);
  g_object_unref (viewing->page);
  g_free (viewing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Viewing, viewing_free)

/**
 * kab_file_viewer_push:
 * @origin: a widget of the page that is left
 * @title: the title of what comes
 *
 * Goes on to a preview that waits for its PDF.
 *
 * Returns: (transfer none): the preview
 */
KabPreviewPage *
kab_file_viewer_push (GtkWidget *origin, const char *title)
{
  GtkWidget *view = gtk_widget_get_ancestor (origin, ADW_TYPE_NAVIGATION_VIEW);
  KabPreviewPage *page = kab_preview_page_new (NULL, title);

  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (page));

  return page;
}

static void
leave (KabPreviewPage *page)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (page), ADW_TYPE_NAVIGATION_VIEW);

  if (view != NULL && adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view)) ==
                          ADW_NAVIGATION_PAGE (page))
    adw_navigation_view_pop (ADW_NAVIGATION_VIEW (view));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Viewing) viewing = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = kab_download_read_finish (KAB_DOWNLOAD (source), result, &error);
  g_autofree char *message = NULL;

  if (pdf != NULL)
    {
      kab_preview_page_set_pdf (viewing->page, pdf);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  message = kab_download_dup_problem (error);
  kab_toast_tell (GTK_WIDGET (viewing->page), message);
  leave (viewing->page);
}

/* Left before it came. */
static void
hidden_cb (KabDownload *download)
{
  kab_download_cancel (download);
}

static gboolean
is_pdf (KabFile *file)
{
  KabFileFormat format;

  return kab_file_format_from_name (kab_file_get_name (file), &format) && format == KAB_FILE_PDF;
}

/**
 * kab_file_viewer_open:
 * @origin: the widget that asked for it
 * @api: the line to the bank
 * @file: the file
 *
 * Shows a PDF on a page of its own, and offers to save anything else.
 */
void
kab_file_viewer_open (GtkWidget *origin, KabApi *api, KabFile *file)
{
  g_autoptr (KabDownload) download = kab_download_new (api, file);
  Viewing *viewing;

  if (!is_pdf (file))
    {
      kab_file_saver_choose (origin, download);
      return;
    }

  viewing = g_new0 (Viewing, 1);
  viewing->origin = g_object_ref (origin);
  viewing->page = g_object_ref (kab_file_viewer_push (origin, kab_file_get_name (file)));
  g_signal_connect_object (viewing->page, "hidden", G_CALLBACK (hidden_cb), download,
                           G_CONNECT_SWAPPED);
  kab_download_read_async (download, read_cb, viewing);
}
