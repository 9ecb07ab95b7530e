/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-onboarding.h"

#include <glib/gi18n.h>

#include "application/kab-application-page.h"
#include "common/kab-upload-list.h"
#include "forms/kab-form-view.h"
#include "home/kab-home-model.h"
#include "home/kab-home.h"
#include "kab-app-walk.h"
#include "kab-onboarding-fixture.h"

/* The window's shell, with the page of @type on top; the fixture lives as long as the window. */
static void
enter (KabWindow *window, KabOnboardingFixture *fixture)
{
  g_autoptr (KabClientModel) client = NULL;

  kab_app_fixture_fill_bank (kab_window_get_bank (window));
  client = kab_client_model_new (kab_window_get_bank (window), "Anna Bērziņa");
  kab_client_model_add_section (client, kab_home_section_new (fixture->data, fixture->bank, NULL));
  kab_home_add_routes (window);
  kab_client_model_add_section (
      client, kab_app_fixture_section ("documents", N_("Documents"), "folder-documents-symbolic"));
  kab_window_set_client (window, client);
  g_object_set_data_full (G_OBJECT (window), "fixture", fixture,
                          (GDestroyNotify) kab_onboarding_fixture_free);
}

static void
show_home (KabWindow *window, const char *application)
{
  enter (window, kab_onboarding_fixture_new (application));
  gtk_window_present (GTK_WINDOW (window));
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
}

static GtkWidget *
get_page (KabWindow *window)
{
  return GTK_WIDGET (adw_navigation_view_get_visible_page (kab_window_get_view (window)));
}

static void
push_application (KabWindow *window, const char *state)
{
  KabApplicationModel *model;

  show_home (window, state);
  kab_window_show (window, "application");
  model = KAB_APPLICATION_MODEL (kab_page_get_model (KAB_PAGE (get_page (window))));
  kab_app_wait_until (kab_application_model_get_form (model) != NULL);
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
}

void
picture_show_application (KabApplication *application, KabWindow *window)
{
  g_autofree char *draft = kab_onboarding_fixture_draft (
      3, "{'services': ['N1'], 'full_name': 'Anna Bērziņa', 'latvian_resident': true}");

  push_application (window, draft);
}

void
picture_show_application_wrong (KabApplication *application, KabWindow *window)
{
  g_autofree char *draft = kab_onboarding_fixture_draft (
      3, "{'services': ['N1', 'N2'], 'full_name': 'Anna Bērziņa', 'latvian_resident': true,"
         " 'person_code': '240390-11111'}");

  push_application (window, draft);
  gtk_widget_activate_action (get_page (window), "application.submit", NULL);
}

void
picture_show_application_files (KabApplication *application, KabWindow *window)
{
  g_autofree char *draft = kab_onboarding_fixture_draft (
      3, "{'services': ['N2'], 'identity_document': [{'upload': 'u1', 'name': 'pase.pdf', 'size':"
         " 481200}]}");
  GtkWidget *row;

  push_application (window, draft);
  row = kab_app_find (get_page (window), ADW_TYPE_BUTTON_ROW, NULL);
  gtk_widget_grab_focus (
      row != NULL ? row : kab_app_find (get_page (window), KAB_TYPE_UPLOAD_LIST, NULL));
}

void
picture_show_application_sent (KabApplication *application, KabWindow *window)
{
  g_autofree char *sent = kab_onboarding_fixture_application (
      5, "submitted", "{'stage': 'initial-information', 'state': 'done'}", "", "");

  push_application (window, sent);
}

static void
show_form (KabWindow *window, const char *id, const char *answers, const char *place)
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
  gtk_window_present (GTK_WINDOW (window));
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
  if (place != NULL)
    kab_form_view_focus (KAB_FORM_VIEW (view), place);
}

void
picture_show_tax_form (KabApplication *application, KabWindow *window)
{
  show_form (window, "tax-residency",
             "{'full_name': 'Anna Bērziņa', 'us_person': false, 'residences': [{'country': 'LV',"
             " 'has_tin': true, 'tin': '24039011111'}, {'country': 'EE'}]}",
             "/truthful");
}

void
picture_show_questionnaire (KabApplication *application, KabWindow *window)
{
  show_form (window, "customer-questionnaire", "{}", NULL);
}

#define DONE(stage)        "{'stage': '" stage "', 'state': 'done', 'doneAt': '2026-11-12T12:30:00Z'},"
#define IS(stage, state)   "{'stage': '" stage "', 'state': '" state "'},"
#define LAST(stage, state) "{'stage': '" stage "', 'state': '" state "'}"
#define PHOTO(state, more)                                                                         \
  "{'id': 'i1', 'kind': 'photo', 'state': '" state "', 'mine': true, 'version': 1" more "}"

#define PHOTO_STAGES                                                                               \
  DONE ("initial-information")                                                                     \
  IS ("photo-identification", "needs-you")                                                         \
  IS ("documents", "upcoming") IS ("fee", "upcoming") LAST ("decision", "upcoming")

void
picture_show_home_start (KabApplication *application, KabWindow *window)
{
  show_home (window, NULL);
}

