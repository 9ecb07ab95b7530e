/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "messages/kab-composer.h"

#include <glib/gi18n.h>

#include "common/kab-file-refusal.h"
#include "common/kab-upload-list.h"
#include "documents/kab-file-viewer.h"

/**
 * KabComposer:
 *
 * Where a message is written: text, files, and what keeps it from being sent. Ctrl+Return sends.
 */
struct _KabComposer
{
  AdwBin parent_instance;

  KabMessagesModel *model; /* (owned) (nullable) */

  KabUploadList *files;
  GtkWidget *note_box;
  GtkImage *note_icon;
  GtkLabel *note;
  GtkWidget *take_back;
  GtkTextView *text;
  GtkWidget *placeholder;
  GtkWidget *send_button;
};

G_DEFINE_FINAL_TYPE (KabComposer, kab_composer, ADW_TYPE_BIN)

static char *
dup_obstacle (KabComposer *self)
{
  const char *obstacle = kab_messages_model_get_obstacle (self->model);
  int length = gtk_text_buffer_get_char_count (kab_messages_model_get_text (self->model));

  if (obstacle == NULL)
    return NULL;
  if (g_str_equal (obstacle, "message-empty"))
    return g_strdup (_("Write a few words first."));
  if (g_str_equal (obstacle, "message-too-long"))
    return g_strdup_printf (
        _("This message is too long: %d characters, and %d are the most. Shorten it "
           "or send it in parts."),
        length, KAB_MESSAGE_LENGTH_MAX);
  if (g_str_equal (obstacle, "message-file-failed"))
    return g_strdup (_("A file could not be sent. Try it again or remove it."));

  return kab_file_refusal_text (kab_messages_model_get_attachments (self->model),
                                kab_messages_model_get_send_error (self->model));
}

static const char *
get_progress (KabComposer *self)
{
  switch (kab_messages_model_get_sending (self->model))
    {
    case KAB_SENDING_FILES:
      return _("It is sent as soon as its files are there.");
    case KAB_SENDING_WAITS:
      return _("No connection. It is sent as soon as the connection is back.");
    case KAB_SENDING_NOW:
      return _("Sending…");
    case KAB_SENDING_NOT:
    default:
      return NULL;
    }
}

static void
show_note (KabComposer *self)
{
  g_autofree char *obstacle = dup_obstacle (self);
  const char *text = obstacle != NULL ? obstacle : get_progress (self);
  KabSendingState sending = kab_messages_model_get_sending (self->model);
  gboolean changed = g_strcmp0 (gtk_label_get_label (self->note), text != NULL ? text : "") != 0;

  gtk_label_set_label (self->note, text != NULL ? text : "");
  gtk_widget_set_visible (self->note_box, text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->note_icon), obstacle != NULL);
  gtk_widget_set_visible (self->take_back,
                          sending == KAB_SENDING_FILES || sending == KAB_SENDING_WAITS);
  if (obstacle != NULL)
    gtk_widget_add_css_class (self->note_box, "error");
  else
    gtk_widget_remove_css_class (self->note_box, "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_STATE_INVALID,
      obstacle != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->text),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->text),
                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  if (changed && text != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                             obstacle != NULL ? GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH
                                              : GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
sending_changed_cb (KabComposer *self)
{
  gboolean writes = kab_messages_model_get_sending (self->model) == KAB_SENDING_NOT;

  gtk_text_view_set_editable (self->text, writes);
  kab_upload_list_set_editable (
      self->files, writes || kab_messages_model_get_sending (self->model) == KAB_SENDING_FILES);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send", writes);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.attach", writes);
  show_note (self);
}

static void
text_changed_cb (KabComposer *self)
{
  gtk_widget_set_visible (self->placeholder, gtk_text_buffer_get_char_count (
                                                 kab_messages_model_get_text (self->model)) == 0);
}

