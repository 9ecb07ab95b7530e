/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/kab-questionnaire-page.h"

#include <glib/gi18n.h>

#include "common/kab-api-error-text.h"
#include "common/kab-saved-label.h"
#include "common/kab-toast.h"
#include "documents/kab-document-words.h"
#include "forms/kab-conflict-dialog.h"
#include "forms/kab-form-view.h"
#include "forms/kab-missing-button.h"
#include "kab-time.h"

/**
 * KabQuestionnairePage:
 *
 * An electronic questionnaire (DOC-4): filled in, or read when the bank doesn't allow more. It
 * saves itself; submitting is the document page's. `model` is a #KabDocumentModel that is ready.
 */
struct _KabQuestionnairePage
{
  KabPage parent_instance;

  char *place;                    /* (owned) (nullable): the field to begin with */
  GSignalGroup *autosave_signals; /* (owned) */

  KabFormView *view;
  AdwBanner *banner;
  KabSavedLabel *saved;
  GtkWidget *bar;
  KabMissingButton *missing;
};

G_DEFINE_FINAL_TYPE (KabQuestionnairePage, kab_questionnaire_page, KAB_TYPE_PAGE)

static KabDocumentModel *
get_model (KabQuestionnairePage *self)
{
  return KAB_DOCUMENT_MODEL (kab_page_get_model (KAB_PAGE (self)));
}

static void
show_trouble (KabQuestionnairePage *self, KabAutosave *autosave)
{
  KabAutosaveState state = kab_autosave_get_state (autosave);
  g_autofree char *message = NULL;

  if (state == KAB_AUTOSAVE_CONFLICT)
    message = g_strdup (_("This form was also changed somewhere else."));
  else if (state == KAB_AUTOSAVE_FAILED)
    message = kab_api_error_text (kab_autosave_get_error (autosave));
  if (message != NULL)
    adw_banner_set_title (self->banner, message);
  adw_banner_set_button_label (self->banner, state == KAB_AUTOSAVE_CONFLICT ? _("Choose…") : NULL);
  adw_banner_set_revealed (self->banner, message != NULL);
}

static void
show_saved (KabQuestionnairePage *self)
{
  KabAutosave *autosave = kab_document_model_get_autosave (get_model (self));
  KabSavedState state;
  gint64 time;

  if (autosave == NULL)
    {
      kab_saved_label_set (self->saved, KAB_SAVED_NOTHING, 0);
      adw_banner_set_revealed (self->banner, FALSE);
      return;
    }

  time = kab_date_time_to_time (kab_autosave_get_saved_at (autosave));
  state = kab_saved_state_of (autosave);
  if (state == KAB_SAVED_AT_BANK && time == 0)
    state = KAB_SAVED_NOTHING;
  kab_saved_label_set (self->saved, state, time != 0 ? time : kab_clock_now ());
  show_trouble (self, autosave);
}

static void
form_changed_cb (KabQuestionnairePage *self)
{
  KabFormModel *form = kab_document_model_get_form (get_model (self));
  gboolean editable = !kab_form_model_get_read_only (form);

  kab_form_view_set_model (self->view, form);
  kab_missing_button_set_model (self->missing, form);
  g_signal_group_set_target (self->autosave_signals,
                             kab_document_model_get_autosave (get_model (self)));
  gtk_widget_set_visible (self->bar, editable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "questionnaire.submit", editable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "questionnaire.save", editable);
  show_saved (self);
}

static void
chosen_cb (KabQuestionnairePage *self, JsonObject *answers)
{
  kab_document_model_resolve (get_model (self), answers);
}

static void
banner_clicked_cb (KabQuestionnairePage *self)
{
  KabAutosave *autosave = kab_document_model_get_autosave (get_model (self));
  AdwDialog *dialog;

  if (autosave == NULL || kab_autosave_get_theirs (autosave) == NULL)
    return;

  dialog = kab_conflict_dialog_new (
      kab_form_model_get_definition (kab_document_model_get_form (get_model (self))),
      kab_autosave_get_mine (autosave), kab_autosave_get_theirs (autosave));
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
missing_chosen_cb (KabQuestionnairePage *self, const char *pointer)
{
  if (pointer == NULL)
    kab_form_view_focus_first_error (self->view);
  else
    kab_form_view_focus (self->view, pointer);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) self = user_data;

  if (kab_document_model_save_finish (KAB_DOCUMENT_MODEL (source), result, NULL))
    kab_toast_tell (self, _("Saved. You can go on at any time."));
}

