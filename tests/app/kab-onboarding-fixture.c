/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-onboarding-fixture.h"

#include <adwaita.h>

#define SESSION                                                                                    \
  "{'session': 's1', 'token': 't', 'user': {'id': 'u1', 'role': 'client', 'clientType': "          \
  "'natural',"                                                                                     \
  " 'name': 'Anna Bērziņa', 'language': 'lv'}, 'mustChangePassword': false, 'idleSeconds': 900,"   \
  " 'expiresAt': '2030-01-01T00:00:00Z'}"

#define PROFILE                                                                                    \
  "{\"version\": 1, \"name\": \"Anna Bērziņa\", \"email\": \"anna@example.com\","                  \
  " \"phone\": \"+37120000000\", \"citizenships\": [\"LV\"], \"language\": \"lv\","                \
  " \"notices\": {}, \"consents\": []}"

#define BANK                                                                                       \
  "{'name': 'Baltijas Nams', 'legalName': 'AS Baltijas Nams', 'contacts': {'phone':"               \
  " '+371 67 772 999', 'email': 'info@bank.example'}, 'openingHours': {'lv': 'P–Pk 9–17', 'en':"   \
  " 'Mon–Fri 9–17', 'ru': 'Пн–Пт 9–17'}, 'languages': ['lv', 'en', 'ru'], 'services': ['N1', "     \
  "'N2',"                                                                                          \
  " 'N3'], 'applicationForms': {'natural': 'application-natural'}, 'fee': {'amount': '50.00',"     \
  " 'currency': 'EUR'}, 'legalDocuments': [], 'passwordPolicy': {'minLength': 8}, 'demo': true}"

