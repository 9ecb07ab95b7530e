/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "application/kab-application-page.h"
#include "application/kab-application-place.h"
#include "common/kab-field-row.h"
#include "forms/kab-conflict-dialog.h"
#include "forms/kab-form-view.h"
#include "home/kab-home-page.h"
#include "kab-onboarding-window.h"

#define PUT    "PUT /v1/applications/a1"
#define GET    "GET /v1/applications/a1"
#define POST   "POST /v1/applications"
#define FORM   "GET /v1/forms/application-natural"
#define SUBMIT "POST /v1/applications/a1/submission"

#define COMPLETE                                                                                   \
  "{'services': ['N1'], 'full_name': 'Anna Bērziņa', 'latvian_resident': false,"                   \
  " 'person_code': '161175-19997', 'birth_date': '1975-11-16', 'communication_language': 'lv'}"

static KabApplicationModel *
open_form (KabOnboardingWindow *self)
{
  KabApplicationModel *model;

  g_assert_true (kab_window_show (self->window, "application"));
  model = kab_onboarding_window_get_model (self);
  kab_app_wait_until (kab_application_model_get_form (model) != NULL);
  kab_app_fixture_wait_frame (GTK_WIDGET (self->window));

  return model;
}

static KabOnboardingWindow *
open_draft (const char *answers)
{
  g_autofree char *draft = kab_onboarding_fixture_draft (3, answers);
  KabOnboardingWindow *self = kab_onboarding_window_new (draft, NULL);

  open_form (self);

  return self;
}

static GtkWidget *
get_name_row (KabOnboardingWindow *self)
{
  return kab_app_find (GTK_WIDGET (self->window), ADW_TYPE_ENTRY_ROW, "Name and surname");
}

static void
submit (KabOnboardingWindow *self)
{
  gtk_widget_activate_action (kab_onboarding_window_get_page (self), "application.submit", NULL);
}

static AdwDialog *
get_dialog (KabOnboardingWindow *self)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
}

static void
confirm (KabOnboardingWindow *self)
{
  kab_app_wait_until (get_dialog (self) != NULL);
  kab_app_fixture_wait_frame (GTK_WIDGET (get_dialog (self)));
  kab_app_press (GTK_WIDGET (get_dialog (self)), "Submit");
}

static void
test_begins (void)
{
  KabOnboardingWindow *self = kab_onboarding_window_new (NULL, NULL);
  g_autofree char *draft = kab_onboarding_fixture_draft (1, "{}");
  g_autofree char *body = NULL;

  kab_test_server_reply (self->bank->server, POST, 201, draft);
  kab_app_press (GTK_WIDGET (self->window), "Start the application");
  kab_app_wait_until (KAB_IS_APPLICATION_PAGE (kab_onboarding_window_get_page (self)));
  kab_onboarding_window_wait_for (self, ADW_TYPE_ENTRY_ROW, "Name and surname");
  body = kab_test_server_dup_body (self->bank->server, POST);
  g_assert_nonnull (strstr (body, "application-natural"));
  g_assert_nonnull (kab_client_data_get_onboarding (self->bank->data));
  kab_onboarding_window_free (self);
}

static void
test_autosave (void)
{
  KabOnboardingWindow *self = open_draft ("{'full_name': 'Anna'}");
  g_autofree char *saved = kab_onboarding_fixture_draft (4, "{'full_name': 'Ilze'}");
  g_autofree char *body = NULL;
  g_autofree char *match = NULL;

  kab_test_server_reply (self->bank->server, PUT, 200, saved);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_name_row (self))), ==, "Anna");
  gtk_editable_set_text (GTK_EDITABLE (get_name_row (self)), "Ilze");
  kab_onboarding_window_wait_for (self, GTK_TYPE_LABEL, "Saving…");
  kab_app_wait_until (kab_test_server_count (self->bank->server, PUT) == 1);
  body = kab_test_server_dup_body (self->bank->server, PUT);
  match = kab_test_server_dup_header (self->bank->server, PUT, "If-Match");
  g_assert_nonnull (strstr (body, "Ilze"));
  g_assert_cmpstr (match, ==, "\"3\"");
  kab_app_wait_until (kab_app_find (GTK_WIDGET (self->window), GTK_TYPE_LABEL, "Saving…") == NULL);
  kab_onboarding_window_free (self);
}

