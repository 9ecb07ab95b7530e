/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-test-desk.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "kab-log.h"
#include "kab-test-postgres.h"

#define PASSWORD_MEMORY (1024 * 1024)

static GMutex clock_mutex;

static gint64
clock_cb (gpointer data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&clock_mutex);

  return g_get_real_time () + ((KabTestDesk *) data)->ahead;
}

void
kab_test_desk_pass_time (KabTestDesk *self, gint64 microseconds)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&clock_mutex);

  self->ahead += microseconds;
}

static void
line_dropped_cb (KabLogLevel level, const char *line, gpointer user_data)
{
  if (g_test_verbose ())
    g_test_message ("%s", line);
}

static KabApiContext *
make_context (KabTestDesk *self)
{
  g_autoptr (KabPasswordPool) passwords = kab_password_pool_new (PASSWORD_MEMORY, 1);
  g_autofree char *bank
      = g_test_build_filename (G_TEST_DIST, "..", "data", "bank", NULL);
  g_autoptr (GBytes) key = g_bytes_new_take (g_malloc0 (KAB_SECRETS_KEY_SIZE),
                                             KAB_SECRETS_KEY_SIZE);
  g_autoptr (GError) error = NULL;
  KabBankData *data = kab_bank_data_load (bank, &error);

  g_assert_no_error (error);
  return kab_api_context_new (self->store, data, passwords, key);
}

