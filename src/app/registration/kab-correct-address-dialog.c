/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "registration/kab-correct-address-dialog.h"

#include <glib/gi18n.h>

#include "common/kab-api-error-text.h"
#include "common/kab-busy-button.h"
#include "common/kab-contact-field.h"
#include "common/kab-field-row.h"
#include "common/kab-inline-message.h"
#include "kab-registration-operations.h"

/**
 * KabCorrectAddressDialog:
 *
 * Another e-mail address or phone number for a registration that waits for its codes; `sent` is
 * emitted when a code went there.
 */
struct _KabCorrectAddressDialog
{
  AdwDialog parent_instance;

  KabRegistrationModel *model; /* (owned) */
  gboolean is_email;

  GtkWidget *email;
  KabPhoneRow *phone;
  KabInlineMessage *message;
  KabBusyButton *send_button;
};

enum
{
  SENT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabCorrectAddressDialog, kab_correct_address_dialog, ADW_TYPE_DIALOG)

static void
show_error (KabCorrectAddressDialog *self, const GError *error)
{
  const KabErrorField fields[] = {
    { "/email", self->email },
    { "/phone", GTK_WIDGET (self->phone) },
  };

  if (!kab_api_error_mark (error, fields, G_N_ELEMENTS (fields)))
    kab_inline_message_show_api_error (self->message, error);
  kab_field_row_focus_first_error (GTK_WIDGET (self));
}

static void
keep_address (KabCorrectAddressDialog *self)
{
  g_autofree char *number = NULL;

  if (self->is_email)
    {
      g_object_set (self->model, "email", gtk_editable_get_text (GTK_EDITABLE (self->email)), NULL);
      return;
    }

  number = kab_phone_row_dup_number (self->phone);
  g_object_set (self->model, "phone", number, "phone-country",
                kab_phone_row_get_country (self->phone), NULL);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = kab_registration_change_address_finish (KAB_API (source), result, &error);
  g_autoptr (KabCorrectAddressDialog) self = user_data;

  kab_busy_button_set_busy (self->send_button, FALSE);
  if (!done)
    {
      show_error (self, error);
      return;
    }

  keep_address (self);
  g_signal_emit (self, signals[SENT], 0);
  /* It may have been left meanwhile. */
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    adw_dialog_close (ADW_DIALOG (self));
}

static void
send_cb (KabCorrectAddressDialog *self)
{
  KabAccess *access = kab_registration_model_get_access (self->model);
  g_autofree char *number = kab_phone_row_dup_number (self->phone);
  gboolean right = self->is_email ? kab_contact_field_check_email (self->email)
                                  : kab_contact_field_check_phone (self->phone);

  if (kab_busy_button_get_busy (self->send_button))
    return;
  kab_inline_message_clear (self->message);
  if (!right)
    {
      kab_field_row_focus_first_error (GTK_WIDGET (self));
      return;
    }

  kab_busy_button_set_busy (self->send_button, TRUE);
  kab_registration_change_address_async (
      kab_access_get_api (access), kab_registration_model_get_registration (self->model),
      self->is_email ? gtk_editable_get_text (GTK_EDITABLE (self->email)) : NULL,
      self->is_email ? NULL : number, NULL, changed_cb, g_object_ref (self));
}

static void
kab_correct_address_dialog_dispose (GObject *object)
{
  g_clear_object (&KAB_CORRECT_ADDRESS_DIALOG (object)->model);

  G_OBJECT_CLASS (kab_correct_address_dialog_parent_class)->dispose (object);
}

static void
kab_correct_address_dialog_class_init (KabCorrectAddressDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kab_correct_address_dialog_dispose;

  signals[SENT] = g_signal_new ("sent", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

  g_type_ensure (KAB_TYPE_BUSY_BUTTON);
  g_type_ensure (KAB_TYPE_INLINE_MESSAGE);
  g_type_ensure (KAB_TYPE_PHONE_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/registration/kab-correct-address-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KabCorrectAddressDialog, email);
  gtk_widget_class_bind_template_child (widget_class, KabCorrectAddressDialog, phone);
  gtk_widget_class_bind_template_child (widget_class, KabCorrectAddressDialog, message);
  gtk_widget_class_bind_template_child (widget_class, KabCorrectAddressDialog, send_button);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
}

static void
kab_correct_address_dialog_init (KabCorrectAddressDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kab_contact_field_prepare_email (self->email);
  kab_contact_field_prepare_phone (self->phone);
}

/**
 * kab_correct_address_dialog_new:
 * @model: a registration that waits for its codes
 * @is_email: whether it is about the e-mail address rather than the phone number
 *
 * Returns: (transfer floating): the dialog, with the address so far
 */
AdwDialog *
kab_correct_address_dialog_new (KabRegistrationModel *model, gboolean is_email)
{
  KabCorrectAddressDialog *self = g_object_new (KAB_TYPE_CORRECT_ADDRESS_DIALOG, NULL);
  GtkWidget *row = is_email ? self->email : GTK_WIDGET (self->phone);
  g_autofree char *email = NULL;
  g_autofree char *phone = NULL;

  self->is_email = is_email;
  g_set_object (&self->model, model);
  g_object_get (model, "email", &email, "phone", &phone, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->email), email != NULL ? email : "");
  kab_phone_row_set_number (self->phone, phone);
  gtk_widget_set_visible (row, TRUE);
  adw_dialog_set_title (ADW_DIALOG (self),
                        is_email ? _("Another e-mail address") : _("Another phone number"));
  adw_dialog_set_focus (ADW_DIALOG (self), row);

  return ADW_DIALOG (self);
}
