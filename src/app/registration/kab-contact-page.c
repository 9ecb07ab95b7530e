/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "registration/kab-contact-page.h"

#include <glib/gi18n.h>

#include "common/kab-api-error-text.h"
#include "common/kab-busy-button.h"
#include "common/kab-contact-field.h"
#include "common/kab-field-row.h"
#include "common/kab-inline-message.h"
#include "common/kab-new-password.h"
#include "common/kab-phone-row.h"
#include "registration/kab-codes-page.h"
#include "registration/kab-registration-model.h"
#include "shell/kab-window.h"

/**
 * KabContactPage:
 *
 * The second page of the registration (CON-1 to CON-7): e-mail, phone and password. "Continue"
 * sends the two codes.
 */
struct _KabContactPage
{
  KabPage parent_instance;

  GtkWidget *email;
  KabPhoneRow *phone;
  KabNewPassword *password;
  KabInlineMessage *message;
  KabBusyButton *continue_button;
};

G_DEFINE_FINAL_TYPE (KabContactPage, kab_contact_page, KAB_TYPE_PAGE)

static KabRegistrationModel *
get_model (KabContactPage *self)
{
  return KAB_REGISTRATION_MODEL (kab_page_get_model (KAB_PAGE (self)));
}

static void
show_error (KabContactPage *self, const GError *error)
{
  const KabErrorField fields[] = {
    { "/email", self->email },
    { "/phone", GTK_WIDGET (self->phone) },
    { "/password", kab_new_password_get_row (self->password) },
  };

  if (!kab_api_error_mark (error, fields, G_N_ELEMENTS (fields)))
    kab_inline_message_show_api_error (self->message, error);
  kab_field_row_focus_first_error (GTK_WIDGET (self));
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done =
      kab_registration_model_create_finish (KAB_REGISTRATION_MODEL (source), result, &error);
  g_autoptr (KabContactPage) self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  kab_busy_button_set_busy (self->continue_button, FALSE);
  if (!done)
    {
      show_error (self, error);
      return;
    }
  if (KAB_IS_WINDOW (root))
    kab_window_push (KAB_WINDOW (root), KAB_TYPE_CODES_PAGE, source);
}

static void
continue_cb (KabContactPage *self)
{
  gboolean email_right;
  gboolean phone_right;
  gboolean password_right;

  if (kab_busy_button_get_busy (self->continue_button))
    return;

  kab_inline_message_clear (self->message);
  email_right = kab_contact_field_check_email (self->email);
  phone_right = kab_contact_field_check_phone (self->phone);
  password_right = kab_new_password_check (self->password);
  if (!email_right || !phone_right || !password_right)
    {
      kab_field_row_focus_first_error (GTK_WIDGET (self));
      return;
    }

  kab_busy_button_set_busy (self->continue_button, TRUE);
  kab_registration_model_create_async (get_model (self), kab_new_password_get_text (self->password),
                                       created_cb, g_object_ref (self));
}

static void
phone_changed_cb (KabContactPage *self)
{
  g_autofree char *number = kab_phone_row_dup_number (self->phone);

  g_object_set (get_model (self), "phone", number, "phone-country",
                kab_phone_row_get_country (self->phone), NULL);
}

static void
bind_model (KabContactPage *self)
{
  KabRegistrationModel *model = get_model (self);
  g_autofree char *phone = NULL;
  g_autofree char *phone_country = NULL;

  g_object_get (model, "phone", &phone, "phone-country", &phone_country, NULL);
  if (phone_country != NULL)
    kab_phone_row_set_country (self->phone, phone_country);
  kab_phone_row_set_number (self->phone, phone);
  g_object_bind_property (model, "email", self->email, "text",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (self->phone, "notify::number", G_CALLBACK (phone_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
kab_contact_page_constructed (GObject *object)
{
  KabContactPage *self = KAB_CONTACT_PAGE (object);

  G_OBJECT_CLASS (kab_contact_page_parent_class)->constructed (object);

  kab_contact_field_prepare_email (self->email);
  kab_contact_field_prepare_phone (self->phone);
  bind_model (self);
}

static void
kab_contact_page_class_init (KabContactPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kab_contact_page_constructed;

  g_type_ensure (KAB_TYPE_BUSY_BUTTON);
  g_type_ensure (KAB_TYPE_INLINE_MESSAGE);
  g_type_ensure (KAB_TYPE_NEW_PASSWORD);
  g_type_ensure (KAB_TYPE_PHONE_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/registration/kab-contact-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KabContactPage, email);
  gtk_widget_class_bind_template_child (widget_class, KabContactPage, phone);
  gtk_widget_class_bind_template_child (widget_class, KabContactPage, password);
  gtk_widget_class_bind_template_child (widget_class, KabContactPage, message);
  gtk_widget_class_bind_template_child (widget_class, KabContactPage, continue_button);
  gtk_widget_class_bind_template_callback (widget_class, continue_cb);
}

static void
kab_contact_page_init (KabContactPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
