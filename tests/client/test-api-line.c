/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-api-private.h"
#include "kab-test-client.h"

#define HTTP_OK "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"

/* What a broken line or a stranger answers. */
static void
test_line (void)
{
  static const struct
  {
    KabTestTrick trick;
    const char *body;
    KabApiError code;
  } lines[] = {
    { KAB_TEST_CUT, NULL, KAB_API_ERROR_UNREACHABLE },
    { KAB_TEST_HALF, "{\"a\":1", KAB_API_ERROR_UNREACHABLE },
    { KAB_TEST_RAW, "SSH-2.0-OpenSSH_9.9\r\n\r\n", KAB_API_ERROR_GARBAGE },
    { KAB_TEST_RAW, HTTP_OK "Content-Length: 3\r\n\r\n{]}", KAB_API_ERROR_GARBAGE },
    { KAB_TEST_SILENT, NULL, KAB_API_ERROR_TIMEOUT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (KabTestServer) server = kab_test_server_new ();
      KabApi *api = kab_test_api_new (server);
      KabTimeouts timeouts = kab_test_timeouts;
      g_autoptr (GError) error = NULL;
      KabReply *reply;

      if (lines[i].trick == KAB_TEST_SILENT)
        timeouts.call = 2;
      kab_api_set_timeouts (api, &timeouts);
      kab_test_server_trick (server, "GET /v1/x", lines[i].trick, lines[i].body);
      reply = kab_test_api_get (api, "/v1/x", &error);
      g_assert_null (reply);
      g_assert_error (error, KAB_API_ERROR, (int) lines[i].code);
      g_assert_cmpint (kab_api_get_online (api), ==, !kab_api_error_is_connection (error));
      kab_api_note_success (api);
      kab_test_let_go (api);
    }
}

static void
test_redirects (void)
{
  static const char *const targets[] = { "/v1/y", "http://127.0.0.1:1/v1/y", "http://bank.example/",
                                         "https://bank.example/" };
  static const guint codes[] = { 301, 302, 303, 307, 308 };
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);

  kab_test_server_reply (server, "GET /v1/y", 200, "{}");
  kab_api_set_token (api, "secret-token");
  for (guint i = 0; i < G_N_ELEMENTS (targets) * G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/v1/%u", i);
      g_autofree char *route = g_strdup_printf ("GET %s", path);
      g_autoptr (GError) error = NULL;
      KabReply *reply;

      kab_test_server_reply_full (server, route, codes[i % G_N_ELEMENTS (codes)], NULL, NULL,
                                  "Location", targets[i / G_N_ELEMENTS (codes)]);
      reply = kab_test_api_get (api, path, &error);
      g_assert_null (reply);
      g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE);
    }
  g_assert_cmpuint (kab_test_server_count (server, "GET /v1/y"), ==, 0);
  kab_test_let_go (api);
}

static void
test_too_large (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);
  g_autoptr (GError) error = NULL;
  g_autofree char *body = g_strnfill (9 * 1024 * 1024, ' ');
  KabReply *reply;

  kab_test_server_reply (server, "GET /v1/x", 200, body);
  reply = kab_test_api_get (api, "/v1/x", &error);
  g_assert_null (reply);
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE);
  kab_test_let_go (api);
}

static void
online_cb (KabApi *api, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void
test_offline (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);
  g_autoptr (GError) error = NULL;
  guint count = 0;
  KabReply *reply;

  kab_test_server_reply (server, "GET /v1/x", 200, "{}");
  kab_test_server_reply (server, "GET /healthz", 200, "{}");
  g_signal_connect (api, "notify::online", G_CALLBACK (online_cb), &count);

  kab_test_server_go_down (server);
  reply = kab_test_api_get (api, "/v1/x", &error);
  g_assert_null (reply);
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_assert_false (kab_api_get_online (api));
  g_assert_cmpuint (count, ==, 1);

  kab_test_server_come_back (server);
  kab_test_wait_until (kab_api_get_online (api));
  g_assert_cmpuint (count, ==, 2);
  reply = kab_test_api_get (api, "/v1/x", &error);
  g_assert_no_error (error);
  kab_reply_unref (reply);
  kab_test_let_go (api);
}

