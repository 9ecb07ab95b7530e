/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-inline-message.h"

#include "common/kab-api-error-text.h"
#include "common/kab-reveal.h"

/**
 * KabInlineMessage:
 *
 * A sentence within a page about what did not work and belongs to no single field. Invisible while
 * there is nothing to say; what it begins to say is spoken at once.
 */
struct _KabInlineMessage
{
  AdwBin parent_instance;

  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (KabInlineMessage, kab_inline_message, ADW_TYPE_BIN)

static void
kab_inline_message_class_init (KabInlineMessageClass *klass)
{
}

static void
kab_inline_message_init (KabInlineMessage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-error-symbolic");
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "inline-message");
  gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->label = GTK_LABEL (label);
}

/**
 * kab_inline_message_show_error:
 * @self: a message
 * @text: what is wrong and what to do
 */
void
kab_inline_message_show_error (KabInlineMessage *self, const char *text)
{
  g_return_if_fail (KAB_IS_INLINE_MESSAGE (self));

  gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  kab_reveal (GTK_WIDGET (self), GTK_WIDGET (self));
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/**
 * kab_inline_message_show_api_error:
 * @self: a message
 * @error: how a call of the bank ended
 *
 * Says it in words.
 */
void
kab_inline_message_show_api_error (KabInlineMessage *self, const GError *error)
{
  g_autofree char *text = kab_api_error_text (error);

  kab_inline_message_show_error (self, text);
}

/**
 * kab_inline_message_clear:
 * @self: a message
 *
 * There is nothing to say any more.
 */
void
kab_inline_message_clear (KabInlineMessage *self)
{
  g_return_if_fail (KAB_IS_INLINE_MESSAGE (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_label_set_label (self->label, "");
}
