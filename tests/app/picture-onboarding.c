/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-onboarding.h"

#include <glib/gi18n.h>

#include "application/kab-application-page.h"
#include "forms/kab-form-view.h"
#include "kab-app-fixture.h"
#include "kab-onboarding-fixture.h"

/* The window's shell, with the page of @type on top; the fixture lives as long as the window. */
static void
enter (KabWindow            *window,
       KabOnboardingFixture *fixture)
{
  g_autoptr (KabClientModel) client = NULL;

  kab_app_fixture_fill_bank (kab_window_get_bank (window));
  client = kab_client_model_new (kab_window_get_bank (window), "Anna Bērziņa");
  kab_client_model_add_section (
      client, kab_app_fixture_section ("home", N_("Home"), "user-home-symbolic"));
  kab_client_model_add_section (
      client, kab_app_fixture_section ("documents", N_("Documents"), "folder-documents-symbolic"));
  kab_window_set_client (window, client);
  g_object_set_data_full (G_OBJECT (window), "fixture", fixture,
                          (GDestroyNotify) kab_onboarding_fixture_free);
}

static KabApplicationModel *
push_application (KabWindow  *window,
                  const char *state)
{
  KabOnboardingFixture *fixture = kab_onboarding_fixture_new (state);
  g_autoptr (KabApplicationModel) model =
      kab_application_model_new (fixture->data, fixture->bank, NULL);

  enter (window, fixture);
  kab_window_push (window, KAB_TYPE_APPLICATION_PAGE, G_OBJECT (model));
  gtk_window_present (GTK_WINDOW (window));
  kab_app_wait_until (kab_application_model_get_form (model) != NULL);
  kab_app_fixture_wait_frame (GTK_WIDGET (window));

  return model;
}

void
picture_show_application (KabApplication *application,
                          KabWindow      *window)
{
  g_autofree char *draft = kab_onboarding_fixture_draft (
      3, "{'services': ['N1'], 'full_name': 'Anna Bērziņa', 'latvian_resident': true}");

  push_application (window, draft);
}

void
picture_show_application_wrong (KabApplication *application,
                                KabWindow      *window)
{
  g_autofree char *draft = kab_onboarding_fixture_draft (
      3, "{'services': ['N1', 'N2'], 'full_name': 'Anna Bērziņa', 'latvian_resident': true,"
         " 'person_code': '240390-11111'}");

  push_application (window, draft);
  gtk_widget_activate_action (
      GTK_WIDGET (adw_navigation_view_get_visible_page (kab_window_get_view (window))),
      "application.submit", NULL);
}

void
picture_show_application_sent (KabApplication *application,
                               KabWindow      *window)
{
  g_autofree char *sent = kab_onboarding_fixture_application (
      5, "submitted", "{'stage': 'initial-information', 'state': 'done'}", "", "");

  push_application (window, sent);
}

static void
show_form (KabWindow  *window,
           const char *id,
           const char *answers)
{
  g_autoptr (KabFormDefinition) definition = kab_onboarding_fixture_load_form (id);
  g_autoptr (JsonObject) object = kab_test_json (answers);
  g_autoptr (KabFormModel) form = NULL;
  GtkWidget *view = kab_form_view_new ();
  GDate today;

  g_date_set_dmy (&today, 21, G_DATE_NOVEMBER, 2026);
  form = kab_form_model_new (definition, object, kab_form_context_new (&today));
  if (json_object_has_member (object, "residences"))
    kab_form_model_set_comment (form, "/residences",
                                "Lūdzu, norādiet arī Igauniju: tur jums ir konts.");
  kab_form_view_set_model (KAB_FORM_VIEW (view), form);
  kab_app_fixture_show (window, view);
}

void
picture_show_tax_form (KabApplication *application,
                       KabWindow      *window)
{
  show_form (window, "tax-residency",
             "{'full_name': 'Anna Bērziņa', 'us_person': false, 'residences': [{'country': 'LV',"
             " 'has_tin': true, 'tin': '24039011111'}, {'country': 'EE'}]}");
}

void
picture_show_questionnaire (KabApplication *application,
                            KabWindow      *window)
{
  show_form (window, "customer-questionnaire", "{}");
}
