/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Time: streams of events, slow clients, and the end of the server. */

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kab-event-stream.h"
#include "kab-problem.h"
#include "kab-test-server.h"

static KabEventStream *stream; /* of the last /v1/events */
static int n_closed;
static int n_handled;
static int is_blocked;
static int n_blocked;

static void
stream_closed_cb (KabEventStream *closed, gpointer user_data)
{
  g_atomic_int_inc (&n_closed);
}

static KabResponse *
events_handler (KabRequest *request, gpointer user_data, GError **error)
{
  gboolean is_small = kab_request_get_query (request, "small") != NULL;
  KabEventStream *events = kab_event_stream_new (is_small ? 4096 : 256 * 1024);

  kab_event_stream_set_closed (events, stream_closed_cb, NULL, NULL);
  g_atomic_pointer_set (&stream, g_object_ref (events));
  g_object_unref (events);
  return kab_response_new_events (events);
}

static KabResponse *
blocking_handler (KabRequest *request, gpointer user_data, GError **error)
{
  g_atomic_int_inc (&n_blocked);
  while (g_atomic_int_get (&is_blocked))
    g_usleep (1000);
  g_atomic_int_inc (&n_handled);
  return kab_response_new_empty (204);
}

static const KabRoute ROUTES[] = {
  { KAB_METHOD_GET, "/v1/events", "getEvents", events_handler, KAB_ACCESS_PUBLIC,
    .answer = KAB_ANSWER_EVENTS },
  { KAB_METHOD_GET, "/v1/blocking", "block", blocking_handler, KAB_ACCESS_PUBLIC },
  { KAB_METHOD_POST, "/v1/things", "createThing", blocking_handler, KAB_ACCESS_PUBLIC,
    .body = KAB_BODY_JSON },
};

static KabTestServer *
start_server (KabHttpSettings *changed)
{
  KabHttpSettings settings;

  kab_http_settings_init (&settings);
  n_closed = 0;
  n_handled = 0;
  n_blocked = 0;
  return kab_test_server_new (changed ? changed : &settings, ROUTES, G_N_ELEMENTS (ROUTES), NULL);
}

/* Reads until the text has come. */
static void
expect_text (int fd, const char *text)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  struct timeval limit = { KAB_TEST_PATIENCE_MS / 1000, 0 };
  char block[4096];

  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  while (!strstr (bytes->str, text))
    {
      gssize length = recv (fd, block, sizeof block, 0);

      if (length <= 0)
        g_error ("“%s” didn't come, only “%s”", text, bytes->str);
      g_string_append_len (bytes, block, length);
    }
}

static int
open_events (KabTestServer *server, const char *path)
{
  g_autofree char *message = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: h\r\n\r\n", path);
  int fd = kab_test_connect (server->port);

  g_atomic_pointer_set (&stream, NULL);
  kab_test_send (fd, message, -1);
  KAB_TEST_WAIT (g_atomic_pointer_get (&stream) != NULL);
  return fd;
}

static void
test_events (void)
{
  g_autoptr (KabTestServer) server = start_server (NULL);
  int fd = open_events (server, "/v1/events");

  expect_text (fd, "text/event-stream");
  g_assert_true (kab_event_stream_push (stream, "7", "document", "{\"id\":\"a\"}"));
  expect_text (fd, "id: 7\nevent: document\ndata: {\"id\":\"a\"}\n\n");
  g_assert_true (kab_event_stream_push (stream, NULL, NULL, "one\ntwo\rthree"));
  expect_text (fd, "data: one\ndata: two\ndata: three\n\n");
  kab_event_stream_close (stream);
  expect_text (fd, "0\r\n\r\n");
  g_assert_cmpint (n_closed, ==, 1);
  g_assert_false (kab_event_stream_push (stream, NULL, NULL, "late"));
  close (fd);
  KAB_TEST_WAIT (kab_http_server_get_n_connections (server->server) == 0);
  g_assert_finalize_object (stream);
}

/* More streams than workers: they hold none, and a request is answered beside them. */
static void
test_many_events (void)
{
  KabHttpSettings settings;
  g_autoptr (KabTestServer) server = NULL;
  KabEventStream *streams[20];
  int fds[20];

  kab_http_settings_init (&settings);
  settings.n_workers = 1;
  server = start_server (&settings);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      fds[i] = open_events (server, "/v1/events");
      streams[i] = stream;
    }
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    kab_event_stream_push (streams[i], "1", NULL, "hello");
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    expect_text (fds[i], "data: hello\n\n");
  {
    g_autoptr (KabTestReply) reply = kab_test_get (server->port, "/v1/blocking", NULL);

    g_assert_cmpuint (reply->status, ==, 204);
  }
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    close (fds[i]);
  /* Whoever left is found out by the next push. */
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      KAB_TEST_WAIT (!kab_event_stream_push (streams[i], "2", NULL, "gone?"));
      KAB_TEST_WAIT (G_OBJECT (streams[i])->ref_count == 1);
      g_object_unref (streams[i]);
    }
  g_assert_cmpint (n_closed, ==, G_N_ELEMENTS (fds));
}

