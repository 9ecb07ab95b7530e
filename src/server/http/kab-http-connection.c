/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-http-connection.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

typedef enum
{
  PHASE_IDLE,   /* nothing of the next message has come */
  PHASE_HEADER, /* something has */
  PHASE_BODY,
  PHASE_WORK, /* the server's turn: no deadline */
} Phase;

struct _KabHttpConnection
{
  gatomicrefcount ref_count;
  GInetAddress *peer; /* (owned) */
  char *uri;          /* (owned) (nullable): of the present message; HTTP thread only */

  GMutex mutex;
  int fd;                /* (mutex mutex): -1 once closed */
  Phase phase;           /* (mutex mutex) */
  gint64 since;          /* (mutex mutex): when the phase began; moved on by pauses */
  gint64 paused_at;      /* (mutex mutex): 0 unless the server holds the client up */
  guint64 body_bytes;    /* (mutex mutex) */
  guint64 bytes_at_idle; /* (mutex mutex): received in all, when the phase began */
};

/* Bytes that the kernel received on this socket, or 0 where it doesn't tell. */
static guint64
count_received (int fd)
{
  struct tcp_info info = { 0 };
  socklen_t length = sizeof info;

  if (fd < 0 || getsockopt (fd, IPPROTO_TCP, TCP_INFO, &info, &length) != 0)
    return 0;
  if (length < offsetof (struct tcp_info, tcpi_bytes_received) + sizeof info.tcpi_bytes_received)
    return 0;
  return info.tcpi_bytes_received;
}

static void
enter_phase (KabHttpConnection *self, Phase phase)
{
  self->phase = phase;
  self->since = g_get_monotonic_time ();
  self->paused_at = 0;
}

KabHttpConnection *
kab_http_connection_new (int fd, GInetAddress *peer)
{
  KabHttpConnection *self = g_new0 (KabHttpConnection, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->fd = fd;
  self->peer = g_object_ref (peer);
  enter_phase (self, PHASE_IDLE);
  return self;
}

KabHttpConnection *
kab_http_connection_ref (KabHttpConnection *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kab_http_connection_unref (KabHttpConnection *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->peer);
  g_free (self->uri);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

GInetAddress *
kab_http_connection_get_peer (KabHttpConnection *self)
{
  return self->peer;
}

/* The request line is there: the header section is on its way. */
void
kab_http_connection_take_uri (KabHttpConnection *self, const char *uri)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_set_str (&self->uri, uri);
  if (self->phase == PHASE_IDLE)
    enter_phase (self, PHASE_HEADER);
}

const char *
kab_http_connection_get_uri (KabHttpConnection *self)
{
  return self->uri;
}

void
kab_http_connection_begin_body (KabHttpConnection *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  enter_phase (self, PHASE_BODY);
  self->body_bytes = 0;
}

void
kab_http_connection_count_body (KabHttpConnection *self, gsize length)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->body_bytes += length;
}

/* The server doesn't read for a while; the client isn't slow. */
void
kab_http_connection_pause (KabHttpConnection *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->paused_at = g_get_monotonic_time ();
}

void
kab_http_connection_unpause (KabHttpConnection *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->paused_at)
    self->since += g_get_monotonic_time () - self->paused_at;
  self->paused_at = 0;
}

void
kab_http_connection_begin_work (KabHttpConnection *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  enter_phase (self, PHASE_WORK);
}

void
kab_http_connection_begin_idle (KabHttpConnection *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  enter_phase (self, PHASE_IDLE);
  self->bytes_at_idle = count_received (self->fd);
}

/* Returns: whether the client has used up the server's patience */
gboolean
kab_http_connection_is_late (KabHttpConnection *self, const KabHttpPatience *patience, gint64 now)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gint64 elapsed = now - self->since;

  if (self->paused_at || self->phase == PHASE_WORK)
    return FALSE;
  if (self->phase == PHASE_IDLE)
    {
      if (count_received (self->fd) > self->bytes_at_idle)
        enter_phase (self, PHASE_HEADER);
      return FALSE;
    }
  if (self->phase == PHASE_HEADER)
    return elapsed > patience->header_timeout;
  return elapsed > patience->body_grace &&
         (double) self->body_bytes <
             (double) patience->body_bytes_rate * (double) elapsed / G_TIME_SPAN_SECOND;
}

/* Returns: whether the client left in the middle of a body. The HTTP library misses the end of a
 * connection that comes together with the last bytes, because it waits for another edge. */
gboolean
kab_http_connection_has_left (KabHttpConnection *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  char byte;

  return self->fd >= 0 && self->phase == PHASE_BODY && !self->paused_at &&
         recv (self->fd, &byte, sizeof byte, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* Ends the connection at once; the HTTP thread finds out and cleans up. */
void
kab_http_connection_cut (KabHttpConnection *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->fd >= 0)
    shutdown (self->fd, SHUT_RDWR);
}

/* The HTTP library is about to close the socket, whose number may be another's afterwards. */
void
kab_http_connection_closed (KabHttpConnection *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->fd = -1;
}
