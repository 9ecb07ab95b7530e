/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-test-bank.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "kab-api.h"
#include "kab-log.h"
#include "kab-secrets.h"
#include "kab-test-postgres.h"

/* A fixed beginning, so that nothing depends on the day on which a test runs. */
#define BEGINNING (G_GINT64_CONSTANT (1789027200) * G_USEC_PER_SEC)

#define SECRET_KEY "0123456789abcdef0123456789abcdef"

static gint64
read_clock (gpointer data)
{
  KabTestBank *self = data;

  return __atomic_load_n (&self->now, __ATOMIC_SEQ_CST);
}

static void
line_logged_cb (KabLogLevel level, const char *line, gpointer user_data)
{
  if (g_test_verbose ())
    g_test_message ("%s", line);
}

static KabApiContext *
make_context (KabTestBank *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KabPasswordPool) passwords = kab_password_pool_new (0, 0);
  g_autoptr (GBytes) key = g_bytes_new_static (SECRET_KEY, KAB_SECRETS_KEY_SIZE);
  KabBankData *bank = kab_bank_data_load (KAB_TEST_BANK_FOLDER, &error);
  KabApiContext *context;

  g_assert_no_error (error);
  context = kab_api_context_new (self->store, bank, FALSE, passwords, key);
  /* Tests come from one network and ask a lot; those about throttles set their own. */
  g_clear_object (&context->door_throttle);
  context->door_throttle = kab_throttle_new (100000, 1);
  return context;
}

static void
start_server (KabTestBank *self)
{
  g_autoptr (GError) error = NULL;
  KabHttpSettings settings;

  self->router = kab_router_new ();
  self->metrics = kab_metrics_new ();
  kab_api_add_routes (self->router, self->context);
  kab_http_settings_init (&settings);
  settings.address = "127.0.0.1";
  settings.port = 0;
  settings.connection_limit_per_peer = 500;
  self->server = kab_http_server_new (&settings, self->router, self->metrics);
  kab_api_serve (self->server, self->context);
  kab_http_server_start (self->server, &error);
  g_assert_no_error (error);
  self->url = kab_http_server_dup_url (self->server);
  if (g_str_has_suffix (self->url, "/"))
    self->url[strlen (self->url) - 1] = '\0';
}

/**
 * kab_test_bank_new_on:
 * @store_url: (nullable): an empty database; %NULL for SQLite in a temporary folder
 *
 * Returns: (transfer full): a running bank
 */
