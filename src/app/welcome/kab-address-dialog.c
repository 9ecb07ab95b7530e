/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "welcome/kab-address-dialog.h"

#include <glib/gi18n.h>

#include "common/kab-busy-button.h"
#include "common/kab-field-row.h"
#include "kab-server-address.h"

/**
 * KabAddressDialog:
 *
 * Asks for the address of the bank's server; `chosen` gives it, checked.
 */
struct _KabAddressDialog
{
  AdwDialog parent_instance;

  AdwEntryRow *row;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabAddressDialog, kab_address_dialog, ADW_TYPE_DIALOG)

static void
connect_cb (KabAddressDialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->row));
  g_autoptr (GError) error = NULL;
  g_autofree char *address = kab_server_address_normalize (text, &error);

  if (address != NULL)
    {
      g_signal_emit (self, signals[CHOSEN], 0, address);
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }

  if (g_error_matches (error, KAB_SERVER_ADDRESS_ERROR, KAB_SERVER_ADDRESS_ERROR_INSECURE))
    kab_field_row_set_error (
        GTK_WIDGET (self->row),
        _("This address is not protected. Use one that starts with https://."));
  else
    kab_field_row_set_error (
        GTK_WIDGET (self->row),
        _("This is no address. It looks like https://bank.example; your bank can "
           "tell you its own."));
  gtk_widget_grab_focus (GTK_WIDGET (self->row));
}

static void
changed_cb (KabAddressDialog *self)
{
  kab_field_row_set_error (GTK_WIDGET (self->row), NULL);
}

static void
kab_address_dialog_class_init (KabAddressDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (KAB_TYPE_BUSY_BUTTON);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/welcome/kab-address-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KabAddressDialog, row);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
kab_address_dialog_init (KabAddressDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kab_field_row_set_hint (GTK_WIDGET (self->row),
                          _("Your bank tells you this address, for example "
                             "on its website. It starts with https://."));
}

/**
 * kab_address_dialog_new:
 * @address: (nullable): the address so far
 *
 * Returns: (transfer floating): the dialog; present it on the window
 */
AdwDialog *
kab_address_dialog_new (const char *address)
{
  KabAddressDialog *self = g_object_new (KAB_TYPE_ADDRESS_DIALOG, NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->row), address != NULL ? address : "");

  return ADW_DIALOG (self);
}
