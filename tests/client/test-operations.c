/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-bank-operations.h"
#include "kab-document-operations.h"
#include "kab-message-operations.h"
#include "kab-onboarding-operations.h"
#include "kab-paged-list.h"
#include "kab-profile-operations.h"
#include "kab-recovery-operations.h"
#include "kab-registration-operations.h"
#include "kab-session-operations.h"
#include "kab-test-client.h"

#define KEY "0123456789abcdef0123"
#define T1  "2026-01-01T00:00:00Z"
#define CODE                                                                                       \
  "{'target':'a***','confirmed':false,'expiresAt':'" T1 "','resendAt':'" T1 "','triesLeft':5}"
#define REGISTRATION(extra)                                                                        \
  "{'id':'r1','version':1,'email':" CODE ",'phone':" CODE ",'expiresAt':'" T1                      \
  "','serverTime':'" T1 "'" extra "}"
#define SESSION                                                                                    \
  "{'token':'new-token','session':'s1','user':{'id':'u1','role':'client','language':'lv',"         \
  "'name':'Anna'},'mustChangePassword':false,'idleSeconds':300,'expiresAt':'" T1 "'}"
#define PROFILE(version)                                                                           \
  "{'version':" version ",'email':'a@b.lv','phone':'+37120000000','language':'lv',"                \
  "'notices':{'messages':{'email':true,'sms':false}},'consents':[]}"
#define ONBOARDING(version, state)                                                                 \
  "{'id':'a1','version':" version ",'state':'" state "','form':'f','formVersion':'1',"             \
  "'services':['N1'],'answers':{'x':1},'savedAt':'" T1 "','stages':[],'identifications':[],"       \
  "'decisions':[]}"
#define DOCUMENT(version)                                                                          \
  "{'id':'d1','application':'a1','title':{'en':'T'},'kind':'pdf-questionnaire','state':'new',"     \
  "'version':" version ",'revision':0,'changedAt':'" T1 "','actions':['save'],'files':[],"         \
  "'comments':[],'versions':[]}"
#define CHALLENGE "{'id':'c1','channel':'email','target':'a***','expiresAt':'" T1 "'}"

typedef struct
{
  KabTestServer *server;
  KabApi *api;
  GAsyncResult *result; /* (owned) (nullable) of the operation that was started last */
  GAsyncResult *last;   /* (owned) (nullable) */
  GError *error;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = kab_test_server_new ();
  fixture->api = kab_test_api_new (fixture->server);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->last);
  g_clear_error (&fixture->error);
  kab_test_let_go (fixture->api);
  kab_test_server_free (fixture->server);
}

#define RESULT kab_test_keep_result, &fixture->result

/* Waits for the operation that was started last. */
static GAsyncResult *
wait_for (Fixture *fixture)
{
  g_clear_object (&fixture->last);
  kab_test_wait_for_result (&fixture->result);
  fixture->last = g_steal_pointer (&fixture->result);

  return fixture->last;
}

static void
assert_sent (Fixture *fixture,
             const char *route,
             const char *body,
             const char *key,
             const char *match,
             const char *token)
{
  g_autofree char *sent = kab_test_server_dup_body (fixture->server, route);
  g_autofree char *sent_key =
      kab_test_server_dup_header (fixture->server, route, "Idempotency-Key");
  g_autofree char *sent_match = kab_test_server_dup_header (fixture->server, route, "If-Match");
  g_autofree char *sent_token =
      kab_test_server_dup_header (fixture->server, route, "Authorization");
  g_autofree char *expected = g_strdup (body);

  g_assert_cmpstr (sent, ==, g_strdelimit (expected, "'", '"'));
  g_assert_cmpstr (sent_key, ==, key);
  g_assert_cmpstr (sent_match, ==, match);
  g_assert_cmpstr (sent_token, ==, token);
}

