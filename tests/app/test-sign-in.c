/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "common/kab-field-row.h"
#include "common/kab-inline-message.h"
#include "common/kab-new-password.h"
#include "kab-app-demo.h"
#include "kab-profile-operations.h"
#include "profile/kab-notice-row.h"
#include "profile/kab-profile-page.h"
#include "sign-in/kab-idle-guard.h"
#include "sign-in/kab-recovery-code-page.h"
#include "sign-in/kab-recovery-done-page.h"
#include "sign-in/kab-recovery-page.h"
#include "sign-in/kab-sign-in-page.h"
#include "welcome/kab-welcome-page.h"

#define NEW_PASSWORD "Cits-vārds-8"

/* Among the languages of the application. */
#define RUSSIAN 2

static GtkWidget *
find_password (GtkWidget *root, const char *title)
{
  return kab_app_find (root, ADW_TYPE_PASSWORD_ENTRY_ROW, title);
}

static void
sign_out (KabAppDemo *demo)
{
  gtk_widget_activate_action (GTK_WIDGET (demo->window), "win.sign-out", NULL);
  kab_app_wait_until (kab_window_get_client (demo->window) == NULL);
  kab_app_wait_page (demo->window, KAB_TYPE_WELCOME_PAGE);
}

static void
type_sign_in (KabAppDemo *demo, const char *login, const char *password)
{
  GtkWidget *root = kab_app_demo_root (demo);

  if (!KAB_IS_SIGN_IN_PAGE (kab_app_get_page (demo->window)))
    kab_window_show (demo->window, "sign-in");
  kab_app_wait_page (demo->window, KAB_TYPE_SIGN_IN_PAGE);
  kab_app_type (root, "E-mail or phone number", login);
  kab_app_type (root, "Password", password);
  kab_app_press (root, "Sign in");
}

static void
wait_signed_in (KabAppDemo *demo)
{
  kab_app_wait_until (kab_window_get_client (demo->window) != NULL);
  kab_app_fixture_wait_frame (kab_app_demo_root (demo));
}

/* AUT-2 to AUT-4, with the phone number as typed by a person. */
static void
test_sign_in (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  GtkWidget *root = kab_app_demo_root (demo);

  kab_app_demo_register (demo, "in@example.com", "21000001");
  sign_out (demo);
  type_sign_in (demo, "nobody", "");
  g_assert_true (
      kab_field_row_has_error (kab_app_find (root, ADW_TYPE_ENTRY_ROW, "E-mail or phone number")));
  g_assert_true (kab_field_row_has_error (find_password (root, "Password")));

  type_sign_in (demo, "in@example.com", "Not-it-1234");
  kab_app_wait_until (kab_field_row_has_error (find_password (root, "Password")));
  g_assert_null (kab_window_get_client (demo->window));
  type_sign_in (demo, "+371 21 000 001", KAB_APP_PASSWORD);
  wait_signed_in (demo);
  sign_out (demo);
  kab_app_demo_stop (demo);
}

static char *
find_temporary_password (const char *text)
{
  const char *start = strstr (text, "temporary password: ");

  g_assert_nonnull (start);
  start += strlen ("temporary password: ");

  return g_strndup (start, strcspn (start, "\r\n"));
}

static char *
recover (KabAppDemo *demo, const char *address)
{
  GtkWidget *root = kab_app_demo_root (demo);
  gint64 newest = kab_app_demo_newest (demo);
  g_autofree char *code = NULL;
  g_autofree char *text = NULL;

  kab_window_show (demo->window, "sign-in");
  kab_app_wait_page (demo->window, KAB_TYPE_SIGN_IN_PAGE);
  kab_app_type (root, "E-mail or phone number", address);
  kab_app_press (root, "Restore password");
  kab_app_wait_page (demo->window, KAB_TYPE_RECOVERY_PAGE);
  kab_app_press (root, "Continue");
  kab_app_wait_page (demo->window, KAB_TYPE_RECOVERY_CODE_PAGE);
  code = kab_app_demo_wait_code (demo, address, newest);
  newest = kab_app_demo_newest (demo);
  kab_app_type (root, "Code", code);
  kab_app_press (root, "Continue");
  kab_app_wait_page (demo->window, KAB_TYPE_RECOVERY_DONE_PAGE);
  text = kab_app_demo_wait_text (demo, address, newest);
  kab_app_press (root, "Go to sign-in");
  kab_app_wait_page (demo->window, KAB_TYPE_SIGN_IN_PAGE);

  return find_temporary_password (text);
}

