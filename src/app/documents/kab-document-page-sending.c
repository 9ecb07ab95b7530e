/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/kab-document-page-private.h"

#include <glib/gi18n.h>

#include "common/kab-file-refusal.h"
#include "common/kab-question.h"
#include "common/kab-reveal.h"
#include "common/kab-toast.h"
#include "documents/kab-document-words.h"

/* Saving, submitting and approving. */

static gboolean
is_about_files (const GError *error)
{
  KabProblem *problem = kab_api_problem_from_error (error);

  return problem != NULL && kab_problem_get_n_errors (problem) > 0 &&
         g_str_has_prefix (kab_problem_get_pointer (problem, 0), "/files");
}

/* At the files when it is about them, else in passing. */
void
kab_document_page_tell_error (KabDocumentPage *self, const GError *error)
{
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (kab_api_error_is_connection (error))
    text = g_strdup (_("No connection. It is kept here and saved when the connection is back."));
  else if (error->domain == G_IO_ERROR)
    text = g_strdup (_("A file could not be sent. Try it again or remove it."));
  else
    text = kab_file_refusal_text (
        kab_document_model_get_attachments (kab_document_page_get_model (self)), error);

  if (is_about_files (error))
    {
      kab_upload_list_set_error (self->files, text);
      kab_reveal (GTK_WIDGET (self->files), GTK_WIDGET (self->files));
    }
  else
    {
      kab_toast_tell (GTK_WIDGET (self), text);
    }
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabDocumentPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (kab_document_model_save_finish (KAB_DOCUMENT_MODEL (source), result, &error))
    kab_toast_tell (GTK_WIDGET (self), _("Saved. You can go on at any time."));
  else
    kab_document_page_tell_error (self, error);
}

/* Which answers are right is chosen in the questionnaire. */
static gboolean
settles_conflict (KabDocumentPage *self)
{
  KabAutosave *autosave = kab_document_model_get_autosave (kab_document_page_get_model (self));

  if (autosave == NULL || kab_autosave_get_state (autosave) != KAB_AUTOSAVE_CONFLICT)
    return FALSE;

  kab_document_page_fill (self, NULL);

  return TRUE;
}

static void
save_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  KabDocumentModel *model = kab_document_page_get_model (KAB_DOCUMENT_PAGE (widget));

  if (settles_conflict (KAB_DOCUMENT_PAGE (widget)))
    return;

  if (kab_attachments_get_busy (kab_document_model_get_attachments (model)))
    kab_toast_tell (widget, _("Files are still being sent. They are saved when they are there."));
  else
    kab_document_model_save_async (model, saved_cb, g_object_ref (widget));
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabDocumentPage) self = user_data;
  KabDocumentModel *model = KAB_DOCUMENT_MODEL (source);
  g_autoptr (GError) error = NULL;

  if (!kab_document_model_send_finish (model, result, &error))
    {
      kab_document_page_tell_error (self, error);
      return;
    }

  kab_toast_tell (GTK_WIDGET (self), kab_document_read_state (kab_document_model_get_document (
                                         model)) == KAB_DOCUMENT_SIGNING
                                         ? _("Approved. The documents are signed next.")
                                         : _("The document is with the bank now."));
}

static AdwAlertDialog *
create_question (const char *heading, const char *body, const char *response, const char *label)
{
  AdwAlertDialog *dialog = kab_question_new (heading, body);

  kab_question_answers (dialog, "cancel", _("Cancel"), response, label);

  return dialog;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabDocumentPage) self = user_data;
  KabDocumentModel *model = kab_document_page_get_model (self);
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (kab_document_model_get_phase (model) != KAB_DOCUMENT_PHASE_READY)
    return;

  if (g_str_equal (response, "submit"))
    kab_document_model_submit_async (model, sent_cb, g_object_ref (self));
  else if (g_str_equal (response, "approve"))
    kab_document_model_approve_async (model, sent_cb, g_object_ref (self));
}

static gboolean
has_files (KabDocumentModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (kab_document_model_get_attachments (model))) > 0;
}

