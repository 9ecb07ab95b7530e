/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-api-private.h"
#include "kab-test-client.h"

#define PROBLEM(status, code)                                                                      \
  "{'type':'about:blank','title':'','status':" #status ",'code':'" code "'}"

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
    "",
    "bank.example",
    "http://bank.example",
    "ftp://bank.example",
    "https://",
    "http://10.0.0.1",
    "https://user@bank.example",
    "https://u:p@bank.example",
    "https://bank.example/?a=b",
    "https://bank.example/#x",
    "file:///etc/passwd",
    "http://127.0.0.1.bank.example",
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
  KabApi *api = kab_test_api_new (server);
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
  reply = kab_test_api_send (api, request, &error);
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
  kab_test_let_go (api);
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
  KabApi *api = kab_test_api_new (server);

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      const Refusal *refusal = &refusals[i];
      g_autofree char *path = g_strdup_printf ("/v1/%u", i);
      g_autofree char *route = g_strdup_printf ("GET %s", path);
      g_autoptr (GError) error = NULL;
      KabReply *reply;

      kab_test_server_reply_full (server, route, refusal->status, refusal->type, refusal->body,
                                  NULL, NULL);
      reply = kab_test_api_get (api, path, &error);
      g_assert_null (reply);
      g_assert_error (error, KAB_API_ERROR, (int) refusal->code);
      g_assert_true (kab_api_get_online (api));
      if (g_str_equal (refusal->type, "application/problem+json"))
        g_assert_cmpuint (kab_problem_get_status (kab_api_problem_from_error (error)), ==,
                          refusal->status);
    }
  kab_test_let_go (api);
}

static void
test_problem (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;
  KabProblem *problem;
  KabReply *reply;

  kab_test_server_reply_full (
      server, "GET /v1/x", 429, "application/problem+json",
      "{'type':'t','title':'T','status':429,'code':'resend-too-early','requestId':'r1','errors':"
      "[{'pointer':'/a','code':'c1','params':{'n':3}},{'pointer':'/"
      "b','code':'c2'},{'code':'x'},7]}",
      "Retry-After", "42");
  reply = kab_test_api_get (api, "/v1/x", &error);
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
  kab_test_let_go (api);
}

static void
test_retries (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabRequest) post = kab_request_new ("POST", "/v1/post");
  KabReply *reply;

  /* a GET survives three cuts */
  for (guint i = 0; i < 3; i++)
    kab_test_server_trick (server, "GET /v1/x", KAB_TEST_CUT, NULL);
  kab_test_server_reply (server, "GET /v1/x", 200, "{}");
  reply = kab_test_api_get (api, "/v1/x", &error);
  g_assert_no_error (error);
  kab_reply_unref (reply);
  g_assert_cmpuint (kab_test_server_count (server, "GET /v1/x"), ==, 4);
  g_assert_true (kab_api_get_online (api));

  /* busy for a moment */
  kab_test_server_reply_full (server, "GET /v1/busy", 503, "application/problem+json",
                              PROBLEM (503, "busy"), NULL, NULL);
  kab_test_server_reply (server, "GET /v1/busy", 200, "{}");
  reply = kab_test_api_get (api, "/v1/busy", &error);
  g_assert_no_error (error);
  kab_reply_unref (reply);

  /* busy for longer is told */
  kab_test_server_reply_full (server, "GET /v1/long", 503, "application/problem+json",
                              PROBLEM (503, "busy"), "Retry-After", "30");
  reply = kab_test_api_get (api, "/v1/long", &error);
  g_assert_null (reply);
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_cmpuint (kab_test_server_count (server, "GET /v1/long"), ==, 1);

  /* a POST without a key is sent once */
  kab_test_server_trick (server, "POST /v1/post", KAB_TEST_CUT, NULL);
  reply = kab_test_api_send (api, post, &error);
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
  reply = kab_test_api_send (api, post, &error);
  g_assert_no_error (error);
  kab_reply_unref (reply);
  g_assert_cmpuint (kab_test_server_count (server, "POST /v1/post"), ==, 3);
  kab_test_let_go (api);
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
  KabApi *api = kab_test_api_new (server);
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
  kab_test_server_hold (server);
  kab_api_call_async (api, request, NULL, kab_test_keep_result, &first);
  kab_test_wait_until (kab_test_server_count (server, "GET /v1/x") == 3);
  kab_api_set_token (api, "three");
  kab_test_server_let_go (server);
  kab_test_wait_for_result (&first);
  g_assert_true (kab_api_get_signed_in (api));
  g_assert_cmpuint (count, ==, 1);
  g_clear_object (&first);
  g_clear_object (&second);
  kab_test_let_go (api);
}