/* RCV-1 to RCV-10: the temporary password opens nothing but the way to a new one. */
static void
test_recovery (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  g_autofree char *temporary = NULL;
  AdwDialog *dialog;

  kab_app_demo_register (demo, "forgot@example.com", "21000002");
  sign_out (demo);
  temporary = recover (demo, "forgot@example.com");
  type_sign_in (demo, "forgot@example.com", temporary);
  dialog = kab_app_get_dialog (demo->window);
  g_assert_null (kab_window_get_client (demo->window));
  g_assert_false (adw_dialog_get_can_close (dialog));
  g_assert_null (find_password (GTK_WIDGET (dialog), "Present password"));

  kab_app_type (GTK_WIDGET (dialog), "New password", "short");
  kab_app_type (GTK_WIDGET (dialog), "Type the password again", "short");
  kab_app_press (GTK_WIDGET (dialog), "Change password");
  g_assert_true (kab_field_row_has_error (find_password (GTK_WIDGET (dialog), "New password")));
  kab_app_type (GTK_WIDGET (dialog), "New password", NEW_PASSWORD);
  kab_app_type (GTK_WIDGET (dialog), "Type the password again", NEW_PASSWORD);
  kab_app_press (GTK_WIDGET (dialog), "Change password");
  wait_signed_in (demo);
  sign_out (demo);
  type_sign_in (demo, "forgot@example.com", NEW_PASSWORD);
  wait_signed_in (demo);
  sign_out (demo);
  kab_app_demo_stop (demo);
}

static GtkWidget *
enter_temporary (KabAppDemo *demo, const char *address)
{
  g_autofree char *temporary = recover (demo, address);
  GtkWidget *dialog;

  type_sign_in (demo, address, temporary);
  dialog = GTK_WIDGET (kab_app_get_dialog (demo->window));
  kab_app_type (dialog, "New password", NEW_PASSWORD);
  kab_app_type (dialog, "Type the password again", NEW_PASSWORD);

  return dialog;
}

/* The way round a new password is to go without; who has gone isn't signed in later. */
static void
test_without_new_password (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  gpointer dialog;

  kab_app_demo_register (demo, "without@example.com", "21000006");
  sign_out (demo);
  dialog = enter_temporary (demo, "without@example.com");
  adw_dialog_close (dialog);
  kab_app_wait_until (
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (demo->window)) == NULL);

  dialog = enter_temporary (demo, "without@example.com");
  g_object_add_weak_pointer (dialog, &dialog);
  kab_app_press (dialog, "Change password");
  g_assert_false (gtk_widget_is_sensitive (kab_app_find (dialog, GTK_TYPE_BUTTON, "Cancel")));
  adw_dialog_force_close (dialog);
  kab_app_wait_until (dialog == NULL);
  g_assert_null (kab_window_get_client (demo->window));
  kab_app_demo_stop (demo);
}