static void
test_bank (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KabBank) bank = NULL;
  g_autoptr (KabLegalDocument) document = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (JsonArray) items = NULL;
  g_autofree char *query = NULL;

  kab_test_server_reply (
      fixture->server, "GET /v1/bank", 200,
      "{'name':'B','legalName':'AS B','contacts':{},'openingHours':{},'languages':[],"
      "'services':[],'fee':{'amount':'50.00','currency':'EUR'},'passwordPolicy':{},'demo':false,"
      "'legalDocuments':[{'id':'terms','kind':'general-terms','version':'1','title':{},"
      "'binding':true}]}");
  kab_bank_load_async (fixture->api, NULL, RESULT);
  bank = kab_bank_load_finish (fixture->api, wait_for (fixture), &fixture->error);
  g_assert_no_error (fixture->error);

  kab_test_server_reply_full (fixture->server, "GET /v1/legal-documents/terms", 200,
                              "application/pdf", "%PDF", NULL, NULL);
  document = g_list_model_get_item (kab_bank_get_legal_documents (bank), 0);
  kab_legal_document_load_async (fixture->api, document, "lv", NULL, RESULT);
  pdf = kab_legal_document_load_finish (fixture->api, wait_for (fixture), &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (g_bytes_get_size (pdf), ==, 4);
  query = kab_test_server_dup_query (fixture->server, "GET /v1/legal-documents/terms");
  g_assert_cmpstr (query, ==, "language=lv");

  kab_test_server_reply (fixture->server, "GET /v1/lists/l", 200,
                         "{'items':[{'value':'a','label':{}}]}");
  kab_list_load_async (fixture->api, "l", NULL, RESULT);
  items = kab_list_load_finish (fixture->api, wait_for (fixture), &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (json_array_get_length (items), ==, 1);
}

/* Once read, a form is only asked for again, and opens without a line too. */
static void
test_form (Fixture *fixture, gconstpointer data)
{
  g_autofree char *etag = NULL;

  kab_test_server_reply_full (fixture->server, "GET /v1/forms/f", 200, "application/json",
                              "{'id':'f'}", "ETag", "\"1\"");
  kab_test_server_reply_full (fixture->server, "GET /v1/forms/f", 304, NULL, NULL, NULL, NULL);
  for (guint i = 0; i < 3; i++)
    {
      JsonObject *form;

      if (i == 2)
        kab_test_server_go_down (fixture->server);
      kab_form_load_async (fixture->api, "f", NULL, RESULT);
      form = kab_form_load_finish (fixture->api, wait_for (fixture), &fixture->error);
      g_assert_no_error (fixture->error);
      g_assert_true (json_object_has_member (form, "id"));
      json_object_unref (form);
    }
  etag = kab_test_server_dup_header (fixture->server, "GET /v1/forms/f", "If-None-Match");
  g_assert_cmpstr (etag, ==, "\"1\"");
}

static void
test_registration (Fixture *fixture, gconstpointer data)
{
  const char *citizenships[] = { "LV", "EE", NULL };
  g_autoptr (GListStore) legal = g_list_store_new (KAB_TYPE_LEGAL_DOCUMENT);
  g_autoptr (KabLegalDocument) terms = kab_legal_document_new ();
  g_autoptr (JsonObject) json = kab_test_json (
      "{'id':'terms','kind':'general-terms','version':'7','title':{},'binding':true}");
  KabRegistrationDetails details = {
    .client_type = "natural",
    .citizenships = citizenships,
    .legal_documents = G_LIST_MODEL (legal),
    .email = "a@b.lv",
    .phone = "+37120000000",
    .password = "pass\"word",
    .language = "lv",
  };
  g_autoptr (KabRegistration) registration = NULL;
  g_autoptr (KabRegistration) resumed = NULL;
  g_autoptr (KabSession) session = NULL;
  KabProblem *problem;

  kab_record_update_from_json (KAB_RECORD (terms), json, NULL);
  g_list_store_append (legal, terms);
  kab_test_server_reply (fixture->server, "POST /v1/registrations", 201,
                         REGISTRATION (",'token':'reg-token'"));
  kab_registration_create_async (fixture->api, &details, KEY, NULL, RESULT);
  registration = kab_registration_create_finish (fixture->api, wait_for (fixture), &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (kab_registration_get_token (registration), ==, "reg-token");
  assert_sent (fixture, "POST /v1/registrations",
               "{'clientType':'natural','citizenships':['LV','EE'],'consents':"
               "[{'document':'terms','version':'7'}],'email':'a@b.lv','phone':'+37120000000',"
               "'password':'pass\\'word','language':'lv'}",
               KEY, NULL, NULL);

#define CURRENT "/v1/registrations/current"
  kab_test_server_reply (fixture->server, "POST " CURRENT "/codes", 200, REGISTRATION (""));
  kab_registration_resend_async (fixture->api, registration, "email", KEY, NULL, RESULT);
  g_assert_true (kab_registration_resend_finish (fixture->api, wait_for (fixture), NULL));
  assert_sent (fixture, "POST " CURRENT "/codes", "{'channel':'email'}", KEY, NULL,
               "Bearer reg-token");

  kab_test_server_reply (fixture->server, "PATCH " CURRENT, 200, REGISTRATION (""));
  kab_registration_change_address_async (fixture->api, registration, NULL, "+37121111111", NULL,
                                         RESULT);
  g_assert_true (kab_registration_change_address_finish (fixture->api, wait_for (fixture), NULL));
  assert_sent (fixture, "PATCH " CURRENT, "{'phone':'+37121111111'}", NULL, "\"1\"",
               "Bearer reg-token");

  kab_test_server_reply (fixture->server, "GET " CURRENT, 200, REGISTRATION (""));
  kab_registration_resume_async (fixture->api, "reg-token", NULL, RESULT);
  resumed = kab_registration_resume_finish (fixture->api, wait_for (fixture), NULL);
  g_assert_cmpstr (kab_registration_get_id (resumed), ==, "r1");
  g_assert_cmpstr (kab_registration_get_token (resumed), ==, "reg-token");

  kab_test_server_reply (
      fixture->server, "POST " CURRENT "/confirmation", 422,
      "{'type':'t','title':'','status':422,'code':'codes-wrong','errors':"
      "[{'pointer':'/emailCode','code':'code-wrong','params':{'triesLeft':4}}]}");
  kab_test_server_reply (fixture->server, "POST " CURRENT "/confirmation", 201, SESSION);
  kab_registration_confirm_async (fixture->api, registration, "111111", "222222", KEY, NULL,
                                  RESULT);
  session = kab_registration_confirm_finish (fixture->api, wait_for (fixture), &fixture->error);
  g_assert_null (session);
  g_assert_error (fixture->error, KAB_API_ERROR, KAB_API_ERROR_REFUSED);
  problem = kab_api_problem_from_error (fixture->error);
  g_assert_cmpint (kab_problem_find (problem, "/emailCode"), ==, 0);
  g_clear_error (&fixture->error);
  g_assert_false (kab_api_get_signed_in (fixture->api));

  kab_registration_confirm_async (fixture->api, registration, "111112", "222222", KEY, NULL,
                                  RESULT);
  session = kab_registration_confirm_finish (fixture->api, wait_for (fixture), &fixture->error);
  g_assert_no_error (fixture->error);
  assert_sent (fixture, "POST " CURRENT "/confirmation",
               "{'emailCode':'111112','phoneCode':'222222'}", KEY, NULL, "Bearer reg-token");
  g_assert_true (kab_api_get_signed_in (fixture->api));
  g_assert_cmpstr (kab_session_get_name (session), ==, "Anna");
}

static void
test_sessions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KabSession) session = NULL;
  g_autoptr (KabSession) renewed = NULL;
  g_autoptr (GListModel) list = NULL;
  g_autoptr (KabSessionInfo) info = NULL;

  kab_test_server_reply (fixture->server, "POST /v1/sessions", 401,
                         "{'type':'t','title':'','status':401,'code':'credentials-wrong'}");
  kab_test_server_reply (fixture->server, "POST /v1/sessions", 201, SESSION);
  kab_session_sign_in_async (fixture->api, "a@b.lv", "wrong", "Desk", FALSE, KEY, NULL, RESULT);
  session = kab_session_sign_in_finish (fixture->api, wait_for (fixture), &fixture->error);
  g_assert_null (session);
  g_assert_error (fixture->error, KAB_API_ERROR, KAB_API_ERROR_REFUSED);
  g_assert_cmpstr (kab_problem_get_code (kab_api_problem_from_error (fixture->error)), ==,
                   "credentials-wrong");
  g_clear_error (&fixture->error);

  kab_session_sign_in_async (fixture->api, "a@b.lv", "right", "Desk", FALSE, KEY, NULL, RESULT);
  session = kab_session_sign_in_finish (fixture->api, wait_for (fixture), &fixture->error);
  g_assert_no_error (fixture->error);
  assert_sent (fixture, "POST /v1/sessions",
               "{'login':'a@b.lv','password':'right','device':'Desk'}", KEY, NULL, NULL);
  g_assert_cmpint (kab_session_get_idle_seconds (session), ==, 300);

  kab_test_server_reply (fixture->server, "PUT /v1/password", 200, SESSION);
  kab_session_change_password_async (fixture->api, "right", "better", FALSE, NULL, RESULT);
  renewed = kab_session_change_password_finish (fixture->api, wait_for (fixture), &fixture->error);
  g_assert_no_error (fixture->error);
  assert_sent (fixture, "PUT /v1/password", "{'current':'right','new':'better'}", NULL, NULL,
               "Bearer new-token");

  kab_test_server_reply (fixture->server, "GET /v1/sessions", 200,
                         "{'items':[{'id':'s2','current':false,'device':'D','createdAt':'" T1
                         "','lastUsedAt':'" T1 "'}]}");
  kab_session_list_async (fixture->api, NULL, RESULT);
  list = kab_session_list_finish (fixture->api, wait_for (fixture), &fixture->error);
  g_assert_no_error (fixture->error);
  info = g_list_model_get_item (list, 0);

  kab_test_server_reply (fixture->server, "DELETE /v1/sessions/s2", 204, NULL);
  kab_session_end_async (fixture->api, info, NULL, RESULT);
  g_assert_true (kab_session_end_finish (fixture->api, wait_for (fixture), NULL));

  kab_test_server_reply (fixture->server, "DELETE /v1/sessions/current", 204, NULL);
  kab_session_sign_out_async (fixture->api, NULL, RESULT);
  g_assert_false (kab_api_get_signed_in (fixture->api));
  g_assert_true (kab_session_sign_out_finish (fixture->api, wait_for (fixture), NULL));
  assert_sent (fixture, "DELETE /v1/sessions/current", "", NULL, NULL, "Bearer new-token");
}

