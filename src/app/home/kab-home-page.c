/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "home/kab-home-page.h"

#include <glib/gi18n.h>

#include "common/kab-status-view.h"
#include "home/kab-decision-row.h"
#include "home/kab-next-step.h"
#include "home/kab-stage-row.h"
#include "home/kab-withdrawal.h"
#include "kab-application-state.h"

/**
 * KabHomePage:
 *
 * What to do now, with its one button; below it the decisions of the bank and the way there.
 * `model` is a #KabHomeModel. It changes while one looks at it: that is announced, and the focus
 * stays.
 */
struct _KabHomePage
{
  KabPage parent_instance;

  char *shown_title;    /* (owned) (nullable) */
  KabOnboarding *shown; /* (owned) (nullable): whose rows there are */

  GtkStack *stack;
  KabStatusView *loading;
  KabStatusView *failure;
  GtkWidget *content;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *text;
  GtkWidget *button;
  GtkLabel *button_label;
  GtkWidget *form_button;
  GtkWidget *withdraw_button;
  GtkWidget *stages_group;
  GtkListBox *stages;
  GtkWidget *decisions_group;
  GtkListBox *decisions;
};

G_DEFINE_FINAL_TYPE (KabHomePage, kab_home_page, KAB_TYPE_PAGE)

static KabHomeModel *
get_model (KabHomePage *self)
{
  return KAB_HOME_MODEL (kab_page_get_model (KAB_PAGE (self)));
}

static GtkWidget *
create_stage_row (gpointer item, gpointer user_data)
{
  return kab_stage_row_new (item);
}

static GtkWidget *
create_decision_row (gpointer item, gpointer user_data)
{
  KabHomePage *self = user_data;

  return kab_decision_row_new (item,
                               kab_bank_get_phone (kab_home_model_get_bank (get_model (self))));
}

/* Rows are made once for an application, and then follow it. */
static void
bind_rows (KabHomePage *self, KabOnboarding *onboarding)
{
  if (self->shown == onboarding)
    return;

  g_set_object (&self->shown, onboarding);
  gtk_list_box_bind_model (self->stages,
                           onboarding != NULL ? kab_onboarding_get_stages (onboarding) : NULL,
                           create_stage_row, NULL, NULL);
  gtk_list_box_bind_model (self->decisions,
                           onboarding != NULL ? kab_onboarding_get_decisions (onboarding) : NULL,
                           create_decision_row, self, NULL);
}

/* Nothing lies ahead of an application that was withdrawn or has expired. */
static gboolean
goes_on (KabOnboarding *onboarding)
{
  KabApplicationState state;

  return !kab_application_state_from_name (kab_onboarding_get_state (onboarding), &state) ||
         (state != KAB_APPLICATION_WITHDRAWN && state != KAB_APPLICATION_EXPIRED);
}

/* Who has just withdrawn is taken to what there is to do instead. */
static void
show_withdrawal (KabHomePage *self, gboolean is_possible)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean had_focus = root != NULL && gtk_root_get_focus (root) == self->withdraw_button;

  gtk_widget_set_visible (self->withdraw_button, is_possible);
  if (had_focus && !is_possible)
    kab_page_focus (KAB_PAGE (self));
}

static void
show_groups (KabHomePage *self, KabOnboarding *onboarding)
{
  gboolean has_stages = onboarding != NULL && goes_on (onboarding) &&
                        g_list_model_get_n_items (kab_onboarding_get_stages (onboarding)) > 0;
  gboolean has_decisions = onboarding != NULL &&
                           g_list_model_get_n_items (kab_onboarding_get_decisions (onboarding)) > 0;

  gtk_widget_set_visible (self->stages_group, has_stages);
  gtk_widget_set_visible (self->decisions_group, has_decisions);
  gtk_widget_set_visible (self->form_button, onboarding != NULL && kab_onboarding_get_submitted_at (
                                                                       onboarding) != NULL);
  show_withdrawal (self, kab_withdrawal_is_possible (onboarding));
}