static void
test_event_keep_alive (void)
{
  KabHttpSettings settings;
  g_autoptr (KabTestServer) server = NULL;
  int fd;

  kab_http_settings_init (&settings);
  settings.event_interval_ms = 100;
  server = start_server (&settings);
  fd = open_events (server, "/v1/events");
  expect_text (fd, ": alive\n\n");
  expect_text (fd, ": alive\n\n");
  close (fd);
  KAB_TEST_WAIT (g_atomic_int_get (&n_closed) == 1);
  g_clear_object (&stream);
}

/* A client that doesn't read is cut before its events fill the memory. */
static void
test_slow_event_reader (void)
{
  g_autoptr (KabTestServer) server = start_server (NULL);
  g_autofree char *kilobyte = g_strnfill (1000, 'x');
  int fd = open_events (server, "/v1/events?small=1");
  guint n_pushed = 0;

  expect_text (fd, ": open");
  while (kab_event_stream_push (stream, "1", NULL, kilobyte))
    g_assert_cmpuint (n_pushed++, <, 100 * 1000);
  g_assert_cmpint (n_closed, ==, 1);
  g_assert_true (kab_test_is_closed (fd, KAB_TEST_PATIENCE_MS));
  close (fd);
  KAB_TEST_WAIT (kab_http_server_get_n_connections (server->server) == 0);
  g_clear_object (&stream);
}

static KabTestServer *
start_impatient_server (void)
{
  KabHttpSettings settings;

  kab_http_settings_init (&settings);
  settings.header_timeout_ms = 400;
  settings.body_grace_ms = 400;
  settings.body_bytes_rate = 1000;
  settings.idle_timeout_s = 3;
  return start_server (&settings);
}

/* Sends one byte after the other until the server hangs up. Returns: milliseconds until then */
static gint64
trickle (int fd, const char *first, char more)
{
  gint64 started = g_get_monotonic_time ();

  kab_test_send (fd, first, -1);
  while (g_get_monotonic_time () - started < KAB_TEST_PATIENCE_MS * G_TIME_SPAN_MILLISECOND)
    if (kab_test_is_closed (fd, 20) || !kab_test_send (fd, &more, 1))
      return (g_get_monotonic_time () - started) / G_TIME_SPAN_MILLISECOND;
  return KAB_TEST_PATIENCE_MS;
}

static void
assert_cut (KabTestServer *server, const char *before, const char *first, char more)
{
  int fd = kab_test_connect (server->port);
  gint64 duration;

  if (before)
    {
      g_autoptr (KabTestReply) reply = NULL;

      kab_test_send (fd, before, -1);
      reply = kab_test_receive (fd, KAB_TEST_PATIENCE_MS);
      g_assert_cmpuint (reply->status, ==, 204);
    }
  duration = trickle (fd, first, more);
  g_assert_cmpint (duration, >=, 300);
  g_assert_cmpint (duration, <, KAB_TEST_PATIENCE_MS);
  close (fd);
}

static void
test_slow_clients (void)
{
  g_autoptr (KabTestServer) server = start_impatient_server ();
  const char *honest = "GET /v1/blocking HTTP/1.1\r\nHost: h\r\n\r\n";
  g_autofree char *text = NULL;

  assert_cut (server, NULL, "GET /v1/bl", 'o');
  assert_cut (server, NULL, "GET /v1/blocking HTTP/1.1\r\nHost: h\r\nX-A: ", 'a');
  assert_cut (server, honest, "GET /v1/bl", 'o');
  assert_cut (server, NULL,
              "POST /v1/things HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
              "Content-Length: 1000\r\n\r\n",
              ' ');
  assert_cut (server, NULL, "POST /v1/nothing HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n",
              ' ');
  text = kab_metrics_to_text (server->metrics);
  g_assert_nonnull (strstr (text, "kabinets_slow_clients_total 5\n"));
  g_assert_cmpint (n_handled, ==, 1);
}

static void
test_idle_client (void)
{
  g_autoptr (KabTestServer) server = start_impatient_server ();
  int silent = kab_test_connect (server->port);
  int kept = kab_test_connect (server->port);
  gint64 started = g_get_monotonic_time ();
  g_autoptr (KabTestReply) reply = NULL;

  kab_test_send (kept, "GET /v1/blocking HTTP/1.1\r\nHost: h\r\n\r\n", -1);
  reply = kab_test_receive (kept, KAB_TEST_PATIENCE_MS);
  g_assert_cmpuint (reply->status, ==, 204);
  /* Idle is not slow: not closed after the header's time-out, but after its own. */
  g_assert_true (kab_test_is_closed (kept, KAB_TEST_PATIENCE_MS));
  g_assert_cmpint (g_get_monotonic_time () - started, >, 2 * G_TIME_SPAN_SECOND);
  g_assert_true (kab_test_is_closed (silent, KAB_TEST_PATIENCE_MS));
  close (silent);
  close (kept);
}