/* SET-4, RCV-9 */
static void
test_change_password (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  GtkWidget *dialog;

  g_assert_false (
      g_action_group_get_action_enabled (G_ACTION_GROUP (demo->application), "change-password"));
  kab_app_demo_register (demo, "change@example.com", "21000003");
  g_action_group_activate_action (G_ACTION_GROUP (demo->application), "change-password", NULL);
  dialog = GTK_WIDGET (kab_app_get_dialog (demo->window));

  kab_app_type (dialog, "Present password", KAB_APP_PASSWORD);
  kab_app_type (dialog, "New password", KAB_APP_PASSWORD);
  kab_app_type (dialog, "Type the password again", KAB_APP_PASSWORD);
  kab_app_press (dialog, "Change password");
  g_assert_true (kab_field_row_has_error (find_password (dialog, "New password")));

  kab_app_type (dialog, "Present password", "Wrong-one-1");
  kab_app_type (dialog, "New password", NEW_PASSWORD);
  kab_app_type (dialog, "Type the password again", NEW_PASSWORD);
  kab_app_press (dialog, "Change password");
  kab_app_wait_until (kab_field_row_has_error (find_password (dialog, "Present password")));

  kab_app_type (dialog, "Present password", KAB_APP_PASSWORD);
  kab_app_press (dialog, "Change password");
  kab_app_wait_until (
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (demo->window)) == NULL);
  sign_out (demo);
  type_sign_in (demo, "change@example.com", NEW_PASSWORD);
  wait_signed_in (demo);
  sign_out (demo);
  kab_app_demo_stop (demo);
}

/* The bank no longer takes the session: back to sign-in, and after it to the same page. */
static void
test_session_ended (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  KabAccess *access = kab_application_get_access (demo->application);

  kab_app_demo_register (demo, "ended@example.com", "21000004");
  kab_window_show (demo->window, "profile");
  kab_app_wait_page (demo->window, KAB_TYPE_PROFILE_PAGE);
  kab_api_set_token (kab_access_get_api (access), "no-token-of-this-bank");
  kab_profile_load_async (kab_access_get_api (access),
                          kab_client_data_get_profile (kab_access_get_data (access)), NULL, NULL,
                          NULL);
  kab_app_wait_until (kab_window_get_client (demo->window) == NULL);
  kab_app_wait_page (demo->window, KAB_TYPE_SIGN_IN_PAGE);
  type_sign_in (demo, "ended@example.com", KAB_APP_PASSWORD);
  wait_signed_in (demo);
  g_assert_true (KAB_IS_PROFILE_PAGE (kab_app_get_page (demo->window)));
  sign_out (demo);
  kab_app_demo_stop (demo);
}

static KabProfile *
get_profile (KabAppDemo *demo)
{
  return kab_client_data_get_profile (
      kab_access_get_data (kab_application_get_access (demo->application)));
}

static gboolean
takes_decisions_by_sms (KabAppDemo *demo)
{
  JsonObject *notices = kab_profile_get_notices (get_profile (demo));
  JsonObject *kind = notices != NULL ? json_object_get_object_member (notices, "decisions") : NULL;

  return kind != NULL && json_object_get_boolean_member (kind, "sms");
}

