/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-api-private.h"
#include "kab-test-server.h"

#define PROBLEM(status, code) "{'type':'about:blank','title':'','status':" #status ",'code':'" code "'}"
#define HTTP_OK "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"

static const KabTimeouts quick = {
  .io = 2,
  .call = 1,
  .silence = 2,
  .retry_ms = 4,
  .probe_min_ms = 20,
  .probe_max_ms = 100,
};

static KabApi *
new_api (KabTestServer *server)
{
  g_autoptr (GError) error = NULL;
  KabApi *api = kab_api_new (kab_test_server_get_address (server), &error);

  g_assert_no_error (error);
  kab_api_set_timeouts (api, &quick);

  return api;
}

/* Returns: (transfer full) (nullable) */
static KabReply *
send_request (KabApi *api, KabRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  kab_api_call_async (api, request, cancellable, kab_test_keep_result, &result);
  kab_test_wait_for_result (&result);

  return kab_api_call_finish (api, result, error);
}

static KabReply *
get (KabApi *api, const char *path, GError **error)
{
  g_autoptr (KabRequest) request = kab_request_new ("GET", path);

  return send_request (api, request, NULL, error);
}

static void
test_addresses (void)
{
  static const char *const good[][2] = {
    { "https://bank.example", "https://bank.example" },
    { "https://bank.example/", "https://bank.example" },
    { "https://bank.example:8443/api/", "https://bank.example:8443/api" },
    { "http://127.0.0.1:99", "http://127.0.0.1:99" },
    { "http://localhost:99", "http://localhost:99" },
    { "http://[::1]:99", "http://[::1]:99" },
  };
  static const char *const bad[] = {
    "", "bank.example", "http://bank.example", "ftp://bank.example", "https://", "http://10.0.0.1",
    "https://user@bank.example", "https://u:p@bank.example", "https://bank.example/?a=b",
    "https://bank.example/#x", "file:///etc/passwd", "http://127.0.0.1.bank.example",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KabApi) api = kab_api_new (good[i][0], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (kab_api_get_base_uri (api), ==, good[i][1]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      KabApi *api = kab_api_new (bad[i], &error);

      g_assert_null (api);
      g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_ADDRESS);
    }
}

static void
test_call (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = new_api (server);
  g_autoptr (GError) error = NULL;
  KabRequest *request = kab_request_new ("POST", "/v1/things/{}/x", "a/b?c");
  KabReply *reply;
  g_autofree char *body = NULL;
  g_autofree char *key = NULL;
  g_autofree char *match = NULL;
  g_autofree char *token = NULL;
  g_autofree char *query = NULL;
  g_autofree char *agent = NULL;

  kab_test_server_reply_full (server, "POST /v1/things/a/b?c/x", 201, "application/json",
                              "{'ok':true}", "ETag", "\"4\"");
  kab_test_server_reply_full (server, "POST /v1/things/a%2Fb%3Fc/x", 201, "application/json",
                              "{'ok':true}", "ETag", "\"4\"");
  kab_api_set_token (api, "secret-token");
  kab_request_add_query (request, "q", "ē &x");
  kab_request_add_query (request, "none", NULL);
  kab_request_add_query (request, "n", "2");
  kab_request_set_idempotency_key (request, "0123456789abcdef");
  kab_request_set_if_match (request, 3);
  kab_request_take_body (request, kab_test_json ("{'a':[1,2]}"));
  reply = send_request (api, request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kab_reply_get_status (reply), ==, 201);
  g_assert_cmpstr (kab_reply_get_etag (reply), ==, "\"4\"");
  g_assert_true (json_object_get_boolean_member (kab_reply_get_object (reply), "ok"));
  kab_reply_unref (reply);

#define ROUTE "POST /v1/things/a/b?c/x"
  body = kab_test_server_dup_body (server, ROUTE);
  g_assert_cmpstr (body, ==, "{\"a\":[1,2]}");
  key = kab_test_server_dup_header (server, ROUTE, "Idempotency-Key");
  g_assert_cmpstr (key, ==, "0123456789abcdef");
  match = kab_test_server_dup_header (server, ROUTE, "If-Match");
  g_assert_cmpstr (match, ==, "\"3\"");
  token = kab_test_server_dup_header (server, ROUTE, "Authorization");
  g_assert_cmpstr (token, ==, "Bearer secret-token");
  query = kab_test_server_dup_query (server, ROUTE);
  g_assert_cmpstr (query, ==, "q=%C4%93%20%26x&n=2");
  agent = kab_test_server_dup_header (server, ROUTE, "User-Agent");
  g_assert_true (g_str_has_prefix (agent, "Kabinets/"));

  kab_request_unref (request);
  g_assert_finalize_object (api);
}

