/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/kab-phone-message-row.h"

#include <string.h>

#include <glib/gi18n.h>

#include "common/kab-time-label.h"

/**
 * KabPhoneMessageRow:
 *
 * A text message or mail on the demo phone; a code in it can be copied by a button. `copied` tells
 * that it was.
 */
struct _KabPhoneMessageRow
{
  GtkListBoxRow parent_instance;

  KabPhoneMessage *message; /* (owned) */

  GtkImage *icon;
  GtkLabel *from;
  GtkLabel *to;
  GtkLabel *subject;
  GtkLabel *text;
  KabTimeLabel *time;
  GtkWidget *copy_button;
  GtkLabel *copy_label;
};

enum
{
  COPIED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabPhoneMessageRow, kab_phone_message_row, GTK_TYPE_LIST_BOX_ROW)

static void
copy_cb (KabPhoneMessageRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          kab_phone_message_get_code (self->message));
  g_signal_emit (self, signals[COPIED], 0);
}

static void
show_code (KabPhoneMessageRow *self)
{
  const char *code = kab_phone_message_get_code (self->message);
  g_autofree char *label = NULL;

  gtk_widget_set_visible (self->copy_button, code != NULL);
  if (code == NULL)
    return;

  label = g_strdup_printf (_("Copy %s"), code);
  gtk_label_set_label (self->copy_label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

/* "Bank <bank@example.com>" is shown as a phone does it, "Bank". */
static char *
dup_sender (KabPhoneMessage *message)
{
  const char *from = kab_phone_message_get_from (message);
  const char *address = strchr (from, '<');

  return address != NULL && address != from ? g_strstrip (g_strndup (from, address - from))
                                            : g_strdup (from);
}

static void
show_message (KabPhoneMessageRow *self)
{
  KabPhoneMessage *message = self->message;
  gboolean is_mail = kab_phone_message_is_mail (message);
  g_autofree char *from = dup_sender (message);
  g_autofree char *to = g_strdup_printf (_("To %s"), kab_phone_message_get_to (message));
  g_autofree char *heading =
      g_strdup_printf (is_mail ? _("Mail from %s") : _("Text message from %s"), from);
  g_autofree char *spoken =
      g_strdup_printf ("%s. %s. %s %s", heading, to, kab_phone_message_get_subject (message),
                       kab_phone_message_get_text (message));

  gtk_image_set_from_icon_name (self->icon,
                                is_mail ? "mail-unread-symbolic" : "chat-message-new-symbolic");
  gtk_label_set_label (self->from, from);
  gtk_label_set_label (self->to, to);
  gtk_label_set_label (self->subject, kab_phone_message_get_subject (message));
  gtk_widget_set_visible (GTK_WIDGET (self->subject),
                          kab_phone_message_get_subject (message)[0] != '\0');
  gtk_label_set_label (self->text, kab_phone_message_get_text (message));
  /* What leads somewhere can be copied from. */
  gtk_label_set_selectable (self->text,
                            strstr (kab_phone_message_get_text (message), "://") != NULL);
  kab_time_label_set_time (self->time, kab_phone_message_get_time (message));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  show_code (self);
}

static void
kab_phone_message_row_dispose (GObject *object)
{
  g_clear_object (&KAB_PHONE_MESSAGE_ROW (object)->message);

  G_OBJECT_CLASS (kab_phone_message_row_parent_class)->dispose (object);
}

static void
kab_phone_message_row_class_init (KabPhoneMessageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kab_phone_message_row_dispose;

  signals[COPIED] = g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (KAB_TYPE_TIME_LABEL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/demo/kab-phone-message-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KabPhoneMessageRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KabPhoneMessageRow, from);
  gtk_widget_class_bind_template_child (widget_class, KabPhoneMessageRow, to);
  gtk_widget_class_bind_template_child (widget_class, KabPhoneMessageRow, subject);
  gtk_widget_class_bind_template_child (widget_class, KabPhoneMessageRow, text);
  gtk_widget_class_bind_template_child (widget_class, KabPhoneMessageRow, time);
  gtk_widget_class_bind_template_child (widget_class, KabPhoneMessageRow, copy_button);
  gtk_widget_class_bind_template_child (widget_class, KabPhoneMessageRow, copy_label);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
kab_phone_message_row_init (KabPhoneMessageRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kab_phone_message_row_new:
 * @message: what arrived
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
kab_phone_message_row_new (KabPhoneMessage *message)
{
  KabPhoneMessageRow *self = g_object_new (KAB_TYPE_PHONE_MESSAGE_ROW, NULL);

  g_set_object (&self->message, message);
  show_message (self);

  return GTK_WIDGET (self);
}
