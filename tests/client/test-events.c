/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-event-parser.h"
#include "kab-events.h"
#include "kab-test-client.h"

static void
parsed_cb (const char *id, const char *type, const char *data, gpointer user_data)
{
  g_string_append_printf (user_data, "[%s|%s|%s]", id, type, data);
}

static void
test_parser (void)
{
  static const struct
  {
    const char *stream;
    const char *events;
  } streams[] = {
    { "data: a\n\n", "[|message|a]" },
    { "data:a\r\n\r\n", "[|message|a]" },
    { "data: a\r\r", "[|message|a]" },
    { "\xef\xbb\xbf"
      "data: a\n\n",
      "[|message|a]" },
    { "id: 1\nevent: x\ndata: {}\n\ndata: b\n\n", "[1|x|{}][1|message|b]" },
    { ": comment\n\n:\n\ndata: a\n\n", "[|message|a]" },
    { "data: a\ndata: b\n\n", "[|message|a\nb]" },
    { "data\n\n", "[|message|]" },
    { "data:  a\n\n", "[|message| a]" },
    { "event: x\n\ndata: a\n\n", "[|message|a]" },
    { "retry: 5\nunknown: x\ndata: a\n\n", "[|message|a]" },
    { "data: half", "" },
    { "data: half\n", "" },
    { "id: 7\ndata: a\n\nid\ndata: b\n\n", "[7|message|a][|message|b]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      /* in pieces of every size */
      for (gsize piece = 1; piece <= strlen (streams[i].stream); piece++)
        {
          g_autoptr (GString) events = g_string_new (NULL);
          g_autoptr (KabEventParser) parser = kab_event_parser_new (parsed_cb, events);

          for (gsize at = 0; at < strlen (streams[i].stream); at += piece)
            g_assert_true (kab_event_parser_feed (parser, streams[i].stream + at,
                                                  MIN (piece, strlen (streams[i].stream) - at)));
          g_assert_cmpstr (events->str, ==, streams[i].events);
        }
    }
}

static void
test_parser_limits (void)
{
  g_autoptr (GString) events = g_string_new (NULL);
  g_autoptr (KabEventParser) parser = kab_event_parser_new (parsed_cb, events);
  g_autofree char *long_line = g_strnfill (100 * 1024, 'x');

  g_assert_false (kab_event_parser_feed (parser, long_line, strlen (long_line)));
  g_assert_cmpuint (kab_event_parser_get_retry (parser), ==, 0);
  kab_event_parser_feed (parser, "\nretry: 1500\n", 13);
  g_assert_cmpuint (kab_event_parser_get_retry (parser), ==, 1500);
}

/* A bank that sends its events from Last-Event-ID on and is cut somewhere each time. */
typedef struct
{
  gint total;   /* (atomic) */
  gint streams; /* (atomic) */
  guint cut;    /* bytes at most before a cut, 0 for none */
  gboolean numbers;
} Source;

static char *
make_id (const Source *source, guint number)
{
  return source->numbers ? g_strdup_printf ("%u", number) : g_strdup_printf ("e%uz", number);
}

static void
events_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  Source *source = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *last = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Last-Event-ID");
  guint from = last ? g_ascii_strtoull (last + !source->numbers, NULL, 10) : 0;
  g_autoptr (GString) text = g_string_new (": hello\n\n");
  guint total = g_atomic_int_get (&source->total);

  g_atomic_int_inc (&source->streams);
  for (guint i = from + 1; i <= total && text->len < 64 * 1024; i++)
    {
      g_autofree char *id = make_id (source, i);

      g_string_append_printf (
          text, "id: %s\nevent: document-changed\ndata: {\"id\":\"d%u\",\"version\":%u}\n\n", id, i,
          i);
    }
  if (source->cut > 0)
    g_string_truncate (text, MIN (text->len, (gsize) g_random_int_range (1, source->cut)));

  soup_message_headers_replace (headers, "Connection", "close");
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "text/event-stream", SOUP_MEMORY_COPY, text->str,
                                    text->len);
}

typedef struct
{
  guint count;
  guint64 next;
  gboolean wrong;
} Receipt;

static void
event_cb (KabEvents *events, const char *type, const char *id, gint64 version, Receipt *receipt)
{
  g_autofree char *expected = g_strdup_printf ("d%" G_GUINT64_FORMAT, ++receipt->next);

  receipt->count++;
  if (!g_str_equal (id, expected) || version != (gint64) receipt->next ||
      !g_str_equal (type, "document-changed"))
    receipt->wrong = TRUE;
}

static void
test_cuts (gconstpointer numbers)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);
  KabEvents *events = kab_events_new (api);
  Source source = { .total = 10000, .cut = 32 * 1024, .numbers = GPOINTER_TO_INT (numbers) };
  Receipt receipt = { 0 };
  Receipt others = { 0 };

  kab_test_server_handle (server, "/v1/events", NULL, events_cb, &source);
  g_signal_connect (events, "event::document-changed", G_CALLBACK (event_cb), &receipt);
  g_signal_connect (events, "event::message-created", G_CALLBACK (event_cb), &others);
  kab_events_start (events);
  kab_test_wait_until (receipt.count >= 10000);
  kab_test_run_for (50);
  g_assert_cmpuint (receipt.count, ==, 10000);
  g_assert_false (receipt.wrong);
  g_assert_cmpuint (others.count, ==, 0);
  g_assert_cmpint (g_atomic_int_get (&source.streams), >, 10);
  g_test_message ("10000 events through %d streams", g_atomic_int_get (&source.streams));

  kab_events_stop (events);
  kab_test_let_go (events);
  kab_test_let_go (api);
}