static void
test_recovery (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KabChallenge) challenge = NULL;

  kab_test_server_reply (fixture->server, "POST /v1/recoveries", 201, CHALLENGE);
  kab_test_server_reply (fixture->server, "POST /v1/recoveries/c1/confirmation", 204, NULL);
  kab_recovery_create_async (fixture->api, "a@b.lv", KEY, NULL, RESULT);
  challenge = kab_recovery_create_finish (fixture->api, wait_for (fixture), &fixture->error);
  g_assert_no_error (fixture->error);
  assert_sent (fixture, "POST /v1/recoveries", "{'login':'a@b.lv'}", KEY, NULL, NULL);

  kab_recovery_confirm_async (fixture->api, challenge, "123456", KEY, NULL, RESULT);
  g_assert_true (kab_recovery_confirm_finish (fixture->api, wait_for (fixture), NULL));
  assert_sent (fixture, "POST /v1/recoveries/c1/confirmation", "{'code':'123456'}", KEY, NULL,
               NULL);
}

static void
test_profile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KabProfile) profile = kab_profile_new ();
  g_autoptr (KabChallenge) challenge = NULL;

  kab_api_set_token (fixture->api, "t");
  kab_test_server_reply (fixture->server, "GET /v1/profile", 200, PROFILE ("3"));
  kab_profile_load_async (fixture->api, profile, NULL, RESULT);
  g_assert_true (kab_profile_load_finish (fixture->api, wait_for (fixture), NULL));

  kab_test_server_reply (fixture->server, "PUT /v1/profile", 412,
                         "{'type':'t','title':'','status':412,'code':'version-conflict'}");
  kab_test_server_reply (fixture->server, "PUT /v1/profile", 200, PROFILE ("4"));
  kab_profile_save_async (fixture->api, profile, "en", kab_profile_get_notices (profile), NULL,
                          RESULT);
  g_assert_false (kab_profile_save_finish (fixture->api, wait_for (fixture), &fixture->error));
  g_assert_error (fixture->error, KAB_API_ERROR, KAB_API_ERROR_CONFLICT);
  g_clear_error (&fixture->error);
  kab_profile_save_async (fixture->api, profile, "en", kab_profile_get_notices (profile), NULL,
                          RESULT);
  g_assert_true (kab_profile_save_finish (fixture->api, wait_for (fixture), NULL));
  assert_sent (fixture, "PUT /v1/profile",
               "{'language':'en','notices':{'messages':{'email':true,'sms':false}}}", NULL, "\"3\"",
               "Bearer t");
  g_assert_cmpint (kab_profile_get_version (profile), ==, 4);

