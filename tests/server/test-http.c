/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server promises its handlers and its clients, over loopback. */

#include <string.h>
#include <unistd.h>

#include "kab-json.h"
#include "kab-problem.h"
#include "kab-request.h"
#include "kab-test-server.h"

typedef struct
{
  int n_handled;
  int is_blocked; /* handlers wait while it is set */
  int n_blocked;
} Counters;

static Counters counters;

static void
wait_while_blocked (void)
{
  g_atomic_int_inc (&counters.n_blocked);
  while (g_atomic_int_get (&counters.is_blocked))
    g_usleep (1000);
  g_atomic_int_add (&counters.n_blocked, -1);
}

static KabResponse *
echo_handler (KabRequest *request, gpointer user_data, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *client = g_inet_address_to_string (kab_request_get_client_address (request));
  const char *id = kab_request_get_parameter (request, "id");
  const char *query = kab_request_get_query (request, "q");
  KabResponse *response;

  g_atomic_int_inc (&counters.n_handled);
  json_object_set_string_member (object, "method", kab_request_get_method (request));
  json_object_set_string_member (object, "route", kab_request_get_route_path (request));
  json_object_set_string_member (object, "client", client);
  json_object_set_string_member (object, "id", id ? id : "");
  json_object_set_string_member (object, "query", query ? query : "");
  if (kab_request_get_json (request))
    json_object_set_int_member (object, "members",
                                json_object_get_size (kab_request_get_json (request)));
  if (kab_request_get_if_match (request))
    json_object_set_string_member (object, "ifMatch", kab_request_get_if_match (request));
  response = kab_response_new_json (200, g_steal_pointer (&object));
  kab_response_set_etag (response, "7");
  return response;
}

static KabResponse *
failing_handler (KabRequest *request, gpointer user_data, GError **error)
{
  const char *how = kab_request_get_parameter (request, "how");

  if (g_str_equal (how, "fields"))
    {
      g_autoptr (JsonObject) params = json_object_new ();

      json_object_set_int_member (params, "limit", 3);
      kab_problem_set (error, KAB_PROBLEM_VALIDATION_FAILED, NULL);
      kab_problem_add_field (*error, "/name", "too-long", params);
    }
  else if (g_str_equal (how, "member"))
    {
      g_autoptr (JsonObject) body = json_object_new ();

      kab_json_get_string (body, "name", 10, error);
    }
  else if (g_str_equal (how, "mapped"))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "secret table name");
  else if (g_str_equal (how, "unknown"))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "secret table name");
  return NULL;
}

static KabResponse *
blocking_handler (KabRequest *request, gpointer user_data, GError **error)
{
  wait_while_blocked ();
  g_atomic_int_inc (&counters.n_handled);
  return kab_response_new_empty (204);
}

static KabResponse *
immediate_handler (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_response_new_bytes (200, "text/plain; charset=utf-8", g_bytes_new_static ("ok\n", 3));
}

static const KabRoute ROUTES[] = {
  { KAB_METHOD_GET, "/v1/things/{id}", "getThing", echo_handler, KAB_ACCESS_PUBLIC },
  { KAB_METHOD_PUT, "/v1/things/{id}", "putThing", echo_handler, KAB_ACCESS_PUBLIC,
    KAB_ROUTE_NEEDS_IF_MATCH, KAB_BODY_JSON },
  { KAB_METHOD_POST, "/v1/things", "createThing", echo_handler, KAB_ACCESS_PUBLIC,
    KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY, KAB_BODY_JSON, .body_limit = 1000 },
  { KAB_METHOD_GET, "/v1/things/{id}/parts", "listParts", echo_handler, KAB_ACCESS_PUBLIC },
  { KAB_METHOD_GET, "/v1/mine", "getMine", echo_handler, KAB_ACCESS_CLIENT },
  { KAB_METHOD_GET, "/v1/queue", "getQueue", echo_handler, KAB_ACCESS_STAFF },
  { KAB_METHOD_GET, "/v1/both", "getBoth", echo_handler, KAB_ACCESS_PUBLIC | KAB_ACCESS_CLIENT },
  { KAB_METHOD_GET, "/v1/failing/{how}", "fail", failing_handler, KAB_ACCESS_PUBLIC },
  { KAB_METHOD_GET, "/v1/blocking", "block", blocking_handler, KAB_ACCESS_PUBLIC },
  { KAB_METHOD_GET, "/healthz", "health", immediate_handler, KAB_ACCESS_PUBLIC,
    KAB_ROUTE_IMMEDIATE },
};

