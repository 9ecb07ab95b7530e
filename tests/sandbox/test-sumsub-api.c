/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-fixture.h"

#include "kab-sandbox-crypto.h"
#include "kab-sandbox-json.h"

#include <string.h>

#define CREATE "/resources/applicants?levelName=photo-identification"
#define ANNA                                                                                       \
  "{\"externalUserId\":\"anna\",\"email\":\"anna@example.org\","                                   \
  "\"fixedInfo\":{\"firstName\":\"Anna\",\"country\":\"LVA\",\"dob\":\"1990-01-31\"}}"

static void
assert_refused (KabSandboxFixture *fixture,
                SoupMessage *message,
                const char *body,
                guint status,
                const char *name)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) error = NULL;

  g_assert_cmpuint (kab_sandbox_fixture_send (fixture, message, body, &text), ==, status);
  bytes = g_bytes_new (text, strlen (text));
  error = kab_sandbox_json_parse (bytes, NULL);
  g_assert_nonnull (error);
  g_assert_nonnull (kab_sandbox_json_text (error, "description"));
  g_assert_cmpuint (strlen (kab_sandbox_json_text (error, "correlationId")), ==, 32);
  g_assert_cmpint (json_object_get_int_member (error, "code"), ==, status);
  g_assert_cmpstr (kab_sandbox_json_text (error, "errorName"), ==, name);
}

static void
replace_header (SoupMessage *message, const char *name, const char *value)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_remove (headers, name);
  if (value)
    soup_message_headers_append (headers, name, value);
}

static void
test_door (KabSandboxFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *header, *value, *name;
  } wrong[] = {
    { "X-App-Token", NULL, NULL },
    { "X-App-Token", "sbx:another", NULL },
    { "X-App-Token", "prd:another", NULL },
    { "X-App-Access-Ts", NULL, NULL },
    { "X-App-Access-Ts", "today", NULL },
    { "X-App-Access-Ts", "-1", NULL },
    { "X-App-Access-Sig", NULL, NULL },
    { "X-App-Access-Sig", "00", "app-token-signature-mismatch" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (SoupMessage) message = kab_sandbox_fixture_sign (fixture, "POST", CREATE, ANNA, 0);

      replace_header (message, wrong[i].header, wrong[i].value);
      assert_refused (fixture, message, ANNA, 401, wrong[i].name);
    }
}

static void
test_upper_case_digest (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autoptr (SoupMessage) message = kab_sandbox_fixture_sign (fixture, "POST", CREATE, ANNA, 0);
  const char *digest =
      soup_message_headers_get_one (soup_message_get_request_headers (message), "X-App-Access-Sig");
  g_autofree char *upper = g_ascii_strup (digest, -1);

  replace_header (message, "X-App-Access-Sig", upper);
  assert_refused (fixture, message, ANNA, 401, "app-token-signature-mismatch");
}

static void
test_clock (KabSandboxFixture *fixture, gconstpointer data)
{
  static const struct
  {
    gint64 error;
    guint status;
  } clocks[] = { { -65, 401 }, { -55, 404 }, { 55, 404 }, { 65, 401 } };

  for (gsize i = 0; i < G_N_ELEMENTS (clocks); i++)
    {
      g_autoptr (SoupMessage) message = kab_sandbox_fixture_sign (
          fixture, "GET", "/resources/applicants/nobody/one", NULL, clocks[i].error);
      assert_refused (fixture, message, NULL, clocks[i].status, NULL);
    }
}

/* The digest is over what was sent: one byte of difference anywhere is refused. */
static void
test_signed_bytes (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autoptr (SoupMessage) body = kab_sandbox_fixture_sign (fixture, "POST", CREATE, ANNA, 0);
  g_autoptr (SoupMessage) method = kab_sandbox_fixture_sign (
      fixture, "POST", "/resources/applicants/-;externalUserId=anna/one", NULL, 0);

  assert_refused (fixture, body, ANNA " ", 401, "app-token-signature-mismatch");
  soup_message_set_method (method, "GET");
  assert_refused (fixture, method, NULL, 401, "app-token-signature-mismatch");
}