/* SET-5, SET-7 */
static void
test_profile (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  GtkWidget *root = kab_app_demo_root (demo);
  GtkWidget *dialog;
  GtkWidget *row;
  g_autofree char *code = NULL;
  gint64 newest;

  kab_app_demo_register (demo, "profile@example.com", "21000005");
  kab_window_show (demo->window, "profile");
  kab_app_wait_page (demo->window, KAB_TYPE_PROFILE_PAGE);
  kab_app_wait_until (kab_profile_get_notices (get_profile (demo)) != NULL);
  kab_app_wait_for (root, GTK_TYPE_LABEL, "This session");
  kab_app_wait_for (root, ADW_TYPE_ACTION_ROW, "General terms of business");

  g_assert_false (takes_decisions_by_sms (demo));
  row = kab_app_find (root, KAB_TYPE_NOTICE_ROW, "When the bank decides");
  kab_notice_row_set (KAB_NOTICE_ROW (row), TRUE, TRUE);
  g_signal_emit_by_name (row, "chosen");
  kab_app_wait_until (takes_decisions_by_sms (demo));

  /* One choice after the other, both before the bank answered. */
  kab_notice_row_set (KAB_NOTICE_ROW (row), TRUE, FALSE);
  g_signal_emit_by_name (row, "chosen");
  row = kab_app_find (root, ADW_TYPE_COMBO_ROW, NULL);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), RUSSIAN);
  kab_app_wait_until (!takes_decisions_by_sms (demo) &&
                      g_strcmp0 (kab_profile_get_language (get_profile (demo)), "ru") == 0);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), ==, RUSSIAN);

  newest = kab_app_demo_newest (demo);
  row = kab_app_find (root, ADW_TYPE_ACTION_ROW, "E-mail address");
  g_signal_emit_by_name (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)), "clicked");
  dialog = GTK_WIDGET (kab_app_get_dialog (demo->window));
  kab_app_type (dialog, "New e-mail address", "moved@example.com");
  kab_app_type (dialog, "Your password", "Wrong-one-1");
  kab_app_press (dialog, "Send a code");
  kab_app_wait_until (kab_field_row_has_error (find_password (dialog, "Your password")));
  kab_app_type (dialog, "Your password", KAB_APP_PASSWORD);
  kab_app_press (dialog, "Send a code");
  code = kab_app_demo_wait_code (demo, "moved@example.com", newest);
  kab_app_wait_for (dialog, ADW_TYPE_ENTRY_ROW, "Code");
  kab_app_type (dialog, "Code", code);
  /* Left before the bank answers, which it does all the same. */
  kab_app_press (dialog, "Confirm");
  adw_dialog_force_close (ADW_DIALOG (dialog));
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  kab_app_wait_until (dialog == NULL);
  kab_app_wait_until (g_strcmp0 (kab_profile_get_email (get_profile (demo)), "moved@example.com") ==
                      0);
  sign_out (demo);
  kab_app_demo_stop (demo);
}

static gint64 guard_now;

static gint64
guard_clock (gpointer data)
{
  return guard_now;
}

static void
set_flag (gboolean *flag)
{
  *flag = TRUE;
}

/* WCAG 2.2.1: a warning a minute before the end, which can be extended. */
static void
test_idle (void)
{
  KabApplication *application = kab_app_fixture_start ();
  KabWindow *window = kab_app_present (application);
  g_autoptr (KabIdleTimer) timer = kab_idle_timer_new (300);
  g_autoptr (KabIdleGuard) guard = NULL;
  AdwAlertDialog *dialog;
  gboolean expired = FALSE;

  guard_now = 0;
  kab_idle_timer_set_clock (timer, guard_clock, NULL);
  guard = kab_idle_guard_new (GTK_WIDGET (window), timer);
  g_signal_connect_swapped (timer, "expired", G_CALLBACK (set_flag), &expired);
  guard_now = 239 * G_USEC_PER_SEC;
  kab_idle_timer_check (timer);
  g_assert_null (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  kab_idle_timer_reset (timer);

  for (guint i = 0; i < 10; i++)
    {
      guard_now += 245 * G_USEC_PER_SEC;
      kab_idle_timer_check (timer);
      dialog = ADW_ALERT_DIALOG (kab_app_get_dialog (window));
      g_assert_nonnull (strstr (adw_alert_dialog_get_body (dialog), " seconds"));
      g_signal_emit_by_name (dialog, "response", "stay");
      kab_app_wait_until (
          adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) == NULL);
      g_assert_false (expired);
    }

  guard_now += 301 * G_USEC_PER_SEC;
  kab_idle_timer_check (timer);
  g_assert_true (expired);
  g_clear_object (&guard);
  kab_app_fixture_stop (application);
}

int
main (int argc, char **argv)
{
  kab_app_demo_init (&argc, &argv);

  g_test_add_func ("/sign-in/sign-in", test_sign_in);
  g_test_add_func ("/sign-in/recovery", test_recovery);
  g_test_add_func ("/sign-in/without-new-password", test_without_new_password);
  g_test_add_func ("/sign-in/change-password", test_change_password);
  g_test_add_func ("/sign-in/session-ended", test_session_ended);
  g_test_add_func ("/sign-in/profile", test_profile);
  g_test_add_func ("/sign-in/idle", test_idle);

  return kab_app_demo_run ();
}