typedef struct
{
  guint status;
  const char *type;
  const char *body;
  KabApiError code;
} Refusal;

static const Refusal refusals[] = {
  { 400, "application/problem+json", PROBLEM (400, "body-wrong"), KAB_API_ERROR_REFUSED },
  { 401, "application/problem+json", PROBLEM (401, "credentials-wrong"), KAB_API_ERROR_REFUSED },
  { 403, "application/problem+json", PROBLEM (403, "password-change-required"),
    KAB_API_ERROR_PASSWORD_CHANGE_REQUIRED },
  { 403, "application/problem+json", PROBLEM (403, "forbidden"), KAB_API_ERROR_REFUSED },
  { 404, "application/problem+json", PROBLEM (404, "not-found"), KAB_API_ERROR_NOT_FOUND },
  { 409, "application/problem+json", PROBLEM (409, "application-open"), KAB_API_ERROR_REFUSED },
  { 412, "application/problem+json", PROBLEM (412, "version-conflict"), KAB_API_ERROR_CONFLICT },
  { 422, "application/problem+json", PROBLEM (422, "form-invalid"), KAB_API_ERROR_REFUSED },
  { 429, "application/problem+json", PROBLEM (429, "too-many"), KAB_API_ERROR_BUSY },
  { 500, "application/problem+json", PROBLEM (500, "internal"), KAB_API_ERROR_FAILED },
  { 502, "application/problem+json", PROBLEM (502, "provider-unavailable"), KAB_API_ERROR_FAILED },
  /* what isn't the bank */
  { 200, "text/html", "<html>Sign in to the hotel's network</html>", KAB_API_ERROR_GARBAGE },
  { 200, "application/json", "{'a':1", KAB_API_ERROR_GARBAGE },
  { 200, "application/json", "[1]", KAB_API_ERROR_GARBAGE },
  { 200, "application/json", "{'a':1,'a':2}", KAB_API_ERROR_GARBAGE },
  { 200, "application/json", "", KAB_API_ERROR_GARBAGE },
  { 200, "text/plain", "{'a':1}", KAB_API_ERROR_GARBAGE },
  { 403, "text/html", "<html>", KAB_API_ERROR_GARBAGE },
  { 500, "text/html", "<html>", KAB_API_ERROR_FAILED },
  { 503, "text/html", "<html>", KAB_API_ERROR_BUSY },
};

static void
test_refusals (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = new_api (server);

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      const Refusal *refusal = &refusals[i];
      g_autofree char *path = g_strdup_printf ("/v1/%u", i);
      g_autofree char *route = g_strdup_printf ("GET %s", path);
      g_autoptr (GError) error = NULL;
      KabReply *reply;

      kab_test_server_reply_full (server, route, refusal->status, refusal->type, refusal->body,
                                  NULL, NULL);
      reply = get (api, path, &error);
      g_assert_null (reply);
      g_assert_error (error, KAB_API_ERROR, (int) refusal->code);
      g_assert_true (kab_api_get_online (api));
      if (g_str_equal (refusal->type, "application/problem+json"))
        g_assert_cmpuint (kab_problem_get_status (kab_api_problem_from_error (error)), ==,
                          refusal->status);
    }
  g_assert_finalize_object (api);
}

static void
test_problem (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = new_api (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;
  KabProblem *problem;
  KabReply *reply;

  kab_test_server_reply_full (
      server, "GET /v1/x", 429, "application/problem+json",
      "{'type':'t','title':'T','status':429,'code':'resend-too-early','requestId':'r1','errors':"
      "[{'pointer':'/a','code':'c1','params':{'n':3}},{'pointer':'/b','code':'c2'},{'code':'x'},7]}",
      "Retry-After", "42");
  reply = get (api, "/v1/x", &error);
  g_assert_null (reply);
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_BUSY);
  copy = g_error_copy (error);
  g_clear_error (&error);

  problem = kab_api_problem_from_error (copy);
  g_assert_cmpstr (kab_problem_get_code (problem), ==, "resend-too-early");
  g_assert_cmpstr (kab_problem_get_request_id (problem), ==, "r1");
  g_assert_cmpint (kab_problem_get_retry_after (problem), ==, 42);
  g_assert_cmpuint (kab_problem_get_n_errors (problem), ==, 2);
  g_assert_cmpstr (kab_problem_get_pointer (problem, 0), ==, "/a");
  g_assert_cmpint (json_object_get_int_member (kab_problem_get_params (problem, 0), "n"), ==, 3);
  g_assert_cmpint (kab_problem_find (problem, "/b"), ==, 1);
  g_assert_cmpint (kab_problem_find (problem, "/c"), ==, -1);
  g_assert_finalize_object (api);
}

