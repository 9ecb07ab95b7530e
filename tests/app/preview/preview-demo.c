/* SPDX-License-Identifier: GPL-3.0-or-later */

/* preview-demo FILE.pdf [read]: the preview alone, in a window, for looking
 * at it. With "read" the form can't be filled in. */

#include <adwaita.h>
#include <locale.h>

#include "preview/kab-preview-page.h"

static const char *path;
static gboolean editable = TRUE;

static void
saved_cb (KabPreviewPage *page, GBytes *copy)
{
  g_autofree char *message =
      g_strdup_printf ("Saved, %" G_GSIZE_FORMAT " bytes", g_bytes_get_size (copy));

  kab_preview_page_show_message (page, message);
}

static void
activated_cb (GtkApplication *application)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *name = g_path_get_basename (path);
  GtkWidget *window = adw_application_window_new (application);
  AdwNavigationView *navigation = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  KabPreviewPage *page;
  char *data;
  gsize length;

  if (!g_file_get_contents (path, &data, &length, &error))
    g_error ("%s", error->message);
  pdf = g_bytes_new_take (data, length);
  page = kab_preview_page_new (pdf, name);
  kab_preview_page_set_editable (page, editable);
  g_signal_connect (page, "saved", G_CALLBACK (saved_cb), NULL);
  g_signal_connect (page, "submitted", G_CALLBACK (saved_cb), NULL);
  adw_navigation_view_push (navigation, ADW_NAVIGATION_PAGE (page));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), GTK_WIDGET (navigation));
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 760);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) application =
      adw_application_new ("org.kabinets.PreviewDemo", G_APPLICATION_NON_UNIQUE);

  if (argc < 2)
    {
      g_printerr ("preview-demo FILE.pdf [read]\n");
      return 2;
    }
  path = argv[1];
  editable = argc < 3 || !g_str_equal (argv[2], "read");
  g_signal_connect (application, "activate", G_CALLBACK (activated_cb), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
