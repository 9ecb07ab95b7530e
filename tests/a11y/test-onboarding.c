/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-form-view.h"
#include "kab-app-walk.h"
#include "kab-onboarding-window.h"

/* No control without a name: the application form, home and identification. */

static KabOnboardingWindow *
open_page (const char *application, const char *page)
{
  KabOnboardingWindow *self = kab_onboarding_window_new (application, NULL);

  if (page != NULL)
    kab_window_show (self->window, page);
  if (g_strcmp0 (page, "application") == 0)
    kab_onboarding_window_wait_for (self, KAB_TYPE_FORM_VIEW, NULL);
  kab_app_fixture_wait_frame (GTK_WIDGET (self->window));

  return self;
}

static void
test_application (void)
{
  g_autofree char *draft = kab_onboarding_fixture_draft (
      3, "{'services': ['N1', 'N2'], 'latvian_resident': true, 'person_code': '1'}");
  KabOnboardingWindow *self = open_page (draft, "application");
  GtkWidget *page = kab_onboarding_window_get_page (self);
  GtkWidget *row = kab_app_find (page, ADW_TYPE_ENTRY_ROW, "Personal code");
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (row));
  GtkWidget *form = kab_app_find (page, KAB_TYPE_FORM_VIEW, NULL);

  g_assert_cmpuint (kab_app_check_names (page), >, 12);
  gtk_test_accessible_assert_role (form, GTK_ACCESSIBLE_ROLE_FORM);
  gtk_test_accessible_assert_property (form, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Application of a natural person");
  gtk_test_accessible_assert_property (text, GTK_ACCESSIBLE_PROPERTY_REQUIRED, TRUE);
  gtk_widget_activate_action (page, "application.submit", NULL);
  gtk_test_accessible_assert_state (text, GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_test_accessible_assert_property (text, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "A personal code has 11 digits, such as 010190-12345.");
  row = kab_app_find (page, ADW_TYPE_ACTION_ROW, "New client");
  gtk_test_accessible_assert_property (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "New client");
  kab_onboarding_window_free (self);
}

static void
test_every_form (void)
{
  const char *ids[] = { "registration-natural", "customer-questionnaire", "tax-residency" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (KabFormDefinition) definition = kab_onboarding_fixture_load_form (ids[i]);
      g_autoptr (KabFormModel) form = NULL;
      GtkWidget *window = adw_window_new ();
      GtkWidget *view = kab_form_view_new ();
      GDate today;

      g_date_set_dmy (&today, 21, G_DATE_NOVEMBER, 2026);
      form = kab_form_model_new (definition, NULL, kab_form_context_new (&today));
      kab_form_view_set_model (KAB_FORM_VIEW (view), form);
      adw_window_set_content (ADW_WINDOW (window), view);
      gtk_window_present (GTK_WINDOW (window));
      kab_app_fixture_wait_frame (view);
      g_assert_cmpuint (kab_app_check_names (view), >, 0);
      kab_app_fixture_close (window);
    }
}

static void
test_home (void)
{
  g_autofree char *state = kab_onboarding_fixture_application (
      5, "decided", "{'stage': 'decision', 'state': 'done'}", "",
      "{'service': 'N1', 'outcome': 'negative', 'decidedAt': '2026-11-20T09:00:00Z'}");
  KabOnboardingWindow *self = open_page (state, NULL);

  g_assert_cmpuint (kab_app_check_names (kab_onboarding_window_get_page (self)), >=, 3);
  kab_onboarding_window_free (self);
}

static void
test_identification (void)
{
  g_autofree char *state = kab_onboarding_fixture_application (
      5, "in-progress", "{'stage': 'photo-identification', 'state': 'needs-you'}",
      "{'id': 'i1', 'kind': 'photo', 'state': 'repeat-requested', 'mine': true, 'version': 1,"
      " 'labels': ['BAD_SELFIE']}",
      "");
  KabOnboardingWindow *self = open_page (state, "identification");
  GtkWidget *page = kab_onboarding_window_get_page (self);
  GtkWidget *heading = kab_app_find (page, GTK_TYPE_LABEL, "Please do it once more");

  g_assert_cmpuint (kab_app_check_names (page), >=, 5);
  gtk_test_accessible_assert_role (heading, GTK_ACCESSIBLE_ROLE_HEADING);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) ==
                 kab_app_find (page, GTK_TYPE_BUTTON, "Start again"));
  kab_onboarding_window_free (self);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/a11y/onboarding/application", test_application);
  g_test_add_func ("/a11y/onboarding/every-form", test_every_form);
  g_test_add_func ("/a11y/onboarding/home", test_home);
  g_test_add_func ("/a11y/onboarding/identification", test_identification);

  return g_test_run ();
}