/* A worker that takes its time is no slow client. */
static void
test_slow_worker (void)
{
  g_autoptr (KabTestServer) server = start_impatient_server ();
  g_autoptr (KabTestReply) reply = NULL;
  int fd = kab_test_connect (server->port);

  g_atomic_int_set (&is_blocked, TRUE);
  kab_test_send (fd, "GET /v1/blocking HTTP/1.1\r\nHost: h\r\n\r\n", -1);
  g_assert_false (kab_test_is_closed (fd, 4000));
  g_atomic_int_set (&is_blocked, FALSE);
  reply = kab_test_receive (fd, KAB_TEST_PATIENCE_MS);
  g_assert_cmpuint (reply->status, ==, 204);
  close (fd);
}

/* Many sockets that send nothing don't keep honest requests waiting. */
static void
test_silent_crowd (void)
{
  KabHttpSettings settings;
  g_autoptr (KabTestServer) server = NULL;
  int fds[300];

  kab_http_settings_init (&settings);
  settings.connection_limit_per_peer = 400;
  settings.header_timeout_ms = 10 * KAB_TEST_PATIENCE_MS;
  server = start_server (&settings);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      fds[i] = kab_test_connect (server->port);
      kab_test_send (fds[i], "GET /v1/b", -1);
    }
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (KabTestReply) reply = kab_test_get (server->port, "/v1/blocking", NULL);

      g_assert_cmpuint (reply->status, ==, 204);
    }
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    close (fds[i]);
}

static gpointer
stop_thread (gpointer user_data)
{
  return GINT_TO_POINTER (kab_http_server_stop (user_data));
}

/* What was accepted is answered; nothing new is; streams end. */
static void
test_graceful_stop (void)
{
  g_autoptr (KabTestServer) server = start_server (NULL);
  g_autoptr (KabTestReply) reply = NULL;
  g_autoptr (KabTestReply) late = NULL;
  g_autofree char *retry = NULL;
  int accepted = kab_test_connect (server->port);
  int kept = kab_test_connect (server->port);
  int events = open_events (server, "/v1/events");
  GThread *stopping;

  g_atomic_int_set (&is_blocked, TRUE);
  kab_test_send (accepted, "GET /v1/blocking HTTP/1.1\r\nHost: h\r\n\r\n", -1);
  KAB_TEST_WAIT (g_atomic_int_get (&n_blocked) == 1);
  KAB_TEST_WAIT (kab_http_server_get_n_connections (server->server) == 3);
  stopping = g_thread_new ("stop", stop_thread, server->server);
  expect_text (events, "0\r\n\r\n");
  kab_test_send (kept, "GET /v1/blocking HTTP/1.1\r\nHost: h\r\n\r\n", -1);
  late = kab_test_receive (kept, KAB_TEST_PATIENCE_MS);
  g_assert_cmpuint (late->status, ==, 503);
  g_assert_nonnull (strstr (late->body, "\"stopping\""));
  retry = kab_test_reply_header (late, "retry-after");
  g_assert_nonnull (retry);
  g_atomic_int_set (&is_blocked, FALSE);
  reply = kab_test_receive (accepted, KAB_TEST_PATIENCE_MS);
  g_assert_cmpuint (reply->status, ==, 204);
  g_assert_true (GPOINTER_TO_INT (g_thread_join (stopping)));
  g_assert_cmpint (kab_test_connect (server->port), ==, -1);
  g_assert_cmpint (n_handled, ==, 1);
  g_clear_object (&stream);
  close (accepted);
  close (kept);
  close (events);
}

/* A worker that doesn't come back holds the end up only for so long. */
static void
test_bounded_stop (void)
{
  KabHttpSettings settings;
  g_autoptr (KabTestServer) server = NULL;
  g_autoptr (KabTestReply) reply = NULL;
  int fd;

  kab_http_settings_init (&settings);
  settings.drain_ms = 200;
  server = start_server (&settings);
  fd = kab_test_connect (server->port);
  g_atomic_int_set (&is_blocked, TRUE);
  kab_test_send (fd, "GET /v1/blocking HTTP/1.1\r\nHost: h\r\n\r\n", -1);
  KAB_TEST_WAIT (g_atomic_int_get (&n_blocked) == 1);
  g_assert_false (kab_http_server_stop (server->server));
  g_assert_true (kab_test_is_closed (fd, KAB_TEST_PATIENCE_MS));
  g_atomic_int_set (&is_blocked, FALSE);
  KAB_TEST_WAIT (G_OBJECT (server->server)->ref_count == 1);
  close (fd);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/live/events", test_events);
  g_test_add_func ("/server/live/many-events", test_many_events);
  g_test_add_func ("/server/live/event-keep-alive", test_event_keep_alive);
  g_test_add_func ("/server/live/slow-event-reader", test_slow_event_reader);
  g_test_add_func ("/server/live/slow-clients", test_slow_clients);
  g_test_add_func ("/server/live/idle-client", test_idle_client);
  g_test_add_func ("/server/live/slow-worker", test_slow_worker);
  g_test_add_func ("/server/live/silent-crowd", test_silent_crowd);
  g_test_add_func ("/server/live/graceful-stop", test_graceful_stop);
  g_test_add_func ("/server/live/bounded-stop", test_bounded_stop);
  return g_test_run ();
}