/* What keeps it from being submitted is shown where it is. */
static gboolean
is_complete (KabDocumentPage *self)
{
  KabDocumentModel *model = kab_document_page_get_model (self);
  KabFormModel *form = kab_document_model_get_form (model);

  if (form != NULL)
    {
      if (kab_form_evaluation_is_complete (kab_form_model_get_evaluation (form)))
        return TRUE;

      kab_form_model_show_problems (form, "");
      kab_toast_tell (GTK_WIDGET (self),
                      _("Some answers are missing or not right. See the marked fields."));
      kab_document_page_fill (self, kab_form_model_get_first_error (form));
      return FALSE;
    }
  if (kab_attachments_get_failed (kab_document_model_get_attachments (model)))
    {
      kab_upload_list_set_error (self->files,
                                 _("A file could not be sent. Try it again or remove it."));
      gtk_widget_child_focus (GTK_WIDGET (self->files), GTK_DIR_TAB_FORWARD);
      return FALSE;
    }
  if (!has_files (model))
    {
      kab_upload_list_set_error (self->files,
                                 kab_document_model_is_pdf (model)
                                     ? _("Fill in the questionnaire or add the filled file first.")
                                     : _("Add at least one file first."));
      gtk_widget_child_focus (GTK_WIDGET (self->files), GTK_DIR_TAB_FORWARD);
      return FALSE;
    }

  return TRUE;
}

static char *
dup_names (GListModel *files)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) strv = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (KabFile) file = g_list_model_get_item (files, i);

      g_strv_builder_add (names, kab_file_get_name (file));
    }
  strv = g_strv_builder_end (names);

  return *strv != NULL ? g_strjoinv (", ", strv) : g_strdup (_("no files"));
}

static char *
dup_own_names (KabAttachments *attachments)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) strv = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (attachments)); i++)
    {
      g_autoptr (KabAttachment) attachment = g_list_model_get_item (G_LIST_MODEL (attachments), i);

      g_strv_builder_add (names, kab_attachment_get_name (attachment));
    }
  strv = g_strv_builder_end (names);

  return *strv != NULL ? g_strjoinv (", ", strv) : g_strdup (_("no files"));
}

static void
conflict_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabDocumentPage) self = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  kab_document_model_resolve_files (kab_document_page_get_model (self),
                                    !g_str_equal (response, "bank"));
}

/* For kab-document-page.c: files were changed elsewhere meanwhile; both sides are shown. */
void
kab_document_page_ask_conflict (KabDocumentPage *self)
{
  KabDocumentModel *model = kab_document_page_get_model (self);
  g_autofree char *theirs =
      dup_names (kab_document_get_files (kab_document_model_get_document (model)));
  g_autofree char *mine = dup_own_names (kab_document_model_get_attachments (model));
  g_autofree char *body =
      g_strdup_printf (_("At the bank: %s.\nHere, with what you added: %s."), theirs, mine);
  AdwAlertDialog *dialog = kab_question_new (_("Files changed elsewhere"), body);

  adw_alert_dialog_add_responses (dialog, "bank", _("Use the bank’s"), "mine",
                                  _("Use those here"), NULL);
  adw_alert_dialog_set_default_response (dialog, "mine");
  adw_alert_dialog_set_close_response (dialog, "mine");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, conflict_answered_cb,
                           g_object_ref (self));
}

static void
submit_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  KabDocumentPage *self = KAB_DOCUMENT_PAGE (widget);

  if (!settles_conflict (self) && is_complete (self))
    adw_alert_dialog_choose (
        create_question (
            _("Submit this document?"),
            _("The bank gets it at once. You can’t change it while the bank looks at it; "
               "the bank asks you if something is missing."),
            "submit", _("Submit")),
        widget, NULL, answered_cb, g_object_ref (self));
}

static void
approve_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  adw_alert_dialog_choose (
      create_question (
          _("Approve the final documents?"),
          _("You confirm that they say what you agreed on. After that they are signed; "
             "only the bank can replace them."),
          "approve", _("Approve")),
      widget, NULL, answered_cb, g_object_ref (widget));
}

/* For kab-document-page.c. */
void
kab_document_page_install_sending (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "document.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "document.submit", NULL, submit_cb);
  gtk_widget_class_install_action (widget_class, "document.approve", NULL, approve_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "document.save",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "document.submit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK,
                                       "document.submit", NULL);
}
