/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-http-roster.h"

#include "kab-event-stream-private.h"

#define TICK_MAX (G_TIME_SPAN_SECOND / 2)
#define TICK_MIN (20 * G_TIME_SPAN_MILLISECOND)

struct _KabHttpRoster
{
  GMutex mutex;
  GCond watch_ended;
  GCond emptied;           /* the last exchange is done; told to a drain only */
  GHashTable *connections; /* (owned) (mutex mutex): set of KabHttpConnection, owned */
  GHashTable *exchanges;   /* (owned) (mutex mutex): set of KabExchange, not owned */
  GHashTable *per_peer;    /* (owned) (mutex mutex): address → number of connections */
  gboolean watch_ends;     /* (mutex mutex) */
  gboolean is_draining;    /* (mutex mutex) */

  GThread *watch; /* (owned) (nullable) */
  KabHttpPatience patience;
  gint64 event_interval;
  KabSlowClientCut cut;
  gpointer cut_data;
};

/* What is done with the members is done without the lock: they have locks of their own. */
static GPtrArray *
copy_connections (KabHttpRoster *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) kab_http_connection_unref);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (copy, kab_http_connection_ref (key));
  return copy;
}

static GPtrArray *
copy_exchanges (KabHttpRoster *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) kab_exchange_unref);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->exchanges);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (copy, kab_exchange_ref (key));
  return copy;
}

static void
cut_clients (KabHttpRoster *self, gint64 now)
{
  g_autoptr (GPtrArray) connections = copy_connections (self);

  for (guint i = 0; i < connections->len; i++)
    {
      KabHttpConnection *connection = g_ptr_array_index (connections, i);

      if (kab_http_connection_is_late (connection, &self->patience, now))
        self->cut (self->cut_data);
      else if (!kab_http_connection_has_left (connection))
        continue;
      kab_http_connection_cut (connection);
    }
}

static void
foreach_event_stream (KabHttpRoster *self, GFunc func, gpointer user_data)
{
  g_autoptr (GPtrArray) exchanges = copy_exchanges (self);

  for (guint i = 0; i < exchanges->len; i++)
    {
      g_autoptr (KabEventStream) events =
          kab_exchange_dup_events (g_ptr_array_index (exchanges, i));

      if (events)
        func (events, user_data);
    }
}

static void
keep_alive_cb (gpointer events, gpointer user_data)
{
  KabHttpRoster *self = user_data;

  kab_event_stream_keep_alive (events, g_get_monotonic_time (), self->event_interval);
}

static void
close_cb (gpointer events, gpointer user_data)
{
  kab_event_stream_close (events);
}

static gint64
get_tick (KabHttpRoster *self)
{
  gint64 shortest = MIN (self->patience.header_timeout, self->patience.body_grace);

  return CLAMP (MIN (shortest, self->event_interval) / 4, TICK_MIN, TICK_MAX);
}

static gpointer
watch_thread (gpointer user_data)
{
  KabHttpRoster *self = user_data;
  gint64 tick = get_tick (self);

  g_mutex_lock (&self->mutex);
  while (!self->watch_ends)
    {
      gint64 now = g_get_monotonic_time ();

      g_mutex_unlock (&self->mutex);
      cut_clients (self, now);
      foreach_event_stream (self, keep_alive_cb, self);
      g_mutex_lock (&self->mutex);
      while (!self->watch_ends && g_cond_wait_until (&self->watch_ended, &self->mutex, now + tick))
        ;
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

static void
end_watch (KabHttpRoster *self)
{
  g_mutex_lock (&self->mutex);
  self->watch_ends = TRUE;
  g_cond_signal (&self->watch_ended);
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&self->watch, g_thread_join);
}

static gboolean
wait_for_exchanges (KabHttpRoster *self, gint64 duration)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gint64 deadline = g_get_monotonic_time () + duration;

  self->is_draining = TRUE;
  while (g_hash_table_size (self->exchanges) > 0)
    if (!g_cond_wait_until (&self->emptied, &self->mutex, deadline))
      return g_hash_table_size (self->exchanges) == 0;
  return TRUE;
}

/* With the mutex held. */
static void
change_peer (KabHttpRoster *self, KabHttpConnection *connection, int change)
{
  g_autofree char *key = g_inet_address_to_string (kab_http_connection_get_peer (connection));
  int n = GPOINTER_TO_INT (g_hash_table_lookup (self->per_peer, key)) + change;

  if (n == 0)
    g_hash_table_remove (self->per_peer, key);
  else
    g_hash_table_replace (self->per_peer, g_steal_pointer (&key), GINT_TO_POINTER (n));
}

KabHttpRoster *
kab_http_roster_new (void)
{
  KabHttpRoster *self = g_new0 (KabHttpRoster, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->watch_ended);
  g_cond_init (&self->emptied);
  self->connections =
      g_hash_table_new_full (NULL, NULL, (GDestroyNotify) kab_http_connection_unref, NULL);
  self->exchanges = g_hash_table_new (NULL, NULL);
  self->per_peer = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
kab_http_roster_free (KabHttpRoster *self)
{
  if (self->watch)
    end_watch (self);
  g_hash_table_unref (self->connections);
  g_hash_table_unref (self->exchanges);
  g_hash_table_unref (self->per_peer);
  g_cond_clear (&self->watch_ended);
  g_cond_clear (&self->emptied);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* Takes the reference. */
void
kab_http_roster_add_connection (KabHttpRoster *self, KabHttpConnection *connection)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_add (self->connections, connection);
  change_peer (self, connection, 1);
}

void
kab_http_roster_remove_connection (KabHttpRoster *self, KabHttpConnection *connection)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  change_peer (self, connection, -1);
  g_hash_table_remove (self->connections, connection);
}

guint
kab_http_roster_get_n_connections (KabHttpRoster *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_hash_table_size (self->connections);
}

/* Returns: how many connections come from that address */
guint
kab_http_roster_count_peer (KabHttpRoster *self, GInetAddress *address)
{
  g_autofree char *key = g_inet_address_to_string (address);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->per_peer, key));
}

/* It has to be removed before its last reference goes. */
void
kab_http_roster_add_exchange (KabHttpRoster *self, KabExchange *exchange)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_add (self->exchanges, exchange);
}

void
kab_http_roster_remove_exchange (KabHttpRoster *self, KabExchange *exchange)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_remove (self->exchanges, exchange);
  if (self->is_draining && g_hash_table_size (self->exchanges) == 0)
    g_cond_signal (&self->emptied);
}

/* Starts to cut slow clients and to keep streams of events alive. */
void
kab_http_roster_watch (KabHttpRoster *self,
                       const KabHttpPatience *patience,
                       gint64 event_interval,
                       KabSlowClientCut cut,
                       gpointer user_data)
{
  self->patience = *patience;
  self->event_interval = event_interval;
  self->cut = cut;
  self->cut_data = user_data;
  self->watch = g_thread_new ("http-watch", watch_thread, self);
}

/* Ends streams of events, waits for the other exchanges, and abandons what isn't done by then.
 * Returns: whether all was done */
gboolean
kab_http_roster_drain (KabHttpRoster *self, gint64 duration)
{
  g_autoptr (GPtrArray) late = NULL;
  gboolean is_drained;

  foreach_event_stream (self, close_cb, NULL);
  is_drained = wait_for_exchanges (self, duration);
  late = copy_exchanges (self);
  for (guint i = 0; i < late->len; i++)
    kab_exchange_abandon (g_ptr_array_index (late, i));
  end_watch (self);
  return is_drained;
}