/* Sends the request line as it is, which no HTTP library would. */
static char *
send_raw (KabSandboxFixture *fixture, const char *target, const char *signed_target)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GUri) base =
      g_uri_parse (kab_sandbox_fixture_get (fixture, "sumsub", "baseUrl"), G_URI_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autofree char *timestamp =
      g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *digest =
      kab_sandbox_request_digest (kab_sandbox_fixture_get (fixture, "sumsub", "secret"), timestamp,
                                  "GET", signed_target, empty);
  g_autofree char *text = g_strdup_printf (
      "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nX-App-Token: %s\r\n"
      "X-App-Access-Ts: %s\r\nX-App-Access-Sig: %s\r\n\r\n",
      target, kab_sandbox_fixture_get (fixture, "sumsub", "token"), timestamp, digest);
  g_autoptr (GSocket) socket = NULL;
  GString *reply = g_string_new (NULL);
  char buffer[4096];
  gssize n;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection =
      g_socket_client_connect_to_host (client, "127.0.0.1", g_uri_get_port (base), NULL, &error);
  g_assert_no_error (error);
  socket = g_object_ref (g_socket_connection_get_socket (connection));
  g_assert_cmpint (g_socket_send (socket, text, strlen (text), NULL, NULL), ==, strlen (text));
  g_socket_set_blocking (socket, FALSE);
  while ((n = g_socket_receive (socket, buffer, sizeof buffer, NULL, NULL)) != 0)
    {
      if (n > 0)
        g_string_append_len (reply, buffer, n);
      else
        g_main_context_iteration (NULL, FALSE);
    }
  return g_string_free_and_steal (reply);
}

static void
test_raw_target (KabSandboxFixture *fixture, gconstpointer data)
{
  static const char plain[] = "/resources/applicants/-/byExternalUserId/a-b";
  static const char escaped[] = "/resources/applicants/-/byExternalUserId/a%2db";
  g_autofree char *as_sent = send_raw (fixture, escaped, escaped);
  g_autofree char *normalised = send_raw (fixture, escaped, plain);

  g_assert_true (g_str_has_prefix (as_sent, "HTTP/1.1 200"));
  g_assert_true (g_str_has_prefix (normalised, "HTTP/1.1 401"));
}

static void
test_create (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) created = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (JsonObject) read = NULL;
  g_autofree char *target = NULL;
  const char *id;

  g_assert_cmpuint (kab_sandbox_fixture_call (fixture, "POST", CREATE, ANNA, &created), ==, 201);
  id = kab_sandbox_json_text (created, "id");
  g_assert_true (g_regex_match_simple ("^[0-9a-z]{24}$", id, 0, 0));
  g_assert_cmpstr (kab_sandbox_json_text (created, "externalUserId"), ==, "anna");
  g_assert_cmpuint (kab_sandbox_fixture_call (fixture, "POST", CREATE, ANNA, &again), ==, 409);
  target = g_strdup_printf ("/resources/applicants/%s/one", id);
  g_assert_cmpuint (kab_sandbox_fixture_call (fixture, "GET", target, NULL, &read), ==, 200);
  g_assert_cmpstr (kab_sandbox_json_text (read, "email"), ==, "anna@example.org");
  g_assert_cmpstr (kab_sandbox_json_text (kab_sandbox_json_member (read, "review"), "reviewStatus"),
                   ==, "init");
}

static void
test_create_refused (KabSandboxFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *target, *body;
    guint status;
  } wrong[] = {
    { "/resources/applicants", ANNA, 400 },
    { "/resources/applicants?levelName=Photo-Identification", ANNA, 404 },
    { CREATE, "{}", 400 },
    { CREATE, "[]", 400 },
    { CREATE, "{\"externalUserId\":", 400 },
    { CREATE, "{\"externalUserId\":1}", 400 },
    { CREATE, "{\"externalUserId\":\"\"}", 400 },
    { CREATE, "{\"externalUserId\":\"x\",\"e-mail\":\"x\"}", 400 },
    { CREATE, "{\"externalUserId\":\"x\",\"fixedInfo\":{\"country\":\"LV\"}}", 400 },
    { CREATE, "{\"externalUserId\":\"x\",\"fixedInfo\":{\"dob\":\"31.01.1990\"}}", 400 },
    { CREATE, "{\"externalUserId\":\"x\",\"fixedInfo\":{\"surname\":\"x\"}}", 400 },
  };
  g_autoptr (JsonObject) found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_cmpuint (
        kab_sandbox_fixture_call (fixture, "POST", wrong[i].target, wrong[i].body, NULL), ==,
        wrong[i].status);
  g_assert_cmpuint (kab_sandbox_fixture_call (
                        fixture, "GET", "/resources/applicants/-/byExternalUserId/x", NULL, &found),
                    ==, 200);
  g_assert_false (json_object_get_boolean_member (found, "exists"));
}