#define CHANGES "/v1/profile/address-changes"
  kab_test_server_reply (fixture->server, "POST " CHANGES, 201, CHALLENGE);
  kab_test_server_reply (fixture->server, "POST " CHANGES "/c1/confirmation", 200, PROFILE ("5"));
  kab_profile_change_address_async (fixture->api, "email", "c@d.lv", "pw", KEY, NULL, RESULT);
  challenge = kab_profile_change_address_finish (fixture->api, wait_for (fixture), NULL);
  assert_sent (fixture, "POST " CHANGES, "{'channel':'email','address':'c@d.lv','password':'pw'}",
               KEY, NULL, "Bearer t");
  kab_profile_confirm_address_async (fixture->api, profile, challenge, "123456", KEY, NULL, RESULT);
  g_assert_true (kab_profile_confirm_address_finish (fixture->api, wait_for (fixture), NULL));
  g_assert_cmpint (kab_profile_get_version (profile), ==, 5);
}

static void
test_onboarding (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KabOnboarding) onboarding = NULL;
  g_autoptr (JsonObject) answers = kab_test_json ("{'x':2}");

  kab_test_server_reply (fixture->server, "POST /v1/applications", 201, ONBOARDING ("1", "draft"));
  kab_onboarding_create_async (fixture->api, "f", answers, KEY, NULL, RESULT);
  onboarding = kab_onboarding_create_finish (fixture->api, wait_for (fixture), &fixture->error);
  g_assert_no_error (fixture->error);
  assert_sent (fixture, "POST /v1/applications", "{'form':'f','answers':{'x':2}}", KEY, NULL, NULL);

  kab_test_server_reply (fixture->server, "PUT /v1/applications/a1", 200,
                         ONBOARDING ("2", "draft"));
  kab_onboarding_save_async (fixture->api, onboarding, answers, NULL, RESULT);
  g_assert_true (kab_onboarding_save_finish (fixture->api, wait_for (fixture), NULL));
  assert_sent (fixture, "PUT /v1/applications/a1", "{'answers':{'x':2}}", NULL, "\"1\"", NULL);

  kab_test_server_reply (fixture->server, "POST /v1/applications/a1/submission", 200,
                         ONBOARDING ("3", "submitted"));
  kab_onboarding_submit_async (fixture->api, onboarding, KEY, NULL, RESULT);
  g_assert_true (kab_onboarding_submit_finish (fixture->api, wait_for (fixture), NULL));
  assert_sent (fixture, "POST /v1/applications/a1/submission", "", KEY, "\"2\"", NULL);
  g_assert_cmpstr (kab_onboarding_get_state (onboarding), ==, "submitted");

  kab_test_server_reply (fixture->server, "POST /v1/applications/a1/withdrawal", 200,
                         ONBOARDING ("4", "withdrawn"));
  kab_onboarding_withdraw_async (fixture->api, onboarding, KEY, NULL, RESULT);
  g_assert_true (kab_onboarding_withdraw_finish (fixture->api, wait_for (fixture), NULL));
  assert_sent (fixture, "POST /v1/applications/a1/withdrawal", "", KEY, "\"3\"", NULL);
  g_assert_cmpstr (kab_onboarding_get_state (onboarding), ==, "withdrawn");

  kab_test_server_reply (fixture->server, "GET /v1/applications/a1", 200,
                         ONBOARDING ("5", "decided"));
  kab_onboarding_load_async (fixture->api, onboarding, NULL, RESULT);
  g_assert_true (kab_onboarding_load_finish (fixture->api, wait_for (fixture), NULL));
  g_assert_cmpstr (kab_onboarding_get_state (onboarding), ==, "decided");
}

