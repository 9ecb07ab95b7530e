/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-data.h"
#include "kab-test-client.h"

#define T1 "2026-01-01T00:00:00Z"
#define PROFILE(version, language)                                                                 \
  "{'version':" version ",'email':'a@b.lv','phone':'+371','language':'" language                   \
  "','notices':{},'consents':[]}"
#define IDENTIFICATION(state)                                                                      \
  "{'id':'i1','kind':'photo','state':'" state "','mine':true,'version':1}"
#define ONBOARDING(version, state, total, identification)                                          \
  "{'id':'a1','version':" version ",'state':'" state "','form':'f','formVersion':'1',"             \
  "'services':[],'answers':{},'savedAt':'" T1 "','stages':[],'decisions':[],"                      \
  "'documentsOpen':true,'documentsTotal':" total ",'identifications':[" identification "]}"
#define DOCUMENT(id, version, state, actions)                                                      \
  "{'id':'" id "','application':'a1','title':{},'kind':'pdf-questionnaire','state':'" state        \
  "','version':" version ",'revision':0,'changedAt':'" T1 "','actions':[" actions                  \
  "],'files':[],'comments':[],'versions':[]}"
#define MESSAGE(id, from)                                                                          \
  "{'id':'" id "','from':'" from "','text':'x','sentAt':'" T1 "','attachments':[]}"

/* The bank's live events: what the test pushes, through one stream that stays open. */
typedef struct
{
  GMutex mutex;
  SoupServerMessage *message; /* (owned) (nullable) */
  GMainContext *context;
} Stream;

typedef struct
{
  KabTestServer *server;
  Stream stream;
  KabApi *api;
  KabClientData *data;
  guint arrived;
  char *arrived_id;
} Fixture;

static void
stream_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  Stream *stream = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_content_type (headers, "text/event-stream", NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC,
                            ": hello\n\n", 9);
  g_mutex_lock (&stream->mutex);
  g_set_object (&stream->message, message);
  stream->context = g_main_context_get_thread_default ();
  g_mutex_unlock (&stream->mutex);
}

typedef struct
{
  Stream *stream;
  char *text;
} Push;

static gboolean
push_cb (gpointer user_data)
{
  Push *push = user_data;

  soup_message_body_append (soup_server_message_get_response_body (push->stream->message),
                            SOUP_MEMORY_COPY, push->text, strlen (push->text));
  soup_server_message_unpause (push->stream->message);
  g_free (push->text);
  g_free (push);

  return G_SOURCE_REMOVE;
}

/* @first … @last: versions of the object, an event each, all in one piece. */
static void
push_events (Fixture *fixture, const char *type, const char *id, guint first, guint last)
{
  static guint number;
  Push *push = g_new (Push, 1);
  GString *text = g_string_new (NULL);

  for (guint version = first; version <= last; version++)
    g_string_append_printf (text, "id: %u\nevent: %s\ndata: {\"id\":\"%s\",\"version\":%u}\n\n",
                            ++number, type, id, version);
  push->stream = &fixture->stream;
  push->text = g_string_free (text, FALSE);
  g_main_context_invoke (fixture->stream.context, push_cb, push);
}

static void
push_event (Fixture *fixture, const char *type, const char *id, guint version)
{
  push_events (fixture, type, id, version, version);
}

static void
arrived_cb (KabClientData *data, KabMessage *message, Fixture *fixture)
{
  fixture->arrived++;
  g_set_str (&fixture->arrived_id, kab_message_get_id (message));
}

static void
replace_reply (Fixture *fixture, const char *route, const char *body)
{
  kab_test_server_forget (fixture->server, route);
  kab_test_server_reply (fixture->server, route, 200, body);
}

static gboolean
has_stream (Fixture *fixture)
{
  gboolean has;

  g_mutex_lock (&fixture->stream.mutex);
  has = fixture->stream.message != NULL;
  g_mutex_unlock (&fixture->stream.mutex);

  return has;
}

