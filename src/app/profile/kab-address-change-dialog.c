/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "profile/kab-address-change-dialog.h"

#include <glib/gi18n.h>

#include "common/kab-api-error-text.h"
#include "common/kab-busy-button.h"
#include "common/kab-code-group.h"
#include "common/kab-contact-field.h"
#include "common/kab-error-text.h"
#include "common/kab-field-row.h"
#include "common/kab-inline-message.h"
#include "kab-profile-operations.h"
#include "kab-request.h"

/**
 * KabAddressChangeDialog:
 *
 * Another e-mail address or phone number of a client (SET-7): the address and the password, then
 * the code that was sent there. `changed` is emitted when the bank took it.
 */
struct _KabAddressChangeDialog
{
  AdwDialog parent_instance;

  KabApi *api;             /* (owned) */
  KabProfile *profile;     /* (owned) */
  KabChallenge *challenge; /* (owned) (nullable) */
  gboolean is_email;

  AdwNavigationView *view;
  AdwNavigationPage *address_page;
  AdwNavigationPage *code_page;
  GtkWidget *email;
  KabPhoneRow *phone;
  GtkWidget *password;
  KabInlineMessage *address_message;
  KabBusyButton *send_button;
  KabCodeGroup *code;
  KabInlineMessage *code_message;
  KabBusyButton *confirm_button;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabAddressChangeDialog, kab_address_change_dialog, ADW_TYPE_DIALOG)

static GtkWidget *
get_row (KabAddressChangeDialog *self)
{
  return self->is_email ? self->email : GTK_WIDGET (self->phone);
}

static void
show_address_error (KabAddressChangeDialog *self, const GError *error)
{
  const KabErrorField fields[] = {
    { "/address", get_row (self) },
    { "/password", self->password },
  };

  if (!kab_api_error_mark (error, fields, G_N_ELEMENTS (fields)))
    kab_inline_message_show_api_error (self->address_message, error);
  kab_field_row_focus_first_error (GTK_WIDGET (self));
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KabChallenge) challenge =
      kab_profile_change_address_finish (KAB_API (source), result, &error);
  g_autoptr (KabAddressChangeDialog) self = user_data;
  GDateTime *expires_at;

  kab_busy_button_set_busy (self->send_button, FALSE);
  if (challenge == NULL)
    {
      show_address_error (self, error);
      return;
    }

  g_set_object (&self->challenge, challenge);
  expires_at = kab_challenge_get_expires_at (challenge);
  kab_code_group_set_sent (self->code, kab_challenge_get_target (challenge),
                           expires_at != NULL ? g_date_time_to_unix_usec (expires_at) : 0, 0);
  adw_navigation_view_push (self->view, self->code_page);
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

static gboolean
check_address (KabAddressChangeDialog *self)
{
  gboolean has_password = gtk_editable_get_text (GTK_EDITABLE (self->password))[0] != '\0';
  gboolean is_right = self->is_email ? kab_contact_field_check_email (self->email)
                                     : kab_contact_field_check_phone (self->phone);
  g_autofree char *text = has_password ? NULL : kab_error_text ("required", NULL);

  kab_field_row_mark_error (self->password, text);

  return is_right && has_password;
}

static void
send_cb (KabAddressChangeDialog *self)
{
  g_autofree char *key = kab_idempotency_key_new ();
  g_autofree char *address = NULL;

  if (kab_busy_button_get_busy (self->send_button))
    return;

  kab_inline_message_clear (self->address_message);
  if (!check_address (self))
    {
      kab_field_row_focus_first_error (GTK_WIDGET (self));
      return;
    }

  address = self->is_email ? g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->email)))
                           : kab_phone_row_dup_number (self->phone);
  kab_busy_button_set_busy (self->send_button, TRUE);
  kab_profile_change_address_async (self->api, self->is_email ? "email" : "phone", address,
                                    gtk_editable_get_text (GTK_EDITABLE (self->password)), key,
                                    NULL, sent_cb, g_object_ref (self));
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = kab_profile_confirm_address_finish (KAB_API (source), result, &error);
  g_autoptr (KabAddressChangeDialog) self = user_data;
  const KabErrorField fields[] = { { "/code", kab_code_group_get_row (self->code) } };

  kab_busy_button_set_busy (self->confirm_button, FALSE);
  if (done)
    {
      g_signal_emit (self, signals[CHANGED], 0);
      /* It may have been left meanwhile. */
      if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
        adw_dialog_close (ADW_DIALOG (self));
      return;
    }

  if (!kab_api_error_mark (error, fields, G_N_ELEMENTS (fields)))
    kab_inline_message_show_api_error (self->code_message, error);
  kab_field_row_focus_first_error (GTK_WIDGET (self));
}