static void
save_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  kab_document_model_save_async (get_model (KAB_QUESTIONNAIRE_PAGE (widget)), saved_cb,
                                 g_object_ref (widget));
}

/* The page before this one is the document's: it asks and submits. */
static void
submit_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  KabQuestionnairePage *self = KAB_QUESTIONNAIRE_PAGE (widget);
  GtkWidget *view = gtk_widget_get_ancestor (widget, ADW_TYPE_NAVIGATION_VIEW);
  AdwNavigationPage *before;

  if (kab_form_view_focus_first_error (self->view))
    return;

  before = adw_navigation_view_get_previous_page (ADW_NAVIGATION_VIEW (view),
                                                  ADW_NAVIGATION_PAGE (self));
  adw_navigation_view_pop (ADW_NAVIGATION_VIEW (view));
  if (before != NULL)
    gtk_widget_activate_action (GTK_WIDGET (before), "document.submit", NULL);
}

static void
kab_questionnaire_page_first_shown (KabPage *page)
{
  KabQuestionnairePage *self = KAB_QUESTIONNAIRE_PAGE (page);

  if (self->place == NULL || !kab_form_view_focus (self->view, self->place))
    KAB_PAGE_CLASS (kab_questionnaire_page_parent_class)->first_shown (page);
}

static void
kab_questionnaire_page_constructed (GObject *object)
{
  KabQuestionnairePage *self = KAB_QUESTIONNAIRE_PAGE (object);
  KabDocumentModel *model = get_model (self);

  G_OBJECT_CLASS (kab_questionnaire_page_parent_class)->constructed (object);

  adw_navigation_page_set_title (
      ADW_NAVIGATION_PAGE (self),
      kab_document_get_local_title (kab_document_model_get_document (model)));
  g_signal_connect_object (model, "notify::form", G_CALLBACK (form_changed_cb), self,
                           G_CONNECT_SWAPPED);
  form_changed_cb (self);
}

static void
kab_questionnaire_page_dispose (GObject *object)
{
  KabQuestionnairePage *self = KAB_QUESTIONNAIRE_PAGE (object);

  g_clear_object (&self->autosave_signals);
  g_clear_pointer (&self->place, g_free);

  G_OBJECT_CLASS (kab_questionnaire_page_parent_class)->dispose (object);
}

static void
kab_questionnaire_page_class_init (KabQuestionnairePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = kab_questionnaire_page_constructed;
  object_class->dispose = kab_questionnaire_page_dispose;
  KAB_PAGE_CLASS (klass)->first_shown = kab_questionnaire_page_first_shown;

  g_type_ensure (KAB_TYPE_FORM_VIEW);
  g_type_ensure (KAB_TYPE_MISSING_BUTTON);
  g_type_ensure (KAB_TYPE_SAVED_LABEL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/documents/kab-questionnaire-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KabQuestionnairePage, view);
  gtk_widget_class_bind_template_child (widget_class, KabQuestionnairePage, banner);
  gtk_widget_class_bind_template_child (widget_class, KabQuestionnairePage, saved);
  gtk_widget_class_bind_template_child (widget_class, KabQuestionnairePage, bar);
  gtk_widget_class_bind_template_child (widget_class, KabQuestionnairePage, missing);
  gtk_widget_class_bind_template_callback (widget_class, banner_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, missing_chosen_cb);

  gtk_widget_class_install_action (widget_class, "questionnaire.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "questionnaire.submit", NULL, submit_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK,
                                       "questionnaire.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "questionnaire.submit", NULL);
}

static void
kab_questionnaire_page_init (KabQuestionnairePage *self)
{
  self->autosave_signals = g_signal_group_new (KAB_TYPE_AUTOSAVE);
  g_signal_group_connect_swapped (self->autosave_signals, "notify", G_CALLBACK (show_saved), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kab_questionnaire_page_open:
 * @origin: the page of the document
 * @model: the document, ready
 * @field: (nullable): the field to begin with
 *
 * Goes on to the questionnaire.
 */
void
kab_questionnaire_page_open (GtkWidget *origin, KabDocumentModel *model, const char *field)
{
  GtkWidget *view = gtk_widget_get_ancestor (origin, ADW_TYPE_NAVIGATION_VIEW);
  KabPage *page = kab_page_new (KAB_TYPE_QUESTIONNAIRE_PAGE, G_OBJECT (model));

  KAB_QUESTIONNAIRE_PAGE (page)->place = g_strdup (field);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (page));
}
