/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-fixture.h"

#include "kab-sandbox-json.h"

#include <string.h>

/* A bank with one case and one conversation: just enough of its staff interface for an employee. */
typedef struct
{
  KabSandboxFixture base;
  SoupServer *server;
  char *url;
  GPtrArray *asked;      /* of char: what the clerk sent, one line each */
  GPtrArray *listeners;  /* of SoupServerMessage: open event streams */
  const char *states[2]; /* of the two documents */
  int versions[2];
  gboolean commented;
  gboolean can_decide;
  gboolean decided;
  const char *last_message; /* who wrote last */
  gboolean unread;
  gboolean expired; /* answers 401 once */
} Bank;

static void
notify (Bank *bank)
{
  for (guint i = 0; i < bank->listeners->len; i++)
    {
      SoupServerMessage *message = bank->listeners->pdata[i];

      soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC,
                                "event: case-changed\ndata: {}\n\n", 30);
      soup_server_message_unpause (message);
    }
}

static char *
describe_case (Bank *bank)
{
  GString *text = g_string_new ("{\"application\":{\"id\":\"app\",\"version\":3,"
                                "\"services\":[\"N1\",\"N3\"],\"decisions\":[");

  if (bank->decided)
    g_string_append (text, "{\"service\":\"N1\"},{\"service\":\"N3\"}");
  g_string_append (text, "]},\"applicant\":{\"language\":\"lv\"},\"documents\":[");
  for (int i = 0; i < 2; i++)
    g_string_append_printf (text,
                            "%s{\"id\":\"doc%d\",\"kind\":\"pdf-questionnaire\",\"form\":\"quest\","
                            "\"state\":\"%s\",\"version\":%d,\"comments\":[%s],\"versions\":[]}",
                            i ? "," : "", i, bank->states[i], bank->versions[i],
                            i == 0 && bank->commented ? "{\"text\":\"x\"}" : "");
  g_string_append_printf (text, "],\"canDecide\":%s}", bank->can_decide ? "true" : "false");
  return g_string_free_and_steal (text);
}

static void
reply (SoupServerMessage *message, guint status, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text,
                                    strlen (text));
}

static void
take_order (Bank *bank, SoupServerMessage *message, const char *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *match = soup_message_headers_get_one (headers, "If-Match");
  const char *key = soup_message_headers_get_one (headers, "Idempotency-Key");
  g_autoptr (GBytes) body =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  g_assert_nonnull (key);
  g_assert_cmpuint (strlen (key), >=, 16);
  g_ptr_array_add (bank->asked, g_strdup_printf ("%s %s %s", path, match ? match : "-", text));
  if (g_str_has_suffix (path, "/information-request"))
    {
      bank->states[0] = "information-needed";
      bank->commented = TRUE;
    }
  else if (g_str_has_suffix (path, "/acceptance"))
    bank->states[path[strlen ("/v1/staff/documents/doc")] - '0'] = "ready-for-signing";
  else if (g_str_has_suffix (path, "/messages"))
    {
      bank->last_message = "bank";
      bank->unread = FALSE;
    }
  reply (message, g_str_has_suffix (path, "/messages") ? 201 : 200, "{}");
}

static void
bank_asked_cb (SoupServer *server,
               SoupServerMessage *message,
               const char *path,
               GHashTable *query,
               gpointer user_data)
{
  Bank *bank = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *token = soup_message_headers_get_one (headers, "Authorization");
  gboolean posts = g_str_equal (soup_server_message_get_method (message), "POST");
  g_autofree char *text = NULL;

  if (g_str_equal (path, "/v1/sessions"))
    {
      g_ptr_array_add (bank->asked, g_strdup ("sign-in"));
      reply (message, 201, "{\"token\":\"t\"}");
    }
  else if (g_strcmp0 (token, "Bearer t") != 0 || bank->expired)
    {
      bank->expired = FALSE;
      reply (message, 401, "{\"code\":\"session-over\"}");
    }
  else if (g_str_equal (path, "/v1/events"))
    {
      soup_server_message_set_status (message, 200, NULL);
      soup_message_headers_set_encoding (soup_server_message_get_response_headers (message),
                                         SOUP_ENCODING_CHUNKED);
      soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC,
                                ": hello\n\n", 9);
      g_ptr_array_add (bank->listeners, g_object_ref (message));
    }
  else if (posts)
    take_order (bank, message, path);
  else if (g_str_equal (path, "/v1/staff/queue"))
    reply (message, 200, "{\"items\":[{\"id\":\"gone\"},{\"id\":\"app\"}]}");
  else if (g_str_equal (path, "/v1/staff/cases/app"))
    reply (message, 200, text = describe_case (bank));
  else if (g_str_equal (path, "/v1/staff/conversations"))
    reply (message, 200,
           bank->unread ? "{\"items\":[{\"id\":\"anna\",\"language\":\"lv\"}]}" : "{\"items\":[]}");
  else if (g_str_equal (path, "/v1/staff/conversations/anna/messages"))
    reply (message, 200,
           text = g_strdup_printf (
               "{\"items\":[{\"id\":\"2\",\"from\":\"%s\",\"sentAt\":\"2026-01-02T00:00:00Z\"},"
               "{\"id\":\"1\",\"from\":\"bank\",\"sentAt\":\"2026-01-01T00:00:00Z\"}]}",
               bank->last_message));
  else if (g_str_equal (path, "/v1/forms/quest"))
    reply (message, 200,
           "{\"sections\":[{\"fields\":[{\"id\":\"name\",\"kind\":\"text\",\"required\":true,"
           "\"check\":\"name\"},{\"id\":\"place\",\"kind\":\"text\",\"required\":true,"
           "\"label\":{\"lv\":\"Dzimšanas vieta\",\"en\":\"Place\"}}]}]}");
  else
    reply (message, 404, "{\"code\":\"not-found\"}");
}

