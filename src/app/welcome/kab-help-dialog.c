/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "welcome/kab-help-dialog.h"

#include "common/kab-button-row.h"
#include "common/kab-spelling.h"

/**
 * KabHelpDialog:
 *
 * Help, in the same place on every page (F1): how to reach people at the bank, and where the rest
 * is explained.
 */
struct _KabHelpDialog
{
  AdwDialog parent_instance;

  AdwPreferencesGroup *contacts;
  AdwActionRow *phone;
  AdwActionRow *email;
  AdwActionRow *hours;
};

G_DEFINE_FINAL_TYPE (KabHelpDialog, kab_help_dialog, ADW_TYPE_DIALOG)

static void
close_cb (KabHelpDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
kab_help_dialog_class_init (KabHelpDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/welcome/kab-help-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KabHelpDialog, contacts);
  gtk_widget_class_bind_template_child (widget_class, KabHelpDialog, phone);
  gtk_widget_class_bind_template_child (widget_class, KabHelpDialog, email);
  gtk_widget_class_bind_template_child (widget_class, KabHelpDialog, hours);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
kab_help_dialog_init (KabHelpDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kab_button_row_let_wrap (adw_dialog_get_child (ADW_DIALOG (self)));
  kab_spelling_keep (GTK_WIDGET (self->email));
}

static gboolean
show_text (AdwActionRow *row, const char *text)
{
  adw_action_row_set_subtitle (row, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL);

  return text != NULL;
}

/**
 * kab_help_dialog_new:
 * @bank: whose contacts to show
 *
 * Returns: (transfer floating): the dialog; present it on the window
 */
AdwDialog *
kab_help_dialog_new (KabBankModel *bank)
{
  KabHelpDialog *self = g_object_new (KAB_TYPE_HELP_DIALOG, NULL);
  gboolean has_contacts = show_text (self->phone, kab_bank_model_get_phone (bank));

  has_contacts |= show_text (self->email, kab_bank_model_get_email (bank));
  has_contacts |= show_text (self->hours, kab_bank_model_get_hours (bank));
  gtk_widget_set_visible (GTK_WIDGET (self->contacts), has_contacts);
  if (kab_bank_model_get_name (bank) != NULL)
    {
      g_autofree char *title = g_markup_escape_text (kab_bank_model_get_name (bank), -1);

      adw_preferences_group_set_title (self->contacts, title);
    }

  return ADW_DIALOG (self);
}
