/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in/kab-recovery-code-page.h"

#include <glib/gi18n.h>

#include "common/kab-api-error-text.h"
#include "common/kab-busy-button.h"
#include "common/kab-code-group.h"
#include "common/kab-field-row.h"
#include "common/kab-inline-message.h"
#include "shell/kab-window.h"
#include "sign-in/kab-recovery-done-page.h"
#include "sign-in/kab-recovery-model.h"

/**
 * KabRecoveryCodePage:
 *
 * The code that allows a temporary password to be sent (RCV-4, RCV-5).
 */
struct _KabRecoveryCodePage
{
  KabPage parent_instance;

  KabCodeGroup *code;
  KabInlineMessage *message;
  KabBusyButton *continue_button;
};

G_DEFINE_FINAL_TYPE (KabRecoveryCodePage, kab_recovery_code_page, KAB_TYPE_PAGE)

static KabRecoveryModel *
get_model (KabRecoveryCodePage *self)
{
  return KAB_RECOVERY_MODEL (kab_page_get_model (KAB_PAGE (self)));
}

static void
show_code (KabRecoveryCodePage *self)
{
  KabChallenge *challenge = kab_recovery_model_get_challenge (get_model (self));
  GDateTime *expires_at = kab_challenge_get_expires_at (challenge);

  kab_code_group_set_sent (self->code, kab_challenge_get_target (challenge),
                           expires_at != NULL ? g_date_time_to_unix_usec (expires_at) : 0,
                           kab_recovery_model_get_resend_at (get_model (self)));
}

static void
show_error (KabRecoveryCodePage *self, const GError *error)
{
  const KabErrorField fields[] = { { "/code", kab_code_group_get_row (self->code) } };

  if (!kab_api_error_mark (error, fields, G_N_ELEMENTS (fields)))
    kab_inline_message_show_api_error (self->message, error);
  kab_field_row_focus_first_error (GTK_WIDGET (self));
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = kab_recovery_model_confirm_finish (KAB_RECOVERY_MODEL (source), result, &error);
  g_autoptr (KabRecoveryCodePage) self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  kab_busy_button_set_busy (self->continue_button, FALSE);
  if (!done)
    show_error (self, error);
  else if (KAB_IS_WINDOW (root))
    kab_window_push (KAB_WINDOW (root), KAB_TYPE_RECOVERY_DONE_PAGE, source);
}

static void
continue_cb (KabRecoveryCodePage *self)
{
  if (kab_busy_button_get_busy (self->continue_button))
    return;

  kab_inline_message_clear (self->message);
  if (!kab_code_group_check (self->code))
    {
      kab_field_row_focus_first_error (GTK_WIDGET (self));
      return;
    }

  kab_busy_button_set_busy (self->continue_button, TRUE);
  kab_recovery_model_confirm_async (get_model (self), kab_code_group_get_code (self->code),
                                    confirmed_cb, g_object_ref (self));
}

static void
restarted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = kab_recovery_model_start_finish (KAB_RECOVERY_MODEL (source), result, &error);
  g_autoptr (KabRecoveryCodePage) self = user_data;

  kab_code_group_set_resending (self->code, FALSE);
  if (!done)
    {
      kab_inline_message_show_api_error (self->message, error);
      return;
    }

  show_code (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _("A new code was sent."),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
resend_cb (KabRecoveryCodePage *self)
{
  kab_inline_message_clear (self->message);
  kab_code_group_set_resending (self->code, TRUE);
  kab_recovery_model_start_async (get_model (self), restarted_cb, g_object_ref (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

static void
kab_recovery_code_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (kab_recovery_code_page_parent_class)->constructed (object);

  show_code (KAB_RECOVERY_CODE_PAGE (object));
}

static void
kab_recovery_code_page_class_init (KabRecoveryCodePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kab_recovery_code_page_constructed;

  g_type_ensure (KAB_TYPE_BUSY_BUTTON);
  g_type_ensure (KAB_TYPE_CODE_GROUP);
  g_type_ensure (KAB_TYPE_INLINE_MESSAGE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/sign-in/kab-recovery-code-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KabRecoveryCodePage, code);
  gtk_widget_class_bind_template_child (widget_class, KabRecoveryCodePage, message);
  gtk_widget_class_bind_template_child (widget_class, KabRecoveryCodePage, continue_button);
  gtk_widget_class_bind_template_callback (widget_class, continue_cb);
  gtk_widget_class_bind_template_callback (widget_class, resend_cb);
}

static void
kab_recovery_code_page_init (KabRecoveryCodePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