static gboolean
authenticate (KabRequest *request, KabAccess *role, gpointer user_data, GError **error)
{
  g_autofree char *token = kab_request_dup_bearer_token (request);

  if (g_strcmp0 (token, "client") == 0)
    *role = KAB_ACCESS_CLIENT;
  else if (g_strcmp0 (token, "staff") == 0)
    *role = KAB_ACCESS_STAFF;
  else if (g_strcmp0 (token, "new") == 0)
    *role = KAB_ACCESS_PASSWORD_CHANGE;
  else if (token)
    kab_problem_set (error, KAB_PROBLEM_UNAUTHENTICATED, NULL);
  return *role != KAB_ACCESS_PUBLIC || !token;
}

static gboolean
map_error (const GError *error, gpointer user_data, GError **problem)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
    return FALSE;
  kab_problem_set_retry (problem, KAB_PROBLEM_STORE_UNAVAILABLE, 5);
  return TRUE;
}

static KabTestServer *
start_server_with (KabHttpSettings *settings)
{
  KabTestServer *server;

  counters = (Counters) { 0 };
  server = kab_test_server_new (settings, ROUTES, G_N_ELEMENTS (ROUTES), NULL);
  kab_http_server_set_authenticator (server->server, authenticate, NULL);
  kab_http_server_set_error_mapper (server->server, map_error, NULL);
  return server;
}

static KabTestServer *
start_server (void)
{
  KabHttpSettings settings;

  kab_http_settings_init (&settings);
  return start_server_with (&settings);
}

static void
assert_problem (KabTestReply *reply, guint status, const char *code)
{
  g_autofree char *type = kab_test_reply_header (reply, "content-type");
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpstr (type, ==, "application/problem+json");
  node = json_from_string (reply->body, NULL);
  object = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (object, "code"), ==, code);
  g_assert_cmpint (json_object_get_int_member (object, "status"), ==, status);
  g_assert_true (g_str_has_suffix (json_object_get_string_member (object, "type"), code));
}

static void
assert_get_problem (KabTestServer *server,
                    const char *path,
                    const char *headers,
                    guint status,
                    const char *code)
{
  g_autoptr (KabTestReply) reply = kab_test_get (server->port, path, headers);

  assert_problem (reply, status, code);
}

static void
assert_status (KabTestServer *server, const char *message, guint status)
{
  g_autoptr (KabTestReply) reply = kab_test_ask (server->port, message, -1);

  if (reply->status != status)
    g_error ("%s\nanswered with %u, expected %u", message, reply->status, status);
}

