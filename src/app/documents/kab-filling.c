/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/kab-filling.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "common/kab-api-error-text.h"
#include "common/kab-toast.h"
#include "documents/kab-document-words.h"
#include "documents/kab-file-viewer.h"
#include "documents/kab-filling-keeper.h"
#include "kab-document-operations.h"

/* A PDF questionnaire is filled in the preview: the bank's blank form or the copy filled last. What
 * is saved there, and what is left there unsaved, becomes a file of the document; what is still
 * being filled in is kept as values of fields. */

typedef struct
{
  GtkWidget *origin;        /* (owned): the document's page */
  KabDocumentModel *model;  /* (owned) */
  KabFillingKeeper *keeper; /* (owned) (nullable): while the page is there */
} Filling;

static Filling *
filling_new (GtkWidget *origin, KabDocumentModel *model)
{
  Filling *filling = g_new0 (Filling, 1);

  filling->origin = g_object_ref (origin);
  filling->model = g_object_ref (model);

  return filling;
}

static void
filling_free (Filling *filling)
{
  g_object_unref (filling->origin);
  g_object_unref (filling->model);
  g_free (filling);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Filling, filling_free)

static void
closure_gone_cb (gpointer filling, GClosure *closure)
{
  filling_free (filling);
}

/* The page that @page leads back to: a change of language makes it anew. */
static GtkWidget *
get_origin (KabPreviewPage *page, Filling *filling)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (page), ADW_TYPE_NAVIGATION_VIEW);
  AdwNavigationPage *previous =
      view != NULL ? adw_navigation_view_get_previous_page (ADW_NAVIGATION_VIEW (view),
                                                            ADW_NAVIGATION_PAGE (page))
                   : NULL;

  return previous != NULL ? GTK_WIDGET (previous) : filling->origin;
}

static void
leave (GtkWidget *page)
{
  GtkWidget *view = gtk_widget_get_ancestor (page, ADW_TYPE_NAVIGATION_VIEW);

  if (view != NULL)
    adw_navigation_view_pop (ADW_NAVIGATION_VIEW (view));
}

static void
tell_failure (GtkWidget *widget, const GError *error)
{
  kab_toast_tell (
      widget,
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE)
          ? _("There are too many files. Remove one of the document’s files first.")
          : _("The filled copy could not be kept. Save a copy with the menu, then add it."));
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GError) error = NULL;

  if (kab_document_model_take_filled_finish (KAB_DOCUMENT_MODEL (source), result, &error))
    kab_toast_tell (page, _("Saved. The filled questionnaire is a file of the document now."));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell_failure (page, error);
}

static void
saved_cb (KabPreviewPage *page, GBytes *copy, Filling *filling)
{
  kab_document_model_take_filled_async (filling->model, copy, kept_cb, g_object_ref (page));
}

static void
kept_for_submission_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) origin = user_data;
  g_autoptr (GError) error = NULL;

  if (kab_document_model_take_filled_finish (KAB_DOCUMENT_MODEL (source), result, &error))
    gtk_widget_activate_action (origin, "document.submit", NULL);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell_failure (origin, error);
}

static void
submitted_cb (KabPreviewPage *page, GBytes *copy, Filling *filling)
{
  kab_document_model_take_filled_async (filling->model, copy, kept_for_submission_cb,
                                        g_object_ref (get_origin (page, filling)));
  leave (GTK_WIDGET (page));
}

static void
left_kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) origin = user_data;
  g_autoptr (GError) error = NULL;

  if (!kab_document_model_take_filled_finish (KAB_DOCUMENT_MODEL (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell_failure (origin, error);
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Filling) filling = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) copy =
      kab_pdf_document_save_finish (KAB_PDF_DOCUMENT (source), result, &error);

  if (copy != NULL)
    kab_document_model_take_filled_async (filling->model, copy, left_kept_cb,
                                          g_object_ref (filling->origin));
  else
    kab_toast_tell (filling->origin,
                    _("The filled copy could not be made. What you filled in comes back when you "
                       "open the questionnaire again."));
}

static void
translated_cb (KabPreviewPage *page, Filling *filling)
{
  adw_navigation_page_set_title (
      ADW_NAVIGATION_PAGE (page),
      kab_document_get_local_title (kab_document_model_get_document (filling->model)));
}

static void
destroyed_cb (KabPreviewPage *page, Filling *filling)
{
  g_clear_object (&filling->keeper);
}