static void
start (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  kab_client_data_start_async (fixture->data, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  g_assert_true (kab_client_data_start_finish (fixture->data, result, &error));
  g_assert_no_error (error);
  kab_test_wait_until (has_stream (fixture));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KabSession) session = kab_session_new ();

  fixture->server = kab_test_server_new ();
  g_mutex_init (&fixture->stream.mutex);
  kab_test_server_handle (fixture->server, "/v1/events", NULL, stream_cb, &fixture->stream);
  fixture->api = kab_test_api_new (fixture->server);
  kab_api_set_token (fixture->api, "t");
  fixture->data = kab_client_data_new (fixture->api, session);
  g_signal_connect (fixture->data, "message-arrived", G_CALLBACK (arrived_cb), fixture);

  kab_test_server_reply (fixture->server, "GET /healthz", 200, "{}");
  kab_test_server_reply (fixture->server, "GET /v1/profile", 200, PROFILE ("1", "lv"));
  kab_test_server_reply (
      fixture->server, "GET /v1/applications", 200,
      "{'items':[" ONBOARDING ("1", "submitted", "2", IDENTIFICATION ("not-started")) "]}");
  kab_test_server_reply (fixture->server, "GET /v1/documents", 200,
                         "{'items':[" DOCUMENT ("d1", "1", "new", "'edit','save'") "],'next':'n'}");
  kab_test_server_reply (fixture->server, "GET /v1/documents", 200,
                         "{'items':[" DOCUMENT ("d2", "1", "processing", "") "]}");
  kab_test_server_reply (
      fixture->server, "GET /v1/messages", 200,
      "{'items':[" MESSAGE ("m2", "bank") "," MESSAGE ("m1", "client") "],'unread':1}");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  kab_client_data_stop (fixture->data);
  kab_test_let_go (fixture->data);
  kab_test_let_go (fixture->api);
  kab_test_server_free (fixture->server);
  g_clear_object (&fixture->stream.message);
  g_mutex_clear (&fixture->stream.mutex);
  g_free (fixture->arrived_id);
}

static void
test_start (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  g_assert_true (kab_client_data_get_loaded (fixture->data));
  g_assert_cmpstr (kab_profile_get_email (kab_client_data_get_profile (fixture->data)), ==,
                   "a@b.lv");
  g_assert_cmpstr (kab_onboarding_get_id (kab_client_data_get_onboarding (fixture->data)), ==,
                   "a1");
  /* every page of the documents */
  g_assert_cmpuint (
      g_list_model_get_n_items (G_LIST_MODEL (kab_client_data_get_documents (fixture->data))), ==,
      2);
  g_assert_cmpuint (kab_client_data_get_documents_to_do (fixture->data), ==, 1);
  g_assert_cmpuint (kab_client_data_get_unread_messages (fixture->data), ==, 1);
  /* what was there before isn't news */
  g_assert_cmpuint (fixture->arrived, ==, 0);

  /* and nothing is polled */
  kab_test_run_for (200);
  g_assert_cmpuint (kab_test_server_count (fixture->server, "GET /v1/profile"), ==, 1);
  g_assert_cmpuint (kab_test_server_count (fixture->server, "GET /v1/messages"), ==, 1);
  g_assert_cmpuint (kab_test_server_count (fixture->server, "GET /v1/documents"), ==, 2);
}