static char *
get_member (KabTestReply *reply, const char *name)
{
  g_autoptr (JsonNode) node = json_from_string (reply->body, NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  return g_strdup (json_object_get_string_member (json_node_get_object (node), name));
}

static void
assert_echo (KabTestServer *server, const char *path, const char *member, const char *expected)
{
  g_autoptr (KabTestReply) reply = kab_test_get (server->port, path, NULL);
  g_autofree char *value = get_member (reply, member);

  g_assert_cmpstr (value, ==, expected);
}

static void
test_routing (void)
{
  g_autoptr (KabTestServer) server = start_server ();
  g_autofree char *long_id = g_strnfill (65, 'a');
  g_autofree char *long_path = g_strconcat ("/v1/things/", long_id, NULL);
  guint n_routes;

  kab_router_get_routes (server->router, &n_routes);
  g_assert_cmpuint (n_routes, ==, G_N_ELEMENTS (ROUTES));
  assert_echo (server, "/v1/things/a-B_9", "id", "a-B_9");
  assert_echo (server, "/v1/things/%61bc", "id", "abc");
  assert_echo (server, "/v1/things/a/parts", "route", "/v1/things/{id}/parts");
  assert_echo (server, "/v1/things/a?q=l%C4%ABgums+1", "query", "līgums 1");
  assert_get_problem (server, "/v1/things/a%2Fparts", NULL, 400, "invalid-path");
  assert_get_problem (server, "/v1/things/a%5Cb", NULL, 400, "invalid-path");
  assert_get_problem (server, "/v1/things/a.b", NULL, 404, "not-found");
  assert_get_problem (server, long_path, NULL, 404, "not-found");
  assert_get_problem (server, "/v1/things/", NULL, 404, "not-found");
  assert_get_problem (server, "/v1//things/a", NULL, 404, "not-found");
  assert_get_problem (server, "/v1/nothing", NULL, 404, "not-found");
  assert_get_problem (server, "/v1", NULL, 404, "not-found");
  assert_get_problem (server, "/", NULL, 404, "not-found");
}

static void
test_methods (void)
{
  g_autoptr (KabTestServer) server = start_server ();
  g_autoptr (KabTestReply) wrong = NULL;
  g_autoptr (KabTestReply) options = NULL;
  g_autofree char *allow = NULL;
  g_autofree char *options_allow = NULL;
  int fd = kab_test_connect (server->port);
  g_autoptr (KabTestReply) next = NULL;

  wrong = kab_test_ask (server->port, "DELETE /v1/things/a HTTP/1.1\r\nHost: h\r\n\r\n", -1);
  assert_problem (wrong, 405, "method-not-allowed");
  allow = kab_test_reply_header (wrong, "allow");
  g_assert_cmpstr (allow, ==, "GET, HEAD, PUT, OPTIONS");
  options = kab_test_ask (server->port, "OPTIONS /v1/things HTTP/1.1\r\nHost: h\r\n\r\n", -1);
  g_assert_cmpuint (options->status, ==, 204);
  options_allow = kab_test_reply_header (options, "allow");
  g_assert_cmpstr (options_allow, ==, "POST, OPTIONS");
  /* A HEAD has GET's header section and no body: what follows is the next response. */
  kab_test_send (fd, "HEAD /v1/things/a HTTP/1.1\r\nHost: h\r\n\r\n", -1);
  KAB_TEST_WAIT (g_atomic_int_get (&counters.n_handled) == 1);
  kab_test_send (fd, "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n", -1);
  next = kab_test_receive (fd, KAB_TEST_PATIENCE_MS);
  g_assert_cmpuint (next->status, ==, 200);
  g_assert_true (g_str_has_prefix (next->body, "HTTP/1.1 200"));
  close (fd);
}

static void
test_common_headers (void)
{
  g_autoptr (KabTestServer) server = start_server ();
  g_autoptr (KabTestReply) reply =
      kab_test_get (server->port, "/v1/things/a", "X-Request-Id: mine\r\n");
  g_autofree char *cache = kab_test_reply_header (reply, "cache-control");
  g_autofree char *sniff = kab_test_reply_header (reply, "x-content-type-options");
  g_autofree char *id = kab_test_reply_header (reply, "x-request-id");
  g_autofree char *date = kab_test_reply_header (reply, "date");
  g_autofree char *server_name = kab_test_reply_header (reply, "server");
  g_autoptr (KabTestReply) known =
      kab_test_get (server->port, "/v1/things/a", "If-None-Match: \"7\"\r\n");

  g_assert_cmpstr (cache, ==, "no-store");
  g_assert_cmpstr (sniff, ==, "nosniff");
  g_assert_cmpuint (strlen (id), ==, 32);
  g_assert_nonnull (date);
  g_assert_null (server_name);
  g_assert_cmpuint (known->status, ==, 304);
}

static void
test_bodies (void)
{
#define POST(fields, body)                                                                         \
  "POST /v1/things HTTP/1.1\r\nHost: h\r\nIdempotency-Key: 0123456789abcdef\r\n" fields "\r"       \
  "\n" body
#define JSON "Content-Type: application/json\r\n"
  static const struct
  {
    const char *message;
    guint status;
  } CASES[] = {
    { POST (JSON "Content-Length: 7\r\n", "{\"a\":1}"), 200 },
    { POST ("Content-Type: application/json; charset=utf-8\r\nContent-Length: 2\r\n", "{}"), 200 },
    { POST (JSON "Transfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n"), 200 },
    { POST (JSON "Content-Length: 13\r\n", "{\"a\":1,\"a\":2}"), 400 },
    { POST (JSON "Content-Length: 18\r\n", "{\"a\":1,\"\\u0061\":2}"), 400 },
    { POST (JSON "Content-Length: 2\r\n", "[]"), 400 },
    { POST (JSON "Content-Length: 0\r\n", ""), 400 },
    { POST (JSON "Content-Length: 3\r\n", "{}x"), 400 },
    { POST (JSON "Content-Length: 8\r\n", "{\"a\":01}"), 400 },
    { POST (JSON "Content-Length: 9\r\n", "{\"a\":NaN}"), 400 },
    { POST (JSON "Content-Length: 8\r\n", "{\"a\":1,}"), 400 },
    { POST (JSON "Content-Length: 7\r\n", "{'a':1}"), 400 },
    { POST (JSON "Content-Length: 8\r\n", "{}/*a*/ "), 400 },
    { POST (JSON "Content-Length: 9\r\n", "{\"a\":\"\xff\"}"), 400 },
    { POST (JSON "Content-Length: 27\r\n", "{\"a\":123456789012345678901}"), 400 },
    { POST ("Content-Type: text/plain\r\nContent-Length: 2\r\n", "{}"), 415 },
    { POST ("Content-Type: application/jsonx\r\nContent-Length: 2\r\n", "{}"), 415 },
    { POST ("Content-Length: 2\r\n", "{}"), 415 },
    { POST (JSON "Content-Encoding: gzip\r\nContent-Length: 2\r\n", "{}"), 415 },
    { POST (JSON "Content-Length: 1001\r\n", ""), 413 },
    { POST (JSON "Content-Length: 1001\r\nExpect: 100-continue\r\n", ""), 413 },
    { "GET /v1/things/a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}", 400 },
    { "POST /v1/things HTTP/1.1\r\nHost: h\r\n" JSON "Content-Length: 2\r\n\r\n{}", 400 },
    { "POST /v1/things HTTP/1.1\r\nHost: h\r\nIdempotency-Key: 0123456789abcdef g\r\n" JSON
      "Content-Length: 2\r\n\r\n{}",
      400 },
    { "POST /v1/things HTTP/1.1\r\nHost: h\r\nIdempotency-Key: short\r\n" JSON
      "Content-Length: 2\r\n\r\n{}",
      400 },
    { "PUT /v1/things/a HTTP/1.1\r\nHost: h\r\n" JSON "Content-Length: 2\r\n\r\n{}", 428 },
    { "PUT /v1/things/a HTTP/1.1\r\nHost: h\r\nIf-Match: *\r\n" JSON "Content-Length: 2\r\n\r\n{}",
      400 },
    { "PUT /v1/things/a HTTP/1.1\r\nHost: h\r\nIf-Match: \"1\", \"2\"\r\n" JSON
      "Content-Length: 2\r\n\r\n{}",
      400 },
    { "PUT /v1/things/a HTTP/1.1\r\nHost: h\r\nIf-Match: \"1\"\r\n" JSON
      "Content-Length: 2\r\n\r\n{}",
      200 },
  };
#undef JSON
#undef POST
  g_autoptr (KabTestServer) server = start_server ();

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    assert_status (server, CASES[i].message, CASES[i].status);
}

/* Nesting is bounded, and a chunked body that grows over the limit is refused. */
static void
test_body_limits (void)
{
  g_autoptr (KabTestServer) server = start_server ();
  g_autofree char *deep = g_strnfill (400, '[');
  g_autofree char *nested = g_strdup_printf (
      "POST /v1/things HTTP/1.1\r\nHost: h\r\nIdempotency-Key: 0123456789abcdef\r\n"
      "Content-Type: application/json\r\n"
      "Content-Length: 405\r\n\r\n{\"a\":%s",
      deep);
  g_autofree char *long_text = g_strnfill (2000, ' ');
  g_autofree char *chunked = g_strdup_printf (
      "POST /v1/things HTTP/1.1\r\nHost: h\r\nIdempotency-Key: 0123456789abcdef\r\n"
      "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
      "7d0\r\n%s\r\n0\r\n\r\n",
      long_text);

  assert_status (server, nested, 400);
  assert_status (server, chunked, 413);
  g_assert_cmpint (counters.n_handled, ==, 0);
}

static void
test_expect_continue (void)
{
  g_autoptr (KabTestServer) server = start_server ();
  int fd = kab_test_connect (server->port);
  g_autoptr (KabTestReply) reply = NULL;
  char interim[26] = { 0 };

  kab_test_send (fd,
                 "POST /v1/things HTTP/1.1\r\nHost: h\r\nIdempotency-Key: 0123456789abcdef\r\n"
                 "Content-Type: application/json\r\nContent-Length: 2\r\n"
                 "Expect: 100-continue\r\n\r\n",
                 -1);
  g_assert_cmpint (read (fd, interim, 25), ==, 25);
  g_assert_cmpstr (interim, ==, "HTTP/1.1 100 Continue\r\n\r\n");
  kab_test_send (fd, "{}", 2);
  reply = kab_test_receive (fd, KAB_TEST_PATIENCE_MS);
  g_assert_cmpuint (reply->status, ==, 200);
  close (fd);
}

static void
test_access (void)
{
  static const struct
  {
    const char *path;
    const char *token;
    guint status;
  } CASES[] = {
    { "/v1/mine", NULL, 401 },     { "/v1/mine", "wrong", 401 }, { "/v1/mine", "client", 200 },
    { "/v1/mine", "staff", 403 },  { "/v1/queue", NULL, 401 },   { "/v1/queue", "client", 403 },
    { "/v1/queue", "staff", 200 }, { "/v1/both", NULL, 200 },    { "/v1/both", "client", 200 },
    { "/v1/mine", "new", 403 },    { "/v1/both", "wrong", 401 }, { "/v1/things/a", "wrong", 200 },
  };
  g_autoptr (KabTestServer) server = start_server ();

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *header =
          CASES[i].token ? g_strdup_printf ("Authorization: Bearer %s\r\n", CASES[i].token) : NULL;
      g_autoptr (KabTestReply) reply = kab_test_get (server->port, CASES[i].path, header);
      g_autofree char *scheme = kab_test_reply_header (reply, "www-authenticate");

      g_assert_cmpuint (reply->status, ==, CASES[i].status);
      g_assert_cmpint (scheme != NULL, ==, CASES[i].status == 401);
    }
}

