/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-fixture.h"

#include "kab-sandbox-json.h"

#include <string.h>

#define CODE "{\"to\":\"+37120000001\",\"from\":\"Kabinets\",\"text\":\"Kods 123456\"}"

static SoupMessage *
new_sms (KabSandboxFixture *fixture, const char *token)
{
  g_autofree char *url =
      g_strconcat (kab_sandbox_fixture_get (fixture, "sms", "url"), "/messages", NULL);
  g_autofree char *value = g_strconcat ("Bearer ", token, NULL);
  SoupMessage *message = soup_message_new ("POST", url);

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", value);
  return message;
}

static guint
send_sms (KabSandboxFixture *fixture, const char *body)
{
  g_autoptr (SoupMessage) message =
      new_sms (fixture, kab_sandbox_fixture_get (fixture, "sms", "token"));

  return kab_sandbox_fixture_send (fixture, message, body, NULL);
}

static JsonArray *
list_messages (KabSandboxFixture *fixture)
{
  g_autofree char *url =
      g_strconcat (kab_sandbox_fixture_get (fixture, "phone", "baseUrl"), "/phone/messages", NULL);
  g_autofree char *text = kab_sandbox_fixture_get_page (fixture, url, NULL);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_true (JSON_NODE_HOLDS_ARRAY (node));
  return json_array_ref (json_node_get_array (node));
}

static void
test_sms (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autoptr (SoupMessage) stranger = new_sms (fixture, "wrong");
  g_autoptr (JsonArray) messages = NULL;
  JsonObject *message;

  g_assert_cmpuint (kab_sandbox_fixture_send (fixture, stranger, CODE, NULL), ==, 401);
  g_assert_cmpuint (send_sms (fixture, CODE), ==, 202);
  messages = list_messages (fixture);
  g_assert_cmpuint (json_array_get_length (messages), ==, 1);
  message = json_array_get_object_element (messages, 0);
  g_assert_cmpstr (kab_sandbox_json_text (message, "kind"), ==, "sms");
  g_assert_cmpstr (kab_sandbox_json_text (message, "to"), ==, "+37120000001");
  g_assert_cmpstr (kab_sandbox_json_text (message, "text"), ==, "Kods 123456");
  g_assert_cmpint (json_object_get_int_member (message, "id"), >, 0);
  g_assert_nonnull (kab_sandbox_json_text (message, "at"));
}

static void
test_sms_refused (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autofree char *filler = g_strnfill (1601, 'x');
  g_autofree char *too_long =
      g_strdup_printf ("{\"to\":\"+37120000001\",\"from\":\"Bank\",\"text\":\"%s\"}", filler);
  const struct
  {
    const char *body;
    guint status;
  } wrong[] = {
    { "{}", 400 },
    { "{\"to\":\"+37120000001\",\"from\":\"Bank\"}", 400 },
    { "{\"to\":\"+37120000001\",\"from\":\"Bank\",\"text\":\"x\",\"flash\":true}", 400 },
    { "{\"to\":37120000001,\"from\":\"Bank\",\"text\":\"x\"}", 400 },
    { "{\"to\":\"20000001\",\"from\":\"Bank\",\"text\":\"x\"}", 422 },
    { "{\"to\":\"+0371200001\",\"from\":\"Bank\",\"text\":\"x\"}", 422 },
    { "{\"to\":\"+3712000000100000\",\"from\":\"Bank\",\"text\":\"x\"}", 422 },
    { "{\"to\":\"+37120000001\\n\",\"from\":\"Bank\",\"text\":\"x\"}", 422 },
    { "{\"to\":\"+37120000001\",\"from\":\"Demonstration\",\"text\":\"x\"}", 422 },
    { "{\"to\":\"+37120000001\",\"from\":\"Bank\",\"text\":\"\"}", 422 },
    { too_long, 422 },
  };
  g_autoptr (JsonArray) messages = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_cmpuint (send_sms (fixture, wrong[i].body), ==, wrong[i].status);
  messages = list_messages (fixture);
  g_assert_cmpuint (json_array_get_length (messages), ==, 0);
}

static void
test_sms_wrong_answers (KabSandboxFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *what;
    guint status, delivered;
  } orders[] = {
    { "rate-limit", 429, 0 }, { "error", 500, 0 }, { "slow", 202, 1 }, { "undelivered", 202, 1 }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *body =
          g_strdup_printf ("{\"provider\":\"sms\",\"what\":\"%s\"}", orders[i].what);
      g_autoptr (JsonArray) messages = NULL;

      g_assert_cmpuint (kab_sandbox_fixture_control (fixture, "behaviour", body), ==, 200);
      g_assert_cmpuint (send_sms (fixture, CODE), ==, orders[i].status);
      messages = list_messages (fixture);
      g_assert_cmpuint (json_array_get_length (messages), ==, orders[i].delivered);
    }
}

static void
test_bounded (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonArray) messages = NULL;
  gint64 last = 0;

  for (int i = 0; i < 205; i++)
    g_assert_cmpuint (send_sms (fixture, CODE), ==, 202);
  messages = list_messages (fixture);
  g_assert_cmpuint (json_array_get_length (messages), ==, 200);
  for (guint i = 0; i < 200; i++)
    {
      gint64 id = json_object_get_int_member (json_array_get_object_element (messages, i), "id");
      g_assert_cmpint (id, >, last);
      last = id;
    }
}

/* A listener that reads events as they come. */
typedef struct
{
  GInputStream *stream;
  GString *text;
  char buffer[1024];
  const char *wanted;
} Listener;

