/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What leaves the preview: saved and submitted copies, files, paper. */

#include <glib/gi18n.h>

#include "preview/kab-pdf-printer.h"
#include "preview/kab-preview-page-private.h"

typedef struct
{
  KabPreviewPage *page; /* (owned) */
  GBytes *bytes;        /* (owned) (nullable) */
  const char *signal;   /* (nullable): what to emit with the copy */
} Job;

static Job *
job_new (KabPreviewPage *page, GBytes *bytes, const char *signal)
{
  Job *job = g_new (Job, 1);

  *job = (Job) { g_object_ref (page), bytes != NULL ? g_bytes_ref (bytes) : NULL, signal };
  return job;
}

static void
job_free (Job *job)
{
  g_object_unref (job->page);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_free (job);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *message = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    message = g_strdup_printf (_("Saved as “%s”"), name);
  else
    message = g_strdup_printf (
        _("“%s” could not be saved. Choose another folder or free some space."), name);
  if (job->page->stack != NULL)
    kab_preview_page_show_message (job->page, message);
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  GBytes *bytes = job->bytes;

  if (file != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                         written_cb, g_steal_pointer (&job));
}

static void
choose_file (KabPreviewPage *self, GBytes *bytes)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  const char *title = adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (self));
  g_autofree char *plain = g_strdelimit (g_strdup (title), "/\\", '-');
  g_autofree char *name =
      g_str_has_suffix (plain, ".pdf") ? g_strdup (plain) : g_strconcat (plain, ".pdf", NULL);

  gtk_file_dialog_set_title (dialog, _("Save the document"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                        file_chosen_cb, job_new (self, bytes, NULL));
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) copy =
      kab_pdf_document_save_finish (KAB_PDF_DOCUMENT (source), result, &error);

  if (job->page->stack == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (copy == NULL)
    {
      if (job->signal != NULL)
        kab_preview_page_set_modified (job->page, TRUE);
      kab_preview_page_show_message (job->page,
                                     _("The filled copy could not be made. Try again."));
      return;
    }
  if (job->signal == NULL)
    {
      choose_file (job->page, copy);
      return;
    }
  g_signal_emit_by_name (job->page, job->signal, copy);
}

/* What is filled in from now on isn't in the copy. */
static void
make_copy (KabPreviewPage *self, const char *signal)
{
  if (signal != NULL)
    kab_preview_page_set_modified (self, FALSE);
  kab_pdf_document_save_async (self->document, self->cancellable, copied_cb,
                               job_new (self, NULL, signal));
}

static void
save_copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  make_copy (KAB_PREVIEW_PAGE (widget), NULL);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KabPreviewPage *self = KAB_PREVIEW_PAGE (widget);

  if (gtk_revealer_get_reveal_child (self->bottom_bar))
    make_copy (self, "saved");
  else
    make_copy (self, NULL);
}

/* Submitting with a field missing leads to the field. */
static void
submit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KabPreviewPage *self = KAB_PREVIEW_PAGE (widget);
  guint missing;
  KabPdfField *field = kab_pdf_document_find_missing (self->document, &missing);
  g_autofree char *message = NULL;

  if (!gtk_revealer_get_reveal_child (self->bottom_bar))
    return;
  if (field == NULL)
    {
      make_copy (self, "submitted");
      return;
    }
  kab_pdf_view_focus_field (self->view, field);
  message = g_strdup_printf (_("Fill in “%s” first"), kab_pdf_field_get_label (field));
  kab_preview_page_show_message (self, message);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), message,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
download_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KabPreviewPage *self = KAB_PREVIEW_PAGE (widget);

  choose_file (self, self->pdf);
}

static void
printed_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, KabPreviewPage *self)
{
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR && self->stack != NULL)
    kab_preview_page_show_message (self,
                                   _("The document could not be printed. Check the printer."));
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KabPreviewPage *self = KAB_PREVIEW_PAGE (widget);
  const char *title = adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (self));
  g_autoptr (GtkPrintOperation) operation = kab_pdf_printer_new_operation (self->document, title);

  g_signal_connect_object (operation, "done", G_CALLBACK (printed_cb), self, G_CONNECT_DEFAULT);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_WINDOW (gtk_widget_get_root (widget)), NULL);
}

/** kab_preview_page_install_file_actions: for the class of the page. */
void
kab_preview_page_install_file_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "preview.save-copy", NULL, save_copy_action);
  gtk_widget_class_install_action (widget_class, "preview.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "preview.submit", NULL, submit_action);
  gtk_widget_class_install_action (widget_class, "preview.download", NULL, download_action);
  gtk_widget_class_install_action (widget_class, "preview.print", NULL, print_action);
}