static void
confirm_cb (KabAddressChangeDialog *self)
{
  g_autofree char *key = kab_idempotency_key_new ();

  if (kab_busy_button_get_busy (self->confirm_button))
    return;

  kab_inline_message_clear (self->code_message);
  if (!kab_code_group_check (self->code))
    {
      kab_field_row_focus_first_error (GTK_WIDGET (self));
      return;
    }

  kab_busy_button_set_busy (self->confirm_button, TRUE);
  kab_profile_confirm_address_async (self->api, self->profile, self->challenge,
                                     kab_code_group_get_code (self->code), key, NULL, confirmed_cb,
                                     g_object_ref (self));
}

static void
password_changed_cb (KabAddressChangeDialog *self)
{
  kab_field_row_mark_error (self->password, NULL);
}

static void
kab_address_change_dialog_finalize (GObject *object)
{
  KabAddressChangeDialog *self = KAB_ADDRESS_CHANGE_DIALOG (object);

  g_clear_object (&self->api);
  g_clear_object (&self->profile);
  g_clear_object (&self->challenge);

  G_OBJECT_CLASS (kab_address_change_dialog_parent_class)->finalize (object);
}

static void
kab_address_change_dialog_class_init (KabAddressChangeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kab_address_change_dialog_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (KAB_TYPE_BUSY_BUTTON);
  g_type_ensure (KAB_TYPE_CODE_GROUP);
  g_type_ensure (KAB_TYPE_INLINE_MESSAGE);
  g_type_ensure (KAB_TYPE_PHONE_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/profile/kab-address-change-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KabAddressChangeDialog, view);
  gtk_widget_class_bind_template_child (widget_class, KabAddressChangeDialog, address_page);
  gtk_widget_class_bind_template_child (widget_class, KabAddressChangeDialog, code_page);
  gtk_widget_class_bind_template_child (widget_class, KabAddressChangeDialog, email);
  gtk_widget_class_bind_template_child (widget_class, KabAddressChangeDialog, phone);
  gtk_widget_class_bind_template_child (widget_class, KabAddressChangeDialog, password);
  gtk_widget_class_bind_template_child (widget_class, KabAddressChangeDialog, address_message);
  gtk_widget_class_bind_template_child (widget_class, KabAddressChangeDialog, send_button);
  gtk_widget_class_bind_template_child (widget_class, KabAddressChangeDialog, code);
  gtk_widget_class_bind_template_child (widget_class, KabAddressChangeDialog, code_message);
  gtk_widget_class_bind_template_child (widget_class, KabAddressChangeDialog, confirm_button);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, confirm_cb);
}

static void
kab_address_change_dialog_init (KabAddressChangeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kab_contact_field_prepare_email (self->email);
  kab_contact_field_prepare_phone (self->phone);
  kab_field_row_set_required (self->password, TRUE);
  g_signal_connect_swapped (self->password, "changed", G_CALLBACK (password_changed_cb), self);
}

/**
 * kab_address_change_dialog_new:
 * @api: the line to the bank, signed in
 * @profile: the profile, which is updated
 * @is_email: whether it is about the e-mail address rather than the phone number
 *
 * Returns: (transfer floating): the dialog; present it on the page
 */
AdwDialog *
kab_address_change_dialog_new (KabApi *api, KabProfile *profile, gboolean is_email)
{
  KabAddressChangeDialog *self = g_object_new (KAB_TYPE_ADDRESS_CHANGE_DIALOG, NULL);
  const char *title = is_email ? _("Another e-mail address") : _("Another phone number");

  self->is_email = is_email;
  g_set_object (&self->api, api);
  g_set_object (&self->profile, profile);
  gtk_widget_set_visible (get_row (self), TRUE);
  adw_dialog_set_title (ADW_DIALOG (self), title);
  adw_navigation_page_set_title (self->address_page, title);
  adw_dialog_set_focus (ADW_DIALOG (self), get_row (self));

  return ADW_DIALOG (self);
}