static void
bytes_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Listener *listener = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n <= 0)
    {
      g_clear_object (&listener->stream);
      return;
    }
  g_string_append_len (listener->text, listener->buffer, n);
  g_input_stream_read_async (listener->stream, listener->buffer, sizeof listener->buffer,
                             G_PRIORITY_DEFAULT, NULL, bytes_read_cb, listener);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Listener *listener = user_data;

  listener->stream = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
  g_assert_nonnull (listener->stream);
  g_input_stream_read_async (listener->stream, listener->buffer, sizeof listener->buffer,
                             G_PRIORITY_DEFAULT, NULL, bytes_read_cb, listener);
}

static gboolean
has_text (gpointer data)
{
  Listener *listener = data;

  return strstr (listener->text->str, listener->wanted) != NULL;
}

static gboolean
is_closed (gpointer data)
{
  return ((Listener *) data)->stream == NULL;
}

static void
open_events (KabSandboxFixture *fixture, Listener *listener, const char *last_id)
{
  g_autofree char *url =
      g_strconcat (kab_sandbox_fixture_get (fixture, "phone", "baseUrl"), "/phone/events", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);

  listener->text = g_string_new (NULL);
  if (last_id)
    soup_message_headers_append (soup_message_get_request_headers (message), "Last-Event-ID",
                                 last_id);
  soup_session_send_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL, opened_cb,
                           listener);
}

static void
test_events (KabSandboxFixture *fixture, gconstpointer data)
{
  Listener all = { 0 }, rest = { 0 };
  g_autoptr (JsonArray) messages = NULL;
  g_autofree char *first = NULL;

  send_sms (fixture, "{\"to\":\"+37120000001\",\"from\":\"Bank\",\"text\":\"one\"}");
  messages = list_messages (fixture);
  first = g_strdup_printf (
      "%" G_GINT64_FORMAT,
      json_object_get_int_member (json_array_get_object_element (messages, 0), "id"));
  open_events (fixture, &all, NULL);
  all.wanted = "\"text\":\"one\"";
  kab_sandbox_fixture_wait (has_text, &all);
  open_events (fixture, &rest, first);
  send_sms (fixture, "{\"to\":\"+37120000001\",\"from\":\"Bank\",\"text\":\"tw\\no\"}");
  all.wanted = rest.wanted = "\"text\":\"tw\\no\"";
  kab_sandbox_fixture_wait (has_text, &all);
  kab_sandbox_fixture_wait (has_text, &rest);
  g_assert_null (strstr (rest.text->str, "\"one\""));
  g_assert_nonnull (strstr (rest.text->str, "event: message\ndata: {"));
  g_assert_nonnull (strstr (all.text->str, first));
  kab_sandbox_fixture_stop (fixture);
  kab_sandbox_fixture_wait (is_closed, &all);
  kab_sandbox_fixture_wait (is_closed, &rest);
  kab_sandbox_fixture_start (fixture);
  g_string_free (all.text, TRUE);
  g_string_free (rest.text, TRUE);
}

/* Without the secret part of the path nothing answers, so no web page can read the codes. */
static void
test_hidden (KabSandboxFixture *fixture, gconstpointer data)
{
  static const char *const paths[] = { "/phone/messages", "/control/requests",
                                       "/k-/phone/messages" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *url =
          g_strconcat (kab_sandbox_fixture_get (fixture, "sumsub", "baseUrl"), paths[i], NULL);
      guint status;
      g_autofree char *text = kab_sandbox_fixture_get_page (fixture, url, &status);

      g_assert_cmpuint (status, ==, 404);
    }
}

static void
test_log (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autofree char *url = g_strconcat (kab_sandbox_fixture_get (fixture, "control", "baseUrl"),
                                      "/control/requests?provider=sms", NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (SoupMessage) forget = soup_message_new ("DELETE", url);
  JsonObject *record;

  send_sms (fixture, CODE);
  text = kab_sandbox_fixture_get_page (fixture, url, NULL);
  node = json_from_string (text, NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 1);
  record = json_array_get_object_element (json_node_get_array (node), 0);
  g_assert_cmpstr (kab_sandbox_json_text (record, "target"), ==, "/sms/messages");
  g_assert_cmpstr (kab_sandbox_json_text (record, "body"), ==, CODE);
  g_assert_cmpint (json_object_get_int_member (record, "status"), ==, 202);
  g_assert_cmpuint (kab_sandbox_fixture_send (fixture, forget, NULL, NULL), ==, 200);
  g_free (text);
  text = kab_sandbox_fixture_get_page (fixture, url, NULL);
  g_assert_cmpstr (text, ==, "[]");
}

static void
test_commands (KabSandboxFixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "bank",
                                       "bank ",
                                       "bank https://127.0.0.1:1",
                                       "bank http://example.org:80",
                                       "bank http://127.0.0.1",
                                       "bank http://127.0.0.1:1/path",
                                       "dance" };
  g_autoptr (GError) none = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (kab_sandbox_obey (fixture->sandbox, wrong[i], &error));
      g_assert_error (error, KAB_SANDBOX_ERROR, 400);
    }
  g_assert_true (kab_sandbox_obey (fixture->sandbox, "", &none));
}

#define ADD(path, function)                                                                        \
  g_test_add ("/sandbox/phone/" path, KabSandboxFixture, NULL, kab_sandbox_fixture_set_up,         \
              function, kab_sandbox_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("sms", test_sms);
  ADD ("sms-refused", test_sms_refused);
  ADD ("sms-wrong-answers", test_sms_wrong_answers);
  ADD ("bounded", test_bounded);
  ADD ("events", test_events);
  ADD ("hidden", test_hidden);
  ADD ("log", test_log);
  ADD ("commands", test_commands);
  return g_test_run ();
}