static void
test_offline (void)
{
  KabOnboardingWindow *self = open_draft ("{'full_name': 'Anna'}");
  KabApplicationModel *model = kab_onboarding_window_get_model (self);
  KabAutosave *autosave = kab_application_model_get_autosave (model);
  g_autofree char *saved = kab_onboarding_fixture_draft (4, "{'full_name': 'Ilze'}");

  kab_test_server_go_down (self->bank->server);
  gtk_editable_set_text (GTK_EDITABLE (get_name_row (self)), "Ilze");
  kab_app_wait_until (kab_autosave_get_state (autosave) == KAB_AUTOSAVE_OFFLINE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_name_row (self))), ==, "Ilze");
  kab_test_server_reply (self->bank->server, PUT, 200, saved);
  kab_test_server_reply (self->bank->server, "GET /healthz", 200, "{}");
  kab_test_server_come_back (self->bank->server);
  kab_api_reconnect (self->bank->api);
  kab_app_wait_until (kab_autosave_get_state (autosave) == KAB_AUTOSAVE_SAVED);
  kab_onboarding_window_free (self);
}

static void
test_conflict (void)
{
  KabOnboardingWindow *self = open_draft ("{'full_name': 'Anna'}");
  KabApplicationModel *model = kab_onboarding_window_get_model (self);
  KabAutosave *autosave = kab_application_model_get_autosave (model);
  g_autofree char *theirs = kab_onboarding_fixture_draft (9, "{'full_name': 'Marta'}");
  g_autofree char *saved = kab_onboarding_fixture_draft (10, "{'full_name': 'Marta'}");
  GtkWidget *row;

  kab_test_server_reply (self->bank->server, PUT, 412, "{\"code\": \"version-conflict\"}");
  kab_test_server_reply (self->bank->server, PUT, 200, saved);
  kab_test_server_reply (self->bank->server, GET, 200, theirs);
  gtk_editable_set_text (GTK_EDITABLE (get_name_row (self)), "Ilze");
  kab_app_wait_until (kab_autosave_get_state (autosave) == KAB_AUTOSAVE_CONFLICT);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_name_row (self))), ==, "Ilze");
  kab_app_fixture_wait_frame (GTK_WIDGET (self->window));
  kab_app_press (GTK_WIDGET (self->window), "Choose…");
  g_assert_true (KAB_IS_CONFLICT_DIALOG (get_dialog (self)));
  kab_app_fixture_wait_frame (GTK_WIDGET (get_dialog (self)));
  row = kab_app_find (GTK_WIDGET (get_dialog (self)), ADW_TYPE_ACTION_ROW, "Marta");
  gtk_widget_activate (row);
  kab_app_press (GTK_WIDGET (get_dialog (self)), "Keep this");
  kab_app_wait_until (kab_autosave_get_state (autosave) == KAB_AUTOSAVE_SAVED);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_name_row (self))), ==, "Marta");
  kab_onboarding_window_free (self);
}

/* What is missing comes before the question. */
static void
test_incomplete (void)
{
  KabOnboardingWindow *self = open_draft ("{'services': ['N1']}");

  submit (self);
  g_assert_null (get_dialog (self));
  g_assert_true (kab_field_row_has_error (get_name_row (self)));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (self->window)),
                                         get_name_row (self)));
  g_assert_cmpuint (kab_test_server_count (self->bank->server, SUBMIT), ==, 0);
  kab_onboarding_window_free (self);
}

static void
test_submitted (void)
{
  KabOnboardingWindow *self = open_draft (COMPLETE);
  KabApplicationModel *model = kab_onboarding_window_get_model (self);
  g_autofree char *sent = kab_onboarding_fixture_application (
      4, "submitted", "{'stage': 'initial-information', 'state': 'done'}", "", "");
  g_autofree char *key = NULL;

  kab_test_server_reply (self->bank->server, SUBMIT, 200, sent);
  kab_onboarding_window_wait_for (self, GTK_TYPE_LABEL, "Nothing is missing");
  submit (self);
  confirm (self);
  kab_app_wait_until (KAB_IS_HOME_PAGE (kab_onboarding_window_get_page (self)));
  g_assert_cmpuint (kab_test_server_count (self->bank->server, SUBMIT), ==, 1);
  key = kab_test_server_dup_header (self->bank->server, SUBMIT, "Idempotency-Key");
  g_assert_nonnull (key);
  g_assert_cmpint (kab_application_model_get_phase (model), ==, KAB_APPLICATION_SENT);
  open_form (self);
  g_assert_null (get_name_row (self));
  g_assert_null (kab_app_find (GTK_WIDGET (self->window), GTK_TYPE_BUTTON, "Submit"));
  kab_onboarding_window_free (self);
}

static void
test_refused (void)
{
  KabOnboardingWindow *self = open_draft (COMPLETE);

  kab_test_server_reply (self->bank->server, SUBMIT, 422,
                         "{\"code\": \"form-invalid\", \"errors\": [{\"pointer\": \"/full_name\","
                         " \"code\": \"name-length\", \"params\": {}}]}");
  submit (self);
  confirm (self);
  kab_app_wait_until (kab_field_row_has_error (get_name_row (self)));
  kab_app_wait_until (gtk_window_get_focus (GTK_WINDOW (self->window)) != NULL &&
                      gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (self->window)),
                                              get_name_row (self)));
  kab_onboarding_window_free (self);
}