static void
test_link (Fixture *fixture, gconstpointer data)
{
  static const char *const bad[] = {
    "{'url':'http://provider.example/x','expiresAt':'" T1 "'}",
    "{'url':'javascript:alert(1)','expiresAt':'" T1 "'}",
    "{'url':'file:///etc/passwd','expiresAt':'" T1 "'}",
    "{'expiresAt':'" T1 "'}",
    "{'url':'https://provider.example/x'}",
    "{'url':'https://provider.example/x','expiresAt':'soon'}",
  };
  g_autoptr (KabIdentification) identification = kab_identification_new ();
  g_autoptr (JsonObject) json =
      kab_test_json ("{'id':'i1','kind':'photo','state':'not-started','mine':true,'version':1}");
  g_autofree char *link = NULL;
  g_autoptr (GDateTime) expires_at = NULL;

#define LINK "POST /v1/identifications/i1/link"
  kab_record_update_from_json (KAB_RECORD (identification), json, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    kab_test_server_reply (fixture->server, LINK, 201, bad[i]);
  kab_test_server_reply (fixture->server, LINK, 201,
                         "{'url':'https://provider.example/x?t=1','expiresAt':'" T1 "'}");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      kab_identification_link_async (fixture->api, identification, KEY, NULL, RESULT);
      link =
          kab_identification_link_finish (fixture->api, wait_for (fixture), NULL, &fixture->error);
      g_assert_null (link);
      g_assert_error (fixture->error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE);
      g_clear_error (&fixture->error);
    }
  kab_identification_link_async (fixture->api, identification, KEY, NULL, RESULT);
  link = kab_identification_link_finish (fixture->api, wait_for (fixture), &expires_at,
                                         &fixture->error);
  g_assert_cmpstr (link, ==, "https://provider.example/x?t=1");
  g_assert_nonnull (expires_at);
}