static void
announce (KabHomePage *self, const char *title)
{
  gboolean is_change = self->shown_title != NULL && g_strcmp0 (self->shown_title, title) != 0;

  g_set_str (&self->shown_title, title);
  if (is_change && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), title,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_step (KabHomePage *self, KabOnboarding *onboarding)
{
  KabClientData *data = kab_home_model_get_data (get_model (self));
  g_autoptr (KabNextStep) step =
      kab_next_step_new (onboarding, kab_client_data_get_documents_to_do (data));

  gtk_image_set_from_icon_name (self->icon, step->icon_name);
  gtk_label_set_label (self->title, step->title);
  gtk_label_set_label (self->text, step->text);
  gtk_widget_set_visible (self->button, step->button != NULL);
  if (step->button != NULL)
    {
      gtk_label_set_label (self->button_label, step->button);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", step->target);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), step->action);
    }
  announce (self, step->title);
}

static void
show_failure (KabHomePage *self, const GError *error)
{
  kab_status_view_set_error (self->failure, error, _("This can’t be shown now"));
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
}

static void
changed_cb (KabHomePage *self)
{
  KabHomeModel *model = get_model (self);
  KabClientData *data = kab_home_model_get_data (model);
  KabOnboarding *onboarding = kab_client_data_get_onboarding (data);

  if (!kab_client_data_get_loaded (data))
    {
      if (kab_home_model_get_error (model) != NULL)
        show_failure (self, kab_home_model_get_error (model));
      else
        gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->loading));
      return;
    }

  bind_rows (self, onboarding);
  show_step (self, onboarding);
  show_groups (self, onboarding);
  gtk_stack_set_visible_child (self->stack, self->content);
}

static void
retry_cb (KabHomePage *self)
{
  kab_home_model_load (get_model (self));
}

static void
withdraw_cb (KabHomePage *self)
{
  KabClientData *data = kab_home_model_get_data (get_model (self));

  kab_withdrawal_ask (GTK_WIDGET (self), kab_client_data_get_api (data),
                      kab_client_data_get_onboarding (data));
}

static void
kab_home_page_first_shown (KabPage *page)
{
  KAB_PAGE_CLASS (kab_home_page_parent_class)->first_shown (page);

  if (kab_home_model_take_cut_off (get_model (KAB_HOME_PAGE (page))))
    gtk_widget_activate_action (GTK_WIDGET (page), "win.show", "s", "application");
}

static void
kab_home_page_constructed (GObject *object)
{
  KabHomePage *self = KAB_HOME_PAGE (object);

  G_OBJECT_CLASS (kab_home_page_parent_class)->constructed (object);

  g_signal_connect_object (get_model (self), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  changed_cb (self);
}

static void
kab_home_page_dispose (GObject *object)
{
  g_clear_object (&KAB_HOME_PAGE (object)->shown);

  G_OBJECT_CLASS (kab_home_page_parent_class)->dispose (object);
}

static void
kab_home_page_finalize (GObject *object)
{
  g_free (KAB_HOME_PAGE (object)->shown_title);

  G_OBJECT_CLASS (kab_home_page_parent_class)->finalize (object);
}

static void
kab_home_page_class_init (KabHomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = kab_home_page_constructed;
  object_class->dispose = kab_home_page_dispose;
  object_class->finalize = kab_home_page_finalize;
  KAB_PAGE_CLASS (klass)->first_shown = kab_home_page_first_shown;

  g_type_ensure (KAB_TYPE_STATUS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kabinets/Kabinets/ui/home/kab-home-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KabHomePage, stack);
  gtk_widget_class_bind_template_child (widget_class, KabHomePage, loading);
  gtk_widget_class_bind_template_child (widget_class, KabHomePage, failure);
  gtk_widget_class_bind_template_child (widget_class, KabHomePage, content);
  gtk_widget_class_bind_template_child (widget_class, KabHomePage, icon);
  gtk_widget_class_bind_template_child (widget_class, KabHomePage, title);
  gtk_widget_class_bind_template_child (widget_class, KabHomePage, text);
  gtk_widget_class_bind_template_child (widget_class, KabHomePage, button);
  gtk_widget_class_bind_template_child (widget_class, KabHomePage, button_label);
  gtk_widget_class_bind_template_child (widget_class, KabHomePage, form_button);
  gtk_widget_class_bind_template_child (widget_class, KabHomePage, withdraw_button);
  gtk_widget_class_bind_template_child (widget_class, KabHomePage, stages_group);
  gtk_widget_class_bind_template_child (widget_class, KabHomePage, stages);
  gtk_widget_class_bind_template_child (widget_class, KabHomePage, decisions_group);
  gtk_widget_class_bind_template_child (widget_class, KabHomePage, decisions);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, withdraw_cb);
}

static void
kab_home_page_init (KabHomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
