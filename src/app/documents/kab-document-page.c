/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/kab-document-page-private.h"

#include <glib/gi18n.h>

#include "common/kab-api-error-text.h"
#include "documents/kab-document-rows.h"
#include "documents/kab-document-words.h"
#include "kab-time.h"

/**
 * KabDocumentPage:
 *
 * A document: what the bank asks, filling in, files, versions and history, and below what can be
 * done with it now. `model` is a #KabDocumentModel.
 */
G_DEFINE_FINAL_TYPE (KabDocumentPage, kab_document_page, KAB_TYPE_PAGE)

/* For the other files of this class. */
KabDocumentModel *
kab_document_page_get_model (KabDocumentPage *self)
{
  return KAB_DOCUMENT_MODEL (kab_page_get_model (KAB_PAGE (self)));
}

static KabDocument *
get_document (KabDocumentPage *self)
{
  return kab_document_model_get_document (kab_document_page_get_model (self));
}

static void
show_state (KabDocumentPage *self)
{
  KabDocument *document = get_document (self);
  g_autofree char *version = kab_document_dup_version (kab_document_get_revision (document));

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self),
                                 kab_document_get_local_title (document));
  kab_status_label_set_state (self->state, kab_document_read_state (document));
  gtk_label_set_label (self->version, version);
  kab_time_label_set_time (self->time,
                           kab_date_time_to_time (kab_document_get_changed_at (document)));
  gtk_label_set_label (self->meaning, kab_document_get_meaning (document));
}

static void
show_fill (KabDocumentPage *self)
{
  KabDocumentModel *model = kab_document_page_get_model (self);
  KabDocument *document = get_document (self);
  gboolean editable = kab_document_allows (document, "edit");
  gboolean pdf = kab_document_model_is_pdf (model);
  const char *title = _("Read the questionnaire");
  const char *subtitle = NULL;

  if (editable)
    {
      title = kab_document_get_comment_count (document) > 0 ? _("Correct the questionnaire")
                                                            : _("Fill in the questionnaire");
      subtitle = pdf ? _("It opens here. What you save becomes a file of this document.")
                     : _("It is saved while you fill it in.");
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->fill_row), title);
  adw_action_row_set_subtitle (self->fill_row, subtitle);
  gtk_widget_set_visible (self->blank_row, pdf && editable);
  gtk_widget_set_visible (self->fill_group,
                          kab_document_model_is_electronic (model) || (pdf && editable));
}

static void
show_files (KabDocumentPage *self)
{
  KabDocumentModel *model = kab_document_page_get_model (self);
  gboolean editable = kab_document_allows (get_document (self), "edit");
  GListModel *files = G_LIST_MODEL (kab_document_model_get_attachments (model));
  gboolean electronic = kab_document_model_is_electronic (model);

  kab_upload_list_set_editable (self->files, editable && !electronic);
  gtk_widget_set_visible (GTK_WIDGET (self->files_group),
                          g_list_model_get_n_items (files) > 0 || (editable && !electronic));
  adw_preferences_group_set_description (
      self->files_group, editable && kab_document_model_is_pdf (model)
                             ? _("The filled questionnaire and whatever else the bank asks for.")
                             : NULL);
}

static void
show_lists (KabDocumentPage *self)
{
  KabDocumentModel *model = kab_document_page_get_model (self);
  KabDocument *document = get_document (self);
  gboolean editable = kab_document_allows (document, "edit");

  gtk_widget_set_visible (self->comments_group,
                          editable &&
                              g_list_model_get_n_items (kab_document_get_comments (document)) > 0);
  gtk_widget_set_visible (self->versions_group,
                          g_list_model_get_n_items (kab_document_get_versions (document)) > 0);
  gtk_widget_set_visible (self->history_group,
                          g_list_model_get_n_items (kab_document_model_get_history (model)) > 0);
}

static char *
dup_note (KabDocumentModel *model)
{
  KabAttachments *attachments = kab_document_model_get_attachments (model);
  KabAutosave *autosave = kab_document_model_get_autosave (model);

  if (autosave != NULL && kab_autosave_get_state (autosave) == KAB_AUTOSAVE_CONFLICT)
    return g_strdup (_("This form was also changed somewhere else."));
  if (autosave != NULL && kab_autosave_get_state (autosave) == KAB_AUTOSAVE_FAILED)
    return kab_api_error_text (kab_autosave_get_error (autosave));
  if (kab_attachments_get_busy (attachments))
    return g_strdup (_("Files are still being sent"));
  if (kab_attachments_get_failed (attachments))
    return g_strdup (_("A file could not be sent"));

  return g_strdup ("");
}

