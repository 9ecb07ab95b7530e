/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "registration/kab-codes-page.h"

#include <glib/gi18n.h>

#include "common/kab-api-error-text.h"
#include "common/kab-busy-button.h"
#include "common/kab-code-group.h"
#include "common/kab-field-row.h"
#include "common/kab-inline-message.h"
#include "kab-registration-operations.h"
#include "kab-request.h"
#include "registration/kab-correct-address-dialog.h"
#include "registration/kab-registration-model.h"

/**
 * KabCodesPage:
 *
 * The last page of the registration (CON-8 to CON-10): the two codes, each with the time it is
 * valid, another one on request, and another address. When both are right the account exists and
 * the window changes to that of a client.
 */
struct _KabCodesPage
{
  KabPage parent_instance;

  KabCodeGroup *email;
  KabCodeGroup *phone;
  KabInlineMessage *message;
  KabBusyButton *finish_button;
};

G_DEFINE_FINAL_TYPE (KabCodesPage, kab_codes_page, KAB_TYPE_PAGE)

static KabRegistrationModel *
get_model (KabCodesPage *self)
{
  return KAB_REGISTRATION_MODEL (kab_page_get_model (KAB_PAGE (self)));
}

static void
show_code (KabCodesPage *self, KabCodeGroup *group, KabCodeState *state)
{
  KabRegistrationModel *model = get_model (self);

  kab_code_group_set_sent (
      group, kab_code_state_get_target (state),
      kab_registration_model_to_local_time (model, kab_code_state_get_expires_at (state)),
      kab_registration_model_to_local_time (model, kab_code_state_get_resend_at (state)));
  kab_code_group_set_confirmed (group, kab_code_state_get_confirmed (state));
}

static void
show_codes (KabCodesPage *self)
{
  KabRegistration *registration = kab_registration_model_get_registration (get_model (self));

  show_code (self, self->email, kab_registration_get_email (registration));
  show_code (self, self->phone, kab_registration_get_phone (registration));
}

static void
show_error (KabCodesPage *self, const GError *error)
{
  const KabErrorField fields[] = {
    { "/emailCode", kab_code_group_get_row (self->email) },
    { "/phoneCode", kab_code_group_get_row (self->phone) },
  };

  if (!kab_api_error_mark (error, fields, G_N_ELEMENTS (fields)))
    kab_inline_message_show_api_error (self->message, error);
  kab_field_row_focus_first_error (GTK_WIDGET (self));
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done =
      kab_registration_model_confirm_finish (KAB_REGISTRATION_MODEL (source), result, &error);
  g_autoptr (KabCodesPage) self = user_data;

  kab_busy_button_set_busy (self->finish_button, FALSE);
  if (!done)
    show_error (self, error);
}

static void
finish_cb (KabCodesPage *self)
{
  gboolean email_right;
  gboolean phone_right;

  if (kab_busy_button_get_busy (self->finish_button))
    return;

  kab_inline_message_clear (self->message);
  email_right = kab_code_group_check (self->email);
  phone_right = kab_code_group_check (self->phone);
  if (!email_right || !phone_right)
    {
      kab_field_row_focus_first_error (GTK_WIDGET (self));
      return;
    }

  kab_busy_button_set_busy (self->finish_button, TRUE);
  kab_registration_model_confirm_async (get_model (self), kab_code_group_get_code (self->email),
                                        kab_code_group_get_code (self->phone), confirmed_cb,
                                        g_object_ref (self));
}

static void
set_resending (KabCodesPage *self, gboolean resending)
{
  kab_code_group_set_resending (self->email, resending);
  kab_code_group_set_resending (self->phone, resending);
}

static void
resent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = kab_registration_resend_finish (KAB_API (source), result, &error);
  g_autoptr (KabCodesPage) self = user_data;

  set_resending (self, FALSE);
  if (!done)
    {
      kab_inline_message_show_api_error (self->message, error);
      return;
    }

  show_codes (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _("A new code was sent."),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
resend (KabCodesPage *self, const char *channel)
{
  KabRegistrationModel *model = get_model (self);
  g_autofree char *key = kab_idempotency_key_new ();

  kab_inline_message_clear (self->message);
  set_resending (self, TRUE);
  kab_registration_resend_async (kab_access_get_api (kab_registration_model_get_access (model)),
                                 kab_registration_model_get_registration (model), channel, key,
                                 NULL, resent_cb, g_object_ref (self));
}

static void
email_resend_cb (KabCodesPage *self)
{
  resend (self, "email");
  gtk_widget_grab_focus (GTK_WIDGET (self->email));
}

static void
phone_resend_cb (KabCodesPage *self)
{
  resend (self, "phone");
  gtk_widget_grab_focus (GTK_WIDGET (self->phone));
}

static void
correct (KabCodesPage *self, KabCodeGroup *group, gboolean is_email)
{
  AdwDialog *dialog = kab_correct_address_dialog_new (get_model (self), is_email);

  g_signal_connect_object (dialog, "sent", G_CALLBACK (show_codes), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (group));
}

static void
email_change_cb (KabCodesPage *self)
{
  correct (self, self->email, TRUE);
}

static void
phone_change_cb (KabCodesPage *self)
{
  correct (self, self->phone, FALSE);
}

static void
kab_codes_page_constructed (GObject *object)
{
  KabCodesPage *self = KAB_CODES_PAGE (object);

  G_OBJECT_CLASS (kab_codes_page_parent_class)->constructed (object);

  show_codes (self);
}

static void
kab_codes_page_class_init (KabCodesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kab_codes_page_constructed;

  g_type_ensure (KAB_TYPE_BUSY_BUTTON);
  g_type_ensure (KAB_TYPE_CODE_GROUP);
  g_type_ensure (KAB_TYPE_INLINE_MESSAGE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/registration/kab-codes-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KabCodesPage, email);
  gtk_widget_class_bind_template_child (widget_class, KabCodesPage, phone);
  gtk_widget_class_bind_template_child (widget_class, KabCodesPage, message);
  gtk_widget_class_bind_template_child (widget_class, KabCodesPage, finish_button);
  gtk_widget_class_bind_template_callback (widget_class, finish_cb);
  gtk_widget_class_bind_template_callback (widget_class, email_resend_cb);
  gtk_widget_class_bind_template_callback (widget_class, phone_resend_cb);
  gtk_widget_class_bind_template_callback (widget_class, email_change_cb);
  gtk_widget_class_bind_template_callback (widget_class, phone_change_cb);
}

static void
kab_codes_page_init (KabCodesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