static void
files_changed_cb (KabComposer *self)
{
  KabAttachments *files = kab_messages_model_get_attachments (self->model);

  gtk_widget_set_visible (GTK_WIDGET (self->files),
                          g_list_model_get_n_items (G_LIST_MODEL (files)) > 0 ||
                              kab_attachments_get_excess (files) > 0);
}

static void
send_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  KabComposer *self = KAB_COMPOSER (widget);

  kab_messages_model_send (self->model);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
attach_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  kab_upload_list_choose (KAB_COMPOSER (widget)->files);
}

static void
take_back_cb (KabComposer *self)
{
  kab_messages_model_take_back (self->model);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
open_file_cb (KabComposer *self, KabAttachment *attachment)
{
  kab_file_viewer_open (GTK_WIDGET (self),
                        kab_attachments_get_api (kab_messages_model_get_attachments (self->model)),
                        kab_attachment_get_file (attachment));
}

static void
kab_composer_dispose (GObject *object)
{
  g_clear_object (&KAB_COMPOSER (object)->model);

  G_OBJECT_CLASS (kab_composer_parent_class)->dispose (object);
}

static void
kab_composer_class_init (KabComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kab_composer_dispose;

  g_type_ensure (KAB_TYPE_UPLOAD_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/messages/kab-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, KabComposer, files);
  gtk_widget_class_bind_template_child (widget_class, KabComposer, note_box);
  gtk_widget_class_bind_template_child (widget_class, KabComposer, note_icon);
  gtk_widget_class_bind_template_child (widget_class, KabComposer, note);
  gtk_widget_class_bind_template_child (widget_class, KabComposer, take_back);
  gtk_widget_class_bind_template_child (widget_class, KabComposer, text);
  gtk_widget_class_bind_template_child (widget_class, KabComposer, placeholder);
  gtk_widget_class_bind_template_child (widget_class, KabComposer, send_button);
  gtk_widget_class_bind_template_callback (widget_class, take_back_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_file_cb);
  gtk_widget_class_install_action (widget_class, "composer.send", NULL, send_cb);
  gtk_widget_class_install_action (widget_class, "composer.attach", NULL, attach_cb);
}

static void
kab_composer_init (KabComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kab_composer_set_model:
 * @self: a composer without a model
 * @model: the conversation
 */
void
kab_composer_set_model (KabComposer *self, KabMessagesModel *model)
{
  KabAttachments *files;

  g_return_if_fail (KAB_IS_COMPOSER (self));
  g_return_if_fail (KAB_IS_MESSAGES_MODEL (model) && self->model == NULL);

  self->model = g_object_ref (model);
  files = kab_messages_model_get_attachments (model);
  gtk_text_view_set_buffer (self->text, kab_messages_model_get_text (model));
  kab_upload_list_set_attachments (self->files, files);
  g_signal_connect_object (model, "notify::sending", G_CALLBACK (sending_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "obstacle-changed", G_CALLBACK (show_note), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (kab_messages_model_get_text (model), "changed",
                           G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (files, "items-changed", G_CALLBACK (files_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (files, "notify::excess", G_CALLBACK (files_changed_cb), self,
                           G_CONNECT_SWAPPED);
  text_changed_cb (self);
  files_changed_cb (self);
  sending_changed_cb (self);
}

/* Returns: (transfer none): where the text is written. */
GtkWidget *
kab_composer_get_text (KabComposer *self)
{
  g_return_val_if_fail (KAB_IS_COMPOSER (self), NULL);

  return GTK_WIDGET (self->text);
}

/* Moves the focus to the text. */
void
kab_composer_focus (KabComposer *self)
{
  g_return_if_fail (KAB_IS_COMPOSER (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/**
 * kab_composer_take_drops:
 * @self: a composer
 * @area: a widget, such as the conversation
 *
 * Files that are dropped on @area go with the message.
 */
void
kab_composer_take_drops (KabComposer *self, GtkWidget *area)
{
  g_return_if_fail (KAB_IS_COMPOSER (self));

  kab_upload_list_take_drops (self->files, area);
}
