/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-fixture.h"

#include "kab-sandbox-crypto.h"
#include "kab-sandbox-json.h"

#include <glib/gstdio.h>
#include <string.h>

#define PATIENCE_SECONDS 60

typedef struct
{
  GBytes *bytes;
  gboolean done;
} Transfer;

static void
transferred_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Transfer *transfer = user_data;

  transfer->bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  transfer->done = TRUE;
}

static gboolean
gave_up_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
notice_received_cb (SoupServer *server,
                    SoupServerMessage *message,
                    const char *path,
                    GHashTable *query,
                    gpointer user_data)
{
  KabSandboxFixture *fixture = user_data;
  g_autoptr (GBytes) body =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (JsonObject) event = kab_sandbox_json_parse (body, NULL);
  JsonObject *notice = json_object_new ();
  guint status = 200;

  g_assert_nonnull (event);
  json_object_set_object_member (notice, "event", g_steal_pointer (&event));
  json_object_set_string_member (notice, "body", text);
  json_object_set_string_member (notice, "digest",
                                 soup_message_headers_get_one (headers, "x-payload-digest"));
  json_object_set_string_member (notice, "algorithm",
                                 soup_message_headers_get_one (headers, "x-payload-digest-alg"));
  g_ptr_array_add (fixture->notices, notice);
  if (!g_queue_is_empty (&fixture->bank_statuses))
    status = GPOINTER_TO_UINT (g_queue_pop_head (&fixture->bank_statuses));
  if (status == KAB_SANDBOX_FIXTURE_SILENCE)
    soup_server_message_pause (message);
  else
    soup_server_message_set_status (message, status, NULL);
}

/* Runs the main loop until @condition holds; a test that waits too long fails. */
void
kab_sandbox_fixture_wait (KabSandboxCondition condition, gpointer data)
{
  gboolean gave_up = FALSE;
  guint timer = g_timeout_add_seconds (PATIENCE_SECONDS, gave_up_cb, &gave_up);

  while (!condition (data) && !gave_up)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (gave_up);
  g_source_remove (timer);
}

static gboolean
is_done (gpointer data)
{
  return ((Transfer *) data)->done;
}

typedef struct
{
  KabSandboxFixture *fixture;
  guint n;
} Expectation;

static gboolean
has_notices (gpointer data)
{
  Expectation *expectation = data;

  return expectation->fixture->notices->len >= expectation->n;
}

void
kab_sandbox_fixture_wait_notices (KabSandboxFixture *fixture, guint n)
{
  Expectation expectation = { fixture, n };

  kab_sandbox_fixture_wait (has_notices, &expectation);
}

void
kab_sandbox_fixture_start (KabSandboxFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) settings = json_object_new ();
  g_autoptr (GBytes) text = NULL;

  fixture->sandbox = kab_sandbox_new (fixture->directory, &error);
  g_assert_no_error (error);
  text = g_bytes_new (kab_sandbox_get_description (fixture->sandbox),
                      strlen (kab_sandbox_get_description (fixture->sandbox)));
  fixture->description = kab_sandbox_json_parse (text, &error);
  g_assert_no_error (error);
  json_object_set_int_member (settings, "reviewDelay", 0);
  json_object_set_int_member (settings, "clerkPause", 0);
  json_object_set_int_member (settings, "slowDelay", 50);
  json_object_set_double_member (settings, "retryFactor", 0.000001);
  g_assert_true (
      kab_sandbox_script_configure (kab_sandbox_get_script (fixture->sandbox), settings, &error));
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* Lets what was cancelled come to its end, so that nothing is left behind. */
void
kab_sandbox_fixture_stop (KabSandboxFixture *fixture)
{
  gpointer watched = fixture->sandbox;

  g_object_add_weak_pointer (G_OBJECT (fixture->sandbox), &watched);
  kab_sandbox_stop (fixture->sandbox);
  g_clear_object (&fixture->sandbox);
  kab_sandbox_fixture_wait (is_gone, &watched);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_pointer (&fixture->description, json_object_unref);
}

void
kab_sandbox_fixture_set_up (KabSandboxFixture *fixture, gconstpointer data)
{
  fixture->directory = g_dir_make_tmp ("kab-sandbox-XXXXXX", NULL);
  /* Two event streams and a call at the same time. */
  fixture->session = soup_session_new_with_options ("max-conns-per-host", 4, NULL);
  fixture->notices = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_queue_init (&fixture->bank_statuses);
  soup_session_set_proxy_resolver (fixture->session, NULL);
  kab_sandbox_fixture_start (fixture);
}