void
picture_show_home_photo (KabApplication *application, KabWindow *window)
{
  g_autofree char *state = kab_onboarding_fixture_application (5, "in-progress", PHOTO_STAGES,
                                                               PHOTO ("not-started", ""), "");

  show_home (window, state);
}

void
picture_show_home_decided (KabApplication *application, KabWindow *window)
{
  g_autofree char *state = kab_onboarding_fixture_application (
      5, "decided",
      DONE ("initial-information") DONE ("photo-identification") DONE ("documents") DONE ("fee")
          LAST ("decision", "done"),
      PHOTO ("passed", ""),
      "{'service': 'N1', 'outcome': 'positive', 'decidedAt': '2026-11-20T09:00:00Z'},"
      "{'service': 'N2', 'outcome': 'negative', 'decidedAt': '2026-11-20T09:00:00Z'}");

  show_home (window, state);
}

void
picture_show_home_declined (KabApplication *application, KabWindow *window)
{
  g_autofree char *state = kab_onboarding_fixture_application (
      5, "decided",
      DONE ("initial-information") DONE ("photo-identification") LAST ("decision", "done"),
      PHOTO ("passed", ""),
      "{'service': 'N1', 'outcome': 'negative', 'decidedAt': '2026-11-20T09:00:00Z'}");

  show_home (window, state);
}

void
picture_show_home_waiting (KabApplication *application, KabWindow *window)
{
  g_autofree char *state = kab_onboarding_fixture_application (
      5, "in-progress",
      DONE ("initial-information") DONE ("photo-identification") DONE ("documents")
          IS ("fee", "waiting-for-bank") LAST ("decision", "upcoming"),
      PHOTO ("passed", ""), "");

  show_home (window, state);
}

static void
show_identification (KabWindow *window, const char *identification)
{
  g_autofree char *state =
      kab_onboarding_fixture_application (5, "in-progress", PHOTO_STAGES, identification, "");

  show_home (window, state);
  kab_window_show (window, "identification");
  kab_app_fixture_wait_frame (GTK_WIDGET (window));
}

void
picture_show_identification (KabApplication *application, KabWindow *window)
{
  show_identification (window, PHOTO ("not-started", ""));
}

void
picture_show_identification_repeat (KabApplication *application, KabWindow *window)
{
  show_identification (window,
                       PHOTO ("repeat-requested", ", 'labels': ['SCREENSHOTS', 'BAD_SELFIE']"));
}

void
picture_show_identification_failed (KabApplication *application, KabWindow *window)
{
  show_identification (window, PHOTO ("failed", ""));
}

void
picture_show_identification_passed (KabApplication *application, KabWindow *window)
{
  show_identification (window, PHOTO ("passed", ""));
}

void
picture_show_identification_phone (KabApplication *application, KabWindow *window)
{
  KabOnboardingFixture *fixture;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) later = g_date_time_add_minutes (now, 10);
  g_autofree char *ends = g_date_time_format_iso8601 (later);
  g_autofree char *link = g_strdup_printf (
      "{\"url\": \"https://identification.example/go/4f9a2c71d0e84b6b\", \"expiresAt\": \"%s\"}",
      ends);

  show_identification (window, PHOTO ("not-started", ""));
  fixture = g_object_get_data (G_OBJECT (window), "fixture");
  kab_test_server_reply (fixture->server, "POST /v1/identifications/i1/link", 201, link);
  gtk_widget_activate_action (get_page (window), "identification.phone", NULL);
}

void
picture_show_home_withdrawn (KabApplication *application, KabWindow *window)
{
  g_autofree char *state = kab_onboarding_fixture_application (6, "withdrawn", PHOTO_STAGES,
                                                               PHOTO ("not-started", ""), "");

  show_home (window, state);
}

void
picture_show_home_withdraw (KabApplication *application, KabWindow *window)
{
  picture_show_home_photo (application, window);
  kab_app_press (get_page (window), _("Withdraw the application…"));
  kab_app_get_dialog (window);
}

/* Somebody of whom nothing was read from the bank yet. */
static KabOnboardingFixture *
new_unread (void)
{
  KabOnboardingFixture *fixture = kab_onboarding_fixture_new (NULL);

  kab_client_data_stop (fixture->data);
  g_object_unref (fixture->data);
  fixture->data = kab_client_data_new (fixture->api, fixture->session);

  return fixture;
}

void
picture_show_home_loading (KabApplication *application, KabWindow *window)
{
  KabOnboardingFixture *fixture = new_unread ();

  kab_test_server_forget (fixture->server, "GET /v1/applications");
  kab_test_server_trick (fixture->server, "GET /v1/applications", KAB_TEST_SILENT, NULL);
  enter (window, fixture);
}

void
picture_show_home_failed (KabApplication *application, KabWindow *window)
{
  KabOnboardingFixture *fixture = new_unread ();
  KabHomeModel *home;

  kab_test_server_forget (fixture->server, "GET /v1/applications");
  kab_test_server_reply (fixture->server, "GET /v1/applications", 500, "{\"code\": \"internal\"}");
  enter (window, fixture);
  home = KAB_HOME_MODEL (kab_section_get_model (
      kab_client_model_find_section (kab_window_get_client (window), "home")));
  kab_app_wait_until (kab_home_model_get_error (home) != NULL);
}
