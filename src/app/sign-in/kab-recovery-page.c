/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in/kab-recovery-page.h"

#include "common/kab-api-error-text.h"
#include "common/kab-busy-button.h"
#include "common/kab-field-row.h"
#include "common/kab-inline-message.h"
#include "shell/kab-window.h"
#include "sign-in/kab-login-field.h"
#include "sign-in/kab-recovery-code-page.h"
#include "sign-in/kab-recovery-model.h"

/**
 * KabRecoveryPage:
 *
 * Where the temporary password is wanted (RCV-2, RCV-3).
 */
struct _KabRecoveryPage
{
  KabPage parent_instance;

  GtkWidget *login;
  KabInlineMessage *message;
  KabBusyButton *continue_button;
};

G_DEFINE_FINAL_TYPE (KabRecoveryPage, kab_recovery_page, KAB_TYPE_PAGE)

static void
show_error (KabRecoveryPage *self, const GError *error)
{
  const KabErrorField fields[] = { { "/login", self->login } };

  if (!kab_api_error_mark (error, fields, G_N_ELEMENTS (fields)))
    kab_inline_message_show_api_error (self->message, error);
  kab_field_row_focus_first_error (GTK_WIDGET (self));
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = kab_recovery_model_start_finish (KAB_RECOVERY_MODEL (source), result, &error);
  g_autoptr (KabRecoveryPage) self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  kab_busy_button_set_busy (self->continue_button, FALSE);
  if (!done)
    show_error (self, error);
  else if (KAB_IS_WINDOW (root))
    kab_window_push (KAB_WINDOW (root), KAB_TYPE_RECOVERY_CODE_PAGE, source);
}

static void
continue_cb (KabRecoveryPage *self)
{
  GObject *model = kab_page_get_model (KAB_PAGE (self));
  g_autofree char *login = NULL;

  if (kab_busy_button_get_busy (self->continue_button))
    return;

  kab_inline_message_clear (self->message);
  if (!kab_login_field_check (self->login))
    {
      kab_field_row_focus_first_error (GTK_WIDGET (self));
      return;
    }

  login = kab_login_field_dup_login (self->login);
  g_object_set (model, "login", login, NULL);
  kab_busy_button_set_busy (self->continue_button, TRUE);
  kab_recovery_model_start_async (KAB_RECOVERY_MODEL (model), started_cb, g_object_ref (self));
}

static void
kab_recovery_page_constructed (GObject *object)
{
  KabRecoveryPage *self = KAB_RECOVERY_PAGE (object);

  G_OBJECT_CLASS (kab_recovery_page_parent_class)->constructed (object);

  kab_login_field_prepare (self->login);
  g_object_bind_property (kab_page_get_model (KAB_PAGE (self)), "login", self->login, "text",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

static void
kab_recovery_page_class_init (KabRecoveryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kab_recovery_page_constructed;

  g_type_ensure (KAB_TYPE_BUSY_BUTTON);
  g_type_ensure (KAB_TYPE_INLINE_MESSAGE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/sign-in/kab-recovery-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KabRecoveryPage, login);
  gtk_widget_class_bind_template_child (widget_class, KabRecoveryPage, message);
  gtk_widget_class_bind_template_child (widget_class, KabRecoveryPage, continue_button);
  gtk_widget_class_bind_template_callback (widget_class, continue_cb);
}

static void
kab_recovery_page_init (KabRecoveryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