static void
test_document (Fixture *fixture, gconstpointer data)
{
  KabDocument *document;

  start (fixture);
  document = kab_paged_list_find (kab_client_data_get_documents (fixture->data), "d1");
  kab_test_server_reply (fixture->server, "GET /v1/documents/d1", 200,
                         DOCUMENT ("d1", "2", "processing", ""));
  push_event (fixture, "document-changed", "d1", 2);
  kab_test_wait_until (kab_document_get_version (document) == 2);
  g_assert_cmpstr (kab_document_get_state (document), ==, "processing");
  g_assert_cmpuint (kab_client_data_get_documents_to_do (fixture->data), ==, 0);

  /* what is known already isn't read again */
  push_event (fixture, "document-changed", "d1", 2);
  replace_reply (fixture, "GET /v1/documents/d1", DOCUMENT ("d1", "3", "draft", "'edit'"));
  push_event (fixture, "document-changed", "d1", 3);
  kab_test_wait_until (kab_document_get_version (document) == 3);
  g_assert_cmpuint (kab_test_server_count (fixture->server, "GET /v1/documents/d1"), ==, 2);
  g_assert_cmpuint (kab_client_data_get_documents_to_do (fixture->data), ==, 1);

  /* one that nobody knew */
  replace_reply (fixture, "GET /v1/documents",
                 "{'items':[" DOCUMENT ("d3", "1", "new", "'edit'") "," DOCUMENT (
                     "d1", "3", "draft", "'edit'") "],'next':'n'}");
  push_event (fixture, "document-changed", "d3", 1);
  kab_test_wait_until (kab_paged_list_find (kab_client_data_get_documents (fixture->data), "d3") !=
                       NULL);
  g_assert_cmpuint (kab_client_data_get_documents_to_do (fixture->data), ==, 2);
  g_assert_nonnull (kab_paged_list_find (kab_client_data_get_documents (fixture->data), "d2"));
}

/* Ten events about one object while it is being read: two reads. */
static void
test_burst (Fixture *fixture, gconstpointer data)
{
  KabDocument *document;

  start (fixture);
  document = kab_paged_list_find (kab_client_data_get_documents (fixture->data), "d1");
  kab_test_server_reply (fixture->server, "GET /v1/documents/d1", 200,
                         DOCUMENT ("d1", "11", "draft", ""));
  push_events (fixture, "document-changed", "d1", 2, 11);
  kab_test_wait_until (kab_document_get_version (document) == 11);
  kab_test_run_for (200);
  g_assert_cmpuint (kab_test_server_count (fixture->server, "GET /v1/documents/d1"), <=, 2);
}

static void
test_onboarding (Fixture *fixture, gconstpointer data)
{
  KabOnboarding *onboarding;
  KabIdentification *identification;

  start (fixture);
  onboarding = kab_client_data_get_onboarding (fixture->data);
  identification = kab_record_list_find (
      KAB_RECORD_LIST (kab_onboarding_get_identifications (onboarding)), "i1");

  /* an identification belongs to an application; its state comes into the same object */
  kab_test_server_reply (fixture->server, "GET /v1/applications/a1", 200,
                         ONBOARDING ("2", "in-progress", "2", IDENTIFICATION ("passed")));
  push_event (fixture, "identification-changed", "i1", 2);
  kab_test_wait_until (g_strcmp0 (kab_identification_get_state (identification), "passed") == 0);
  g_assert_cmpstr (kab_onboarding_get_state (onboarding), ==, "in-progress");

  /* more documents than are known */
  replace_reply (fixture, "GET /v1/applications/a1",
                 ONBOARDING ("3", "in-progress", "3", IDENTIFICATION ("passed")));
  replace_reply (fixture, "GET /v1/documents",
                 "{'items':[" DOCUMENT ("d9", "1", "new", "'edit'") "," DOCUMENT (
                     "d1", "1", "new", "'edit'") "," DOCUMENT ("d2", "1", "new", "") "]}");
  push_event (fixture, "application-changed", "a1", 3);
  kab_test_wait_until (kab_paged_list_find (kab_client_data_get_documents (fixture->data), "d9") !=
                       NULL);
}