/* Left without saving: what was filled in is saved all the same. */
static void
hidden_cb (KabPreviewPage *page, Filling *filling)
{
  if (kab_preview_page_get_modified (page))
    kab_pdf_document_save_async (kab_preview_page_get_document (page), NULL, copied_cb,
                                 filling_new (filling->origin, filling->model));
}

typedef struct
{
  KabPreviewPage *page; /* (owned) */
  char *field;          /* (owned) (nullable) */
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->page);
  g_free (opening->field);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf =
      kab_document_model_fetch_pdf_finish (KAB_DOCUMENT_MODEL (source), result, &error);
  g_autofree char *text = NULL;

  if (pdf != NULL)
    {
      kab_preview_page_set_pdf (opening->page, pdf);
      if (opening->field != NULL)
        kab_preview_page_go_to_field (opening->page, opening->field);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  text = kab_api_error_text (error);
  kab_toast_tell (GTK_WIDGET (opening->page), text);
  leave (GTK_WIDGET (opening->page));
}

/**
 * kab_filling_open:
 * @origin: the page of the document
 * @model: the document, a PDF questionnaire
 * @field: (nullable): the field to begin with
 *
 * Opens the questionnaire to be filled in, or to be read when the bank doesn't allow more.
 */
void
kab_filling_open (GtkWidget *origin, KabDocumentModel *model, const char *field)
{
  KabDocument *document = kab_document_model_get_document (model);
  KabPreviewPage *page = kab_file_viewer_push (origin, kab_document_get_local_title (document));
  Filling *filling = filling_new (origin, model);
  Opening *opening = g_new0 (Opening, 1);

  kab_preview_page_set_editable (page, kab_document_allows (document, "edit"));
  filling->keeper = kab_filling_keeper_new (page, model);
  g_signal_connect (page, "saved", G_CALLBACK (saved_cb), filling);
  g_signal_connect (page, "submitted", G_CALLBACK (submitted_cb), filling);
  g_signal_connect (page, "translated", G_CALLBACK (translated_cb), filling);
  g_signal_connect (page, "destroy", G_CALLBACK (destroyed_cb), filling);
  g_signal_connect_data (page, "hidden", G_CALLBACK (hidden_cb), filling, closure_gone_cb, 0);
  opening->page = g_object_ref (page);
  opening->field = g_strdup (field);
  kab_document_model_fetch_pdf_async (model, fetched_cb, opening);
}

typedef struct
{
  GtkWidget *origin; /* (owned) */
  char *name;        /* (owned) */
  GBytes *bytes;     /* (owned) (nullable) */
} Blank;

static void
blank_free (Blank *blank)
{
  g_object_unref (blank->origin);
  g_clear_pointer (&blank->bytes, g_bytes_unref);
  g_free (blank->name);
  g_free (blank);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Blank, blank_free)

static void
blank_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Blank) blank = user_data;
  gboolean written = g_file_replace_contents_finish (G_FILE (source), result, NULL, NULL);

  kab_toast_tell (
      blank->origin,
      written ? _("The blank form is saved. Fill it in, then add it here.")
              : _("The file could not be saved there. Choose another folder or free some space."));
}

static void
blank_place_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (Blank) blank = user_data;
  GBytes *bytes = blank->bytes;

  if (file != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                         blank_written_cb, g_steal_pointer (&blank));
}

static void
blank_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Blank) blank = user_data;
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (blank->origin);

  blank->bytes = kab_document_load_template_finish (KAB_API (source), result, &error);
  if (blank->bytes == NULL)
    {
      g_autofree char *text = kab_api_error_text (error);

      kab_toast_tell (blank->origin, text);
      return;
    }

  gtk_file_dialog_set_title (dialog, _("Save the blank form"));
  gtk_file_dialog_set_initial_name (dialog, blank->name);
  gtk_file_dialog_save (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL,
                        blank_place_chosen_cb, g_steal_pointer (&blank));
}

/**
 * kab_filling_save_blank:
 * @origin: the page of the document
 * @model: the document, a PDF questionnaire
 *
 * Fetches the blank form and asks where to save it (DOC-3).
 */
void
kab_filling_save_blank (GtkWidget *origin, KabDocumentModel *model)
{
  KabDocument *document = kab_document_model_get_document (model);
  g_autofree char *language = g_strndup (setlocale (LC_MESSAGES, NULL), 2);
  Blank *blank = g_new0 (Blank, 1);

  blank->origin = g_object_ref (origin);
  blank->name = kab_document_dup_file_name (document);
  kab_document_load_template_async (kab_document_model_get_api (model), document, language, NULL,
                                    blank_loaded_cb, blank);
}
