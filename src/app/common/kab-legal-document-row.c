/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-legal-document-row.h"

#include <glib/gi18n.h>

#include "common/kab-api-error-text.h"
#include "common/kab-field-row.h"
#include "kab-bank-operations.h"
#include "preview/kab-preview-page.h"

#define PREVIEW_WIDTH  900
#define PREVIEW_HEIGHT 1000

/**
 * KabLegalDocumentRow:
 *
 * A document of the bank that can be opened. `opened` is emitted when it is on screen; with
 * kab_legal_document_row_set_read() it says whether it was read (REG-11, REG-12).
 */
struct _KabLegalDocumentRow
{
  AdwActionRow parent_instance;

  KabApi *api;                /* (owned) */
  KabLegalDocument *document; /* (owned) */
  char *language;             /* (owned) */
  GCancellable *cancellable;  /* (owned) */
  gboolean is_loading;

  GtkWidget *mark;
  GtkWidget *spinner;
  GtkWidget *arrow;
};

enum
{
  OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabLegalDocumentRow, kab_legal_document_row, ADW_TYPE_ACTION_ROW)

static void
set_loading (KabLegalDocumentRow *self, gboolean is_loading)
{
  self->is_loading = is_loading;
  gtk_widget_set_visible (self->spinner, is_loading);
  gtk_widget_set_visible (self->arrow, !is_loading);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, is_loading, -1);
}

static void
show_error (KabLegalDocumentRow *self, const GError *error)
{
  g_autofree char *text = kab_api_error_text (error);

  kab_field_row_set_error (GTK_WIDGET (self), text);
}

/* Over the page, so that nothing of what was typed moves. */
static void
open_preview (KabLegalDocumentRow *self, GBytes *pdf)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_navigation_view_new ();

  adw_navigation_view_add (ADW_NAVIGATION_VIEW (view),
                           ADW_NAVIGATION_PAGE (kab_preview_page_new (pdf, title)));
  adw_dialog_set_title (dialog, title);
  adw_dialog_set_content_width (dialog, PREVIEW_WIDTH);
  adw_dialog_set_content_height (dialog, PREVIEW_HEIGHT);
  adw_dialog_set_child (dialog, view);
  adw_dialog_present (dialog, GTK_WIDGET (self));
  g_signal_emit (self, signals[OPENED], 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = kab_legal_document_load_finish (KAB_API (source), result, &error);
  g_autoptr (KabLegalDocumentRow) self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_loading (self, FALSE);
  if (pdf != NULL)
    open_preview (self, pdf);
  else
    show_error (self, error);
}

static void
kab_legal_document_row_activate (AdwActionRow *row)
{
  KabLegalDocumentRow *self = KAB_LEGAL_DOCUMENT_ROW (row);

  if (self->is_loading)
    return;

  kab_field_row_set_error (GTK_WIDGET (self), NULL);
  set_loading (self, TRUE);
  kab_legal_document_load_async (self->api, self->document, self->language, self->cancellable,
                                 loaded_cb, g_object_ref (self));
}

static void
kab_legal_document_row_unroot (GtkWidget *widget)
{
  g_cancellable_cancel (KAB_LEGAL_DOCUMENT_ROW (widget)->cancellable);

  GTK_WIDGET_CLASS (kab_legal_document_row_parent_class)->unroot (widget);
}

static void
kab_legal_document_row_finalize (GObject *object)
{
  KabLegalDocumentRow *self = KAB_LEGAL_DOCUMENT_ROW (object);

  g_clear_object (&self->api);
  g_clear_object (&self->document);
  g_clear_object (&self->cancellable);
  g_free (self->language);

  G_OBJECT_CLASS (kab_legal_document_row_parent_class)->finalize (object);
}

static void
kab_legal_document_row_class_init (KabLegalDocumentRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_legal_document_row_finalize;
  GTK_WIDGET_CLASS (klass)->unroot = kab_legal_document_row_unroot;
  ADW_ACTION_ROW_CLASS (klass)->activate = kab_legal_document_row_activate;

  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_BUTTON);
}

static GtkWidget *
create_mark (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", "object-select-symbolic",
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), gtk_label_new (C_("document", "Read")));
  gtk_widget_add_css_class (box, "success");
  gtk_widget_set_visible (box, FALSE);

  return box;
}

static void
kab_legal_document_row_init (KabLegalDocumentRow *self)
{
  AdwActionRow *row = ADW_ACTION_ROW (self);

  self->cancellable = g_cancellable_new ();
  self->mark = create_mark ();
  self->spinner = adw_spinner_new ();
  self->arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  gtk_widget_set_visible (self->spinner, FALSE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  adw_action_row_add_suffix (row, self->mark);
  adw_action_row_add_suffix (row, self->spinner);
  adw_action_row_add_suffix (row, self->arrow);
}

/**
 * kab_legal_document_row_new:
 * @api: the line to the bank
 * @document: one of its documents
 * @language: "lv", "en" or "ru", in which it is opened
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
kab_legal_document_row_new (KabApi *api, KabLegalDocument *document, const char *language)
{
  KabLegalDocumentRow *self = g_object_new (KAB_TYPE_LEGAL_DOCUMENT_ROW, NULL);
  KabTranslations *title = kab_legal_document_get_title (document);

  g_set_object (&self->api, api);
  g_set_object (&self->document, document);
  g_set_str (&self->language, language);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 title != NULL ? kab_translations_get (title, language)
                                               : kab_legal_document_get_kind (document));
  kab_legal_document_row_set_read (self, FALSE);

  return GTK_WIDGET (self);
}

/**
 * kab_legal_document_row_get_document:
 * @self: a row
 *
 * Returns: (transfer none): what it opens
 */
KabLegalDocument *
kab_legal_document_row_get_document (KabLegalDocumentRow *self)
{
  g_return_val_if_fail (KAB_IS_LEGAL_DOCUMENT_ROW (self), NULL);

  return self->document;
}

/**
 * kab_legal_document_row_set_read:
 * @self: a row
 * @read: whether it was opened
 */
void
kab_legal_document_row_set_read (KabLegalDocumentRow *self, gboolean read)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  g_autofree char *label = NULL;

  g_return_if_fail (KAB_IS_LEGAL_DOCUMENT_ROW (self));

  label = read ? g_strdup_printf ("%s, %s", title, C_("document", "Read")) : g_strdup (title);
  gtk_widget_set_visible (self->mark, read);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