/* A gateway that doesn't reach the bank is no bank, neither to a call nor to a probe. */
static void
test_gateway (void)
{
  static const guint statuses[] = { 502, 504 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (KabTestServer) server = kab_test_server_new ();
      KabApi *api = kab_test_api_new (server);
      g_autoptr (GError) error = NULL;
      guint count = 0;
      KabReply *reply;

      g_signal_connect (api, "notify::online", G_CALLBACK (online_cb), &count);
      kab_test_server_reply_full (server, "GET /v1/x", statuses[i], "text/html", "<html>", NULL,
                                  NULL);
      kab_test_server_reply_full (server, "GET /healthz", statuses[i], NULL, NULL, NULL, NULL);
      reply = kab_test_api_get (api, "/v1/x", &error);
      g_assert_null (reply);
      g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_UNREACHABLE);
      kab_test_wait_until (kab_test_server_count (server, "GET /healthz") >= 5);
      g_assert_false (kab_api_get_online (api));
      g_assert_cmpuint (count, ==, 1);

      kab_test_server_forget (server, "GET /healthz");
      kab_test_server_reply (server, "GET /healthz", 503,
                             "{'type':'t','title':'','status':503,'code':'busy'}");
      kab_test_wait_until (kab_api_get_online (api));
      g_assert_cmpuint (count, ==, 2);
      kab_test_let_go (api);
    }
}

/* After so many failures nobody waits any more; a wish of the user closes the circuit. */
static void
test_breaker (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);
  KabTimeouts slow_probe = kab_test_timeouts;
  g_autoptr (GError) error = NULL;
  KabReply *reply;

  slow_probe.probe_min_ms = slow_probe.probe_max_ms = 60000;
  kab_api_set_timeouts (api, &slow_probe);
  kab_test_server_reply (server, "GET /v1/x", 200, "{}");
  kab_test_server_reply (server, "GET /healthz", 200, "{}");
  kab_test_server_go_down (server);
  for (guint i = 0; i < 5; i++)
    {
      reply = kab_test_api_get (api, "/v1/x", &error);
      g_assert_null (reply);
      g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_UNREACHABLE);
      g_clear_error (&error);
    }
  g_assert_true (kab_api_is_broken (api));

  kab_test_server_come_back (server);
  reply = kab_test_api_get (api, "/v1/x", &error);
  g_assert_null (reply);
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_assert_cmpuint (kab_test_server_count (server, "GET /v1/x"), ==, 0);

  kab_api_reconnect (api);
  kab_test_wait_until (kab_api_get_online (api));
  reply = kab_test_api_get (api, "/v1/x", &error);
  g_assert_no_error (error);
  kab_reply_unref (reply);
  kab_test_let_go (api);
}

/* In the server's thread: answers with the port that the request came from. */
static void
tell_port_cb (SoupServer *server,
              SoupServerMessage *message,
              const char *path,
              GHashTable *query,
              gpointer user_data)
{
  GInetSocketAddress *address =
      G_INET_SOCKET_ADDRESS (soup_server_message_get_remote_address (message));
  g_autofree char *body =
      g_strdup_printf ("{\"port\":%u}", g_inet_socket_address_get_port (address));

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

static gint64
ask_port (KabApi *api)
{
  g_autoptr (GError) error = NULL;
  KabReply *reply = kab_test_api_get (api, "/v1/port", &error);
  gint64 port;

  g_assert_no_error (error);
  port = json_object_get_int_member (kab_reply_get_object (reply), "port");
  kab_reply_unref (reply);
  return port;
}

/* A connection serves the next request as well, but not when it is old. */
static void
test_kept (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);
  KabTimeouts timeouts = kab_test_timeouts;
  gint64 first, second;

  kab_test_server_handle (server, "/v1/port", NULL, tell_port_cb, NULL);
  timeouts.kept = 3600;
  kab_api_set_timeouts (api, &timeouts);
  first = ask_port (api);
  g_assert_cmpint (ask_port (api), ==, first);

  timeouts.kept = 0;
  kab_api_set_timeouts (api, &timeouts);
  first = ask_port (api);
  second = ask_port (api);
  g_assert_cmpint (second, !=, first);
  kab_test_let_go (api);
}