static void
test_find (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) by_matrix = NULL;
  g_autoptr (JsonObject) by_path = NULL;

  g_assert_cmpuint (kab_sandbox_fixture_call (fixture, "POST", CREATE, ANNA, NULL), ==, 201);
  g_assert_cmpuint (kab_sandbox_fixture_call (fixture, "GET",
                                              "/resources/applicants/-;externalUserId=anna/one",
                                              NULL, &by_matrix),
                    ==, 200);
  g_assert_cmpstr (kab_sandbox_json_text (by_matrix, "externalUserId"), ==, "anna");
  g_assert_cmpuint (kab_sandbox_fixture_call (fixture, "GET",
                                              "/resources/applicants/-;externalUserId=eve/one",
                                              NULL, NULL),
                    ==, 404);
  g_assert_cmpuint (kab_sandbox_fixture_call (fixture, "GET",
                                              "/resources/applicants/-/byExternalUserId/anna", NULL,
                                              &by_path),
                    ==, 200);
  g_assert_true (json_object_get_boolean_member (by_path, "exists"));
  g_assert_nonnull (kab_sandbox_json_member (by_path, "applicant"));
}

/* A level with letters, a space and a slash that have to be encoded before signing. */
static void
test_encoded_level (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autofree char *level = g_uri_escape_string ("Latvijas līmenis / 1", NULL, FALSE);
  g_autofree char *legacy =
      g_strdup_printf ("/resources/sdkIntegrations/levels/%s/websdkLink?externalUserId=u", level);
  g_autofree char *create = g_strdup_printf ("/resources/applicants?levelName=%s", level);
  g_autoptr (JsonObject) link = NULL;
  g_autoptr (JsonObject) applicant = NULL;

  g_assert_cmpuint (kab_sandbox_fixture_call (fixture, "POST", legacy, "{}", &link), ==, 200);
  g_assert_nonnull (kab_sandbox_json_text (link, "url"));
  g_assert_cmpuint (kab_sandbox_fixture_call (fixture, "POST", create, ANNA, &applicant), ==, 201);
  g_assert_cmpstr (
      kab_sandbox_json_text (kab_sandbox_json_member (applicant, "review"), "levelName"), ==,
      "Latvijas līmenis / 1");
}

static void
test_tokens (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) token = NULL;

  g_assert_cmpuint (kab_sandbox_fixture_call (
                        fixture, "POST", "/resources/accessTokens/sdk",
                        "{\"userId\":\"u\",\"levelName\":\"photo-identification\"}", &token),
                    ==, 200);
  g_assert_cmpstr (kab_sandbox_json_text (token, "userId"), ==, "u");
  g_assert_cmpuint (kab_sandbox_fixture_call (fixture, "POST",
                                              "/resources/accessTokens?userId=u"
                                              "&levelName=photo-identification&ttlInSecs=600",
                                              NULL, NULL),
                    ==, 200);
  g_assert_cmpuint (kab_sandbox_fixture_call (fixture, "POST",
                                              "/resources/accessTokens?userId=u"
                                              "&levelName=photo-identification&ttlInSecs=0",
                                              NULL, NULL),
                    ==, 400);
}

static char *
create_anna (KabSandboxFixture *fixture)
{
  g_autoptr (JsonObject) created = NULL;

  g_assert_cmpuint (kab_sandbox_fixture_call (fixture, "POST", CREATE, ANNA, &created), ==, 201);
  return g_strdup (kab_sandbox_json_text (created, "id"));
}