static void
start_http (KabTestDesk *self)
{
  g_autoptr (GError) error = NULL;
  KabHttpSettings settings;

  kab_log_set_sink (line_dropped_cb, NULL);
  kab_http_settings_init (&settings);
  settings.address = "127.0.0.1";
  settings.port = 0;
  settings.n_workers = 8;
  self->router = kab_router_new ();
  self->metrics = kab_metrics_new ();
  kab_api_uploads_add_routes (self->router, self->context);
  kab_api_files_add_routes (self->router, self->context);
  kab_api_messages_add_routes (self->router, self->context);
  kab_api_events_add_routes (self->router, self->context);
  self->http = kab_http_server_new (&settings, self->router, self->metrics);
  kab_api_serve (self->http, self->context);
  kab_http_server_start (self->http, &error);
  g_assert_no_error (error);
  self->port = kab_http_server_get_port (self->http);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_assert_cmpint (g_unlink (child), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

static void
run_test (KabTestDeskFunc test, gboolean is_sqlite)
{
  KabTestDesk self = { 0 };
  const KabStoreOptions options = { .clock = clock_cb, .clock_data = &self };
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  self.folder = g_dir_make_tmp ("kab-desk-XXXXXX", NULL);
  url = is_sqlite ? g_strdup_printf ("sqlite:%s/bank.db", self.folder)
                  : kab_test_postgres_new_database ();
  self.store = kab_store_open (url, &options, &error);
  g_assert_no_error (error);
  self.context = make_context (&self);
  start_http (&self);
  test (&self);
  kab_http_server_stop (self.http);
  g_assert_finalize_object (self.http);
  g_assert_finalize_object (self.router);
  g_assert_finalize_object (self.metrics);
  kab_api_context_free (self.context);
  g_assert_finalize_object (self.store);
  remove_folder (self.folder);
  g_free (self.folder);
}

static void
run_on_sqlite_cb (gconstpointer data)
{
  run_test ((KabTestDeskFunc) data, TRUE);
}

static void
run_on_postgres_cb (gconstpointer data)
{
  run_test ((KabTestDeskFunc) data, FALSE);
}

void
kab_test_desk_add (const char *path, KabTestDeskFunc test)
{
  g_autofree char *sqlite = g_strconcat ("/sqlite", path, NULL);
  g_autofree char *postgres = g_strconcat ("/postgresql", path, NULL);

  g_test_add_data_func (sqlite, (gconstpointer) test, run_on_sqlite_cb);
  g_test_add_data_func (postgres, (gconstpointer) test, run_on_postgres_cb);
}

void
kab_test_desk_write (KabTestDesk *self, KabStoreFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;

  kab_store_write (self->store, func, data, &error);
  g_assert_no_error (error);
}

typedef struct
{
  const char *table;
  gint64 n;
} Count;

#define COUNT_OF(name)                                                                             \
  if (g_str_equal (count->table, name))                                                            \
    return kab_tx_query_int (tx, &count->n, error, "SELECT COUNT(*) FROM " name)

static gboolean
count_rows (KabTransaction *tx, gpointer data, GError **error)
{
  Count *count = data;

  COUNT_OF ("files");
  COUNT_OF ("file_chunks");
  COUNT_OF ("messages");
  COUNT_OF ("events");
  COUNT_OF ("idempotency");
  COUNT_OF ("outbox");
  COUNT_OF ("history");
  g_assert_not_reached ();
}

gint64
kab_test_desk_count (KabTestDesk *self, const char *table)
{
  Count count = { .table = table };

  kab_test_desk_write (self, count_rows, &count);
  return count.n;
}

typedef struct
{
  const char *role;
  const char *name;
  char *id;
} NewUser;

static gboolean
add_user (KabTransaction *tx, gpointer data, GError **error)
{
  NewUser *user = data;
  g_autofree char *email = g_strdup_printf ("%s@example.com", user->id);

  return kab_tx_exec (tx, error,
                      "INSERT INTO users (id, role, client_type, email, name, password_hash,"
                      " language, created_at) VALUES (?, ?, ?, ?, ?, '', 'lv', ?)",
                      KAB_TEXT (user->id), KAB_TEXT (user->role),
                      KAB_TEXT (g_str_equal (user->role, "client") ? "natural" : NULL),
                      KAB_TEXT (email), KAB_TEXT (user->name), KAB_INT (kab_tx_get_now (tx)));
}

/* Returns: (transfer full): the user's id */
char *
kab_test_desk_add_user (KabTestDesk *self, const char *role, const char *name)
{
  NewUser user = { role, name, kab_store_make_id () };

  kab_test_desk_write (self, add_user, &user);
  return user.id;
}

static gboolean
add_case (KabTransaction *tx, gpointer data, GError **error)
{
  const char *const *ids = data;

  return kab_tx_exec (tx, error,
                      "INSERT INTO applications (id, user_id, form, form_version, answers, state,"
                      " waiting_since, created_at, saved_at, submitted_at)"
                      " VALUES (?, ?, 'application-natural', '1', '{}', 'submitted', ?3, ?3, ?3, ?3)",
                      KAB_TEXT (ids[0]), KAB_TEXT (ids[1]), KAB_INT (kab_tx_get_now (tx)));
}

/* Returns: (transfer full): the id of an application that the user has submitted */
char *
kab_test_desk_add_case (KabTestDesk *self, const char *user)
{
  g_autofree char *id = kab_store_make_id ();
  const char *ids[] = { id, user };

  kab_test_desk_write (self, add_case, ids);
  return g_steal_pointer (&id);
}

typedef struct
{
  KabTestDesk *desk;
  const char *user;
  char *token;
} SignIn;

static gboolean
sign_in (KabTransaction *tx, gpointer data, GError **error)
{
  SignIn *in = data;
  g_autofree char *session = NULL;
  gint64 expires_at;

  g_clear_pointer (&in->token, g_free);
  in->token = kab_sessions_start (tx, &in->desk->context->session_limits, in->user, "test", FALSE,
                                  &session, &expires_at, error);
  return in->token != NULL;
}

/* Returns: (transfer full): a token */
char *
kab_test_desk_sign_in (KabTestDesk *self, const char *user)
{
  SignIn in = { .desk = self, .user = user };

  kab_test_desk_write (self, sign_in, &in);
  return in.token;
}

/* Returns: (transfer full): the request's bytes up to the body */
char *
kab_test_desk_compose (const KabTestCall *call)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s %s HTTP/1.1\r\nHost: localhost\r\n", call->method, call->path);
  if (call->token != NULL)
    g_string_append_printf (text, "Authorization: Bearer %s\r\n", call->token);
  if (call->headers != NULL)
    g_string_append (text, call->headers);
  if (call->body != NULL)
    g_string_append_printf (text, "Content-Length: %" G_GSIZE_FORMAT "\r\n",
                            call->body_length < 0 ? strlen (call->body)
                                                  : (gsize) call->body_length);
  g_string_append (text, "\r\n");
  return g_string_free_and_steal (text);
}

KabTestReply *
kab_test_desk_call (KabTestDesk *self, const KabTestCall *call)
{
  g_autofree char *head = kab_test_desk_compose (call);
  int fd = kab_test_connect (self->port);
  KabTestReply *reply;

  g_assert_cmpint (fd, >=, 0);
  kab_test_send (fd, head, -1);
  if (call->body != NULL)
    kab_test_send (fd, call->body, call->body_length);
  reply = kab_test_receive (fd, 30 * 1000);
  close (fd);
  return reply;
}

KabTestReply *
kab_test_desk_post (KabTestDesk *self, const char *token, const char *path, const char *key,
                    const char *json)
{
  g_autofree char *headers
      = g_strdup_printf ("Content-Type: application/json\r\nIdempotency-Key: %s\r\n", key);

  return kab_test_desk_call (self, &(KabTestCall) { token, "POST", path, headers, json, -1 });
}

KabTestReply *
kab_test_desk_get (KabTestDesk *self, const char *token, const char *path)
{
  return kab_test_desk_call (self, &(KabTestCall) { token, "GET", path, NULL, NULL, 0 });
}

/* Returns: (transfer full): the id of a new upload */
char *
kab_test_desk_begin (KabTestDesk *self, const char *token, const char *name, gint64 length)
{
  g_autofree char *key = kab_store_make_id ();
  g_autofree char *encoded = g_base64_encode ((const guchar *) name, strlen (name));
  g_autofree char *headers = g_strdup_printf (
      "Tus-Resumable: 1.0.0\r\nUpload-Length: %" G_GINT64_FORMAT
      "\r\nUpload-Metadata: filename %s\r\nIdempotency-Key: %s\r\n",
      length, encoded, key);
  g_autoptr (KabTestReply) reply = kab_test_desk_call (
      self, &(KabTestCall) { token, "POST", "/v1/uploads", headers, NULL, 0 });
  g_autofree char *location = kab_test_reply_header (reply, "location");

  g_assert_cmpuint (reply->status, ==, 201);
  g_assert_true (g_str_has_prefix (location, "/v1/uploads/"));
  return g_strdup (location + strlen ("/v1/uploads/"));
}

KabTestReply *
kab_test_desk_append (KabTestDesk *self, const char *token, const char *id, gint64 offset,
                      GBytes *bytes)
{
  g_autofree char *path = g_strconcat ("/v1/uploads/", id, NULL);
  g_autofree char *headers = g_strdup_printf (
      "Tus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\n"
      "Upload-Offset: %" G_GINT64_FORMAT "\r\n",
      offset);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return kab_test_desk_call (
      self, &(KabTestCall) { token, "PATCH", path, headers, data != NULL ? data : "",
                             (gssize) size });
}

/* Returns: (transfer full): the id of a finished upload */
char *
kab_test_desk_upload (KabTestDesk *self, const char *token, const char *name, GBytes *bytes)
{
  g_autofree char *id
      = kab_test_desk_begin (self, token, name, (gint64) g_bytes_get_size (bytes));
  g_autoptr (KabTestReply) reply = kab_test_desk_append (self, token, id, 0, bytes);

  g_assert_cmpuint (reply->status, ==, 204);
  return g_steal_pointer (&id);
}

/* Returns: (transfer full): the body */
JsonObject *
kab_test_reply_json (KabTestReply *reply)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (reply->body, &error);

  g_assert_no_error (error);
  return json_node_dup_object (node);
}

void
kab_test_assert_problem (KabTestReply *reply, guint status, const char *code)
{
  g_autoptr (JsonObject) problem = NULL;

  if (reply->status != status)
    g_test_message ("%s%s", reply->head, reply->body);
  g_assert_cmpuint (reply->status, ==, status);
  problem = kab_test_reply_json (reply);
  g_assert_cmpstr (json_object_get_string_member (problem, "code"), ==, code);
}

/* A 422 with that entry and no other. */
void
kab_test_assert_field (KabTestReply *reply, const char *pointer, const char *code)
{
  g_autoptr (JsonObject) problem = NULL;
  JsonArray *errors;
  JsonObject *entry;

  kab_test_assert_problem (reply, 422, "validation-failed");
  problem = kab_test_reply_json (reply);
  errors = json_object_get_array_member (problem, "errors");
  g_assert_cmpuint (json_array_get_length (errors), ==, 1);
  entry = json_array_get_object_element (errors, 0);
  g_assert_cmpstr (json_object_get_string_member (entry, "pointer"), ==, pointer);
  g_assert_cmpstr (json_object_get_string_member (entry, "code"), ==, code);
}