static void
show_bar (KabDocumentPage *self)
{
  KabDocumentModel *model = kab_document_page_get_model (self);
  KabDocument *document = get_document (self);
  gboolean sending = kab_document_model_get_phase (model) == KAB_DOCUMENT_PHASE_SENDING;
  gboolean save = kab_document_allows (document, "save");
  gboolean submit = kab_document_allows (document, "submit");
  gboolean approve = kab_document_allows (document, "approve");
  g_autofree char *note = dup_note (model);

  gtk_widget_set_visible (GTK_WIDGET (self->save_button), save);
  gtk_widget_set_visible (GTK_WIDGET (self->submit_button), submit);
  gtk_widget_set_visible (GTK_WIDGET (self->approve_button), approve);
  gtk_widget_set_visible (self->bar,
                          (save || submit || approve) &&
                              kab_document_model_get_phase (model) >= KAB_DOCUMENT_PHASE_READY);
  gtk_button_set_label (self->submit_button, sending ? _("Submitting…") : _("Submit"));
  gtk_button_set_label (self->approve_button, sending ? _("Approving…") : _("Approve"));
  gtk_label_set_label (self->note, note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *note != '\0');
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "document.save", save && !sending);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "document.submit", submit && !sending);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "document.approve", approve && !sending);
  gtk_widget_set_sensitive (self->content, !sending);
}

static void
show_saved (KabDocumentPage *self)
{
  KabDocumentModel *model = kab_document_page_get_model (self);
  KabAttachments *attachments = kab_document_model_get_attachments (model);
  KabAutosave *autosave = kab_document_model_get_autosave (model);
  gint64 saved_at = kab_document_model_get_saved_at (model);

  if (!kab_document_allows (get_document (self), "save") ||
      kab_attachments_get_busy (attachments) || kab_attachments_get_failed (attachments))
    kab_saved_label_set (self->saved, KAB_SAVED_NOTHING, 0);
  else if (autosave != NULL && kab_document_model_get_changed (model))
    kab_saved_label_set (self->saved, kab_saved_state_of (autosave), kab_clock_now ());
  else if (kab_document_model_get_changed (model))
    kab_saved_label_set (self->saved, KAB_SAVED_SAVING, 0);
  else if (saved_at != 0)
    kab_saved_label_set (self->saved, KAB_SAVED_AT_BANK, saved_at);
  else
    kab_saved_label_set (self->saved, KAB_SAVED_NOTHING, 0);
}

static void
update (KabDocumentPage *self)
{
  show_state (self);
  show_fill (self);
  show_files (self);
  show_lists (self);
  show_bar (self);
  show_saved (self);
}

static void
transfer_changed_cb (KabDocumentPage *self)
{
  show_bar (self);
  show_saved (self);
}

/* A live change: told, without taking the focus. */
static void
state_changed_cb (KabDocumentPage *self)
{
  KabDocument *document = get_document (self);
  g_autofree char *text =
      g_strdup_printf ("%s. %s", kab_document_state_get_word (kab_document_read_state (document)),
                       kab_document_get_meaning (document));

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_failure (KabDocumentPage *self)
{
  const GError *error = kab_document_model_get_error (kab_document_page_get_model (self));
  KabOutage outage = kab_outage_from_error (error);
  g_autofree char *text = NULL;

  if (outage != KAB_OUTAGE_NONE && !g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_NOT_FOUND))
    {
      kab_status_view_set_outage (self->failure, outage);
      return;
    }

  text = kab_api_error_text (error);
  g_object_set (self->failure, "icon-name", "dialog-warning-symbolic", "title",
                _("This document can’t be shown"), "description", text, NULL);
}

static void
phase_changed_cb (KabDocumentPage *self)
{
  switch (kab_document_model_get_phase (kab_document_page_get_model (self)))
    {
    case KAB_DOCUMENT_PHASE_LOADING:
      gtk_stack_set_visible_child_name (self->stack, "loading");
      break;
    case KAB_DOCUMENT_PHASE_UNAVAILABLE:
      show_failure (self);
      gtk_stack_set_visible_child_name (self->stack, "failure");
      break;
    case KAB_DOCUMENT_PHASE_READY:
    case KAB_DOCUMENT_PHASE_SENDING:
    default:
      gtk_stack_set_visible_child_name (self->stack, "content");
      break;
    }
  update (self);
}