static char *
read_bank_file (const char *name)
{
  g_autofree char *path = g_build_filename (KAB_BANK_DIR, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static gpointer
create_record (gpointer record, JsonObject *object)
{
  g_autoptr (GError) error = NULL;

  kab_record_update_from_json (record, object, &error);
  g_assert_no_error (error);
  json_object_unref (object);

  return record;
}

static KabBank *
create_bank (void)
{
  g_autofree char *text = read_bank_file ("bank.json");
  g_autoptr (JsonNode) catalog = json_from_string (text, NULL);
  JsonObject *object = kab_test_json (BANK);

  json_object_set_member (object, "catalog", g_steal_pointer (&catalog));

  return create_record (kab_bank_new (), object);
}

/* Lets the bank give a form of the demo bank, whatever it gave before. */
void
kab_onboarding_fixture_serve_form (KabOnboardingFixture *self, const char *id)
{
  g_autofree char *file = g_strdup_printf ("forms/%s.json", id);
  g_autofree char *text = read_bank_file (file);
  g_autofree char *route = g_strdup_printf ("GET /v1/forms/%s", id);

  kab_test_server_forget (self->server, route);
  kab_test_server_reply (self->server, route, 200, text);
}

static char *
dup_list (const char *item)
{
  return g_strdup_printf ("{\"items\": [%s]}", item != NULL ? item : "");
}

/* Somebody with @application (nullable), as JSON. */
KabOnboardingFixture *
kab_onboarding_fixture_new (const char *application)
{
  KabOnboardingFixture *self = g_new0 (KabOnboardingFixture, 1);
  g_autofree char *applications = dup_list (application);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KabTimeouts timeouts;

  self->server = kab_test_server_new ();
  self->api = kab_api_new (kab_test_server_get_address (self->server), &error);
  g_assert_no_error (error);
  timeouts = *kab_api_get_timeouts (self->api);
  timeouts.retry_ms = 20;
  timeouts.probe_min_ms = 20;
  timeouts.probe_max_ms = 100;
  kab_api_set_timeouts (self->api, &timeouts);
  kab_api_set_token (self->api, "token");
  kab_test_server_reply (self->server, "GET /v1/profile", 200, PROFILE);
  kab_test_server_reply (self->server, "GET /v1/applications", 200, applications);
  kab_test_server_reply (self->server, "GET /v1/documents", 200, "{\"items\": []}");
  kab_test_server_reply (self->server, "GET /v1/messages", 200, "{\"items\": [], \"unread\": 0}");
  kab_onboarding_fixture_serve_form (self, "application-natural");
  kab_onboarding_fixture_serve_form (self, "tax-residency");
  kab_onboarding_fixture_serve_form (self, "customer-questionnaire");
  self->session = create_record (kab_session_new (), kab_test_json (SESSION));
  self->bank = create_bank ();
  self->data = kab_client_data_new (self->api, self->session);
  kab_client_data_start_async (self->data, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  kab_client_data_start_finish (self->data, result, &error);
  g_assert_no_error (error);

  return self;
}

void
kab_onboarding_fixture_free (KabOnboardingFixture *self)
{
  kab_client_data_stop (self->data);
  g_clear_object (&self->data);
  g_clear_object (&self->bank);
  g_clear_object (&self->session);
  g_clear_object (&self->api);
  g_clear_pointer (&self->server, kab_test_server_free);
  g_free (self);
}

/* What a live event would bring. */
void
kab_onboarding_fixture_change (KabOnboardingFixture *self, const char *application)
{
  KabOnboarding *onboarding = kab_client_data_get_onboarding (self->data);
  g_autoptr (JsonNode) node = json_from_string (application, NULL);
  g_autoptr (GError) error = NULL;

  kab_record_update_from_json (KAB_RECORD (onboarding), json_node_get_object (node), &error);
  g_assert_no_error (error);
}

static char *
dup_application (guint version,
                 const char *state,
                 const char *answers,
                 const char *stages,
                 const char *identifications,
                 const char *decisions)
{
  g_autofree char *text = g_strdup_printf (
      "{'id': 'a1', 'version': %u, 'state': '%s', 'form': 'application-natural', 'formVersion':"
      " '1', 'services': ['N1'], 'answers': %s, 'savedAt': '2026-11-12T12:02:00Z', %s 'stages':"
      " [%s], 'documentsTotal': 2, 'documentsDone': 0, 'identifications': [%s], 'decisions': [%s]}",
      version, state, answers,
      g_str_equal (state, "draft") ? "" : "'submittedAt': '2026-11-12T12:30:00Z',", stages,
      identifications, decisions);

  return g_strdelimit (g_steal_pointer (&text), "'", '"');
}

/* An application that is being filled. @answers: JSON with ' for ". (transfer full) */
char *
kab_onboarding_fixture_draft (guint version, const char *answers)
{
  return dup_application (version, "draft", answers,
                          "{'stage': 'initial-information', 'state': 'needs-you'},"
                          "{'stage': 'photo-identification', 'state': 'upcoming'},"
                          "{'stage': 'documents', 'state': 'upcoming'},"
                          "{'stage': 'fee', 'state': 'upcoming'},"
                          "{'stage': 'decision', 'state': 'upcoming'}",
                          "", "");
}

/* An application further on. The lists are JSON with ' for ", without brackets. (transfer full) */
char *
kab_onboarding_fixture_application (guint version,
                                    const char *state,
                                    const char *stages,
                                    const char *identifications,
                                    const char *decisions)
{
  return dup_application (version, state,
                          "{'services': ['N1'], 'full_name': 'Anna Bērziņa',"
                          " 'latvian_resident': true, 'birth_date': '1990-03-24'}",
                          stages, identifications, decisions);
}

/* A form of the demo bank. (transfer full) */
KabFormDefinition *
kab_onboarding_fixture_load_form (const char *id)
{
  g_autofree char *bank = g_build_filename (KAB_BANK_DIR, "bank.json", NULL);
  g_autofree char *path = g_strdup_printf ("%s/forms/%s.json", KAB_BANK_DIR, id);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabFormCatalog) catalog = kab_form_catalog_new_from_file (bank, &error);
  KabFormDefinition *definition;

  g_assert_no_error (error);
  definition = kab_form_definition_new_from_file (path, catalog, &error);
  g_assert_no_error (error);

  return definition;
}
