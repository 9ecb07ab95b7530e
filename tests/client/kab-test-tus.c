/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-test-tus.h"

#include <sys/socket.h>

#define UPLOADS_PATH "/v1/uploads/"

static const char *
request_header (SoupServerMessage *message, const char *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (message), name);
}

static void
answer (SoupServerMessage *message, guint status, const char *code)
{
  g_autofree char *body = NULL;

  soup_server_message_set_status (message, status, NULL);
  if (code == NULL)
    return;
  body = g_strdup_printf ("{\"type\":\"t\",\"title\":\"\",\"status\":%u,\"code\":\"%s\"}", status,
                          code);
  soup_server_message_set_response (message, "application/problem+json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

static void
answer_offset (KabTestTus *self, SoupServerMessage *message, guint status)
{
  g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, self->offset);

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Upload-Offset",
                                offset);
  answer (message, status, NULL);
}

static void
expect (KabTestTus *self, gboolean right, const char *what)
{
  if (!right && self->wrong == NULL)
    self->wrong = what;
}

static char *
decode_metadata (const char *metadata, const char *key)
{
  g_auto (GStrv) pairs = g_strsplit (metadata, ",", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (pairs[i], " ", 2);
      gsize length;
      g_autofree guchar *value = NULL;

      if (!g_str_equal (pair[0], key))
        continue;
      value = g_base64_decode (pair[1], &length);
      return g_strndup ((char *) value, length);
    }

  return NULL;
}

static void
create (KabTestTus *self, SoupServerMessage *message)
{
  g_autofree char *location = NULL;
  const char *length = request_header (message, "Upload-Length");
  const char *metadata = request_header (message, "Upload-Metadata");
  const char *key = request_header (message, "Idempotency-Key");

  expect (self, length != NULL && metadata != NULL, "creation without length or metadata");
  expect (self, key != NULL && strlen (key) >= 16, "creation without a key");
  self->creations++;
  g_free (self->id);
  self->id = g_strdup_printf ("u%u", self->creations);
  self->length = length ? g_ascii_strtoll (length, NULL, 10) : 0;
  self->offset = 0;
  self->known = TRUE;
  g_free (self->name);
  self->name = metadata ? decode_metadata (metadata, "filename") : NULL;
  g_free (self->type);
  self->type = metadata ? decode_metadata (metadata, "filetype") : NULL;
  g_checksum_reset (self->checksum);
  location = g_strconcat (UPLOADS_PATH, self->id, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location",
                                location);
  answer (message, 201, NULL);
}

static gboolean
has_right_checksum (SoupServerMessage *message, SoupMessageBody *body)
{
  const char *header = request_header (message, "Upload-Checksum");
  GChecksum *checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guchar digest[32];
  gsize length = sizeof digest;
  g_autofree char *base64 = NULL;
  g_autofree char *expected = NULL;

  g_checksum_update (checksum, (const guchar *) body->data, body->length);
  g_checksum_get_digest (checksum, digest, &length);
  g_checksum_free (checksum);
  base64 = g_base64_encode (digest, length);
  expected = g_strconcat ("sha256 ", base64, NULL);

  return g_strcmp0 (header, expected) == 0;
}

static void
append (KabTestTus *self, SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  const char *offset = request_header (message, "Upload-Offset");
  const char *type = request_header (message, "Content-Type");

  expect (self, g_strcmp0 (type, "application/offset+octet-stream") == 0, "wrong type of a piece");
  expect (self, has_right_checksum (message, body), "wrong checksum");
  self->patches++;
  if (offset == NULL || g_ascii_strtoll (offset, NULL, 10) != self->offset)
    {
      answer (message, 409, "upload-offset-mismatch");
      return;
    }
  if (self->mismatches > 0)
    {
      self->mismatches--;
      answer (message, 460, "checksum-mismatch");
      return;
    }

  expect (self, self->offset + body->length <= self->length, "more than was announced");
  if (self->refuse_status != 0 && self->offset + body->length == self->length)
    {
      answer (message, self->refuse_status, "file-content");
      return;
    }
  g_checksum_update (self->checksum, (const guchar *) body->data, body->length);
  self->offset += body->length;
  if (self->offset == self->length)
    {
      GChecksum *whole = g_checksum_copy (self->checksum);

      g_free (self->digest);
      self->digest = g_strdup (g_checksum_get_string (whole));
      g_checksum_free (whole);
    }
  answer_offset (self, message, 204);
}