static void
test_retries (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = new_api (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabRequest) post = kab_request_new ("POST", "/v1/post");
  KabReply *reply;

  /* a GET survives three cuts */
  for (guint i = 0; i < 3; i++)
    kab_test_server_trick (server, "GET /v1/x", KAB_TEST_CUT, NULL);
  kab_test_server_reply (server, "GET /v1/x", 200, "{}");
  reply = get (api, "/v1/x", &error);
  g_assert_no_error (error);
  kab_reply_unref (reply);
  g_assert_cmpuint (kab_test_server_count (server, "GET /v1/x"), ==, 4);
  g_assert_true (kab_api_get_online (api));

  /* busy for a moment */
  kab_test_server_reply_full (server, "GET /v1/busy", 503, "application/problem+json",
                              PROBLEM (503, "busy"), NULL, NULL);
  kab_test_server_reply (server, "GET /v1/busy", 200, "{}");
  reply = get (api, "/v1/busy", &error);
  g_assert_no_error (error);
  kab_reply_unref (reply);

  /* busy for longer is told */
  kab_test_server_reply_full (server, "GET /v1/long", 503, "application/problem+json",
                              PROBLEM (503, "busy"), "Retry-After", "30");
  reply = get (api, "/v1/long", &error);
  g_assert_null (reply);
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_cmpuint (kab_test_server_count (server, "GET /v1/long"), ==, 1);

  /* a POST without a key is sent once */
  kab_test_server_trick (server, "POST /v1/post", KAB_TEST_CUT, NULL);
  reply = send_request (api, post, NULL, &error);
  g_assert_null (reply);
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_assert_cmpuint (kab_test_server_count (server, "POST /v1/post"), ==, 1);
  kab_test_server_reply (server, "GET /healthz", 200, "{}");
  kab_test_wait_until (kab_api_get_online (api));

  /* with a key it is repeated, with the same key */
  kab_test_server_forget (server, "POST /v1/post");
  kab_test_server_trick (server, "POST /v1/post", KAB_TEST_CUT, NULL);
  kab_test_server_reply (server, "POST /v1/post", 201, "{}");
  kab_request_set_idempotency_key (post, "0123456789abcdef");
  reply = send_request (api, post, NULL, &error);
  g_assert_no_error (error);
  kab_reply_unref (reply);
  g_assert_cmpuint (kab_test_server_count (server, "POST /v1/post"), ==, 3);
  g_assert_finalize_object (api);
}

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
      KabApi *api = new_api (server);
      g_autoptr (GError) error = NULL;
      KabReply *reply;

      kab_test_server_trick (server, "GET /v1/x", lines[i].trick, lines[i].body);
      reply = get (api, "/v1/x", &error);
      g_assert_null (reply);
      g_assert_error (error, KAB_API_ERROR, (int) lines[i].code);
      g_assert_cmpint (kab_api_get_online (api), ==, !kab_api_error_is_connection (error));
      kab_api_note_success (api);
      g_assert_finalize_object (api);
    }
}

static void
test_redirects (void)
{
  static const char *const targets[] = { "/v1/y", "http://127.0.0.1:1/v1/y", "http://bank.example/",
                                         "https://bank.example/" };
  static const guint codes[] = { 301, 302, 303, 307, 308 };
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = new_api (server);

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
      reply = get (api, path, &error);
      g_assert_null (reply);
      g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE);
    }
  g_assert_cmpuint (kab_test_server_count (server, "GET /v1/y"), ==, 0);
  g_assert_finalize_object (api);
}

static void
test_too_large (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = new_api (server);
  g_autoptr (GError) error = NULL;
  g_autofree char *body = g_strnfill (9 * 1024 * 1024, ' ');
  KabReply *reply;

  kab_test_server_reply (server, "GET /v1/x", 200, body);
  reply = get (api, "/v1/x", &error);
  g_assert_null (reply);
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE);
  g_assert_finalize_object (api);
}

