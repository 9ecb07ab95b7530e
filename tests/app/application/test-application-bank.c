/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "application/kab-application-page.h"
#include "common/kab-date-row.h"
#include "forms/kab-form-view.h"
#include "home/kab-home-page.h"
#include "identification/kab-identification-page.h"
#include "identification/kab-phone-dialog.h"
#include "identification/kab-qr-code.h"
#include "kab-app-demo.h"
#include "kab-onboarding-fixture.h"

static void
choose (GtkWidget *root, const char *option)
{
  adw_action_row_activate (ADW_ACTION_ROW (kab_app_wait_for (root, ADW_TYPE_ACTION_ROW, option)));
}

static void
answer (GtkWidget *root, const char *question, guint toggle)
{
  GtkWidget *row = kab_app_find (root, ADW_TYPE_ACTION_ROW, question);

  adw_toggle_group_set_active (ADW_TOGGLE_GROUP (kab_app_find (row, ADW_TYPE_TOGGLE_GROUP, NULL)),
                               toggle);
}

static void
fill (GtkWidget *root)
{
  choose (root, "New client");
  kab_app_type (root, "Name and surname", "Anna Bērziņa");
  answer (root, "Resident of Latvia", 0);
  kab_app_type (root, "Personal code", "161175-19997");
  kab_date_row_set_date (KAB_DATE_ROW (kab_app_find (root, KAB_TYPE_DATE_ROW, NULL)), "1975-11-16");
  choose (root, "English");
}

/* The form as the bank gives it, saved, found again, submitted; then the next step. */
static void
test_application (void)
{
  KabAppDemo *demo = kab_app_demo_start ();
  GtkWidget *root = kab_app_demo_root (demo);
  KabApplicationModel *model;
  KabAutosave *autosave;
  AdwDialog *dialog;

  kab_app_demo_register (demo, "anna@example.com", "20000001");
  kab_app_wait_page (demo->window, KAB_TYPE_APPLICATION_PAGE);
  kab_app_wait_until (kab_app_find (root, ADW_TYPE_ENTRY_ROW, "Name and surname") != NULL);
  fill (root);
  model = KAB_APPLICATION_MODEL (kab_page_get_model (kab_app_get_page (demo->window)));
  autosave = kab_application_model_get_autosave (model);
  kab_app_wait_until (kab_autosave_get_state (autosave) == KAB_AUTOSAVE_SAVED);
  kab_app_wait_until (kab_app_find (root, GTK_TYPE_LABEL, "Nothing is missing") != NULL);

  gtk_widget_activate_action (GTK_WIDGET (kab_app_get_page (demo->window)), "application.submit",
                              NULL);
  dialog = kab_app_get_dialog (demo->window);
  kab_app_press (GTK_WIDGET (dialog), "Submit");
  kab_app_wait_page (demo->window, KAB_TYPE_HOME_PAGE);
  kab_app_wait_until (kab_app_find (root, GTK_TYPE_BUTTON, "Start identification") != NULL);

  kab_app_press (root, "Start identification");
  kab_app_wait_page (demo->window, KAB_TYPE_IDENTIFICATION_PAGE);
  kab_app_press (root, "Continue on a phone");
  dialog = kab_app_get_dialog (demo->window);
  g_assert_true (KAB_IS_PHONE_DIALOG (dialog));
  kab_app_wait_until (kab_app_find (GTK_WIDGET (dialog), KAB_TYPE_QR_CODE, NULL) != NULL);
  kab_app_demo_stop (demo);
}

int
main (int argc, char **argv)
{
  kab_app_demo_init (&argc, &argv);
  g_test_add_func ("/app/application-bank/application", test_application);

  return kab_app_demo_run ();
}