static void
test_document (Fixture *fixture, gconstpointer data)
{
  const char *files[] = { "u1", "f2", NULL };
  g_autoptr (KabDocument) document = kab_document_new ();
  g_autoptr (JsonObject) json = kab_test_json (DOCUMENT ("1"));
  g_autoptr (JsonObject) answers = kab_test_json ("{'q':'a'}");
  g_autoptr (GBytes) template = NULL;

  kab_record_update_from_json (KAB_RECORD (document), json, NULL);
  kab_test_server_reply (fixture->server, "GET /v1/documents/d1", 200, DOCUMENT ("2"));
  kab_document_load_async (fixture->api, document, NULL, RESULT);
  g_assert_true (kab_document_load_finish (fixture->api, wait_for (fixture), NULL));

  kab_test_server_reply (fixture->server, "PUT /v1/documents/d1", 200, DOCUMENT ("3"));
  kab_document_save_async (fixture->api, document, NULL, files, NULL, RESULT);
  g_assert_true (kab_document_save_finish (fixture->api, wait_for (fixture), NULL));
  assert_sent (fixture, "PUT /v1/documents/d1", "{'files':['u1','f2']}", NULL, "\"2\"", NULL);
  kab_document_save_async (fixture->api, document, answers, NULL, NULL, RESULT);
  g_assert_true (kab_document_save_finish (fixture->api, wait_for (fixture), NULL));
  assert_sent (fixture, "PUT /v1/documents/d1", "{'answers':{'q':'a'}}", NULL, "\"3\"", NULL);

  kab_test_server_reply (fixture->server, "POST /v1/documents/d1/submission", 200, DOCUMENT ("4"));
  kab_document_submit_async (fixture->api, document, KEY, NULL, RESULT);
  g_assert_true (kab_document_submit_finish (fixture->api, wait_for (fixture), NULL));
  assert_sent (fixture, "POST /v1/documents/d1/submission", "", KEY, "\"3\"", NULL);

  kab_test_server_reply (fixture->server, "POST /v1/documents/d1/approval", 200, DOCUMENT ("5"));
  kab_document_approve_async (fixture->api, document, KEY, NULL, RESULT);
  g_assert_true (kab_document_approve_finish (fixture->api, wait_for (fixture), NULL));
  assert_sent (fixture, "POST /v1/documents/d1/approval", "", KEY, "\"4\"", NULL);

  kab_test_server_reply_full (fixture->server, "GET /v1/documents/d1/template", 200,
                              "application/pdf", "%PDF", NULL, NULL);
  kab_document_load_template_async (fixture->api, document, "ru", NULL, RESULT);
  template = kab_document_load_template_finish (fixture->api, wait_for (fixture), NULL);
  g_assert_cmpuint (g_bytes_get_size (template), ==, 4);
}

