/* SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * KabEventStream:
 *
 * A response of server-sent events (HTML standard, section 9.2) that stays open without a thread:
 * any thread pushes, the HTTP thread writes when the socket takes it. What the client hasn't read
 * waits in a bounded buffer; one that lets it overflow is cut off and has to resume by
 * Last-Event-ID.
 */

#include "kab-event-stream.h"

#include "kab-event-stream-private.h"

struct _KabEventStream
{
  GObject parent_instance;

  GMutex mutex;
  GByteArray *buffer; /* (owned) (mutex mutex) */
  gsize limit;
  gint64 last_push;               /* (mutex mutex): monotonic */
  gboolean is_closed;             /* (mutex mutex) */
  gboolean is_waiting;            /* (mutex mutex): the connection sleeps until wake */
  const KabEventCarrier *carrier; /* (nullable) (mutex mutex) */
  gpointer carrier_data;
  KabEventStreamClosed closed; /* (nullable) (mutex mutex): NULL once it was called */
  gpointer closed_data;
  GDestroyNotify closed_destroy;
};

G_DEFINE_FINAL_TYPE (KabEventStream, kab_event_stream, G_TYPE_OBJECT)

static void
notify_closed (KabEventStream *self)
{
  KabEventStreamClosed closed;
  GDestroyNotify destroy;
  gpointer data;

  g_mutex_lock (&self->mutex);
  closed = g_steal_pointer (&self->closed);
  destroy = g_steal_pointer (&self->closed_destroy);
  data = g_steal_pointer (&self->closed_data);
  g_mutex_unlock (&self->mutex);
  if (closed)
    closed (self, data);
  if (destroy)
    destroy (data);
}

static void
wake (KabEventStream *self)
{
  if (self->is_waiting && self->carrier)
    {
      self->is_waiting = FALSE;
      self->carrier->wake (self->carrier_data);
    }
}

/* Returns: whether the bytes were taken */
static gboolean
append (KabEventStream *self, const char *bytes, gsize length)
{
  gboolean is_overflow;

  g_mutex_lock (&self->mutex);
  if (self->is_closed)
    {
      g_mutex_unlock (&self->mutex);
      return FALSE;
    }
  is_overflow = self->buffer->len + length > self->limit;
  if (is_overflow)
    {
      self->is_closed = TRUE;
      g_byte_array_set_size (self->buffer, 0);
      if (self->carrier)
        self->carrier->cut (self->carrier_data);
    }
  else
    {
      g_byte_array_append (self->buffer, (const guint8 *) bytes, (guint) length);
      self->last_push = g_get_monotonic_time ();
    }
  wake (self);
  g_mutex_unlock (&self->mutex);
  if (is_overflow)
    notify_closed (self);
  return !is_overflow;
}

static void
kab_event_stream_finalize (GObject *object)
{
  KabEventStream *self = KAB_EVENT_STREAM (object);

  if (self->closed_destroy)
    self->closed_destroy (self->closed_data);
  g_clear_pointer (&self->buffer, g_byte_array_unref);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (kab_event_stream_parent_class)->finalize (object);
}

static void
kab_event_stream_class_init (KabEventStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_event_stream_finalize;
}

static void
kab_event_stream_init (KabEventStream *self)
{
  g_mutex_init (&self->mutex);
  self->buffer = g_byte_array_new ();
  self->last_push = g_get_monotonic_time ();
}

/**
 * kab_event_stream_new:
 * @buffer_limit: bytes that may wait for the client, such as 256 KiB
 *
 * Returns: (transfer full): a stream; answer with kab_response_new_events()
 */
KabEventStream *
kab_event_stream_new (gsize buffer_limit)
{
  KabEventStream *self = g_object_new (KAB_TYPE_EVENT_STREAM, NULL);

  self->limit = buffer_limit;
  /* The first bytes let the client see at once that it is connected. */
  kab_event_stream_push_comment (self, "open");
  return self;
}

/**
 * kab_event_stream_set_closed:
 * @closed: told once when the stream has ended
 *
 * When the stream has ended already, @closed is called at once.
 */