static void
retry_cb (KabDocumentPage *self)
{
  kab_document_model_load (kab_document_page_get_model (self));
}

static GtkWidget *
create_comment (gpointer item, gpointer user_data)
{
  return kab_comment_row_new (item, "document.go-to");
}

static GtkWidget *
create_version (gpointer item, gpointer user_data)
{
  return kab_version_row_new (item, "document.show-answers", "document.show-file");
}

static GtkWidget *
create_history (gpointer item, gpointer user_data)
{
  return kab_history_row_new (item);
}

static void
bind_lists (KabDocumentPage *self)
{
  KabDocumentModel *model = kab_document_page_get_model (self);
  KabDocument *document = get_document (self);
  GListModel *lists[] = { kab_document_get_comments (document),
                          kab_document_get_versions (document),
                          kab_document_model_get_history (model) };

  gtk_list_box_bind_model (self->comments, lists[0], create_comment, NULL, NULL);
  gtk_list_box_bind_model (self->versions, lists[1], create_version, NULL, NULL);
  gtk_list_box_bind_model (self->history, lists[2], create_history, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    g_signal_connect_object (lists[i], "items-changed", G_CALLBACK (show_lists), self,
                             G_CONNECT_SWAPPED);
}

static void
connect_model (KabDocumentPage *self)
{
  KabDocumentModel *model = kab_document_page_get_model (self);
  KabAttachments *attachments = kab_document_model_get_attachments (model);

  g_signal_connect_object (model, "notify::phase", G_CALLBACK (phase_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::changed", G_CALLBACK (transfer_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "refused", G_CALLBACK (kab_document_page_tell_error), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "conflict", G_CALLBACK (kab_document_page_ask_conflict), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_document (self), "notify", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_document (self), "notify::state", G_CALLBACK (state_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (attachments, "notify", G_CALLBACK (transfer_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (attachments, "items-changed", G_CALLBACK (show_files), self,
                           G_CONNECT_SWAPPED);
}

static void
kab_document_page_constructed (GObject *object)
{
  KabDocumentPage *self = KAB_DOCUMENT_PAGE (object);
  KabDocumentModel *model = kab_document_page_get_model (self);

  G_OBJECT_CLASS (kab_document_page_parent_class)->constructed (object);

  kab_upload_list_set_attachments (self->files, kab_document_model_get_attachments (model));
  kab_upload_list_take_drops (self->files, self->content);
  bind_lists (self);
  connect_model (self);
  if (kab_document_model_get_phase (model) < KAB_DOCUMENT_PHASE_READY)
    kab_document_model_load (model);
  phase_changed_cb (self);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, failure);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, content);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, saved);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, state);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, version);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, time);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, meaning);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, comments_group);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, comments);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, fill_group);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, fill_row);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, blank_row);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, files_group);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, files);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, versions_group);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, versions);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, history_group);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, history);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, bar);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, note);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, save_button);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, submit_button);
  gtk_widget_class_bind_template_child (widget_class, KabDocumentPage, approve_button);
}

static void
kab_document_page_class_init (KabDocumentPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kab_document_page_constructed;

  g_type_ensure (KAB_TYPE_SAVED_LABEL);
  g_type_ensure (KAB_TYPE_STATUS_LABEL);
  g_type_ensure (KAB_TYPE_STATUS_VIEW);
  g_type_ensure (KAB_TYPE_TIME_LABEL);
  g_type_ensure (KAB_TYPE_UPLOAD_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/documents/kab-document-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  kab_document_page_install_filling (widget_class);
  kab_document_page_install_sending (widget_class);
}

static void
kab_document_page_init (KabDocumentPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kab_document_page_open:
 * @origin: a widget of the page that is left
 * @model: the document
 *
 * Goes on to the document.
 */
void
kab_document_page_open (GtkWidget *origin, KabDocumentModel *model)
{
  GtkWidget *view = gtk_widget_get_ancestor (origin, ADW_TYPE_NAVIGATION_VIEW);

  adw_navigation_view_push (
      ADW_NAVIGATION_VIEW (view),
      ADW_NAVIGATION_PAGE (kab_page_new (KAB_TYPE_DOCUMENT_PAGE, G_OBJECT (model))));
}