static void
test_problems (void)
{
  g_autoptr (KabTestServer) server = start_server ();
  g_autoptr (KabTestReply) fields = kab_test_get (server->port, "/v1/failing/fields", NULL);
  g_autoptr (KabTestReply) mapped = kab_test_get (server->port, "/v1/failing/mapped", NULL);
  g_autoptr (KabTestReply) member = kab_test_get (server->port, "/v1/failing/member", NULL);
  g_autofree char *retry = kab_test_reply_header (mapped, "retry-after");

  assert_problem (fields, 422, "validation-failed");
  g_assert_nonnull (strstr (fields->body,
                            "\"errors\":[{\"pointer\":\"/name\",\"code\":\"too-long\","
                            "\"params\":{\"limit\":3}}]"));
  assert_problem (member, 422, "validation-failed");
  g_assert_nonnull (
      strstr (member->body, "\"errors\":[{\"pointer\":\"/name\",\"code\":\"member-missing\"}]"));
  assert_problem (mapped, 503, "store-unavailable");
  g_assert_cmpstr (retry, ==, "5");
  g_assert_null (strstr (mapped->body, "secret"));
  assert_get_problem (server, "/v1/failing/unknown", NULL, 500, "internal");
  assert_get_problem (server, "/v1/failing/nothing", NULL, 500, "internal");
}