KabTestBank *
kab_test_bank_new_on (const char *store_url)
{
  KabTestBank *self = g_new0 (KabTestBank, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  KabStoreOptions options = { .clock = read_clock, .clock_data = self };

  kab_log_set_sink (line_logged_cb, NULL);
  self->now = BEGINNING;
  self->folder = g_dir_make_tmp ("kab-bank-XXXXXX", &error);
  g_assert_no_error (error);
  url = store_url != NULL ? g_strdup (store_url)
                          : g_strdup_printf ("sqlite:%s/bank.sqlite3", self->folder);
  self->store = kab_store_open (url, &options, &error);
  g_assert_no_error (error);
  self->context = make_context (self);
  start_server (self);
  self->session = soup_session_new ();
  soup_session_set_proxy_resolver (self->session, NULL);
  return self;
}

/**
 * kab_test_bank_new:
 *
 * Returns: (transfer full): a running bank on SQLite
 */
KabTestBank *
kab_test_bank_new (void)
{
  return kab_test_bank_new_on (NULL);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

void
kab_test_bank_free (KabTestBank *self)
{
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_assert_true (kab_http_server_stop (self->server));
  g_object_unref (self->server);
  g_object_unref (self->router);
  g_object_unref (self->metrics);
  kab_store_close (self->store);
  kab_api_context_free (self->context);
  g_object_unref (self->store);
  remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->url);
  g_free (self);
}

static void
run_on_sqlite (gconstpointer func)
{
  g_autoptr (KabTestBank) bank = kab_test_bank_new ();

  ((KabTestBankFunc) func) (bank);
}

static void
run_on_postgres (gconstpointer func)
{
  g_autofree char *url = kab_test_postgres_new_database ();
  g_autoptr (KabTestBank) bank = kab_test_bank_new_on (url);

  ((KabTestBankFunc) func) (bank);
}

/**
 * kab_test_bank_add_test:
 * @path: of the test, without the engine
 *
 * Adds a test for each engine.
 */
void
kab_test_bank_add_test (const char *path, KabTestBankFunc func)
{
  g_autofree char *sqlite = g_strconcat ("/sqlite", path, NULL);
  g_autofree char *postgres = g_strconcat ("/postgres", path, NULL);

  g_test_add_data_func (sqlite, (gconstpointer) func, run_on_sqlite);
  g_test_add_data_func (postgres, (gconstpointer) func, run_on_postgres);
}

/**
 * kab_test_bank_pass_time:
 *
 * Lets time pass for the store, and with it for all rules of the server.
 */
void
kab_test_bank_pass_time (KabTestBank *self, GTimeSpan span)
{
  __atomic_add_fetch (&self->now, span, __ATOMIC_SEQ_CST);
}

/**
 * kab_test_bank_message:
 * @token: (nullable): of a session or registration
 *
 * Returns: (transfer full): a request that can still be changed
 */
SoupMessage *
kab_test_bank_message (KabTestBank *self, const char *method, const char *path, const char *token)
{
  g_autofree char *url = g_strconcat (self->url, path, NULL);
  SoupMessage *message = soup_message_new (method, url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  if (token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
    }
  return message;
}

/**
 * kab_test_bank_send:
 * @message: (transfer full): a request
 *
 * Returns: (transfer full): its answer
 */
KabTestAnswer *
kab_test_bank_send (KabTestBank *self, SoupMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read (self->session, message, NULL, &error);
  KabTestAnswer *answer = g_new0 (KabTestAnswer, 1);
  g_autoptr (JsonNode) node = NULL;

  g_assert_no_error (error);
  answer->status = soup_message_get_status (message);
  answer->length = g_bytes_get_size (bytes);
  answer->body = g_strndup (g_bytes_get_data (bytes, NULL), answer->length);
  answer->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  node =
      answer->length > 0 && answer->body[0] == '{' ? json_from_string (answer->body, NULL) : NULL;
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    answer->json = json_node_dup_object (node);
  g_object_unref (message);
  return answer;
}

static void
set_body (SoupMessage *message, const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
}

/**
 * kab_test_bank_call:
 * @token: (nullable): of a session or registration
 * @if_match: (nullable): the entity tag, with its quotes
 * @body: (nullable): JSON
 *
 * Asks the server; a POST gets a fresh Idempotency-Key.
 *
 * Returns: (transfer full): the answer
 */
KabTestAnswer *
kab_test_bank_call (KabTestBank *self,
                    const char *method,
                    const char *path,
                    const char *token,
                    const char *if_match,
                    const char *body)
{
  SoupMessage *message = kab_test_bank_message (self, method, path, token);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  if (g_str_equal (method, "POST"))
    {
      g_autofree char *key = g_uuid_string_random ();

      soup_message_headers_replace (headers, "Idempotency-Key", key);
    }
  if (if_match != NULL)
    soup_message_headers_replace (headers, "If-Match", if_match);
  if (body != NULL)
    set_body (message, body);
  return kab_test_bank_send (self, message);
}

/**
 * kab_test_bank_call_keyed:
 * @token: (nullable): of a session or registration
 * @key: the Idempotency-Key
 * @body: (nullable): JSON
 *
 * Returns: (transfer full): the answer
 */
KabTestAnswer *
kab_test_bank_call_keyed (KabTestBank *self,
                          const char *method,
                          const char *path,
                          const char *token,
                          const char *key,
                          const char *body)
{
  SoupMessage *message = kab_test_bank_message (self, method, path, token);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Idempotency-Key", key);
  if (body != NULL)
    set_body (message, body);
  return kab_test_bank_send (self, message);
}

void
kab_test_answer_free (KabTestAnswer *self)
{
  g_clear_pointer (&self->json, json_object_unref);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_free (self->body);
  g_free (self);
}

/**
 * kab_test_answer_expect:
 * @code: (nullable): of the problem
 *
 * Fails the test with the whole answer when it is another one.
 */
void
kab_test_answer_expect (KabTestAnswer *self, guint status, const char *code)
{
  if (self->status != status)
    g_error ("expected %u, got %u: %s", status, self->status, self->body);
  if (code != NULL &&
      (self->json == NULL ||
       g_strcmp0 (json_object_get_string_member_with_default (self->json, "code", NULL), code) !=
           0))
    g_error ("expected %s, got %s", code, self->body);
}

/* Walks members and indices: "user.id", "items.0.id". */
static JsonNode *
find_node (KabTestAnswer *self, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JsonObject *object = self->json;
  JsonNode *node = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
        node = json_array_get_element (json_node_get_array (node),
                                       (guint) g_ascii_strtoull (names[i], NULL, 10));
      else
        {
          if (node != NULL)
            object = json_node_get_object (node);
          node = object != NULL ? json_object_get_member (object, names[i]) : NULL;
        }
      if (node == NULL)
        g_error ("there is no %s in %s", path, self->body);
    }
  return node;
}

/**
 * kab_test_answer_text:
 * @path: members and indices with dots between, such as `items.0.id`
 *
 * Returns: (transfer none): the text there
 */
const char *
kab_test_answer_text (KabTestAnswer *self, const char *path)
{
  return json_node_get_string (find_node (self, path));
}

/**
 * kab_test_answer_int:
 * @path: as kab_test_answer_text()
 *
 * Returns: the number or truth value there
 */
gint64
kab_test_answer_int (KabTestAnswer *self, const char *path)
{
  JsonNode *node = find_node (self, path);

  return json_node_get_value_type (node) == G_TYPE_BOOLEAN ? json_node_get_boolean (node)
                                                           : json_node_get_int (node);
}

/**
 * kab_test_answer_field:
 *
 * Returns: (transfer none) (nullable): the code of the problem's finding at this pointer
 */
const char *
kab_test_answer_field (KabTestAnswer *self, const char *pointer)
{
  JsonArray *errors = self->json != NULL && json_object_has_member (self->json, "errors")
                          ? json_object_get_array_member (self->json, "errors")
                          : NULL;

  for (guint i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    {
      JsonObject *entry = json_array_get_object_element (errors, i);

      if (g_str_equal (json_object_get_string_member (entry, "pointer"), pointer))
        return json_object_get_string_member (entry, "code");
    }
  return NULL;
}