static void
test_cancel (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);
  KabTimeouts timeouts = kab_test_timeouts;
  g_autoptr (KabRequest) request = kab_request_new ("GET", "/v1/x");
  g_autoptr (GError) error = NULL;
  KabReply *reply;

  /* longer than a result is waited for here */
  timeouts.retry_ms = 10 * 60 * 1000;
  kab_api_set_timeouts (api, &timeouts);
  /* before, while waiting for the answer, while pausing between repeats */
  for (guint stage = 0; stage < 3; stage++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;

      kab_test_server_forget (server, "GET /v1/x");
      if (stage == 1)
        kab_test_server_trick (server, "GET /v1/x", KAB_TEST_SILENT, NULL);
      else
        kab_test_server_reply (server, "GET /v1/x", 503, PROBLEM (503, "busy"));
      if (stage == 0)
        g_cancellable_cancel (cancellable);
      kab_api_call_async (api, request, cancellable, kab_test_keep_result, &result);
      kab_test_wait_until (kab_test_server_count (server, "GET /v1/x") == stage);
      if (stage == 2)
        kab_test_run_for (100);
      g_cancellable_cancel (cancellable);
      kab_test_wait_for_result (&result);
      reply = kab_api_call_finish (api, result, &error);
      g_assert_null (reply);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
    }
  g_assert_cmpuint (kab_test_server_count (server, "GET /v1/x"), ==, 2);
  kab_test_let_go (api);
}

/* Cancelled at any moment, also between an answer and its callback. */
static void
test_cancel_storm (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);
  g_autoptr (KabRequest) request = kab_request_new ("GET", "/v1/x");
  guint cancelled = 0;

  kab_test_server_reply (server, "GET /v1/x", 200, "{}");
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      guint turns = g_test_rand_int_range (0, 12);
      KabReply *reply;

      kab_api_call_async (api, request, cancellable, kab_test_keep_result, &result);
      for (guint turn = 0; turn < turns && result == NULL; turn++)
        kab_test_iterate (G_MAXINT64);
      g_usleep (g_test_rand_int_range (0, 1000));
      g_cancellable_cancel (cancellable);
      kab_test_wait_for_result (&result);
      reply = kab_api_call_finish (api, result, &error);
      g_assert_null (reply);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      cancelled++;
    }
  g_assert_cmpuint (cancelled, ==, 300);
  kab_test_let_go (api);
}

static void
test_bytes (void)
{
  g_autoptr (KabTestServer) server = kab_test_server_new ();
  KabApi *api = kab_test_api_new (server);
  g_autoptr (KabRequest) request = kab_request_new ("GET", "/v1/pdf");
  g_autoptr (GError) error = NULL;
  KabReply *reply;

  kab_request_expect_bytes (request, "application/pdf");
  kab_test_server_reply_full (server, "GET /v1/pdf", 200, "application/pdf", "%PDF-1.7", NULL,
                              NULL);
  kab_test_server_reply_full (server, "GET /v1/pdf", 200, "text/html", "<html>", NULL, NULL);
  reply = kab_test_api_send (api, request, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (kab_reply_get_bytes (reply), NULL),
                   g_bytes_get_size (kab_reply_get_bytes (reply)), "%PDF-1.7", 8);
  kab_reply_unref (reply);

  reply = kab_test_api_send (api, request, &error);
  g_assert_null (reply);
  g_assert_error (error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE);
  kab_test_let_go (api);
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
  g_test_add_func ("/api/session-ends", test_session_ends);
  g_test_add_func ("/api/cancel", test_cancel);
  g_test_add_func ("/api/cancel-storm", test_cancel_storm);
  g_test_add_func ("/api/bytes", test_bytes);

  return g_test_run ();
}