static guint
act (KabSandboxFixture *fixture,
     const char *id,
     const char *action,
     const char *body,
     JsonObject **reply)
{
  g_autofree char *target = g_strdup_printf ("/resources/applicants/%s/%s", id, action);

  return kab_sandbox_fixture_call (fixture, body ? "POST" : "GET", target, body, reply);
}

static void
test_actions (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autofree char *id = create_anna (fixture);
  g_autofree char *reasons = g_strdup_printf ("/resources/moderationStates/-;applicantId=%s", id);
  g_autoptr (JsonObject) steps = NULL;
  g_autoptr (JsonObject) status = NULL;
  g_autoptr (JsonObject) ids = NULL;

  g_assert_cmpuint (act (fixture, id, "status/pending", "{}", NULL), ==, 409);
  g_assert_cmpuint (act (fixture, id, "requiredIdDocsStatus", NULL, &steps), ==, 200);
  g_assert_true (json_object_get_null_member (steps, "IDENTITY"));
  g_assert_cmpuint (act (fixture, id, "-/approve", "", NULL), ==, 400);
  g_assert_cmpuint (act (fixture, id, "-/approve", "{}", NULL), ==, 200);
  g_assert_cmpuint (act (fixture, id, "-/reject", "{}", NULL), ==, 200);
  g_assert_cmpuint (act (fixture, id, "status", NULL, &status), ==, 200);
  g_assert_cmpstr (kab_sandbox_json_text (status, "reviewStatus"), ==, "completed");
  g_assert_cmpstr (
      kab_sandbox_json_text (kab_sandbox_json_member (status, "reviewResult"), "reviewRejectType"),
      ==, "FINAL");
  g_assert_cmpuint (kab_sandbox_fixture_call (fixture, "GET", reasons, NULL, &ids), ==, 200);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (ids, "buttonIds")), ==, 1);
  g_assert_cmpuint (act (fixture, id, "-/init", "{}", NULL), ==, 200);
  g_assert_cmpuint (act (fixture, id, "reset", "{}", NULL), ==, 200);
  g_assert_cmpuint (act (fixture, id, "moveToLevel?name=video-identification", "{}", NULL), ==,
                    200);
  g_assert_cmpuint (act (fixture, id, "moveToLevel?name=nowhere", "{}", NULL), ==, 404);
}

static void
test_busy (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autofree char *id = create_anna (fixture);
  g_autoptr (JsonObject) reply = NULL;
  g_autofree char *target = g_strdup_printf ("/resources/applicants/%s/-/approve", id);
  g_autoptr (SoupMessage) message = kab_sandbox_fixture_sign (fixture, "POST", target, "{}", 0);

  g_assert_cmpuint (kab_sandbox_fixture_control (
                        fixture, "review", "{\"externalUserId\":\"anna\",\"answer\":\"on-hold\"}"),
                    ==, 200);
  g_assert_cmpuint (act (fixture, id, "reset", "{}", NULL), ==, 409);
  g_assert_cmpuint (act (fixture, id, "moveToLevel?name=photo-identification", "{}", NULL), ==,
                    409);
  kab_sandbox_fixture_control (fixture, "behaviour", "{\"provider\":\"sumsub\",\"what\":\"busy\"}");
  g_assert_cmpuint (kab_sandbox_fixture_send (fixture, message, "{}", NULL), ==, 409);
  g_assert_cmpstr (
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After"), ==,
      "1");
  g_assert_cmpuint (act (fixture, id, "-/approve", "{}", NULL), ==, 200);
}

static void
test_complete (KabSandboxFixture *fixture, gconstpointer data)
{
  g_autofree char *id = create_anna (fixture);
  static const struct
  {
    const char *body;
    guint status;
  } bodies[] = {
    { "{\"reviewAnswer\":\"YELLOW\",\"rejectLabels\":[]}", 400 },
    { "{\"reviewAnswer\":\"RED\",\"rejectLabels\":[]}", 400 },
    { "{\"reviewAnswer\":\"GREEN\",\"reviewRejectType\":\"RETRY\",\"rejectLabels\":[]}", 400 },
    { "{\"reviewAnswer\":\"GREEN\",\"rejectLabels\":[]}", 200 },
    { "{\"reviewAnswer\":\"RED\",\"reviewRejectType\":\"RETRY\",\"rejectLabels\":[\"BAD_SELFIE\"]}",
      200 },
  };
  g_autoptr (JsonObject) status = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    g_assert_cmpuint (act (fixture, id, "status/testCompleted", bodies[i].body, NULL), ==,
                      bodies[i].status);
  g_assert_cmpuint (act (fixture, id, "status", NULL, &status), ==, 200);
  g_assert_cmpstr (
      kab_sandbox_json_text (kab_sandbox_json_member (status, "reviewResult"), "reviewRejectType"),
      ==, "RETRY");
}