static void
counted_cb (GObject *object, guint *count)
{
  (*count)++;
}

static void
reply_stream (KabTestServer *server, const char *text)
{
  kab_test_server_reply_full (server, "GET /v1/events", 200, "text/event-stream", text, NULL, NULL);
}

static void
test_reset (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);
  KabEvents *events = kab_events_new (api);
  g_autofree char *last = NULL;
  guint resets = 0;

  g_signal_connect (events, "reset", G_CALLBACK (counted_cb), &resets);
  reply_stream (server, "id: 9\nevent: reset\ndata: {}\n\n");
  /* a server whose count began anew, and an event that nobody understands */
  reply_stream (server, "id: 3\nevent: reset\ndata: {}\n\n");
  reply_stream (server, "id: 4\nevent: document-changed\ndata: nonsense\n\n");
  reply_stream (server, ": nothing\n\n");
  kab_events_start (events);
  kab_test_wait_until (kab_test_server_count (server, "GET /v1/events") >= 5);
  g_assert_cmpuint (resets, ==, 3);
  last = kab_test_server_dup_header (server, "GET /v1/events", "Last-Event-ID");
  g_assert_cmpstr (last, ==, "4");

  kab_events_stop (events);
  kab_test_let_go (events);
  kab_test_let_go (api);
}

static void
stop_cb (KabEvents *events)
{
  kab_events_stop (events);
}

/* Stopping from a handler, with more events behind it in the same piece. */
static void
test_stop_inside (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);
  KabEvents *events = kab_events_new (api);
  Source source = { .total = 100, .numbers = TRUE };
  Receipt receipt = { 0 };

  kab_test_server_handle (server, "/v1/events", NULL, events_cb, &source);
  g_signal_connect (events, "event", G_CALLBACK (event_cb), &receipt);
  g_signal_connect (events, "event", G_CALLBACK (stop_cb), NULL);
  kab_events_start (events);
  kab_test_wait_until (receipt.count > 0);
  kab_test_run_for (50);
  g_assert_cmpuint (receipt.count, ==, 1);
  g_assert_false (kab_events_get_connected (events));
  kab_test_let_go (events);
  kab_test_let_go (api);
}

static void
test_session_ends (void)
{
  static const char *const ends[] = { "event", "status" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (KabTestServer) server = kab_test_server_new ();
      KabApi *api = kab_test_api_new (server);
      KabEvents *events = kab_events_new (api);
      guint ended = 0;

      kab_api_set_token (api, "t");
      g_signal_connect (api, "session-ended", G_CALLBACK (counted_cb), &ended);
      if (i == 0)
        reply_stream (server, "id: 1\nevent: session-ended\ndata: {\"id\":\"s1\"}\n\n");
      else
        kab_test_server_reply (server, "GET /v1/events", 401,
                               "{'type':'t','title':'','status':401,'code':'session-ended'}");
      kab_events_start (events);
      kab_test_wait_until (ended > 0);
      g_assert_false (kab_api_get_signed_in (api));
      kab_events_stop (events);
      kab_test_let_go (events);
      kab_test_let_go (api);
    }
}

/* Lost, refused, not events, silent: it comes back from each. */
static void
test_losses (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);
  KabTimeouts timeouts = kab_test_timeouts;
  KabEvents *events = kab_events_new (api);
  Receipt receipt = { 0 };

  timeouts.silence = 5;
  kab_api_set_timeouts (api, &timeouts);
  kab_test_server_reply (server, "GET /healthz", 200, "{}");
  kab_test_server_trick (server, "GET /v1/events", KAB_TEST_CUT, NULL);
  kab_test_server_reply (server, "GET /v1/events", 503,
                         "{'type':'t','title':'','status':503,'code':'busy'}");
  kab_test_server_reply (server, "GET /v1/events", 200, "{}");
  kab_test_server_trick (server, "GET /v1/events", KAB_TEST_RAW, "nonsense\r\n\r\n");
  kab_test_server_trick (server, "GET /v1/events", KAB_TEST_SILENT, NULL);
  reply_stream (server, "id: 1\nevent: document-changed\ndata: {\"id\":\"d1\",\"version\":1}\n\n");
  g_signal_connect (events, "event", G_CALLBACK (event_cb), &receipt);
  kab_events_start (events);
  kab_test_wait_until (receipt.count == 1);
  kab_test_run_for (50);
  g_assert_cmpuint (receipt.count, ==, 1);
  g_assert_false (receipt.wrong);

  kab_events_stop (events);
  kab_test_let_go (events);
  kab_test_let_go (api);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/events/parser", test_parser);
  g_test_add_func ("/events/parser-limits", test_parser_limits);
  g_test_add_data_func ("/events/cuts/numbers", GINT_TO_POINTER (TRUE), test_cuts);
  g_test_add_data_func ("/events/cuts/words", GINT_TO_POINTER (FALSE), test_cuts);
  g_test_add_func ("/events/reset", test_reset);
  g_test_add_func ("/events/stop-inside", test_stop_inside);
  g_test_add_func ("/events/session-ends", test_session_ends);
  g_test_add_func ("/events/losses", test_losses);

  return g_test_run ();
}
