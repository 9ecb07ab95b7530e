/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "pdf-fixture.h"
#include "preview-window.h"
#include "preview/kab-document-process.h"
#include "preview/kab-pdf-printer.h"

static gboolean
is_on_last_page (PreviewWindow *fixture)
{
  return kab_pdf_view_get_page (kab_preview_page_get_view (fixture->page)) == 11;
}

static gboolean
says (PreviewWindow *fixture, const char *status)
{
  GtkWidget *search = preview_window_get_child (fixture, "search");
  GObject *label = gtk_widget_get_template_child (search, G_OBJECT_TYPE (search), "status");

  return g_str_equal (gtk_label_get_text (GTK_LABEL (label)), status);
}

static gboolean
has_found (PreviewWindow *fixture)
{
  return says (fixture, "1 of 12");
}

static void
test_search (void)
{
  PreviewWindow fixture;
  g_autoptr (GBytes) pdf = pdf_fixture_text (12);
  GtkWidget *search;
  GObject *entry;

  preview_window_open (&fixture, pdf, FALSE);
  preview_window_wait (&fixture, preview_window_is_drawn);
  gtk_widget_activate_action (GTK_WIDGET (fixture.page), "preview.find", NULL);
  search = preview_window_get_child (&fixture, "search");
  entry = gtk_widget_get_template_child (search, G_OBJECT_TYPE (search), "entry");
  g_assert_true (
      gtk_widget_is_ancestor (gtk_window_get_focus (fixture.window), GTK_WIDGET (entry)));
  gtk_editable_set_text (GTK_EDITABLE (entry), "line 33 of");
  preview_window_wait (&fixture, has_found);
  g_signal_emit_by_name (entry, "previous-match");
  preview_window_wait (&fixture, is_on_last_page);
  preview_window_close (&fixture);
}

static gboolean
has_found_third (PreviewWindow *fixture)
{
  return says (fixture, "3 of 12");
}

static gboolean
is_on_third_page (PreviewWindow *fixture)
{
  return kab_pdf_view_get_page (kab_preview_page_get_view (fixture->page)) == 2;
}

static void
clipboard_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

/* The text of the page in sight, by the keys that everybody knows. */
static void
test_copy (void)
{
  PreviewWindow fixture;
  g_autoptr (GBytes) pdf = pdf_fixture_text (3);
  GtkWidget *view;
  g_autofree char *text = NULL;

  preview_window_open (&fixture, pdf, FALSE);
  preview_window_wait (&fixture, preview_window_is_drawn);
  view = GTK_WIDGET (kab_preview_page_get_view (fixture.page));
  gtk_widget_activate_action (view, "view.select-all", NULL);
  gtk_widget_activate_action (view, "view.copy", NULL);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (view), NULL, clipboard_read_cb, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (text, ==,
                   kab_pdf_page_get_text (
                       kab_pdf_page_view_get_page (preview_window_get_page_view (&fixture, 0))));
  g_assert_nonnull (strstr (text, "Line 33 of"));
  preview_window_close (&fixture);
}

static gboolean
has_three_pages (PreviewWindow *fixture)
{
  KabPdfDocument *document = kab_preview_page_get_document (fixture->page);

  return document != NULL && kab_pdf_document_get_n_pages (document) == 3;
}

/* What a printer would get has all pages. */
static void
test_print (void)
{
  PreviewWindow fixture;
  g_autoptr (GBytes) pdf = pdf_fixture_text (3);
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "printed.pdf", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GBytes) printed = NULL;
  gsize length;

  preview_window_open (&fixture, pdf, FALSE);
  preview_window_wait (&fixture, preview_window_is_drawn);
  operation = kab_pdf_printer_new_operation (kab_preview_page_get_document (fixture.page), "Terms");
  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT,
                                            fixture.window, &error),
                   ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, &length, &error));
  printed = g_bytes_new (content, length);
  kab_preview_page_set_pdf (fixture.page, printed);
  preview_window_wait (&fixture, has_three_pages);
  g_remove (path);
  preview_window_close (&fixture);
}

/* Another language: the page, its size and what was looked for are as they were. */
static void
test_translated (void)
{
  PreviewWindow fixture;
  g_autoptr (GBytes) pdf = pdf_fixture_text (12);
  GtkWidget *search;
  GObject *entry;

  preview_window_open (&fixture, pdf, FALSE);
  preview_window_wait (&fixture, preview_window_is_drawn);
  gtk_widget_activate_action (GTK_WIDGET (kab_preview_page_get_view (fixture.page)),
                              "view.zoom-full", NULL);
  preview_window_wait (&fixture, preview_window_is_full_size);
  gtk_widget_activate_action (GTK_WIDGET (fixture.page), "preview.find", NULL);
  search = preview_window_get_child (&fixture, "search");
  entry = gtk_widget_get_template_child (search, G_OBJECT_TYPE (search), "entry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "line 33 of");
  preview_window_wait (&fixture, has_found);
  g_signal_emit_by_name (entry, "next-match");
  g_signal_emit_by_name (entry, "next-match");
  preview_window_wait (&fixture, is_on_third_page);

  gtk_widget_activate_action (GTK_WIDGET (fixture.page), "page.translate", NULL);
  g_assert_true (preview_window_get_child (&fixture, "search") != search);
  preview_window_wait (&fixture, has_found_third);
  preview_window_wait (&fixture, is_on_third_page);
  preview_window_wait (&fixture, preview_window_is_full_size);
  preview_window_close (&fixture);
}

int
main (int argc, char *argv[])
{
  int result;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/preview-reading/search", test_search);
  g_test_add_func ("/preview-reading/copy", test_copy);
  g_test_add_func ("/preview-reading/print", test_print);
  g_test_add_func ("/preview-reading/translated", test_translated);
  result = g_test_run ();
  kab_document_process_drop_spare ();
  return result;
}