static void
test_unavailable (void)
{
  g_autofree char *draft = kab_onboarding_fixture_draft (3, "{}");
  KabOnboardingWindow *self = kab_onboarding_window_new (draft, NULL);

  kab_test_server_forget (self->bank->server, FORM);
  kab_test_server_trick (self->bank->server, FORM, KAB_TEST_CUT, NULL);
  kab_window_show (self->window, "application");
  kab_onboarding_window_wait_for (self, GTK_TYPE_BUTTON, "Try again");
  kab_onboarding_fixture_serve_form (self->bank, "application-natural");
  kab_app_press (GTK_WIDGET (self->window), "Try again");
  kab_onboarding_window_wait_for (self, ADW_TYPE_ENTRY_ROW, "Name and surname");
  kab_onboarding_window_free (self);
}

/* A form that this program doesn't understand. */
static void
test_unknown_form (void)
{
  g_autofree char *draft = kab_onboarding_fixture_draft (3, "{}");
  KabOnboardingWindow *self = kab_onboarding_window_new (draft, NULL);

  kab_test_server_forget (self->bank->server, FORM);
  kab_test_server_reply (self->bank->server, FORM, 200,
                         "{\"form\": \"application-natural\", \"hologram\": true}");
  kab_window_show (self->window, "application");
  kab_onboarding_window_wait_for (self, GTK_TYPE_LABEL, "This form can’t be shown");
  kab_onboarding_window_free (self);
}

static KabDraftJournal *
open_journal (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_dir_make_tmp ("kabinets-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  KabDraftJournal *journal;

  kab_draft_journal_open_async ("test", folder, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  journal = kab_draft_journal_open_finish (result, &error);
  g_assert_no_error (error);

  return journal;
}

/* After a crash the program opens in the field where somebody was. */
static void
test_goes_on (void)
{
  g_autoptr (KabDraftJournal) journal = open_journal ();
  g_autofree char *draft = kab_onboarding_fixture_draft (3, "{}");
  KabOnboardingWindow *self = kab_onboarding_window_new (draft, journal);

  open_form (self);
  g_assert_null (kab_application_place_find (NULL));
  gtk_widget_grab_focus (get_name_row (self));
  g_assert_nonnull (kab_application_place_find (journal));
  kab_onboarding_window_free (self);

  /* Closing the window is an orderly end; a crash leaves the place behind. */
  g_assert_null (kab_application_place_find (journal));
  {
    g_autoptr (JsonObject) place = kab_test_json ("{'field': '/full_name'}");

    kab_draft_journal_put_async (journal, "place/application", place, NULL, NULL, NULL);
  }
  self = kab_onboarding_window_new (draft, journal);
  kab_app_wait_until (KAB_IS_APPLICATION_PAGE (kab_onboarding_window_get_page (self)));
  kab_onboarding_window_wait_for (self, ADW_TYPE_ENTRY_ROW, "Name and surname");
  kab_app_wait_until (gtk_window_get_focus (GTK_WINDOW (self->window)) != NULL &&
                      gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (self->window)),
                                              get_name_row (self)));
  kab_onboarding_window_free (self);
}

/* The page is made anew in another language, and nothing typed is lost. */
static void
test_language (void)
{
  KabOnboardingWindow *self = open_draft ("{'full_name': 'Anna'}");
  g_autofree char *saved = kab_onboarding_fixture_draft (4, "{'full_name': 'Ilze'}");
  GtkWidget *row;

  kab_test_server_reply (self->bank->server, PUT, 200, saved);
  gtk_editable_set_text (GTK_EDITABLE (get_name_row (self)), "Ilze");
  kab_language_set_current (kab_window_get_language (self->window), "lv");
  kab_app_fixture_wait_frame (GTK_WIDGET (self->window));
  row = kab_app_find (GTK_WIDGET (self->window), ADW_TYPE_ENTRY_ROW, "Vārds, uzvārds");
  g_assert_nonnull (row);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "Ilze");
  kab_onboarding_window_free (self);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/app/application/begins", test_begins);
  g_test_add_func ("/app/application/autosave", test_autosave);
  g_test_add_func ("/app/application/offline", test_offline);
  g_test_add_func ("/app/application/conflict", test_conflict);
  g_test_add_func ("/app/application/incomplete", test_incomplete);
  g_test_add_func ("/app/application/submitted", test_submitted);
  g_test_add_func ("/app/application/refused", test_refused);
  g_test_add_func ("/app/application/unavailable", test_unavailable);
  g_test_add_func ("/app/application/unknown-form", test_unknown_form);
  g_test_add_func ("/app/application/goes-on", test_goes_on);
  g_test_add_func ("/app/application/language", test_language);

  return g_test_run ();
}