static void
test_message (Fixture *fixture, gconstpointer data)
{
  const char *attachments[] = { "u1", NULL };
  g_autoptr (KabMessage) message = NULL;

  kab_test_server_reply (fixture->server, "POST /v1/messages", 201,
                         "{'id':'m1','from':'client','text':'Sveiki','sentAt':'" T1
                         "','attachments':[]}");
  kab_message_send_async (fixture->api, "Sveiki", attachments, KEY, NULL, RESULT);
  message = kab_message_send_finish (fixture->api, wait_for (fixture), &fixture->error);
  g_assert_no_error (fixture->error);
  assert_sent (fixture, "POST /v1/messages", "{'text':'Sveiki','attachments':['u1']}", KEY, NULL,
               NULL);

  kab_test_server_reply (fixture->server, "PUT /v1/messages/read-mark", 204, NULL);
  kab_message_mark_read_async (fixture->api, message, NULL, RESULT);
  g_assert_true (kab_message_mark_read_finish (fixture->api, wait_for (fixture), NULL));
  assert_sent (fixture, "PUT /v1/messages/read-mark", "{'upTo':'m1'}", NULL, NULL, NULL);
}

/* An answer of 204, or of another shape, where an object belongs. */
static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KabProfile) profile = kab_profile_new ();

  kab_test_server_reply (fixture->server, "GET /v1/profile", 204, NULL);
  kab_test_server_reply (fixture->server, "GET /v1/profile", 200, "{'version':'x'}");
  for (guint i = 0; i < 2; i++)
    {
      kab_profile_load_async (fixture->api, profile, NULL, RESULT);
      g_assert_false (kab_profile_load_finish (fixture->api, wait_for (fixture), &fixture->error));
      g_assert_error (fixture->error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE);
      g_clear_error (&fixture->error);
    }
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/operations/bank", test_bank);
  add ("/operations/form", test_form);
  add ("/operations/registration", test_registration);
  add ("/operations/sessions", test_sessions);
  add ("/operations/recovery", test_recovery);
  add ("/operations/profile", test_profile);
  add ("/operations/onboarding", test_onboarding);
  add ("/operations/link", test_link);
  add ("/operations/document", test_document);
  add ("/operations/message", test_message);
  add ("/operations/garbage", test_garbage);

  return g_test_run ();
}