void
kab_sandbox_fixture_tear_down (KabSandboxFixture *fixture, gconstpointer data)
{
  static const char *const files[] = { "sandbox.json", "sandbox-state.json", "sandbox-ca.pem",
                                       "clerk.json" };

  soup_session_abort (fixture->session);
  g_object_unref (fixture->session);
  if (fixture->bank)
    soup_server_disconnect (fixture->bank);
  kab_sandbox_fixture_stop (fixture);
  g_clear_object (&fixture->bank);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (fixture->directory, files[i], NULL);
      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (fixture->directory), ==, 0);
  g_queue_clear (&fixture->bank_statuses);
  g_ptr_array_unref (fixture->notices);
  g_free (fixture->bank_url);
  g_free (fixture->directory);
}

/* Starts the small bank, unless it runs, and tells the sandbox where it is. */
void
kab_sandbox_fixture_open_bank (KabSandboxFixture *fixture)
{
  g_autofree char *command = NULL;
  g_autoptr (GError) error = NULL;

  if (!fixture->bank)
    {
      GSList *uris;

      fixture->bank = soup_server_new (NULL, NULL);
      soup_server_add_handler (fixture->bank, "/v1/webhooks/sumsub", notice_received_cb, fixture,
                               NULL);
      g_assert_true (
          soup_server_listen_local (fixture->bank, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
      uris = soup_server_get_uris (fixture->bank);
      fixture->bank_url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
      g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
    }
  command = g_strconcat ("bank ", fixture->bank_url, NULL);
  g_assert_true (kab_sandbox_obey (fixture->sandbox, command, &error));
}

const char *
kab_sandbox_fixture_get (KabSandboxFixture *fixture, const char *section, const char *member)
{
  return kab_sandbox_json_text (kab_sandbox_json_member (fixture->description, section), member);
}

/* Status 0 means that there was no answer. */
guint
kab_sandbox_fixture_send (KabSandboxFixture *fixture,
                          SoupMessage *message,
                          const char *body,
                          char **reply)
{
  Transfer transfer = { 0 };

  if (body)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL,
                                    transferred_cb, &transfer);
  kab_sandbox_fixture_wait (is_done, &transfer);
  if (!transfer.bytes)
    return 0;
  if (reply)
    *reply = g_strndup (g_bytes_get_data (transfer.bytes, NULL), g_bytes_get_size (transfer.bytes));
  g_bytes_unref (transfer.bytes);
  return soup_message_get_status (message);
}

/* A call of the identification provider, signed with a clock that is wrong by some seconds. */
SoupMessage *
kab_sandbox_fixture_sign (KabSandboxFixture *fixture,
                          const char *method,
                          const char *target,
                          const char *body,
                          gint64 clock_error)
{
  g_autofree char *url =
      g_strconcat (kab_sandbox_fixture_get (fixture, "sumsub", "baseUrl"), target, NULL);
  g_autofree char *timestamp =
      g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / G_USEC_PER_SEC + clock_error);
  g_autoptr (GBytes) bytes = g_bytes_new (body, body ? strlen (body) : 0);
  g_autofree char *digest = kab_sandbox_request_digest (
      kab_sandbox_fixture_get (fixture, "sumsub", "secret"), timestamp, method, target, bytes);
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  SoupMessage *message = soup_message_new_from_uri (method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_append (headers, "X-App-Token",
                               kab_sandbox_fixture_get (fixture, "sumsub", "token"));
  soup_message_headers_append (headers, "X-App-Access-Ts", timestamp);
  soup_message_headers_append (headers, "X-App-Access-Sig", digest);
  return message;
}

guint
kab_sandbox_fixture_call (KabSandboxFixture *fixture,
                          const char *method,
                          const char *target,
                          const char *body,
                          JsonObject **reply)
{
  g_autoptr (SoupMessage) message = kab_sandbox_fixture_sign (fixture, method, target, body, 0);
  g_autofree char *text = NULL;
  guint status = kab_sandbox_fixture_send (fixture, message, body, &text);
  g_autoptr (GBytes) bytes = g_bytes_new (text, text ? strlen (text) : 0);

  if (reply)
    {
      *reply = kab_sandbox_json_parse (bytes, NULL);
      g_assert_nonnull (*reply);
    }
  return status;
}

guint
kab_sandbox_fixture_control (KabSandboxFixture *fixture, const char *what, const char *body)
{
  g_autofree char *url = g_strdup_printf (
      "%s/control/%s", kab_sandbox_fixture_get (fixture, "control", "baseUrl"), what);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", url);

  return kab_sandbox_fixture_send (fixture, message, body, NULL);
}

char *
kab_sandbox_fixture_get_page (KabSandboxFixture *fixture, const char *url, guint *status)
{
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  char *text = NULL;
  guint got = kab_sandbox_fixture_send (fixture, message, NULL, &text);

  if (status)
    *status = got;
  return text;
}
