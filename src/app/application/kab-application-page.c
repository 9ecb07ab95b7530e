/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "application/kab-application-page.h"

#include <glib/gi18n.h>

#include "common/kab-api-error-text.h"
#include "common/kab-local-text.h"
#include "common/kab-question.h"
#include "common/kab-saved-label.h"
#include "common/kab-status-view.h"
#include "common/kab-toast.h"
#include "forms/kab-conflict-dialog.h"
#include "forms/kab-form-view.h"
#include "forms/kab-form-words.h"
#include "forms/kab-missing-button.h"
#include "kab-time.h"

/**
 * KabApplicationPage:
 *
 * The application form: filled, saved as it is filled, submitted. `model` is a
 * #KabApplicationModel.
 */
struct _KabApplicationPage
{
  KabPage parent_instance;

  GSignalGroup *autosave_signals; /* (owned) */
  GCancellable *cancellable;      /* (owned) */
  char *start;                    /* (owned) (nullable): the field to go on in */

  GtkStack *stack;
  KabStatusView *loading;
  KabStatusView *failure;
  KabFormView *view;
  AdwBanner *banner;
  KabSavedLabel *saved;
  GtkWidget *save;
  GtkWidget *bar;
  KabMissingButton *missing;
  GtkButton *submit;
};

G_DEFINE_FINAL_TYPE (KabApplicationPage, kab_application_page, KAB_TYPE_PAGE)

static KabApplicationModel *
get_model (KabApplicationPage *self)
{
  return KAB_APPLICATION_MODEL (kab_page_get_model (KAB_PAGE (self)));
}

static gint64
to_time (GDateTime *date_time)
{
  return date_time != NULL ? g_date_time_to_unix (date_time) * KAB_TIME_SECOND : kab_clock_now ();
}

static void
show_conflict (KabApplicationPage *self, KabAutosave *autosave)
{
  KabAutosaveState state = kab_autosave_get_state (autosave);
  g_autofree char *message = NULL;

  if (state == KAB_AUTOSAVE_CONFLICT)
    {
      adw_banner_set_title (self->banner, _("This form was also changed somewhere else."));
      adw_banner_set_button_label (self->banner, _("Choose…"));
    }
  else if (state == KAB_AUTOSAVE_FAILED)
    {
      message = kab_api_error_text (kab_autosave_get_error (autosave));
      adw_banner_set_title (self->banner, message);
      adw_banner_set_button_label (self->banner, NULL);
    }
  adw_banner_set_revealed (self->banner, message != NULL || state == KAB_AUTOSAVE_CONFLICT);
}

static void
show_saved_cb (KabApplicationPage *self)
{
  KabAutosave *autosave = kab_application_model_get_autosave (get_model (self));
  KabOnboarding *onboarding = kab_application_model_get_onboarding (get_model (self));
  GDateTime *saved_at = NULL;

  if (autosave == NULL)
    {
      kab_saved_label_set (self->saved, KAB_SAVED_NOTHING, 0);
      return;
    }

  saved_at = kab_autosave_get_saved_at (autosave);
  if (saved_at == NULL && kab_autosave_get_state (autosave) == KAB_AUTOSAVE_SAVED)
    saved_at = kab_onboarding_get_saved_at (onboarding);
  kab_saved_label_set (self->saved, kab_saved_state_of (autosave), to_time (saved_at));
  show_conflict (self, autosave);
}

static void
chosen_cb (KabApplicationPage *self, JsonObject *answers)
{
  kab_application_model_resolve (get_model (self), answers);
}

