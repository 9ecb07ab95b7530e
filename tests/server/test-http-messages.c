/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Messages that no correct client sends, over a raw socket: none is accepted, none reaches a
 * handler, and the server answers the next honest request.
 */

#include <string.h>
#include <unistd.h>

#include "kab-response.h"
#include "kab-test-server.h"

#define FIELD_HOST "Host: localhost\r\n"

static int n_handled;

typedef struct
{
  const char *name;
  const char *message;
  gsize length;     /* 0: up to the NUL */
  gboolean is_half; /* the message isn't whole: hang up after it, expect nothing */
} BadMessage;

#define WITH_NUL(text) text, sizeof (text) - 1

static const BadMessage MESSAGES[] = {
  /* One message, two readings */
  { "host-twice", "GET /v1/things HTTP/1.1\r\n" FIELD_HOST "Host: evil\r\n\r\n" },
  { "host-twice-same", "GET /v1/things HTTP/1.1\r\n" FIELD_HOST FIELD_HOST "\r\n" },
  { "length-twice", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST "Content-Type: application/json\r\n"
                    "Content-Length: 2\r\nContent-Length: 4\r\n\r\n{}{}" },
  { "length-twice-same",
    "POST /v1/things HTTP/1.1\r\n" FIELD_HOST "Content-Type: application/json\r\n"
    "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}" },
  { "length-list", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST "Content-Type: application/json\r\n"
                   "Content-Length: 2, 2\r\n\r\n{}" },
  { "length-negative", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST
                       "Content-Type: application/json\r\nContent-Length: -5\r\n\r\n{}" },
  { "length-plus", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST "Content-Type: application/json\r\n"
                   "Content-Length: +2\r\n\r\n{}" },
  { "length-hex", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST "Content-Type: application/json\r\n"
                  "Content-Length: 0x2\r\n\r\n{}" },
  { "length-words", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST "Content-Type: application/json\r\n"
                    "Content-Length: two\r\n\r\n{}" },
  { "length-empty", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST "Content-Type: application/json\r\n"
                    "Content-Length:\r\n\r\n{}" },
  { "length-huge", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST "Content-Type: application/json\r\n"
                   "Content-Length: 99999999999999999999999\r\n\r\n{}" },
  { "length-and-chunks", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST
                         "Content-Type: application/json\r\nContent-Length: 2\r\n"
                         "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" },
  { "chunks-and-length", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST
                         "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
                         "Content-Length: 12\r\n\r\n2\r\n{}\r\n0\r\n\r\n" },
  { "coding-twice", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST "Content-Type: application/json\r\n"
                    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "2\r\n{}\r\n0\r\n\r\n" },
  { "coding-unknown", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST
                      "Content-Type: application/json\r\nTransfer-Encoding: gzip\r\n\r\n{}" },
  { "coding-list", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST "Content-Type: application/json\r\n"
                   "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" },
  { "coding-disguised", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST
                        "Content-Type: application/json\r\nTransfer-Encoding: xchunked\r\n\r\n"
                        "2\r\n{}\r\n0\r\n\r\n" },
  /* Chunks */
  { "chunk-bare-line-feed", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST
                            "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                            "2\n{}\n0\n\n" },
  { "chunk-size-words", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST
                        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "zz\r\n{}\r\n0\r\n\r\n" },
  { "chunk-size-negative", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST
                           "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                           "-2\r\n{}\r\n0\r\n\r\n" },
  { "chunk-size-prefixed", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST
                           "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                           "0x2\r\n{}\r\n0\r\n\r\n" },
  { "chunk-size-overflow", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST
                           "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                           "ffffffffffffffffff2\r\n{}\r\n0\r\n\r\n" },
  { "chunk-size-missing", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST
                          "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                          "\r\n{}\r\n0\r\n\r\n" },
  { "chunk-too-long", "POST /v1/things HTTP/1.1\r\n" FIELD_HOST
                      "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "1\r\n{}\r\n0\r\n\r\n" },
  { "chunk-cut-off",
    "POST /v1/things HTTP/1.1\r\n" FIELD_HOST
    "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{",
    0, TRUE },
  /* The request line */
  { "http-0.9", "GET /v1/things\r\n\r\n" },
  { "http-2", "GET /v1/things HTTP/2.0\r\n" FIELD_HOST "\r\n" },
  { "http-3-digits", "GET /v1/things HTTP/1.10\r\n" FIELD_HOST "\r\n" },
  { "http-lower-case", "GET /v1/things http/1.1\r\n" FIELD_HOST "\r\n" },
  { "http-missing", "GET /v1/things HTTP/\r\n" FIELD_HOST "\r\n" },
  { "http-2-preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" },
  { "tls-hello", WITH_NUL ("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n") },
  { "method-lower-case", "get /v1/things HTTP/1.1\r\n" FIELD_HOST "\r\n" },
  { "method-unknown", "FETCH /v1/things HTTP/1.1\r\n" FIELD_HOST "\r\n" },
  { "method-trace", "TRACE /v1/things HTTP/1.1\r\n" FIELD_HOST "\r\n" },
  { "method-connect", "CONNECT localhost:443 HTTP/1.1\r\n" FIELD_HOST "\r\n" },
  { "method-missing", " /v1/things HTTP/1.1\r\n" FIELD_HOST "\r\n" },
  { "method-not-a-token", "G(T /v1/things HTTP/1.1\r\n" FIELD_HOST "\r\n" },
  { "target-absolute", "GET http://localhost/v1/things HTTP/1.1\r\n" FIELD_HOST "\r\n" },
  { "target-authority", "GET localhost HTTP/1.1\r\n" FIELD_HOST "\r\n" },
  { "target-asterisk", "GET * HTTP/1.1\r\n" FIELD_HOST "\r\n" },
  { "target-with-space", "GET /v1/thi ngs HTTP/1.1\r\n" FIELD_HOST "\r\n" },
  { "target-with-nul", WITH_NUL ("GET /v1/things\0x HTTP/1.1\r\n" FIELD_HOST "\r\n") },
  { "target-with-fragment", "GET /v1/things#x HTTP/1.1\r\n" FIELD_HOST "\r\n" },
  { "target-escaped-nul", "GET /v1/things%00 HTTP/1.1\r\n" FIELD_HOST "\r\n" },
  { "target-broken-escape", "GET /v1/things%2 HTTP/1.1\r\n" FIELD_HOST "\r\n" },
  { "target-broken-escape-in-query", "GET /v1/things?a=%zz HTTP/1.1\r\n" FIELD_HOST "\r\n" },
  { "target-escaped-slash", "GET /v1%2Fthings HTTP/1.1\r\n" FIELD_HOST "\r\n" },
  { "target-dots", "GET /v1/other/../things HTTP/1.1\r\n" FIELD_HOST "\r\n" },
  { "target-bad-utf-8", "GET /v1/things?a=%ff HTTP/1.1\r\n" FIELD_HOST "\r\n" },
  { "query-parameter-twice", "GET /v1/things?a=1&a=2 HTTP/1.1\r\n" FIELD_HOST "\r\n" },
  { "tab-in-request-line", "GET\t/v1/things\tHTTP/1.1\r\n" FIELD_HOST "\r\n" },
  /* The header section */
  { "host-missing", "GET /v1/things HTTP/1.1\r\n\r\n" },
  { "host-missing-in-1.0", "GET /v1/things HTTP/1.0\r\n\r\n" },
  { "host-empty", "GET /v1/things HTTP/1.1\r\nHost:\r\n\r\n" },
  { "host-with-path", "GET /v1/things HTTP/1.1\r\nHost: localhost/evil\r\n\r\n" },
  { "host-with-user", "GET /v1/things HTTP/1.1\r\nHost: a@localhost\r\n\r\n" },
  { "folded-field", "GET /v1/things HTTP/1.1\r\n" FIELD_HOST "X-A: b\r\n c\r\n\r\n" },
  { "folded-first-field", "GET /v1/things HTTP/1.1\r\n " FIELD_HOST "\r\n" },
  { "space-before-colon", "GET /v1/things HTTP/1.1\r\n" FIELD_HOST "X-A : b\r\n\r\n" },
  { "space-before-host-colon", "GET /v1/things HTTP/1.1\r\nHost : localhost\r\n\r\n" },
  { "field-without-colon", "GET /v1/things HTTP/1.1\r\n" FIELD_HOST "X-A\r\n\r\n" },
  { "field-without-name", "GET /v1/things HTTP/1.1\r\n" FIELD_HOST ": b\r\n\r\n" },
  { "field-name-with-space", "GET /v1/things HTTP/1.1\r\n" FIELD_HOST "X A: b\r\n\r\n" },
  { "field-name-not-a-token", "GET /v1/things HTTP/1.1\r\n" FIELD_HOST "X(A): b\r\n\r\n" },
  { "nul-in-name", WITH_NUL ("GET /v1/things HTTP/1.1\r\n" FIELD_HOST "X-\0A: b\r\n\r\n") },
  { "nul-in-value", WITH_NUL ("GET /v1/things HTTP/1.1\r\n" FIELD_HOST "X-A: b\0c\r\n\r\n") },
  { "control-in-value", "GET /v1/things HTTP/1.1\r\n" FIELD_HOST "X-A: b\001c\r\n\r\n" },
  { "bad-utf-8-in-value", "GET /v1/things HTTP/1.1\r\n" FIELD_HOST "X-A: \xc3\x28\r\n\r\n" },
  { "bare-carriage-return", "GET /v1/things HTTP/1.1\r\n" FIELD_HOST "X-A: b\rX-B: c\r\n\r\n" },
  { "bare-line-feeds", "GET /v1/things HTTP/1.1\nHost: localhost\n\n" },
  { "expectation-unknown", "GET /v1/things HTTP/1.1\r\n" FIELD_HOST "Expect: tea\r\n\r\n" },
  { "authorization-twice", "GET /v1/things HTTP/1.1\r\n" FIELD_HOST
                           "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n" },
  { "early-close-in-line", "GET /v1/thi", 0, TRUE },
  { "early-close-in-field", "GET /v1/things HTTP/1.1\r\nHost: loc", 0, TRUE },
  { "early-close-in-body",
    "POST /v1/things HTTP/1.1\r\n" FIELD_HOST
    "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{}",
    0, TRUE },
};

static KabResponse *
thing_handler (KabRequest *request, gpointer user_data, GError **error)
{
  g_atomic_int_inc (&n_handled);
  return kab_response_new_json (200, json_object_new ());
}

static const KabRoute ROUTES[] = {
  { KAB_METHOD_GET, "/v1/things", "listThings", thing_handler, KAB_ACCESS_PUBLIC,
    .answer = KAB_ANSWER_JSON },
  { KAB_METHOD_POST, "/v1/things", "createThing", thing_handler, KAB_ACCESS_PUBLIC,
    .body = KAB_BODY_JSON, .answer = KAB_ANSWER_JSON },
};

static KabTestServer *
start_server (void)
{
  KabHttpSettings settings;

  kab_http_settings_init (&settings);
  settings.header_timeout_ms = 2000;
  settings.body_grace_ms = 1000;
  return kab_test_server_new (&settings, ROUTES, G_N_ELEMENTS (ROUTES), NULL);
}

static void
assert_alive (KabTestServer *server)
{
  int before = g_atomic_int_get (&n_handled);
  g_autoptr (KabTestReply) reply = kab_test_get (server->port, "/v1/things", NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpint (g_atomic_int_get (&n_handled), ==, before + 1);
}

/* No status of success, and no handler. */
static void
assert_refused (KabTestServer *server, const char *name, const char *message, gssize length)
{
  int before = g_atomic_int_get (&n_handled);
  g_autoptr (KabTestReply) reply = kab_test_ask (server->port, message, length);

  if (reply->status == 0 ? !reply->is_closed : reply->status < 400 || reply->status > 505)
    g_error ("%s: status %u, %s", name, reply->status, reply->is_closed ? "closed" : "open");
  if (g_atomic_int_get (&n_handled) != before)
    g_error ("%s reached the handler", name);
}

static void
test_bad_message (gconstpointer data)
{
  const BadMessage *bad = data;
  g_autoptr (KabTestServer) server = start_server ();
  gssize length = bad->length ? (gssize) bad->length : -1;

  if (bad->is_half)
    {
      int before = g_atomic_int_get (&n_handled);
      int fd = kab_test_connect (server->port);

      kab_test_send (fd, bad->message, length);
      close (fd);
      KAB_TEST_WAIT (kab_http_server_get_n_connections (server->server) == 0);
      g_assert_cmpint (g_atomic_int_get (&n_handled), ==, before);
    }
  else
    assert_refused (server, bad->name, bad->message, length);
  assert_alive (server);
}

/* What follows a bad message on the same connection is never taken for a request. */
static void
test_pipelining (void)
{
  static const char *const FIRST[] = {
    "GET /v1/things HTTP/1.1\r\n" FIELD_HOST FIELD_HOST "\r\n",
    "GET /v1/things HTTP/1.1\r\n" FIELD_HOST "X-A : b\r\n\r\n",
    "POST /v1/things HTTP/1.1\r\n" FIELD_HOST "Content-Type: application/json\r\n"
    "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
    "POST /v1/things HTTP/1.1\r\n" FIELD_HOST "Content-Type: application/json\r\n"
    "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "POST /v1/things HTTP/1.1\r\n" FIELD_HOST "Content-Type: application/json\r\n"
    "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
  };
  g_autoptr (KabTestServer) server = start_server ();

  for (gsize i = 0; i < G_N_ELEMENTS (FIRST); i++)
    {
      int before = g_atomic_int_get (&n_handled);
      g_autofree char *both =
          g_strconcat (FIRST[i], "GET /v1/things HTTP/1.1\r\n" FIELD_HOST "\r\n", NULL);
      int fd = kab_test_connect (server->port);

      kab_test_send (fd, both, -1);
      g_assert_true (kab_test_is_closed (fd, KAB_TEST_PATIENCE_MS));
      close (fd);
      g_assert_cmpint (g_atomic_int_get (&n_handled), ==, before);
    }
  assert_alive (server);
}

static void
test_floods (void)
{
  g_autoptr (KabTestServer) server = start_server ();
  g_autoptr (GString) many = g_string_new ("GET /v1/things HTTP/1.1\r\n" FIELD_HOST);
  g_autoptr (GString) some = g_string_new ("GET /v1/things HTTP/1.1\r\n" FIELD_HOST);
  g_autoptr (GString) large = g_string_new ("GET /v1/things HTTP/1.1\r\n" FIELD_HOST "X-A: ");
  g_autoptr (GString) line = g_string_new ("GET /v1/things?a=");
  g_autoptr (GString) huge_line = g_string_new ("GET /v1/things?a=");
  g_autoptr (GString) chunks =
      g_string_new ("POST /v1/things HTTP/1.1\r\n" FIELD_HOST "Content-Type: application/json\r\n"
                    "Transfer-Encoding: chunked\r\n\r\n1");
  g_autoptr (GString) trailers =
      g_string_new ("POST /v1/things HTTP/1.1\r\n" FIELD_HOST "Content-Type: application/json\r\n"
                    "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n");

  for (guint i = 0; i < 10 * 1000; i++)
    g_string_append_printf (many, "X-%u: b\r\n", i);
  for (guint i = 0; i < 65; i++)
    g_string_append_printf (some, "X-%u: b\r\n", i);
  for (guint i = 0; i < 17 * 1024; i++)
    g_string_append_c (large, 'a');
  for (guint i = 0; i < 3000; i++)
    g_string_append_c (line, 'a');
  for (guint i = 0; i < 200 * 1000; i++)
    g_string_append_c (huge_line, 'a');
  for (guint i = 0; i < 100 * 1000; i++)
    g_string_append (chunks, ";x=y");
  for (guint i = 0; i < 100 * 1000; i++)
    g_string_append (trailers, "X-A: b\r\n");
  assert_refused (server, "10 000 fields", many->str, (gssize) many->len);
  g_string_append (some, "\r\n");
  assert_refused (server, "66 fields", some->str, (gssize) some->len);
  g_string_append (large, "\r\n\r\n");
  assert_refused (server, "large field", large->str, (gssize) large->len);
  g_string_append (line, " HTTP/1.1\r\n" FIELD_HOST "\r\n");
  assert_refused (server, "long line", line->str, (gssize) line->len);
  assert_refused (server, "huge line", huge_line->str, (gssize) huge_line->len);
  assert_refused (server, "chunk extensions", chunks->str, (gssize) chunks->len);
  assert_refused (server, "trailers", trailers->str, (gssize) trailers->len);
  assert_alive (server);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (MESSAGES); i++)
    {
      g_autofree char *path = g_strconcat ("/server/messages/", MESSAGES[i].name, NULL);

      g_test_add_data_func (path, &MESSAGES[i], test_bad_message);
    }
  g_test_add_func ("/server/messages/pipelining", test_pipelining);
  g_test_add_func ("/server/messages/floods", test_floods);
  return g_test_run ();
}
