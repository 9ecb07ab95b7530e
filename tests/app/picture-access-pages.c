/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-pages.h"

#include <glib/gi18n.h>

#include "common/kab-legal-document-row.h"
#include "demo/kab-phone-window.h"
#include "kab-app-demo.h"
#include "registration/kab-about-you-page.h"
#include "sign-in/kab-recovery-code-page.h"
#include "sign-in/kab-recovery-done-page.h"
#include "sign-in/kab-recovery-page.h"

/* The pages that lead in, each at the real demo bank. They are filled in in English and then shown
 * in the language of the picture. */

static KabAppDemo *demo;
static char *language;

static void
begin (KabApplication *application)
{
  KabLanguage *spoken = kab_application_get_language (application);

  language = g_strdup (kab_language_get_current (spoken));
  kab_language_set_current (spoken, "en");
  demo = kab_app_demo_start_with (application);
}

static void
show_in_language (void)
{
  kab_language_set_current (kab_application_get_language (demo->application), language);
  g_clear_pointer (&language, g_free);
}

static void
leave (void)
{
  if (kab_window_get_client (demo->window) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (demo->window), "win.sign-out", NULL);
  g_clear_pointer (&demo, kab_app_demo_free);
}

/* Nobody can register twice. */
static char *
dup_email (void)
{
  static guint n;

  return g_strdup_printf ("anna.berzina.%u@example.com", ++n);
}

static char *
dup_phone (void)
{
  static guint n;

  return g_strdup_printf ("2%07u", 1234567 + ++n);
}

static void
show_about_you (KabApplication *application, KabWindow *window)
{
  begin (application);
  show_in_language ();
  kab_window_show (window, "registration");
}

static void
show_about_you_wrong (KabApplication *application, KabWindow *window)
{
  begin (application);
  kab_window_show (window, "registration");
  kab_app_wait_page (window, KAB_TYPE_ABOUT_YOU_PAGE);
  show_in_language ();
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
  kab_app_press (GTK_WIDGET (window), _("Continue"));
}

static void
show_legal_document (KabApplication *application, KabWindow *window)
{
  GtkWidget *row;

  show_about_you (application, window);
  kab_app_wait_page (window, KAB_TYPE_ABOUT_YOU_PAGE);
  row = kab_app_find (GTK_WIDGET (window), KAB_TYPE_LEGAL_DOCUMENT_ROW, NULL);
  adw_action_row_activate (ADW_ACTION_ROW (row));
  kab_app_get_dialog (window);
}

static void
show_contact (KabApplication *application, KabWindow *window)
{
  begin (application);
  kab_app_demo_fill_about (demo);
  show_in_language ();
}

static void
show_contact_wrong (KabApplication *application, KabWindow *window)
{
  begin (application);
  kab_app_demo_fill_about (demo);
  show_in_language ();
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
  kab_app_type (GTK_WIDGET (window), _("E-mail address"), "anna@");
  kab_app_type (GTK_WIDGET (window), _("New password"), "Vasara7");
  kab_app_press (GTK_WIDGET (window), _("Continue"));
}

static void
fill_codes (void)
{
  g_autofree char *email = dup_email ();
  g_autofree char *phone = dup_phone ();

  kab_app_demo_fill_about (demo);
  kab_app_demo_fill_contact (demo, email, phone);
}

static void
show_codes (KabApplication *application, KabWindow *window)
{
  begin (application);
  fill_codes ();
  show_in_language ();
}

static void
show_phone (KabApplication *application, KabWindow *window)
{
  gint64 newest;
  g_autofree char *email = dup_email ();
  g_autofree char *phone = dup_phone ();
  g_autofree char *code = NULL;

  begin (application);
  newest = kab_app_demo_newest (demo);
  kab_app_demo_fill_about (demo);
  kab_app_demo_fill_contact (demo, email, phone);
  show_in_language ();
  code = kab_app_demo_wait_code (demo, email, newest);
}