static void
banner_clicked_cb (KabApplicationPage *self)
{
  KabApplicationModel *model = get_model (self);
  KabAutosave *autosave = kab_application_model_get_autosave (model);
  AdwDialog *dialog;

  if (autosave == NULL || kab_autosave_get_theirs (autosave) == NULL)
    return;

  dialog = kab_conflict_dialog_new (
      kab_form_model_get_definition (kab_application_model_get_form (model)),
      kab_autosave_get_mine (autosave), kab_autosave_get_theirs (autosave));
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
show_failure (KabApplicationPage *self)
{
  const GError *error = kab_application_model_get_error (get_model (self));

  if (error->domain == KAB_API_ERROR)
    kab_status_view_set_error (self->failure, error, _("The application can’t be opened"));
  else
    g_object_set (self->failure, "icon-name", "dialog-warning-symbolic", "title",
                  _("This form can’t be shown"), "description",
                  _("This program is too old for it, or the bank made a mistake. Update the "
                     "program, or write to the bank."),
                  NULL);
}

static void
show_submitted (KabApplicationPage *self)
{
  GDateTime *submitted_at =
      kab_onboarding_get_submitted_at (kab_application_model_get_onboarding (get_model (self)));
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  if (submitted_at != NULL)
    {
      when = kab_local_time_exact (to_time (submitted_at));
      /* Translators: %s is a date and time */
      text = g_strdup_printf (_("Submitted %s"), when);
    }
  adw_banner_set_title (self->banner, text != NULL ? text : _("Submitted"));
  adw_banner_set_button_label (self->banner, NULL);
  adw_banner_set_revealed (self->banner, TRUE);
}

static void
focus_place (KabApplicationPage *self)
{
  if (self->start != NULL && kab_form_view_focus (self->view, self->start))
    return;
  if (gtk_widget_get_focus_child (GTK_WIDGET (self->view)) == NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
}

static void
show_form (KabApplicationPage *self)
{
  KabApplicationModel *model = get_model (self);
  KabFormModel *form = kab_application_model_get_form (model);
  gboolean is_new = kab_form_view_get_model (self->view) != form;

  kab_form_view_set_model (self->view, form);
  kab_missing_button_set_model (self->missing, form);
  g_signal_group_set_target (self->autosave_signals, kab_application_model_get_autosave (model));
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->view));
  adw_navigation_page_set_title (
      ADW_NAVIGATION_PAGE (self),
      kab_form_definition_get_title (kab_form_model_get_definition (form),
                                     kab_form_words_get_language ()));
  if (is_new && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      kab_application_model_get_phase (model) == KAB_APPLICATION_FILLING)
    focus_place (self);
}

static void
phase_changed_cb (KabApplicationPage *self)
{
  KabApplicationPhase phase = kab_application_model_get_phase (get_model (self));
  gboolean fills = phase == KAB_APPLICATION_FILLING || phase == KAB_APPLICATION_SENDING;

  if (phase == KAB_APPLICATION_LOADING)
    {
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->loading));
    }
  else if (phase == KAB_APPLICATION_UNAVAILABLE)
    {
      show_failure (self);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
    }
  else
    {
      show_form (self);
      show_saved_cb (self);
    }
  if (phase == KAB_APPLICATION_SENT)
    show_submitted (self);
  gtk_widget_set_visible (self->bar, fills);
  gtk_widget_set_visible (self->save, fills);
  gtk_widget_set_sensitive (GTK_WIDGET (self->view), phase != KAB_APPLICATION_SENDING);
  gtk_button_set_label (self->submit,
                        phase == KAB_APPLICATION_SENDING ? _("Submitting…") : _("Submit"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "application.save", fills);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "application.submit",
                                 phase == KAB_APPLICATION_FILLING);
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabApplicationPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (kab_autosave_flush_finish (KAB_AUTOSAVE (source), result, &error))
    {
      kab_toast_tell (GTK_WIDGET (self), _("Saved. You can go on at any time."));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (kab_api_error_is_connection (error))
    kab_toast_tell (GTK_WIDGET (self),
                    _("Kept on this computer. It is sent when the connection is back."));
}

static void
save_action_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  KabApplicationPage *self = KAB_APPLICATION_PAGE (widget);

  kab_autosave_flush_async (kab_application_model_get_autosave (get_model (self)),
                            self->cancellable, flushed_cb, g_object_ref (self));
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabApplicationPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (kab_application_model_submit_finish (KAB_APPLICATION_MODEL (source), result, &error))
    {
      kab_application_model_set_place (get_model (self), NULL);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.show", "s", "home");
      kab_toast_tell (GTK_WIDGET (self), _("Your application is with the bank now."));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  text = kab_api_error_text (error);
  kab_toast_tell (GTK_WIDGET (self), text);
  if (!kab_api_error_is_connection (error) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    kab_form_view_focus_first_error (self->view);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabApplicationPage) self = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (!g_str_equal (response, "submit") ||
      kab_application_model_get_phase (get_model (self)) != KAB_APPLICATION_FILLING)
    return;

  kab_application_model_submit_async (get_model (self), self->cancellable, submitted_cb,
                                      g_object_ref (self));
}

/* NAT-12: first what is missing, then a question, since it can't be taken back. */
static void
submit_action_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  KabApplicationPage *self = KAB_APPLICATION_PAGE (widget);
  AdwAlertDialog *dialog;

  if (kab_form_model_is_sending (kab_application_model_get_form (get_model (self))))
    {
      kab_toast_tell (widget, _("Wait until all files are sent, then submit."));
      return;
    }
  if (kab_form_view_focus_first_error (self->view))
    return;

  dialog = kab_question_new (_("Submit the application?"),
                             _("The bank gets it at once. After that you can’t change it "
                                "here; the bank asks you if something is missing."));
  kab_question_answers (dialog, "cancel", _("Cancel"), "submit", _("Submit"));
  adw_alert_dialog_choose (dialog, widget, self->cancellable, confirmed_cb, g_object_ref (self));
}

