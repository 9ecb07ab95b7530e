/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-tap.h"

#include <string.h>

#define LONGEST_LINE (16 * 1024)

/**
 * KabSandboxTap:
 *
 * An input stream that remembers the first line that came through it since the last reset. The
 * HTTP library hands out a normalised address, while a signature is made over the request line
 * exactly as it was sent.
 */
struct _KabSandboxTap
{
  GFilterInputStream parent_instance;

  GString *line;
  gboolean complete;
};

static void kab_sandbox_tap_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KabSandboxTap,
                               kab_sandbox_tap,
                               G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      kab_sandbox_tap_pollable_init))

static GInputStream *
base_stream (gpointer self)
{
  return g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self));
}

static void
remember (KabSandboxTap *self, const char *bytes, gssize length)
{
  const char *end;

  if (self->complete || length <= 0)
    return;
  end = memchr (bytes, '\n', length);
  g_string_append_len (self->line, bytes, end ? end - bytes : length);
  self->complete = end != NULL || self->line->len > LONGEST_LINE;
}

static gssize
kab_sandbox_tap_read (GInputStream *stream,
                      void *buffer,
                      gsize count,
                      GCancellable *cancellable,
                      GError **error)
{
  gssize n = g_input_stream_read (base_stream (stream), buffer, count, cancellable, error);

  remember (KAB_SANDBOX_TAP (stream), buffer, n);
  return n;
}

static gboolean
kab_sandbox_tap_can_poll (GPollableInputStream *stream)
{
  return g_pollable_input_stream_can_poll (G_POLLABLE_INPUT_STREAM (base_stream (stream)));
}

static gboolean
kab_sandbox_tap_is_readable (GPollableInputStream *stream)
{
  return g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (base_stream (stream)));
}

static GSource *
kab_sandbox_tap_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  g_autoptr (GSource) base = g_pollable_input_stream_create_source (
      G_POLLABLE_INPUT_STREAM (base_stream (stream)), cancellable);

  return g_pollable_source_new_full (stream, base, NULL);
}

static gssize
kab_sandbox_tap_read_nonblocking (GPollableInputStream *stream,
                                  void *buffer,
                                  gsize count,
                                  GError **error)
{
  gssize n = g_pollable_input_stream_read_nonblocking (
      G_POLLABLE_INPUT_STREAM (base_stream (stream)), buffer, count, NULL, error);

  remember (KAB_SANDBOX_TAP (stream), buffer, n);
  return n;
}

static void
kab_sandbox_tap_finalize (GObject *object)
{
  g_string_free (KAB_SANDBOX_TAP (object)->line, TRUE);
  G_OBJECT_CLASS (kab_sandbox_tap_parent_class)->finalize (object);
}

static void
kab_sandbox_tap_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->can_poll = kab_sandbox_tap_can_poll;
  iface->is_readable = kab_sandbox_tap_is_readable;
  iface->create_source = kab_sandbox_tap_create_source;
  iface->read_nonblocking = kab_sandbox_tap_read_nonblocking;
}

static void
kab_sandbox_tap_class_init (KabSandboxTapClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_sandbox_tap_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = kab_sandbox_tap_read;
}

static void
kab_sandbox_tap_init (KabSandboxTap *self)
{
  self->line = g_string_new (NULL);
}

/**
 * kab_sandbox_tap_get_line:
 * @self: a tap
 *
 * Returns: (transfer full) (nullable): the first line since the last reset, without its end, or
 *   %NULL when none has passed completely
 */
char *
kab_sandbox_tap_get_line (KabSandboxTap *self)
{
  return self->complete ? g_strchomp (g_strndup (self->line->str, self->line->len)) : NULL;
}

/**
 * kab_sandbox_tap_reset:
 * @self: a tap
 *
 * Forgets the line, so that the next bytes start a new one.
 */
void
kab_sandbox_tap_reset (KabSandboxTap *self)
{
  g_string_truncate (self->line, 0);
  self->complete = FALSE;
}

/**
 * KabSandboxTappedConnection:
 *
 * A connection whose input runs through a tap. The HTTP library serves a second request on a
 * connection only when it is a socket's own, so it is one.
 */
struct _KabSandboxTappedConnection
{
  GSocketConnection parent_instance;

  GSocketConnection *base; /* (owned) closes the socket when it goes */
  KabSandboxTap *tap;      /* (owned) */
};

G_DEFINE_FINAL_TYPE (KabSandboxTappedConnection,
                     kab_sandbox_tapped_connection,
                     G_TYPE_SOCKET_CONNECTION)

static GInputStream *
kab_sandbox_tapped_connection_get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (KAB_SANDBOX_TAPPED_CONNECTION (stream)->tap);
}

static void
kab_sandbox_tapped_connection_finalize (GObject *object)
{
  KabSandboxTappedConnection *self = KAB_SANDBOX_TAPPED_CONNECTION (object);

  G_OBJECT_CLASS (kab_sandbox_tapped_connection_parent_class)->finalize (object);
  g_object_unref (self->tap);
  g_object_unref (self->base);
}

static void
kab_sandbox_tapped_connection_class_init (KabSandboxTappedConnectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_sandbox_tapped_connection_finalize;
  G_IO_STREAM_CLASS (klass)->get_input_stream = kab_sandbox_tapped_connection_get_input_stream;
}

static void
kab_sandbox_tapped_connection_init (KabSandboxTappedConnection *self)
{
}

/**
 * kab_sandbox_tapped_connection_new:
 * @base: a connection that nothing has been read from
 *
 * Returns: (transfer full): a connection over the same socket
 */
KabSandboxTappedConnection *
kab_sandbox_tapped_connection_new (GSocketConnection *base)
{
  KabSandboxTappedConnection *self = g_object_new (KAB_TYPE_SANDBOX_TAPPED_CONNECTION, "socket",
                                                   g_socket_connection_get_socket (base), NULL);

  self->base = g_object_ref (base);
  self->tap = g_object_new (KAB_TYPE_SANDBOX_TAP, "base-stream",
                            g_io_stream_get_input_stream (G_IO_STREAM (base)), "close-base-stream",
                            FALSE, NULL);
  return self;
}

/**
 * kab_sandbox_tapped_connection_get_tap:
 * @self: a connection
 *
 * Returns: (transfer none): its tap
 */
KabSandboxTap *
kab_sandbox_tapped_connection_get_tap (KabSandboxTappedConnection *self)
{
  return self->tap;
}
