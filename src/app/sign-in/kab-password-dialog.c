/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in/kab-password-dialog.h"

#include <glib/gi18n.h>

#include "common/kab-api-error-text.h"
#include "common/kab-busy-button.h"
#include "common/kab-error-text.h"
#include "common/kab-field-row.h"
#include "common/kab-inline-message.h"
#include "common/kab-new-password.h"
#include "kab-secret-memory.h"
#include "kab-session-operations.h"

/**
 * KabPasswordDialog:
 *
 * A new password (SET-4, RCV-8 to RCV-10). After a temporary password there is no way round it but
 * signing out, and that password isn't asked for again. `changed` comes with the new #KabSession.
 */
struct _KabPasswordDialog
{
  AdwDialog parent_instance;

  KabAccess *access;         /* (owned) */
  char *temporary;           /* (owned) (nullable): in locked memory */
  GCancellable *cancellable; /* (owned) */

  GtkWidget *cancel_button;
  AdwPreferencesGroup *explanation;
  GtkWidget *current;
  KabNewPassword *password;
  KabInlineMessage *message;
  KabBusyButton *change_button;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabPasswordDialog, kab_password_dialog, ADW_TYPE_DIALOG)

static const char *
get_current (KabPasswordDialog *self)
{
  return self->temporary != NULL ? self->temporary
                                 : gtk_editable_get_text (GTK_EDITABLE (self->current));
}

static void
show_error (KabPasswordDialog *self, const GError *error)
{
  const KabErrorField fields[] = {
    { "/current", self->current },
    { "/new", kab_new_password_get_row (self->password) },
  };

  if (!kab_api_error_mark (error, fields, G_N_ELEMENTS (fields)))
    kab_inline_message_show_api_error (self->message, error);
  kab_field_row_focus_first_error (GTK_WIDGET (self));
}

/* With the old password its session ends, and the bank says so by the live events, perhaps before
 * the new session is known here: nobody listens meanwhile. */
static void
listen (KabPasswordDialog *self, gboolean listens)
{
  KabClientData *data = kab_access_get_data (self->access);

  if (data == NULL)
    return;
  if (listens)
    kab_client_data_start_async (data, NULL, NULL, NULL);
  else
    kab_client_data_stop (data);
}

/* Nobody leaves in the middle: whether the password is changed has to be known. */
static void
set_busy (KabPasswordDialog *self, gboolean busy)
{
  kab_busy_button_set_busy (self->change_button, busy);
  gtk_widget_set_sensitive (self->cancel_button, !busy);
  adw_dialog_set_can_close (ADW_DIALOG (self), !busy && self->temporary == NULL);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KabSession) session =
      kab_session_change_password_finish (KAB_API (source), result, &error);
  g_autoptr (KabPasswordDialog) self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_busy (self, FALSE);
  listen (self, TRUE);
  if (session == NULL)
    {
      show_error (self, error);
      return;
    }

  adw_dialog_force_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHANGED], 0, session);
}

static void
mark (GtkWidget *row, const char *code)
{
  g_autofree char *text = code != NULL ? kab_error_text (code, NULL) : NULL;

  kab_field_row_mark_error (row, text);
}

static gboolean
check (KabPasswordDialog *self)
{
  gboolean has_current = get_current (self)[0] != '\0';
  gboolean is_right;

  mark (self->current, has_current ? NULL : "required");
  is_right = kab_new_password_check (self->password) && has_current;
  if (is_right && g_strcmp0 (get_current (self), kab_new_password_get_text (self->password)) == 0)
    {
      mark (kab_new_password_get_row (self->password), "password-same");
      is_right = FALSE;
    }

  return is_right;
}

static void
change_cb (KabPasswordDialog *self)
{
  if (kab_busy_button_get_busy (self->change_button))
    return;

  kab_inline_message_clear (self->message);
  if (!check (self))
    {
      kab_field_row_focus_first_error (GTK_WIDGET (self));
      return;
    }

  set_busy (self, TRUE);
  listen (self, FALSE);
  kab_session_change_password_async (kab_access_get_api (self->access), get_current (self),
                                     kab_new_password_get_text (self->password), TRUE,
                                     self->cancellable, changed_cb, g_object_ref (self));
}

/* Also Escape and the like where the dialog doesn't close by itself. */
static void
cancel_cb (KabPasswordDialog *self)
{
  if (kab_busy_button_get_busy (self->change_button))
    return;

  if (self->temporary != NULL)
    kab_session_sign_out_async (kab_access_get_api (self->access), NULL, NULL, NULL);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
current_changed_cb (KabPasswordDialog *self)
{
  mark (self->current, NULL);
}

/* The session may end under the dialog: whoever has left isn't signed in by an answer that comes.
 */
static void
kab_password_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (KAB_PASSWORD_DIALOG (dialog)->cancellable);
}

static void
kab_password_dialog_finalize (GObject *object)
{
  KabPasswordDialog *self = KAB_PASSWORD_DIALOG (object);

  g_clear_object (&self->access);
  g_object_unref (self->cancellable);
  kab_secret_free (self->temporary);

  G_OBJECT_CLASS (kab_password_dialog_parent_class)->finalize (object);
}

static void
kab_password_dialog_class_init (KabPasswordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kab_password_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = kab_password_dialog_closed;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, KAB_TYPE_SESSION);

  g_type_ensure (KAB_TYPE_BUSY_BUTTON);
  g_type_ensure (KAB_TYPE_INLINE_MESSAGE);
  g_type_ensure (KAB_TYPE_NEW_PASSWORD);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/sign-in/kab-password-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KabPasswordDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, KabPasswordDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, KabPasswordDialog, current);
  gtk_widget_class_bind_template_child (widget_class, KabPasswordDialog, password);
  gtk_widget_class_bind_template_child (widget_class, KabPasswordDialog, message);
  gtk_widget_class_bind_template_child (widget_class, KabPasswordDialog, change_button);
  gtk_widget_class_bind_template_callback (widget_class, change_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
kab_password_dialog_init (KabPasswordDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  kab_field_row_set_required (self->current, TRUE);
  g_signal_connect_swapped (self->current, "changed", G_CALLBACK (current_changed_cb), self);
}

/**
 * kab_password_dialog_new:
 * @access: the way into the bank, signed in
 * @temporary_password: (nullable): what was signed in with when it must be changed; else the
 *   present password is asked for
 *
 * Returns: (transfer floating): the dialog; present it on the window
 */
AdwDialog *
kab_password_dialog_new (KabAccess *access, const char *temporary_password)
{
  KabPasswordDialog *self = g_object_new (KAB_TYPE_PASSWORD_DIALOG, NULL);
  gboolean is_forced = temporary_password != NULL;

  g_set_object (&self->access, access);
  adw_dialog_set_can_close (ADW_DIALOG (self), !is_forced);
  /* Not the row alone: its list would be an empty stop of the keyboard. */
  gtk_widget_set_visible (GTK_WIDGET (self->explanation), !is_forced);
  adw_dialog_set_focus (ADW_DIALOG (self),
                        is_forced ? kab_new_password_get_row (self->password) : self->current);
  if (is_forced)
    {
      self->temporary = kab_secret_dup (temporary_password);
      adw_dialog_set_title (ADW_DIALOG (self), _("Choose a new password"));
      adw_preferences_group_set_description (
          ADW_PREFERENCES_GROUP (self->password),
          _("You signed in with a temporary password. It can be used only once."));
    }
  else
    {
      adw_preferences_group_set_description (self->explanation,
                                             _("You are then signed out on all other computers."));
    }

  return ADW_DIALOG (self);
}