/* Reset, not only closed: the client would wait for room for what is still to come until its time
 * is over. */
static void
cut (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);
  const struct linger none = { .l_onoff = 1 };

  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &none, sizeof none);
  g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

static gboolean
delay_over_cb (gpointer message)
{
  soup_server_message_unpause (message);

  return G_SOURCE_REMOVE;
}

static void
pause_for (SoupServerMessage *message, guint milliseconds)
{
  GSource *source = g_timeout_source_new (milliseconds);

  soup_server_message_pause (message);
  g_source_set_callback (source, delay_over_cb, g_object_ref (message), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
  g_source_unref (source);
}

/* A late request for an upload that another one has followed is none for that. */
static gboolean
is_known (KabTestTus *self, const char *path)
{
  return self->known && g_str_has_prefix (path, UPLOADS_PATH) &&
         g_str_equal (path + strlen (UPLOADS_PATH), self->id);
}

static void
received_cb (SoupServer *server,
             SoupServerMessage *message,
             const char *path,
             GHashTable *query,
             gpointer user_data)
{
  KabTestTus *self = user_data;
  const char *method = soup_server_message_get_method (message);

  g_mutex_lock (&self->mutex);
  expect (self, g_strcmp0 (request_header (message, "Tus-Resumable"), "1.0.0") == 0,
          "no Tus-Resumable");
  expect (self, g_strcmp0 (request_header (message, "Authorization"), "Bearer t") == 0, "no token");
  if (self->forget > 0 && is_known (self, path))
    {
      self->forget--;
      self->known = FALSE;
    }
  if (g_str_equal (method, "POST"))
    {
      create (self, message);
    }
  else if (g_str_equal (method, "DELETE"))
    {
      self->terminations++;
      self->known = self->known && !is_known (self, path);
      answer (message, 204, NULL);
    }
  else if (!is_known (self, path))
    {
      answer (message, 404, g_str_equal (method, "HEAD") ? NULL : "not-found");
    }
  else if (g_str_equal (method, "HEAD"))
    {
      answer_offset (self, message, 200);
    }
  else
    {
      append (self, message);
      if (self->delay > 0)
        pause_for (message, self->delay);
      if (g_object_get_data (G_OBJECT (message), "cut-behind") != NULL)
        cut (message);
    }
  g_mutex_unlock (&self->mutex);
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  KabTestTus *self = user_data;
  gint64 left = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (message), "cut-after"));

  g_mutex_lock (&self->mutex);
  self->received += g_bytes_get_size (chunk);
  g_mutex_unlock (&self->mutex);
  if (left == 0)
    return;

  left -= g_bytes_get_size (chunk);
  if (left <= 0)
    cut (message);
  g_object_set_data (G_OBJECT (message), "cut-after", GSIZE_TO_POINTER (MAX (1, left)));
}

static void
begun_cb (SoupServer *server,
          SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer user_data)
{
  KabTestTus *self = user_data;

  if (!g_str_equal (soup_server_message_get_method (message), "PATCH"))
    return;

  g_mutex_lock (&self->mutex);
  self->begun++;
  if (self->cut_every != 0 && self->begun % self->cut_every == 0)
    {
      self->cuts++;
      g_object_set_data (G_OBJECT (message), self->cuts % 2 == 1 ? "cut-after" : "cut-behind",
                         GSIZE_TO_POINTER (g_random_int_range (1, 1024 * 1024)));
    }
  g_mutex_unlock (&self->mutex);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), self);
}

KabTestTus *
kab_test_tus_new (KabTestServer *server)
{
  KabTestTus *self = g_new0 (KabTestTus, 1);

  g_mutex_init (&self->mutex);
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  kab_test_tus_attach (self, server);

  return self;
}

void
kab_test_tus_attach (KabTestTus *self, KabTestServer *server)
{
  kab_test_server_handle (server, "/v1/uploads", begun_cb, received_cb, self);
}

void
kab_test_tus_free (KabTestTus *self)
{
  g_checksum_free (self->checksum);
  g_mutex_clear (&self->mutex);
  g_free (self->id);
  g_free (self->name);
  g_free (self->type);
  g_free (self->digest);
  g_free (self);
}