static void
test_rates (KabSandboxFixture *fixture, gconstpointer data)
{
  guint status = 200;
  guint writes = 0, reads = 0;

  /* However long the calls take, they are within one window. */
  g_assert_cmpuint (kab_sandbox_fixture_control (fixture, "settings", "{\"rateWindow\":600000}"),
                    ==, 200);
  for (; status != 429 && writes < 60; writes++)
    status = kab_sandbox_fixture_call (fixture, "POST", CREATE, "{}", NULL);
  g_assert_cmpuint (writes, ==, 51);
  status = 404;
  for (; status != 429 && reads < 310; reads++)
    status =
        kab_sandbox_fixture_call (fixture, "GET", "/resources/applicants/nobody/one", NULL, NULL);
  g_assert_cmpuint (reads, ==, 301);

  g_assert_cmpuint (kab_sandbox_fixture_control (fixture, "settings", "{\"rateWindow\":0}"), ==,
                    200);
  g_assert_cmpuint (kab_sandbox_fixture_call (fixture, "POST", CREATE, "{}", NULL), !=, 429);
}

static void
test_wrong_answers (KabSandboxFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *order;
    guint status;
  } orders[] = {
    { "{\"provider\":\"sumsub\",\"what\":\"error\"}", 500 },
    { "{\"provider\":\"sumsub\",\"what\":\"rate-limit\"}", 429 },
    { "{\"provider\":\"sumsub\",\"what\":\"garbage\"}", 200 },
    { "{\"provider\":\"sumsub\",\"what\":\"drop\",\"times\":3}", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_assert_cmpuint (kab_sandbox_fixture_control (fixture, "behaviour", orders[i].order), ==,
                        200);
      g_assert_cmpuint (
          kab_sandbox_fixture_call (fixture, "GET", "/resources/applicants/nobody/one", NULL, NULL),
          ==, orders[i].status);
    }
  g_assert_cmpuint (
      kab_sandbox_fixture_control (fixture, "behaviour",
                                   "{\"provider\":\"sumsub\",\"what\":\"drop\",\"times\":0}"),
      ==, 200);
  g_assert_cmpuint (kab_sandbox_fixture_control (fixture, "behaviour",
                                                 "{\"provider\":\"sumsub\",\"what\":\"slow\"}"),
                    ==, 200);
  g_assert_cmpuint (
      kab_sandbox_fixture_call (fixture, "GET", "/resources/applicants/nobody/one", NULL, NULL), ==,
      404);
  g_assert_cmpuint (kab_sandbox_fixture_control (fixture, "behaviour",
                                                 "{\"provider\":\"sumsub\",\"what\":\"dance\"}"),
                    ==, 400);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/sandbox/sumsub-api/" path, KabSandboxFixture, NULL, kab_sandbox_fixture_set_up,    \
              function, kab_sandbox_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("door", test_door);
  ADD ("upper-case-digest", test_upper_case_digest);
  ADD ("clock", test_clock);
  ADD ("signed-bytes", test_signed_bytes);
  ADD ("raw-target", test_raw_target);
  ADD ("create", test_create);
  ADD ("create-refused", test_create_refused);
  ADD ("find", test_find);
  ADD ("encoded-level", test_encoded_level);
  ADD ("tokens", test_tokens);
  ADD ("actions", test_actions);
  ADD ("busy", test_busy);
  ADD ("complete", test_complete);
  ADD ("rates", test_rates);
  ADD ("wrong-answers", test_wrong_answers);
  return g_test_run ();
}