/* One worker, one place in the queue: the third request is told to come back; health answers. */
static void
test_full_queue (void)
{
  KabHttpSettings settings;
  g_autoptr (KabTestServer) server = NULL;
  g_autoptr (KabTestReply) refused = NULL;
  g_autofree char *retry = NULL;
  int fds[2];

  kab_http_settings_init (&settings);
  settings.n_workers = 1;
  settings.queue_limit = 1;
  server = start_server_with (&settings);
  g_atomic_int_set (&counters.is_blocked, TRUE);
  for (guint i = 0; i < 2; i++)
    {
      fds[i] = kab_test_connect (server->port);
      kab_test_send (fds[i], "GET /v1/blocking HTTP/1.1\r\nHost: h\r\n\r\n", -1);
      if (i == 0)
        KAB_TEST_WAIT (g_atomic_int_get (&counters.n_blocked) == 1);
      else
        {
          g_autofree char *text = NULL;

          do
            {
              g_clear_pointer (&text, g_free);
              text = kab_metrics_to_text (server->metrics);
            }
          while (!strstr (text, "\nkabinets_queue_depth 1\n"));
        }
    }
  refused = kab_test_get (server->port, "/v1/blocking", NULL);
  assert_problem (refused, 503, "busy");
  retry = kab_test_reply_header (refused, "retry-after");
  g_assert_nonnull (retry);
  assert_status (server, "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n", 200);
  g_atomic_int_set (&counters.is_blocked, FALSE);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KabTestReply) reply = kab_test_receive (fds[i], KAB_TEST_PATIENCE_MS);

      g_assert_cmpuint (reply->status, ==, 204);
      close (fds[i]);
    }
}