static void
test_messages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KabMessage) sent = kab_message_new ();
  g_autoptr (JsonObject) json = kab_test_json (MESSAGE ("m3", "client"));
  GListModel *messages;

  start (fixture);
  messages = G_LIST_MODEL (kab_client_data_get_messages (fixture->data));
  kab_record_update_from_json (KAB_RECORD (sent), json, NULL);
  kab_client_data_adopt_message (fixture->data, sent);
  kab_client_data_adopt_message (fixture->data, sent);
  g_assert_cmpuint (g_list_model_get_n_items (messages), ==, 3);

  replace_reply (fixture, "GET /v1/messages",
                 "{'items':[" MESSAGE ("m4", "bank") "," MESSAGE ("m3", "client") "," MESSAGE (
                     "m2", "bank") "," MESSAGE ("m1", "client") "],'unread':2}");
  push_event (fixture, "message-created", "m4", 1);
  kab_test_wait_until (fixture->arrived == 1);
  g_assert_cmpstr (fixture->arrived_id, ==, "m4");
  g_assert_cmpuint (g_list_model_get_n_items (messages), ==, 4);
  g_assert_cmpuint (kab_client_data_get_unread_messages (fixture->data), ==, 2);

  kab_test_server_reply (fixture->server, "PUT /v1/messages/read-mark", 204, NULL);
  kab_client_data_mark_messages_read (fixture->data);
  g_assert_cmpuint (kab_client_data_get_unread_messages (fixture->data), ==, 0);
  kab_test_wait_until (kab_test_server_count (fixture->server, "PUT /v1/messages/read-mark") == 1);
}

static void
test_profile_and_reset (Fixture *fixture, gconstpointer data)
{
  KabProfile *profile;

  start (fixture);
  profile = kab_client_data_get_profile (fixture->data);
  replace_reply (fixture, "GET /v1/profile", PROFILE ("2", "en"));
  push_event (fixture, "profile-changed", "u1", 2);
  kab_test_wait_until (g_strcmp0 (kab_profile_get_language (profile), "en") == 0);

  replace_reply (fixture, "GET /v1/profile", PROFILE ("3", "ru"));
  push_event (fixture, "reset", "", 0);
  kab_test_wait_until (g_strcmp0 (kab_profile_get_language (profile), "ru") == 0);
  kab_test_wait_until (kab_test_server_count (fixture->server, "GET /v1/messages") == 2);
  kab_test_wait_until (kab_test_server_count (fixture->server, "GET /v1/applications") == 2);
}

/* What couldn't be read for want of a line is read when it is back. */
static void
test_line_lost (Fixture *fixture, gconstpointer data)
{
  KabDocument *document;

  start (fixture);
  document = kab_paged_list_find (kab_client_data_get_documents (fixture->data), "d1");
  for (guint i = 0; i < 4; i++)
    kab_test_server_trick (fixture->server, "GET /v1/documents/d1", KAB_TEST_CUT, NULL);
  kab_test_server_reply (fixture->server, "GET /v1/documents/d1", 200,
                         DOCUMENT ("d1", "2", "processing", ""));
  push_event (fixture, "document-changed", "d1", 2);
  kab_test_wait_until (kab_document_get_version (document) == 2);
  g_assert_cmpuint (kab_test_server_count (fixture->server, "GET /v1/documents/d1"), ==, 5);
}

/* What fails for a moment while the line is fine is read again by itself. */
static void
test_fails_for_a_moment (Fixture *fixture, gconstpointer data)
{
  KabDocument *document;

  start (fixture);
  document = kab_paged_list_find (kab_client_data_get_documents (fixture->data), "d1");
  kab_test_server_reply (fixture->server, "GET /v1/documents/d1", 429,
                         "{'type':'t','title':'','status':429,'code':'too-many'}");
  kab_test_server_reply (fixture->server, "GET /v1/documents/d1", 500,
                         "{'type':'t','title':'','status':500,'code':'internal'}");
  kab_test_server_reply (fixture->server, "GET /v1/documents/d1", 200, "{'id':'d1'}");
  kab_test_server_reply (fixture->server, "GET /v1/documents/d1", 200,
                         DOCUMENT ("d1", "2", "processing", ""));
  push_event (fixture, "document-changed", "d1", 2);
  kab_test_wait_until (kab_document_get_version (document) == 2);
  g_assert_cmpuint (kab_test_server_count (fixture->server, "GET /v1/documents/d1"), ==, 4);

  /* so is a list */
  kab_test_server_forget (fixture->server, "GET /v1/messages");
  kab_test_server_reply (fixture->server, "GET /v1/messages", 500,
                         "{'type':'t','title':'','status':500,'code':'internal'}");
  kab_test_server_reply (fixture->server, "GET /v1/messages", 200,
                         "{'items':[" MESSAGE ("m3", "bank") "," MESSAGE ("m2", "bank") "]}");
  push_event (fixture, "message-created", "m3", 1);
  kab_test_wait_until (fixture->arrived == 1);

  /* and nothing more often than that */
  kab_test_run_for (200);
  g_assert_cmpuint (kab_test_server_count (fixture->server, "GET /v1/documents/d1"), ==, 4);
}

