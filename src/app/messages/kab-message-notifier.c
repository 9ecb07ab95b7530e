/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "messages/kab-message-notifier.h"

#include <glib/gi18n.h>

#define NOTIFICATION_ID "messages"

/**
 * KabMessageNotifier:
 *
 * Tells the desktop of a new message from the bank when the window isn't in front, as long as it
 * lives. It says nothing of what is in the message: others may see the screen. Choosing it opens
 * the messages by `app.show`.
 */
struct _KabMessageNotifier
{
  GObject parent_instance;

  GtkApplication *application; /* (owned) */
  KabClientData *data;         /* (owned) */
};

G_DEFINE_FINAL_TYPE (KabMessageNotifier, kab_message_notifier, G_TYPE_OBJECT)

static void
message_arrived_cb (KabMessageNotifier *self)
{
  GtkWindow *window = gtk_application_get_active_window (self->application);
  g_autoptr (GNotification) notification = NULL;

  if (window != NULL && gtk_window_is_active (window))
    return;

  notification = g_notification_new (_("New message from the bank"));
  g_notification_set_body (notification, _("Open it to read it."));
  g_notification_set_default_action_and_target (notification, "app.show", "s", "messages");
  g_application_send_notification (G_APPLICATION (self->application), NOTIFICATION_ID,
                                   notification);
}

static void
unread_changed_cb (KabMessageNotifier *self)
{
  if (kab_client_data_get_unread_messages (self->data) == 0)
    g_application_withdraw_notification (G_APPLICATION (self->application), NOTIFICATION_ID);
}

static void
kab_message_notifier_dispose (GObject *object)
{
  KabMessageNotifier *self = KAB_MESSAGE_NOTIFIER (object);

  if (self->application != NULL)
    g_application_withdraw_notification (G_APPLICATION (self->application), NOTIFICATION_ID);
  g_clear_object (&self->application);
  g_clear_object (&self->data);

  G_OBJECT_CLASS (kab_message_notifier_parent_class)->dispose (object);
}

static void
kab_message_notifier_class_init (KabMessageNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_message_notifier_dispose;
}

static void
kab_message_notifier_init (KabMessageNotifier *self)
{
}

/**
 * kab_message_notifier_new:
 * @application: the application
 * @data: what the bank knows about who is signed in
 *
 * Returns: (transfer full): the notifier; drop it at sign-out
 */
KabMessageNotifier *
kab_message_notifier_new (GtkApplication *application, KabClientData *data)
{
  KabMessageNotifier *self = g_object_new (KAB_TYPE_MESSAGE_NOTIFIER, NULL);

  self->application = g_object_ref (application);
  self->data = g_object_ref (data);
  g_signal_connect_object (data, "message-arrived", G_CALLBACK (message_arrived_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (data, "notify::unread-messages", G_CALLBACK (unread_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}