void
kab_event_stream_set_closed (KabEventStream *self,
                             KabEventStreamClosed closed,
                             gpointer user_data,
                             GDestroyNotify destroy)
{
  gboolean is_closed;

  g_mutex_lock (&self->mutex);
  self->closed = closed;
  self->closed_data = user_data;
  self->closed_destroy = destroy;
  is_closed = self->is_closed;
  g_mutex_unlock (&self->mutex);
  if (is_closed)
    notify_closed (self);
}

/**
 * kab_event_stream_push:
 * @id: (nullable): what Last-Event-ID will be
 * @event: (nullable): the event's type
 * @data: its data, one line or several
 *
 * Sends an event. Usable from any thread, never blocks.
 *
 * Returns: %FALSE when the stream has ended, also by this push
 */
gboolean
kab_event_stream_push (KabEventStream *self, const char *id, const char *event, const char *data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit_set (data, "\r\n", -1);

  if (id)
    g_string_append_printf (text, "id: %s\n", id);
  if (event)
    g_string_append_printf (text, "event: %s\n", event);
  for (gsize i = 0; lines[i]; i++)
    g_string_append_printf (text, "data: %s\n", lines[i]);
  g_string_append_c (text, '\n');
  return append (self, text->str, text->len);
}

/**
 * kab_event_stream_push_comment:
 * @comment: one line, which programs don't see
 *
 * Returns: %FALSE when the stream has ended, also by this push
 */
gboolean
kab_event_stream_push_comment (KabEventStream *self, const char *comment)
{
  g_autofree char *text = g_strdup_printf (": %s\n\n", comment);

  return append (self, text, strlen (text));
}

/**
 * kab_event_stream_get_pending:
 *
 * Returns: how many bytes wait for the client; who has much to send waits until there are few
 */
gsize
kab_event_stream_get_pending (KabEventStream *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->buffer->len;
}

/**
 * kab_event_stream_close:
 *
 * Ends the stream after what was pushed. Usable from any thread, also twice.
 */
void
kab_event_stream_close (KabEventStream *self)
{
  g_mutex_lock (&self->mutex);
  self->is_closed = TRUE;
  wake (self);
  g_mutex_unlock (&self->mutex);
  notify_closed (self);
}

/**
 * kab_event_stream_is_closed:
 *
 * Returns: whether the stream has ended
 */
gboolean
kab_event_stream_is_closed (KabEventStream *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->is_closed;
}

/**
 * kab_event_stream_attach:
 * @carrier: how to reach the connection
 *
 * Called once, before the first read.
 */
void
kab_event_stream_attach (KabEventStream *self, const KabEventCarrier *carrier, gpointer data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->carrier = carrier;
  self->carrier_data = data;
}

/**
 * kab_event_stream_detach:
 *
 * The connection is gone; nothing more is written.
 */
void
kab_event_stream_detach (KabEventStream *self)
{
  g_mutex_lock (&self->mutex);
  self->carrier = NULL;
  g_mutex_unlock (&self->mutex);
  kab_event_stream_close (self);
}

/**
 * kab_event_stream_read:
 *
 * Hands bytes to the connection; when there are none, the carrier is told to wait, so that a push
 * in that moment can't be missed.
 *
 * Returns: how many bytes, 0 for none yet, -1 for the end
 */
gssize
kab_event_stream_read (KabEventStream *self, char *buffer, gsize size)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gsize length = MIN (size, self->buffer->len);

  if (length > 0)
    {
      memcpy (buffer, self->buffer->data, length);
      g_byte_array_remove_range (self->buffer, 0, (guint) length);
      return (gssize) length;
    }
  if (self->is_closed)
    return -1;
  self->is_waiting = TRUE;
  self->carrier->wait (self->carrier_data);
  return 0;
}

/**
 * kab_event_stream_keep_alive:
 * @now: monotonic microseconds
 * @interval: microseconds of silence after which a comment is sent
 *
 * Keeps proxies from closing a quiet stream, and finds out that a client has gone.
 */
void
kab_event_stream_keep_alive (KabEventStream *self, gint64 now, gint64 interval)
{
  gint64 last_push;

  g_mutex_lock (&self->mutex);
  last_push = self->last_push;
  g_mutex_unlock (&self->mutex);
  if (now - last_push >= interval)
    kab_event_stream_push_comment (self, "alive");
}
