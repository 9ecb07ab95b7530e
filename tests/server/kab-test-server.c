/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-test-server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kab-log.h"

static void
line_dropped_cb (KabLogLevel level, const char *line, gpointer user_data)
{
  if (g_test_verbose ())
    g_test_message ("%s", line);
}

KabTestServer *
kab_test_server_new (const KabHttpSettings *settings,
                     const KabRoute *routes,
                     gsize n_routes,
                     gpointer user_data)
{
  KabTestServer *self = g_new0 (KabTestServer, 1);
  g_autoptr (GError) error = NULL;

  kab_log_set_sink (line_dropped_cb, NULL);
  self->router = kab_router_new ();
  kab_router_add (self->router, routes, n_routes, user_data);
  self->metrics = kab_metrics_new ();
  self->server = kab_http_server_new (settings, self->router, self->metrics);
  if (!kab_http_server_start (self->server, &error))
    g_error ("%s", error->message);
  self->port = kab_http_server_get_port (self->server);
  return self;
}

void
kab_test_server_free (KabTestServer *self)
{
  kab_http_server_stop (self->server);
  g_assert_finalize_object (self->server);
  g_assert_finalize_object (self->router);
  g_assert_finalize_object (self->metrics);
  g_free (self);
}

int
kab_test_connect (guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  if (connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
    {
      close (fd);
      return -1;
    }
  return fd;
}

/* Returns: whether all could be sent; the server may hang up in between */
gboolean
kab_test_send (int fd, const char *bytes, gssize length)
{
  gsize rest = length < 0 ? strlen (bytes) : (gsize) length;

  while (rest > 0)
    {
      gssize sent = send (fd, bytes, rest, MSG_NOSIGNAL);

      if (sent < 0 && errno == EINTR)
        continue;
      if (sent <= 0)
        return FALSE;
      bytes += sent;
      rest -= (gsize) sent;
    }
  return TRUE;
}

static gsize
expected_length (KabTestReply *reply)
{
  g_autofree char *length = kab_test_reply_header (reply, "content-length");

  return length ? (gsize) g_ascii_strtoull (length, NULL, 10) : G_MAXSIZE;
}

/* Cuts head and body out of what came so far. Returns: whether the response is whole. */
static gboolean
cut_reply (KabTestReply *reply, GByteArray *bytes)
{
  const char *data = (const char *) bytes->data;
  const char *end = bytes->len ? g_strstr_len (data, bytes->len, "\r\n\r\n") : NULL;

  if (!end)
    return FALSE;
  g_free (reply->head);
  g_free (reply->body);
  reply->head = g_strndup (data, (gsize) (end - data) + 2);
  reply->body_length = bytes->len - (gsize) (end + 4 - data);
  reply->body = g_malloc0 (reply->body_length + 1);
  memcpy (reply->body, end + 4, reply->body_length);
  reply->status = g_str_has_prefix (reply->head, "HTTP/1.")
                      ? (guint) g_ascii_strtoull (reply->head + 9, NULL, 10)
                      : 0;
  if (reply->status == 100)
    {
      g_byte_array_remove_range (bytes, 0, (guint) (end + 4 - data));
      return cut_reply (reply, bytes);
    }
  return reply->status == 204 || reply->status == 304 ||
         reply->body_length >= expected_length (reply);
}

/* Reads one response, until it is whole, the server hangs up or the time is over. */
KabTestReply *
kab_test_receive (int fd, guint timeout_ms)
{
  KabTestReply *reply = g_new0 (KabTestReply, 1);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gint64 end = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;

  while (!cut_reply (reply, bytes))
    {
      gint64 left = (end - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;
      struct pollfd waiting = { fd, POLLIN, 0 };
      guint8 block[4096];
      gssize length;

      if (left <= 0 || poll (&waiting, 1, (int) left) <= 0)
        break;
      length = recv (fd, block, sizeof block, 0);
      if (length <= 0)
        {
          reply->is_closed = TRUE;
          break;
        }
      g_byte_array_append (bytes, block, (guint) length);
    }
  return reply;
}

/* Whether the server hangs up within that time; what it still sends is skipped. */
gboolean
kab_test_is_closed (int fd, guint timeout_ms)
{
  gint64 end = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;

  for (;;)
    {
      gint64 left = (end - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;
      struct pollfd waiting = { fd, POLLIN, 0 };
      char block[4096];

      if (left <= 0 || poll (&waiting, 1, (int) left) <= 0)
        return FALSE;
      if (recv (fd, block, sizeof block, 0) <= 0)
        return TRUE;
    }
}

KabTestReply *
kab_test_ask (guint16 port, const char *message, gssize length)
{
  int fd = kab_test_connect (port);
  KabTestReply *reply;

  g_assert_cmpint (fd, >=, 0);
  kab_test_send (fd, message, length);
  reply = kab_test_receive (fd, KAB_TEST_PATIENCE_MS);
  close (fd);
  return reply;
}

KabTestReply *
kab_test_get (guint16 port, const char *path, const char *headers)
{
  g_autofree char *message = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n", path,
                                              headers ? headers : "");

  return kab_test_ask (port, message, -1);
}

/* Returns: (transfer full) (nullable): the field's value, its name in lower case */
char *
kab_test_reply_header (KabTestReply *reply, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (reply->head ? reply->head : "", "\r\n", -1);
  gsize length = strlen (name);

  for (gsize i = 0; lines[i]; i++)
    if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
      return g_strstrip (g_strdup (lines[i] + length + 1));
  return NULL;
}

void
kab_test_reply_free (KabTestReply *reply)
{
  g_free (reply->head);
  g_free (reply->body);
  g_free (reply);
}