static void
test_connection_limit (void)
{
  KabHttpSettings settings;
  g_autoptr (KabTestServer) server = NULL;
  int fds[3];

  kab_http_settings_init (&settings);
  settings.connection_limit_per_peer = 2;
  server = start_server_with (&settings);
  for (guint i = 0; i < 2; i++)
    fds[i] = kab_test_connect (server->port);
  KAB_TEST_WAIT (kab_http_server_get_n_connections (server->server) == 2);
  fds[2] = kab_test_connect (server->port);
  g_assert_true (kab_test_is_closed (fds[2], KAB_TEST_PATIENCE_MS));
  close (fds[0]);
  KAB_TEST_WAIT (kab_http_server_get_n_connections (server->server) == 1);
  assert_status (server, "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n", 200);
  close (fds[1]);
  close (fds[2]);
}

static void
test_metrics (void)
{
  g_autoptr (KabTestServer) server = start_server ();
  g_autofree char *text = NULL;

  assert_status (server, "GET /v1/things/a HTTP/1.1\r\nHost: h\r\n\r\n", 200);
  assert_status (server, "GET /v1/things/b HTTP/1.1\r\nHost: h\r\n\r\n", 200);
  assert_status (server, "BREW /v1/nothing HTTP/1.1\r\nHost: h\r\n\r\n", 404);
  KAB_TEST_WAIT (kab_http_server_get_n_connections (server->server) == 0);
  text = kab_metrics_to_text (server->metrics);
  g_assert_nonnull (strstr (text,
                            "kabinets_requests_total{method=\"GET\",route=\"/v1/things/{id}\","
                            "status=\"2xx\"} 2\n"));
  g_assert_nonnull (
      strstr (text, "kabinets_requests_total{method=\"other\",route=\"none\",status=\"4xx\"} 1\n"));
  g_assert_nonnull (strstr (text, "kabinets_request_seconds_bucket{method=\"GET\","
                                  "route=\"/v1/things/{id}\",le=\"+Inf\"} 2\n"));
  g_assert_nonnull (strstr (text, "kabinets_queue_depth 0\n"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/http/routing", test_routing);
  g_test_add_func ("/server/http/methods", test_methods);
  g_test_add_func ("/server/http/common-headers", test_common_headers);
  g_test_add_func ("/server/http/bodies", test_bodies);
  g_test_add_func ("/server/http/body-limits", test_body_limits);
  g_test_add_func ("/server/http/expect-continue", test_expect_continue);
  g_test_add_func ("/server/http/access", test_access);
  g_test_add_func ("/server/http/problems", test_problems);
  g_test_add_func ("/server/http/full-queue", test_full_queue);
  g_test_add_func ("/server/http/connection-limit", test_connection_limit);
  g_test_add_func ("/server/http/metrics", test_metrics);
  return g_test_run ();
}
