/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "welcome/kab-welcome-page.h"

#include <glib/gi18n.h>

#include "common/kab-bank-model.h"
#include "common/kab-language-switch.h"
#include "common/kab-status-view.h"
#include "shell/kab-bank-contacts.h"
#include "welcome/kab-awaits-model.h"

/**
 * KabWelcomePage:
 *
 * The first page (REG-1, REG-6). Its model is the #KabBankModel: it offers to register or sign in
 * at the bank, or, when there is none, the demo bank; while the bank is asked, or can't be reached,
 * it says so.
 */
struct _KabWelcomePage
{
  KabPage parent_instance;

  GtkStack *stack;
  KabStatusView *ready;
  KabStatusView *connecting;
  KabStatusView *unreachable;
  GtkWidget *register_button;
  GtkWidget *demo_button;
  GtkWidget *cancel_button;
  GtkWidget *retry_button;
  GtkWidget *retry_note;
  KabBankContacts *contacts;
};

G_DEFINE_FINAL_TYPE (KabWelcomePage, kab_welcome_page, KAB_TYPE_PAGE)

static KabBankModel *
get_bank (KabWelcomePage *self)
{
  return KAB_BANK_MODEL (kab_page_get_model (KAB_PAGE (self)));
}

static void
name_changed_cb (KabWelcomePage *self)
{
  const char *name = kab_bank_model_get_name (get_bank (self));
  g_autofree char *title = NULL;

  if (name == NULL)
    return;

  title = g_strdup_printf (_("Become a client of %s"), name);
  g_object_set (self->ready, "title", title, NULL);
}

/* How long it takes is the journey's answer for somebody new. */
static void
show_time (KabWelcomePage *self)
{
  g_autoptr (KabAwaitsModel) question = kab_awaits_model_new (get_bank (self));
  const KabJourney *journey = kab_awaits_model_get_journey (question);
  g_autofree char *description = NULL;

  if (journey == NULL)
    return;

  description =
      g_strdup_printf (ngettext ("About %u minute. You need your passport or ID card and a phone.",
                                 "About %u minutes. You need your passport or ID card and a phone.",
                                 journey->minutes),
                       journey->minutes);
  g_object_set (self->ready, "description", description, NULL);
}

static void
show_state (KabWelcomePage *self, const char *child, GtkWidget *first_control)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack));

  gtk_stack_set_visible_child_name (self->stack, child);
  kab_page_set_initial_focus (KAB_PAGE (self), first_control);
  if (had_focus)
    gtk_widget_grab_focus (first_control);
}

/* What of the demo bank is being started. */
static void
show_activity (KabWelcomePage *self)
{
  const char *activity = kab_bank_model_get_activity (get_bank (self));

  if (kab_bank_model_get_state (get_bank (self)) == KAB_BANK_STARTING && activity != NULL)
    g_object_set (self->connecting, "description", _ (activity), NULL);
}

static void
state_changed_cb (KabWelcomePage *self)
{
  KabBankModel *bank = get_bank (self);
  KabOutage outage = kab_bank_model_get_outage (bank);

  switch (kab_bank_model_get_state (bank))
    {
    case KAB_BANK_NONE:
      show_state (self, "none", self->demo_button);
      break;
    case KAB_BANK_STARTING:
      g_object_set (self->connecting, "title", _("Starting the demo bank…"), NULL);
      show_activity (self);
      show_state (self, "connecting", self->cancel_button);
      break;
    case KAB_BANK_CONNECTING:
      g_object_set (self->connecting, "title", _("Connecting to the bank…"), "description",
                    kab_bank_model_get_address (bank), NULL);
      show_state (self, "connecting", self->cancel_button);
      break;
    case KAB_BANK_READY:
      show_time (self);
      show_state (self, "ready", self->register_button);
      break;
    case KAB_BANK_UNREACHABLE:
      kab_status_view_set_outage (self->unreachable, outage);
      gtk_widget_set_visible (self->retry_note, outage != KAB_OUTAGE_DEMO);
      show_state (self, "unreachable", self->retry_button);
      gtk_accessible_announce (GTK_ACCESSIBLE (self), kab_outage_get_title (outage),
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
cancel_cb (KabWelcomePage *self)
{
  kab_bank_model_connect (get_bank (self), NULL);
}

static void
kab_welcome_page_constructed (GObject *object)
{
  KabWelcomePage *self = KAB_WELCOME_PAGE (object);
  KabBankModel *bank = get_bank (self);

  G_OBJECT_CLASS (kab_welcome_page_parent_class)->constructed (object);

  kab_bank_contacts_set_bank (self->contacts, bank);
  g_object_bind_property (bank, "logo", self->ready, "paintable", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (bank, "notify::name", G_CALLBACK (name_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (bank, "notify::activity", G_CALLBACK (show_activity), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (bank, "notify::state", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  name_changed_cb (self);
  state_changed_cb (self);
}

static void
kab_welcome_page_class_init (KabWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kab_welcome_page_constructed;

  g_type_ensure (KAB_TYPE_BANK_CONTACTS);
  g_type_ensure (KAB_TYPE_LANGUAGE_SWITCH);
  g_type_ensure (KAB_TYPE_STATUS_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/welcome/kab-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KabWelcomePage, stack);
  gtk_widget_class_bind_template_child (widget_class, KabWelcomePage, ready);
  gtk_widget_class_bind_template_child (widget_class, KabWelcomePage, connecting);
  gtk_widget_class_bind_template_child (widget_class, KabWelcomePage, unreachable);
  gtk_widget_class_bind_template_child (widget_class, KabWelcomePage, register_button);
  gtk_widget_class_bind_template_child (widget_class, KabWelcomePage, demo_button);
  gtk_widget_class_bind_template_child (widget_class, KabWelcomePage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, KabWelcomePage, retry_button);
  gtk_widget_class_bind_template_child (widget_class, KabWelcomePage, retry_note);
  gtk_widget_class_bind_template_child (widget_class, KabWelcomePage, contacts);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
kab_welcome_page_init (KabWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
