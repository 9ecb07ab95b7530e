/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in/kab-sign-in-page.h"

#include <glib/gi18n.h>

#include "common/kab-api-error-text.h"
#include "common/kab-busy-button.h"
#include "common/kab-error-text.h"
#include "common/kab-field-row.h"
#include "common/kab-inline-message.h"
#include "kab-request.h"
#include "kab-session-operations.h"
#include "shell/kab-window.h"
#include "sign-in/kab-login-field.h"
#include "sign-in/kab-password-dialog.h"
#include "sign-in/kab-recovery-model.h"
#include "sign-in/kab-recovery-page.h"
#include "sign-in/kab-sign-in-model.h"

/**
 * KabSignInPage:
 *
 * Signing in (AUT-1 to AUT-4). With a temporary password a new one is asked for at once (RCV-8).
 */
struct _KabSignInPage
{
  KabPage parent_instance;

  AdwBanner *notice;
  GtkWidget *login;
  GtkWidget *password;
  KabInlineMessage *message;
  KabBusyButton *sign_in_button;
};

G_DEFINE_FINAL_TYPE (KabSignInPage, kab_sign_in_page, KAB_TYPE_PAGE)

static KabAccess *
get_access (KabSignInPage *self)
{
  return kab_sign_in_model_get_access (KAB_SIGN_IN_MODEL (kab_page_get_model (KAB_PAGE (self))));
}

static void
show_error (KabSignInPage *self, const GError *error)
{
  KabProblem *problem = kab_api_problem_from_error (error);
  g_autofree char *text = NULL;

  if (problem == NULL || g_strcmp0 (kab_problem_get_code (problem), "credentials-wrong") != 0)
    {
      kab_inline_message_show_api_error (self->message, error);
      return;
    }

  text = kab_error_text ("credentials-wrong", NULL);
  kab_field_row_mark_error (self->password, text);
  kab_field_row_focus_first_error (GTK_WIDGET (self));
  gtk_editable_select_region (GTK_EDITABLE (self->password), 0, -1);
}

static void
password_chosen_cb (KabSignInPage *self, KabSession *session)
{
  kab_access_enter (get_access (self), session);
}

static void
ask_for_password (KabSignInPage *self)
{
  AdwDialog *dialog = kab_password_dialog_new (
      get_access (self), gtk_editable_get_text (GTK_EDITABLE (self->password)));

  g_signal_connect_object (dialog, "changed", G_CALLBACK (password_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KabSession) session = kab_session_sign_in_finish (KAB_API (source), result, &error);
  g_autoptr (KabSignInPage) self = user_data;

  kab_busy_button_set_busy (self->sign_in_button, FALSE);
  if (session == NULL)
    {
      show_error (self, error);
    }
  else if (kab_session_get_must_change_password (session))
    {
      ask_for_password (self);
      gtk_editable_set_text (GTK_EDITABLE (self->password), "");
    }
  else
    {
      gtk_editable_set_text (GTK_EDITABLE (self->password), "");
      kab_access_enter (get_access (self), session);
    }
}

static gboolean
check_password (KabSignInPage *self)
{
  gboolean is_empty = gtk_editable_get_text (GTK_EDITABLE (self->password))[0] == '\0';
  g_autofree char *text = is_empty ? kab_error_text ("required", NULL) : NULL;

  kab_field_row_mark_error (self->password, text);

  return !is_empty;
}

static void
sign_in_cb (KabSignInPage *self)
{
  gboolean login_right;
  gboolean password_right;
  g_autofree char *login = NULL;
  g_autofree char *key = NULL;

  if (kab_busy_button_get_busy (self->sign_in_button))
    return;

  kab_inline_message_clear (self->message);
  login_right = kab_login_field_check (self->login);
  password_right = check_password (self);
  if (!login_right || !password_right)
    {
      kab_field_row_focus_first_error (GTK_WIDGET (self));
      return;
    }

  login = kab_login_field_dup_login (self->login);
  key = kab_idempotency_key_new ();
  kab_busy_button_set_busy (self->sign_in_button, TRUE);
  kab_session_sign_in_async (kab_access_get_api (get_access (self)), login,
                             gtk_editable_get_text (GTK_EDITABLE (self->password)),
                             g_get_host_name (), TRUE, key, NULL, signed_in_cb,
                             g_object_ref (self));
}

static void
login_activated_cb (KabSignInPage *self)
{
  gtk_widget_grab_focus (self->password);
}

static void
password_changed_cb (KabSignInPage *self)
{
  kab_field_row_mark_error (self->password, NULL);
}

/* What was typed here is where the temporary password is wanted, most likely. */
static void
recover_cb (KabSignInPage *self)
{
  g_autoptr (KabRecoveryModel) model = kab_recovery_model_new (get_access (self));

  g_object_set (model, "login", gtk_editable_get_text (GTK_EDITABLE (self->login)), NULL);
  kab_window_push (KAB_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), KAB_TYPE_RECOVERY_PAGE,
                   G_OBJECT (model));
}

/* Why somebody has to sign in again; %NULL when they came by themselves. */
static const char *
get_notice (KabSignInPage *self)
{
  switch (kab_access_get_leave_reason (get_access (self)))
    {
    case KAB_LEAVE_IDLE:
      return _ (
          "You were signed out because nothing was done for a while. What you typed is kept.");
    case KAB_LEAVE_ENDED:
      return _("The bank ended your session. Sign in again; what you typed is kept.");
    case KAB_LEAVE_SIGNED_OUT:
    default:
      return NULL;
    }
}

static void
show_notice (KabSignInPage *self)
{
  const char *notice = get_notice (self);

  adw_banner_set_title (self->notice, notice != NULL ? notice : "");
  adw_banner_set_revealed (self->notice, notice != NULL);
}

static void
kab_sign_in_page_first_shown (KabPage *page)
{
  KabSignInPage *self = KAB_SIGN_IN_PAGE (page);
  gboolean is_known = gtk_editable_get_text (GTK_EDITABLE (self->login))[0] != '\0';

  kab_page_set_initial_focus (page, is_known ? self->password : self->login);

  KAB_PAGE_CLASS (kab_sign_in_page_parent_class)->first_shown (page);
  if (get_notice (self) != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), get_notice (self),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
kab_sign_in_page_constructed (GObject *object)
{
  KabSignInPage *self = KAB_SIGN_IN_PAGE (object);

  G_OBJECT_CLASS (kab_sign_in_page_parent_class)->constructed (object);

  show_notice (self);
  kab_login_field_prepare (self->login);
  kab_field_row_set_required (self->password, TRUE);
  g_object_bind_property (kab_page_get_model (KAB_PAGE (self)), "login", self->login, "text",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (self->password, "changed", G_CALLBACK (password_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
kab_sign_in_page_class_init (KabSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kab_sign_in_page_constructed;
  KAB_PAGE_CLASS (klass)->first_shown = kab_sign_in_page_first_shown;

  g_type_ensure (KAB_TYPE_BUSY_BUTTON);
  g_type_ensure (KAB_TYPE_INLINE_MESSAGE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/sign-in/kab-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KabSignInPage, notice);
  gtk_widget_class_bind_template_child (widget_class, KabSignInPage, login);
  gtk_widget_class_bind_template_child (widget_class, KabSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, KabSignInPage, message);
  gtk_widget_class_bind_template_child (widget_class, KabSignInPage, sign_in_button);
  gtk_widget_class_bind_template_callback (widget_class, login_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, recover_cb);
}

static void
kab_sign_in_page_init (KabSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
