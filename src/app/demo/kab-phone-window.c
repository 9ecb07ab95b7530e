/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/kab-phone-window.h"

#include <glib/gi18n.h>

#include "common/kab-status-view.h"
#include "demo/kab-phone-message-row.h"

/**
 * KabPhoneWindow:
 *
 * The phone of whoever tries the demo bank: what the bank sends as text message or mail, newest on
 * top. It says throughout that it is no real phone.
 */
struct _KabPhoneWindow
{
  AdwWindow parent_instance;

  GListModel *messages; /* (owned) of KabPhoneMessage */

  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (KabPhoneWindow, kab_phone_window, ADW_TYPE_WINDOW)

static void
copied_cb (KabPhoneWindow *self)
{
  adw_toast_overlay_dismiss_all (self->toasts);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("The code is copied")));
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  GtkWidget *row = kab_phone_message_row_new (KAB_PHONE_MESSAGE (item));

  g_signal_connect_object (row, "copied", G_CALLBACK (copied_cb), user_data, G_CONNECT_SWAPPED);

  return row;
}

static void
items_changed_cb (KabPhoneWindow *self)
{
  gboolean is_empty = g_list_model_get_n_items (self->messages) == 0;

  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "messages");
}

static void
kab_phone_window_dispose (GObject *object)
{
  g_clear_object (&KAB_PHONE_WINDOW (object)->messages);

  G_OBJECT_CLASS (kab_phone_window_parent_class)->dispose (object);
}

static void
kab_phone_window_class_init (KabPhoneWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kab_phone_window_dispose;

  g_type_ensure (KAB_TYPE_STATUS_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/demo/kab-phone-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KabPhoneWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, KabPhoneWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, KabPhoneWindow, list);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
}

static void
kab_phone_window_init (KabPhoneWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kab_phone_window_new:
 * @messages: of #KabPhoneMessage, newest first
 *
 * Returns: (transfer none): the phone
 */
GtkWidget *
kab_phone_window_new (GListModel *messages)
{
  KabPhoneWindow *self = g_object_new (KAB_TYPE_PHONE_WINDOW, NULL);

  g_set_object (&self->messages, messages);
  gtk_list_box_bind_model (self->list, messages, create_row, self, NULL);
  g_signal_connect_object (messages, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  items_changed_cb (self);

  return GTK_WIDGET (self);
}
