/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/kab-document-page-private.h"

#include <glib/gi18n.h>

#include "common/kab-api-error-text.h"
#include "common/kab-toast.h"
#include "documents/kab-answers-page.h"
#include "documents/kab-document-words.h"
#include "documents/kab-file-viewer.h"
#include "documents/kab-filling.h"
#include "documents/kab-questionnaire-page.h"
#include "kab-document-operations.h"

/* Filling in and looking: the questionnaire, the blank form, files and versions. */

/* For the other files of this class: opens the questionnaire at @field (nullable). */
void
kab_document_page_fill (KabDocumentPage *self, const char *field)
{
  KabDocumentModel *model = kab_document_page_get_model (self);

  if (kab_document_model_is_electronic (model))
    kab_questionnaire_page_open (GTK_WIDGET (self), model, field);
  else if (kab_document_model_is_pdf (model))
    kab_filling_open (GTK_WIDGET (self), model, field);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->files), GTK_DIR_TAB_FORWARD);
}

static void
fill_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  kab_document_page_fill (KAB_DOCUMENT_PAGE (widget), NULL);
}

static void
go_to_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  kab_document_page_fill (KAB_DOCUMENT_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
save_blank_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  kab_filling_save_blank (widget, kab_document_page_get_model (KAB_DOCUMENT_PAGE (widget)));
}

static KabDocumentVersion *
find_version (KabDocumentPage *self, gint64 revision)
{
  KabDocument *document = kab_document_model_get_document (kab_document_page_get_model (self));
  GListModel *versions = kab_document_get_versions (document);

  for (guint i = 0; i < g_list_model_get_n_items (versions); i++)
    {
      g_autoptr (KabDocumentVersion) version = g_list_model_get_item (versions, i);

      if (kab_document_version_get_revision (version) == revision)
        return g_steal_pointer (&version);
    }

  return NULL;
}

static void
show_answers_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  KabDocumentPage *self = KAB_DOCUMENT_PAGE (widget);
  g_autoptr (KabDocumentVersion) version = find_version (self, g_variant_get_int64 (parameter));
  g_autoptr (KabFormModel) form = NULL;

  if (version != NULL)
    form = kab_document_model_new_form_of (kab_document_page_get_model (self), version);
  if (form != NULL)
    kab_answers_page_open (widget, form);
}

static void
show_file_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  KabDocumentPage *self = KAB_DOCUMENT_PAGE (widget);
  gint64 revision;
  const char *id;
  g_autoptr (KabDocumentVersion) version = NULL;
  GListModel *files;

  g_variant_get (parameter, "(x&s)", &revision, &id);
  version = find_version (self, revision);
  files = version != NULL ? kab_document_version_get_files (version) : NULL;
  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (KabFile) file = g_list_model_get_item (files, i);

      if (g_strcmp0 (kab_file_get_id (file), id) == 0)
        kab_file_viewer_open (
            widget, kab_document_model_get_api (kab_document_page_get_model (self)), file);
    }
}

static void
open_file_cb (KabDocumentPage *self, KabAttachment *attachment)
{
  kab_file_viewer_open (GTK_WIDGET (self),
                        kab_document_model_get_api (kab_document_page_get_model (self)),
                        kab_attachment_get_file (attachment));
}

/* For kab-document-page.c. */
void
kab_document_page_install_filling (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "document.fill", NULL, fill_cb);
  gtk_widget_class_install_action (widget_class, "document.go-to", "s", go_to_cb);
  gtk_widget_class_install_action (widget_class, "document.save-blank", NULL, save_blank_cb);
  gtk_widget_class_install_action (widget_class, "document.show-answers", "x", show_answers_cb);
  gtk_widget_class_install_action (widget_class, "document.show-file", "(xs)", show_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_file_cb);
}
