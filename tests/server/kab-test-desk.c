/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-test-desk.h"

#include <unistd.h>

#include "kab-test-postgres.h"

static void
run_test (KabTestDeskFunc test, gboolean is_sqlite)
{
  g_autofree char *url = is_sqlite ? NULL : kab_test_postgres_new_database ();
  KabTestDesk self = { .bank = kab_test_bank_new_on (url) };

  self.port = kab_http_server_get_port (self.bank->server);
  test (&self);
  kab_test_bank_free (self.bank);
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

  kab_store_write (self->bank->store, func, data, &error);
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

/* Returns: (transfer full): the id of a client or an employee */
char *
kab_test_desk_add_user (KabTestDesk *self, const char *role)
{
  static guint n = 0;
  g_autofree char *email = g_strdup_printf ("person%u@example.com", ++n);
  g_autofree char *phone = g_strdup_printf ("+3712%07u", n);

  return g_str_equal (role, "staff")
             ? kab_test_bank_add_staff (self->bank, email, "Ilze Bērziņa", KAB_TEST_PASSWORD)
             : kab_test_bank_add_client (self->bank, email, phone, KAB_TEST_PASSWORD);
}

static gboolean
add_case (KabTransaction *tx, gpointer data, GError **error)
{
  const char *const *ids = data;

  return kab_tx_exec (
      tx, error,
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

/* Returns: (transfer full): the request's bytes up to the body */
char *
kab_test_desk_compose (const KabTestCall *call)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s %s HTTP/1.1\r\nHost: localhost\r\n", call->method, call->path);
  /* What it would have been as a GET is announced and never comes. */
  if (g_str_equal (call->method, "HEAD"))
    g_string_append (text, "Connection: close\r\n");
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
  reply = kab_test_receive (fd, KAB_TEST_PATIENCE_MS);
  close (fd);
  return reply;
}

KabTestReply *
kab_test_desk_post (KabTestDesk *self,
                    const char *token,
                    const char *path,
                    const char *key,
                    const char *json)
{
  g_autofree char *headers =
      g_strdup_printf ("Content-Type: application/json\r\nIdempotency-Key: %s\r\n", key);

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
  g_autofree char *headers =
      g_strdup_printf ("Tus-Resumable: 1.0.0\r\nUpload-Length: %" G_GINT64_FORMAT
                       "\r\nUpload-Metadata: filename %s\r\nIdempotency-Key: %s\r\n",
                       length, encoded, key);
  g_autoptr (KabTestReply) reply =
      kab_test_desk_call (self, &(KabTestCall) { token, "POST", "/v1/uploads", headers, NULL, 0 });
  g_autofree char *location = kab_test_reply_header (reply, "location");

  g_assert_cmpuint (reply->status, ==, 201);
  g_assert_true (g_str_has_prefix (location, "/v1/uploads/"));
  return g_strdup (location + strlen ("/v1/uploads/"));
}

KabTestReply *
kab_test_desk_append (KabTestDesk *self,
                      const char *token,
                      const char *id,
                      gint64 offset,
                      GBytes *bytes)
{
  g_autofree char *path = g_strconcat ("/v1/uploads/", id, NULL);
  g_autofree char *headers =
      g_strdup_printf ("Tus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\n"
                       "Upload-Offset: %" G_GINT64_FORMAT "\r\n",
                       offset);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return kab_test_desk_call (self, &(KabTestCall) { token, "PATCH", path, headers,
                                                    data != NULL ? data : "", (gssize) size });
}

/* Returns: (transfer full): the id of a finished upload */
char *
kab_test_desk_upload (KabTestDesk *self, const char *token, const char *name, GBytes *bytes)
{
  g_autofree char *id = kab_test_desk_begin (self, token, name, (gint64) g_bytes_get_size (bytes));
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