static void
set_up (Bank *bank, gconstpointer data)
{
  g_autofree char *path = NULL;
  GSList *uris;

  kab_sandbox_fixture_set_up (&bank->base, NULL);
  path = g_build_filename (bank->base.directory, "clerk.json", NULL);
  g_assert_true (g_file_set_contents (path, "{\"login\":\"clerk\",\"password\":\"p\"}", -1, NULL));
  bank->asked = g_ptr_array_new_with_free_func (g_free);
  bank->listeners = g_ptr_array_new_with_free_func (g_object_unref);
  bank->states[0] = bank->states[1] = "new";
  bank->versions[0] = bank->versions[1] = 1;
  bank->last_message = "bank";
  bank->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (bank->server, NULL, bank_asked_cb, bank, NULL);
  g_assert_true (soup_server_listen_local (bank->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (bank->server);
  bank->url = g_strdup_printf ("bank http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
tear_down (Bank *bank, gconstpointer data)
{
  g_ptr_array_unref (bank->listeners);
  soup_server_disconnect (bank->server);
  kab_sandbox_fixture_tear_down (&bank->base, NULL);
  g_object_unref (bank->server);
  g_ptr_array_unref (bank->asked);
  g_free (bank->url);
}

static gboolean
has_listener (gpointer data)
{
  return ((Bank *) data)->listeners->len > 0;
}

static void
go_to_work (Bank *bank)
{
  g_assert_true (kab_sandbox_obey (bank->base.sandbox, bank->url, NULL));
  kab_sandbox_fixture_wait (has_listener, bank);
}

typedef struct
{
  Bank *bank;
  guint n;
} Expectation;

static gboolean
has_asked (gpointer data)
{
  Expectation *expectation = data;

  return expectation->bank->asked->len >= expectation->n;
}

/* Waits for the n-th thing that the clerk does, and checks how it begins. */
static const char *
expect (Bank *bank, guint n, const char *beginning)
{
  Expectation expectation = { bank, n };
  const char *line;

  kab_sandbox_fixture_wait (has_asked, &expectation);
  line = bank->asked->pdata[n - 1];
  if (!g_str_has_prefix (line, beginning))
    g_assert_cmpstr (line, ==, beginning);
  return line;
}

static void
test_documents (Bank *bank, gconstpointer data)
{
  const char *line;

  go_to_work (bank);
  expect (bank, 1, "sign-in");
  bank->states[0] = bank->states[1] = "processing";
  notify (bank);
  line = expect (bank, 2, "/v1/staff/documents/doc0/information-request \"1\" ");
  g_assert_nonnull (strstr (line, "\"field\":\"/place\""));
  g_assert_nonnull (strstr (line, "„Dzimšanas vieta”"));
  expect (bank, 3, "/v1/staff/documents/doc1/acceptance \"1\" {}");
  bank->states[0] = "processing";
  bank->versions[0] = 5;
  notify (bank);
  expect (bank, 4, "/v1/staff/documents/doc0/acceptance \"5\" {}");
  g_assert_cmpuint (bank->asked->len, ==, 4);
}

static void
test_message (Bank *bank, gconstpointer data)
{
  const char *line;

  go_to_work (bank);
  bank->unread = TRUE;
  bank->last_message = "client";
  notify (bank);
  line = expect (bank, 2, "/v1/staff/conversations/anna/messages - ");
  g_assert_nonnull (strstr (line, "Paldies"));
}

static void
test_decision (Bank *bank, gconstpointer data)
{
  go_to_work (bank);
  bank->can_decide = TRUE;
  notify (bank);
  expect (bank, 2, "/v1/staff/cases/app/decisions - {\"service\":\"N1\",\"outcome\":\"positive\"}");
  expect (bank, 3, "/v1/staff/cases/app/decisions - {\"service\":\"N3\",\"outcome\":\"positive\"}");
}

static void
test_session_over (Bank *bank, gconstpointer data)
{
  go_to_work (bank);
  bank->expired = TRUE;
  bank->can_decide = TRUE;
  notify (bank);
  expect (bank, 2, "sign-in");
  expect (bank, 3, "/v1/staff/cases/app/decisions");
}

#define ADD(path, function)                                                                        \
  g_test_add ("/sandbox/clerk/" path, Bank, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("documents", test_documents);
  ADD ("message", test_message);
  ADD ("decision", test_decision);
  ADD ("session-over", test_session_over);
  return g_test_run ();
}