static void
show_correct_address (KabApplication *application, KabWindow *window)
{
  show_codes (application, window);
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
  kab_app_press (GTK_WIDGET (window), _("Change"));
  kab_app_get_dialog (window);
}

static GtkWidget *
find_phone (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (KAB_IS_PHONE_WINDOW (window))
        return window;
    }

  g_error ("The demo phone is not there");
}

static void
show_sign_in (KabApplication *application, KabWindow *window)
{
  begin (application);
  show_in_language ();
  kab_window_show (window, "sign-in");
}

static void
ask_recovery_code (KabWindow *window, const char *email)
{
  kab_window_show (window, "sign-in");
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
  kab_app_press (GTK_WIDGET (window), "Restore password");
  kab_app_wait_page (window, KAB_TYPE_RECOVERY_PAGE);
  kab_app_type (GTK_WIDGET (window), "E-mail or phone number", email);
  kab_app_press (GTK_WIDGET (window), "Continue");
  kab_app_wait_page (window, KAB_TYPE_RECOVERY_CODE_PAGE);
}

static void
show_recovery_code (KabApplication *application, KabWindow *window)
{
  g_autofree char *email = dup_email ();

  begin (application);
  ask_recovery_code (window, email);
  show_in_language ();
}

/* Returns: (transfer full): who */
static char *
register_somebody (void)
{
  char *email = dup_email ();
  g_autofree char *phone = dup_phone ();

  kab_app_demo_register (demo, email, phone);

  return email;
}

static void
show_recovery_done (KabApplication *application, KabWindow *window)
{
  gint64 newest;
  g_autofree char *email = NULL;
  g_autofree char *code = NULL;

  begin (application);
  email = register_somebody ();
  gtk_widget_activate_action (GTK_WIDGET (window), "win.sign-out", NULL);
  kab_app_wait_until (kab_window_get_client (window) == NULL);
  newest = kab_app_demo_newest (demo);
  ask_recovery_code (window, email);
  code = kab_app_demo_wait_code (demo, email, newest);
  kab_app_type (GTK_WIDGET (window), "Code", code);
  kab_app_press (GTK_WIDGET (window), "Continue");
  kab_app_wait_page (window, KAB_TYPE_RECOVERY_DONE_PAGE);
  show_in_language ();
}

static void
show_profile (KabApplication *application, KabWindow *window)
{
  g_autofree char *email = NULL;

  begin (application);
  email = register_somebody ();
  kab_window_show (window, "profile");
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
  show_in_language ();
}

static void
show_password (KabApplication *application, KabWindow *window)
{
  show_profile (application, window);
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
  g_action_group_activate_action (G_ACTION_GROUP (application), "change-password", NULL);
}

static void
show_address_change (KabApplication *application, KabWindow *window)
{
  show_profile (application, window);
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
  kab_app_press (GTK_WIDGET (window), _("Change the e-mail address"));
  kab_app_get_dialog (window);
}

const PicturePage picture_access_pages[] = {
  { "about-you", show_about_you, NULL, leave },
  { "about-you-wrong", show_about_you_wrong, NULL, leave },
  { "legal-document", show_legal_document, NULL, leave },
  { "contact", show_contact, NULL, leave },
  { "contact-wrong", show_contact_wrong, NULL, leave },
  { "codes", show_codes, NULL, leave },
  { "correct-address", show_correct_address, NULL, leave },
  { "demo-phone", show_phone, find_phone, leave },
  { "sign-in", show_sign_in, NULL, leave },
  { "recovery-code", show_recovery_code, NULL, leave },
  { "recovery-done", show_recovery_done, NULL, leave },
  { "profile", show_profile, NULL, leave },
  { "address-change", show_address_change, NULL, leave },
  { "password", show_password, NULL, leave },
};
const gsize picture_n_access_pages = G_N_ELEMENTS (picture_access_pages);