static void
missing_chosen_cb (KabApplicationPage *self, const char *pointer)
{
  if (pointer == NULL)
    kab_form_view_focus_first_error (self->view);
  else
    kab_form_view_focus (self->view, pointer);
}

static void
retry_cb (KabApplicationPage *self)
{
  kab_application_model_load (get_model (self));
}

static void
focus_changed_cb (KabApplicationPage *self)
{
  g_autofree char *place = NULL;

  if (kab_application_model_get_phase (get_model (self)) != KAB_APPLICATION_FILLING)
    return;

  place = kab_form_view_dup_focus (self->view);
  if (place != NULL)
    kab_application_model_set_place (get_model (self), place);
}

static void
kab_application_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kab_application_page_parent_class)->root (widget);

  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget",
                           G_CALLBACK (focus_changed_cb), widget, G_CONNECT_SWAPPED);
}

/* Left in order: the program needn't open here the next time. */
static void
kab_application_page_unroot (GtkWidget *widget)
{
  kab_application_model_set_place (get_model (KAB_APPLICATION_PAGE (widget)), NULL);
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), focus_changed_cb, widget);

  GTK_WIDGET_CLASS (kab_application_page_parent_class)->unroot (widget);
}

static void
kab_application_page_first_shown (KabPage *page)
{
  KabApplicationPage *self = KAB_APPLICATION_PAGE (page);

  if (kab_application_model_get_phase (get_model (self)) == KAB_APPLICATION_FILLING)
    focus_place (self);
  else
    KAB_PAGE_CLASS (kab_application_page_parent_class)->first_shown (page);
}

static void
kab_application_page_constructed (GObject *object)
{
  KabApplicationPage *self = KAB_APPLICATION_PAGE (object);

  G_OBJECT_CLASS (kab_application_page_parent_class)->constructed (object);

  /* Before the focus is anywhere else in the form. */
  self->start = g_strdup (kab_application_model_get_place (get_model (self)));
  g_signal_connect_object (get_model (self), "notify::phase", G_CALLBACK (phase_changed_cb), self,
                           G_CONNECT_SWAPPED);
  kab_application_model_open (get_model (self));
  phase_changed_cb (self);
}

static void
kab_application_page_dispose (GObject *object)
{
  KabApplicationPage *self = KAB_APPLICATION_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->autosave_signals);

  G_OBJECT_CLASS (kab_application_page_parent_class)->dispose (object);
}

static void
kab_application_page_finalize (GObject *object)
{
  g_free (KAB_APPLICATION_PAGE (object)->start);

  G_OBJECT_CLASS (kab_application_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, KabApplicationPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KabApplicationPage, loading);
  gtk_widget_class_bind_template_child (widget_class, KabApplicationPage, failure);
  gtk_widget_class_bind_template_child (widget_class, KabApplicationPage, view);
  gtk_widget_class_bind_template_child (widget_class, KabApplicationPage, banner);
  gtk_widget_class_bind_template_child (widget_class, KabApplicationPage, saved);
  gtk_widget_class_bind_template_child (widget_class, KabApplicationPage, save);
  gtk_widget_class_bind_template_child (widget_class, KabApplicationPage, bar);
  gtk_widget_class_bind_template_child (widget_class, KabApplicationPage, missing);
  gtk_widget_class_bind_template_child (widget_class, KabApplicationPage, submit);
}

static void
kab_application_page_class_init (KabApplicationPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = kab_application_page_constructed;
  object_class->dispose = kab_application_page_dispose;
  object_class->finalize = kab_application_page_finalize;
  widget_class->root = kab_application_page_root;
  widget_class->unroot = kab_application_page_unroot;
  KAB_PAGE_CLASS (klass)->first_shown = kab_application_page_first_shown;

  g_type_ensure (KAB_TYPE_FORM_VIEW);
  g_type_ensure (KAB_TYPE_MISSING_BUTTON);
  g_type_ensure (KAB_TYPE_SAVED_LABEL);
  g_type_ensure (KAB_TYPE_STATUS_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/application/kab-application-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, banner_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, missing_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);

  gtk_widget_class_install_action (widget_class, "application.save", NULL, save_action_cb);
  gtk_widget_class_install_action (widget_class, "application.submit", NULL, submit_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK,
                                       "application.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "application.submit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK,
                                       "application.submit", NULL);
}

static void
kab_application_page_init (KabApplicationPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->autosave_signals = g_signal_group_new (KAB_TYPE_AUTOSAVE);
  g_signal_group_connect_swapped (self->autosave_signals, "notify::state",
                                  G_CALLBACK (show_saved_cb), self);
  g_signal_group_connect_swapped (self->autosave_signals, "notify::saved-at",
                                  G_CALLBACK (show_saved_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}