static void
ended_cb (KabApi *api, guint *count)
{
  (*count)++;
}

static void
test_session_ends (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = new_api (server);
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (KabRequest) request = kab_request_new ("GET", "/v1/x");
  g_autoptr (GError) error = NULL;
  guint count = 0;
  KabReply *reply;

  kab_test_server_reply (server, "GET /v1/x", 401, PROBLEM (401, "session-ended"));
  g_signal_connect (api, "session-ended", G_CALLBACK (ended_cb), &count);

  /* two calls fail, the session ends once */
  kab_api_set_token (api, "one");
  kab_api_call_async (api, request, NULL, kab_test_keep_result, &first);
  kab_api_call_async (api, request, NULL, kab_test_keep_result, &second);
  kab_test_wait_until (first != NULL && second != NULL);
  reply = kab_api_call_finish (api, first, &error);
  g_assert_null (reply);
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_UNAUTHORIZED);
  g_clear_error (&error);
  reply = kab_api_call_finish (api, second, &error);
  g_assert_null (reply);
  g_assert_cmpuint (count, ==, 1);
  g_assert_false (kab_api_get_signed_in (api));

  /* the answer to an old token says nothing about a new one */
  g_clear_error (&error);
  g_clear_object (&first);
  kab_api_set_token (api, "two");
  kab_test_server_set_delay (server, 100);
  kab_api_call_async (api, request, NULL, kab_test_keep_result, &first);
  kab_test_wait_until (kab_test_server_count (server, "GET /v1/x") == 3);
  kab_api_set_token (api, "three");
  kab_test_wait_for_result (&first);
  g_assert_true (kab_api_get_signed_in (api));
  g_assert_cmpuint (count, ==, 1);
  g_clear_object (&first);
  g_clear_object (&second);
  g_assert_finalize_object (api);
}

static void
test_cancel (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = new_api (server);
  g_autoptr (KabRequest) request = kab_request_new ("GET", "/v1/x");
  g_autoptr (GError) error = NULL;
  KabReply *reply;

  /* before, while waiting for the answer, while pausing between repeats */
  for (guint stage = 0; stage < 3; stage++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      gint64 start = g_get_monotonic_time ();

      kab_test_server_forget (server, "GET /v1/x");
      if (stage == 1)
        kab_test_server_trick (server, "GET /v1/x", KAB_TEST_SILENT, NULL);
      else
        kab_test_server_reply_full (server, "GET /v1/x", 503, "application/problem+json",
                                    PROBLEM (503, "busy"), "Retry-After", "2");
      if (stage == 0)
        g_cancellable_cancel (cancellable);
      kab_api_call_async (api, request, cancellable, kab_test_keep_result, &result);
      if (stage > 0)
        kab_test_run_for (100);
      g_cancellable_cancel (cancellable);
      kab_test_wait_for_result (&result);
      reply = kab_api_call_finish (api, result, &error);
      g_assert_null (reply);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
    }
  g_assert_cmpuint (kab_test_server_count (server, "GET /v1/x"), ==, 2);
  g_assert_finalize_object (api);
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
  KabApi *api = new_api (server);
  g_autoptr (GError) error = NULL;
  guint count = 0;
  KabReply *reply;

  kab_test_server_reply (server, "GET /v1/x", 200, "{}");
  kab_test_server_reply (server, "GET /healthz", 200, "{}");
  g_signal_connect (api, "notify::online", G_CALLBACK (online_cb), &count);

  kab_test_server_go_down (server);
  reply = get (api, "/v1/x", &error);
  g_assert_null (reply);
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_assert_false (kab_api_get_online (api));
  g_assert_cmpuint (count, ==, 1);

  kab_test_server_come_back (server);
  kab_test_wait_until (kab_api_get_online (api));
  g_assert_cmpuint (count, ==, 2);
  reply = get (api, "/v1/x", &error);
  g_assert_no_error (error);
  kab_reply_unref (reply);
  g_assert_finalize_object (api);
}