/* A bank that goes on failing isn't asked ever so often, nor before it wants to be asked. */
static void
test_pauses (Fixture *fixture, gconstpointer data)
{
  KabTimeouts timeouts = kab_test_timeouts;
  guint count;

  start (fixture);
  timeouts.probe_max_ms = 60000;
  kab_api_set_timeouts (fixture->api, &timeouts);
  kab_test_server_reply (fixture->server, "GET /v1/documents/d1", 500,
                         "{'type':'t','title':'','status':500,'code':'internal'}");
  push_event (fixture, "document-changed", "d1", 2);
  kab_test_wait_until (kab_test_server_count (fixture->server, "GET /v1/documents/d1") == 3);
  kab_test_run_for (400);
  g_assert_cmpuint (kab_test_server_count (fixture->server, "GET /v1/documents/d1"), <=, 10);

  kab_client_data_stop (fixture->data);
  count = kab_test_server_count (fixture->server, "GET /v1/documents/d1");
  kab_test_run_for (400);
  g_assert_cmpuint (kab_test_server_count (fixture->server, "GET /v1/documents/d1"), ==, count);
}

/* The bank may say when to ask again. */
static void
test_asks_for_pause (Fixture *fixture, gconstpointer data)
{
  gint64 pushed;

  start (fixture);
  kab_test_server_reply_full (
      fixture->server, "GET /v1/documents/d1", 429, "application/problem+json",
      "{'type':'t','title':'','status':429,'code':'too-many'}", "Retry-After", "1");
  pushed = g_get_monotonic_time ();
  push_event (fixture, "document-changed", "d1", 2);
  kab_test_wait_until (kab_test_server_count (fixture->server, "GET /v1/documents/d1") == 2);
  g_assert_cmpint (g_get_monotonic_time () - pushed, >=, 950 * G_TIME_SPAN_MILLISECOND);
}

static void
test_start_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  kab_test_server_forget (fixture->server, "GET /v1/profile");
  kab_test_server_reply (fixture->server, "GET /v1/profile", 500,
                         "{'type':'t','title':'','status':500,'code':'internal'}");
  kab_client_data_start_async (fixture->data, NULL, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);
  g_assert_false (kab_client_data_start_finish (fixture->data, result, &error));
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_FAILED);
  g_assert_false (kab_client_data_get_loaded (fixture->data));
  g_clear_object (&result);

  replace_reply (fixture, "GET /v1/profile", PROFILE ("1", "lv"));
  start (fixture);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/client-data/start", test_start);
  add ("/client-data/document", test_document);
  add ("/client-data/burst", test_burst);
  add ("/client-data/onboarding", test_onboarding);
  add ("/client-data/messages", test_messages);
  add ("/client-data/profile-and-reset", test_profile_and_reset);
  add ("/client-data/line-lost", test_line_lost);
  add ("/client-data/fails-for-a-moment", test_fails_for_a_moment);
  add ("/client-data/pauses", test_pauses);
  add ("/client-data/asks-for-pause", test_asks_for_pause);
  add ("/client-data/start-fails", test_start_fails);

  return g_test_run ();
}