typedef struct
{
  GTlsCertificate *certificate;
  gint connections; /* (atomic) */
  gint requests;    /* (atomic) connections that a byte of a request came through */
} Impostor;

/* In a thread: whoever trusts the certificate may say something. */
static gboolean
impostor_run_cb (GThreadedSocketService *service,
                 GSocketConnection *connection,
                 GObject *source_object,
                 gpointer user_data)
{
  Impostor *impostor = user_data;
  g_autoptr (GIOStream) tls =
      g_tls_server_connection_new (G_IO_STREAM (connection), impostor->certificate, NULL);
  char byte;

  g_atomic_int_inc (&impostor->connections);
  if (g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL) &&
      g_input_stream_read (g_io_stream_get_input_stream (tls), &byte, 1, NULL, NULL) == 1)
    g_atomic_int_inc (&impostor->requests);

  return TRUE;
}

static void
test_certificate (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "fixtures", "tls", "self-signed.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (4);
  Impostor impostor = { .certificate = certificate };
  g_autofree char *address = NULL;
  KabApi *api;
  KabReply *reply;
  guint16 port;

  g_assert_no_error (error);
  g_signal_connect (service, "run", G_CALLBACK (impostor_run_cb), &impostor);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error);
  g_assert_no_error (error);
  address = g_strdup_printf ("https://127.0.0.1:%u", port);

  api = kab_api_new (address, NULL);
  kab_api_set_timeouts (api, &kab_test_timeouts);
  kab_api_set_token (api, "secret-token");
  reply = kab_test_api_get (api, "/v1/x", &error);
  g_assert_null (reply);
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_UNTRUSTED);
  g_assert_cmpint (g_atomic_int_get (&impostor.connections), ==, 1);
  g_assert_cmpint (g_atomic_int_get (&impostor.requests), ==, 0);
  kab_test_let_go (api);
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
}

static void
test_move (void)
{
  g_autoptr (KabTestServer) first = kab_test_server_new ();
  g_autoptr (KabTestServer) second = kab_test_server_new ();
  KabApi *api = kab_test_api_new (first);
  g_autoptr (GError) error = NULL;
  KabReply *reply;

  kab_test_server_reply (second, "GET /v1/x", 200, "{}");
  g_assert_cmpstr (kab_api_get_bank_key (api), ==, kab_test_server_get_address (first));
  kab_api_set_bank_key (api, "demo");
  g_assert_false (kab_api_set_base_uri (api, "http://bank.example", &error));
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_ADDRESS);
  g_clear_error (&error);

  g_assert_true (kab_api_set_base_uri (api, kab_test_server_get_address (second), &error));
  reply = kab_test_api_get (api, "/v1/x", &error);
  g_assert_no_error (error);
  kab_reply_unref (reply);
  g_assert_cmpstr (kab_api_get_bank_key (api), ==, "demo");
  kab_test_let_go (api);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/api-line/line", test_line);
  g_test_add_func ("/api-line/redirects", test_redirects);
  g_test_add_func ("/api-line/too-large", test_too_large);
  g_test_add_func ("/api-line/offline", test_offline);
  g_test_add_func ("/api-line/gateway", test_gateway);
  g_test_add_func ("/api-line/breaker", test_breaker);
  g_test_add_func ("/api-line/kept", test_kept);
  g_test_add_func ("/api-line/certificate", test_certificate);
  g_test_add_func ("/api-line/move", test_move);

  return g_test_run ();
}