/* After so many failures nobody waits any more; a wish of the user closes the circuit. */
static void
test_breaker (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_api_new (kab_test_server_get_address (server), NULL);
  KabTimeouts slow_probe = quick;
  g_autoptr (GError) error = NULL;
  KabReply *reply;

  slow_probe.probe_min_ms = slow_probe.probe_max_ms = 60000;
  kab_api_set_timeouts (api, &slow_probe);
  kab_test_server_reply (server, "GET /v1/x", 200, "{}");
  kab_test_server_reply (server, "GET /healthz", 200, "{}");
  kab_test_server_go_down (server);
  for (guint i = 0; i < 5; i++)
    {
      reply = get (api, "/v1/x", &error);
      g_assert_null (reply);
      g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_UNREACHABLE);
      g_clear_error (&error);
    }
  g_assert_true (kab_api_is_broken (api));

  kab_test_server_come_back (server);
  reply = get (api, "/v1/x", &error);
  g_assert_null (reply);
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_assert_cmpuint (kab_test_server_count (server, "GET /v1/x"), ==, 0);

  kab_api_reconnect (api);
  kab_test_wait_until (kab_api_get_online (api));
  reply = get (api, "/v1/x", &error);
  g_assert_no_error (error);
  kab_reply_unref (reply);
  g_assert_finalize_object (api);
}

static void
test_certificate (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "fixtures", "tls", "self-signed.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);
  g_autoptr (KabTestServer) server = NULL;
  KabApi *api;
  KabReply *reply;

  g_assert_no_error (error);
  server = kab_test_server_new_tls (certificate);
  api = new_api (server);
  kab_api_set_token (api, "secret-token");
  kab_test_server_reply (server, "GET /v1/x", 200, "{}");
  reply = get (api, "/v1/x", &error);
  g_assert_null (reply);
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_UNTRUSTED);
  g_assert_cmpuint (kab_test_server_count (server, "GET /v1/x"), ==, 0);
  g_assert_finalize_object (api);
}

static void
test_move (void)
{
  g_autoptr (KabTestServer) first = kab_test_server_new ();
  g_autoptr (KabTestServer) second = kab_test_server_new ();
  KabApi *api = new_api (first);
  g_autoptr (GError) error = NULL;
  KabReply *reply;

  kab_test_server_reply (second, "GET /v1/x", 200, "{}");
  g_assert_cmpstr (kab_api_get_bank_key (api), ==, kab_test_server_get_address (first));
  kab_api_set_bank_key (api, "demo");
  g_assert_false (kab_api_set_base_uri (api, "http://bank.example", &error));
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_ADDRESS);
  g_clear_error (&error);

  g_assert_true (kab_api_set_base_uri (api, kab_test_server_get_address (second), &error));
  reply = get (api, "/v1/x", &error);
  g_assert_no_error (error);
  kab_reply_unref (reply);
  g_assert_cmpstr (kab_api_get_bank_key (api), ==, "demo");
  g_assert_finalize_object (api);
}

static void
test_bytes (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = new_api (server);
  g_autoptr (KabRequest) request = kab_request_new ("GET", "/v1/pdf");
  g_autoptr (GError) error = NULL;
  KabReply *reply;

  kab_request_expect_bytes (request, "application/pdf");
  kab_test_server_reply_full (server, "GET /v1/pdf", 200, "application/pdf", "%PDF-1.7", NULL,
                              NULL);
  kab_test_server_reply_full (server, "GET /v1/pdf", 200, "text/html", "<html>", NULL, NULL);
  reply = send_request (api, request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (kab_reply_get_bytes (reply), NULL),
                   g_bytes_get_size (kab_reply_get_bytes (reply)), "%PDF-1.7", 8);
  kab_reply_unref (reply);

  reply = send_request (api, request, NULL, &error);
  g_assert_null (reply);
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE);
  g_assert_finalize_object (api);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/api/addresses", test_addresses);
  g_test_add_func ("/api/call", test_call);
  g_test_add_func ("/api/refusals", test_refusals);
  g_test_add_func ("/api/problem", test_problem);
  g_test_add_func ("/api/retries", test_retries);
  g_test_add_func ("/api/line", test_line);
  g_test_add_func ("/api/redirects", test_redirects);
  g_test_add_func ("/api/too-large", test_too_large);
  g_test_add_func ("/api/session-ends", test_session_ends);
  g_test_add_func ("/api/cancel", test_cancel);
  g_test_add_func ("/api/offline", test_offline);
  g_test_add_func ("/api/breaker", test_breaker);
  g_test_add_func ("/api/certificate", test_certificate);
  g_test_add_func ("/api/move", test_move);
  g_test_add_func ("/api/bytes", test_bytes);

  return g_test_run ();
}
