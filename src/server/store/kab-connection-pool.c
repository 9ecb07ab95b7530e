/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-connection-pool.h"

#define WAIT_LIMIT (10 * G_TIME_SPAN_SECOND)

struct _KabConnectionPool
{
  const KabEngine *engine;
  char *location;
  guint limit;
  GMutex mutex;
  GCond returned;
  guint n_open;
  guint n_waiting;
  GPtrArray *idle;
};

/* A pool of at most @limit readers, which are opened when they are first needed. */
KabConnectionPool *
kab_connection_pool_new (const KabEngine *engine, const char *location, guint limit)
{
  KabConnectionPool *self = g_new0 (KabConnectionPool, 1);

  self->engine = engine;
  self->location = g_strdup (location);
  self->limit = limit;
  self->idle = g_ptr_array_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->returned);
  return self;
}

/* All connections have to be back. */
void
kab_connection_pool_free (KabConnectionPool *self)
{
  for (guint i = 0; i < self->idle->len; i++)
    self->engine->close (g_ptr_array_index (self->idle, i));
  g_ptr_array_unref (self->idle);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->returned);
  g_free (self->location);
  g_free (self);
}

static gboolean
is_free (KabConnectionPool *self)
{
  return self->idle->len > 0 || self->n_open < self->limit;
}

static gboolean
wait_until_free (KabConnectionPool *self)
{
  gint64 deadline = g_get_monotonic_time () + WAIT_LIMIT;
  gboolean is_in_time = TRUE;

  self->n_waiting++;
  while (is_in_time && !is_free (self))
    is_in_time = g_cond_wait_until (&self->returned, &self->mutex, deadline);
  self->n_waiting--;
  return is_free (self);
}

/* With the mutex held. A signal costs a system call even when nobody waits. */
static void
tell_returned (KabConnectionPool *self)
{
  if (self->n_waiting > 0)
    g_cond_signal (&self->returned);
}

/* The connection that was used last, whose caches are warm; NULL when one may be opened. */
static gboolean
wait_for_turn (KabConnectionPool *self, KabConnection **connection)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  *connection = NULL;
  if (!is_free (self) && !wait_until_free (self))
    return FALSE;
  if (self->idle->len > 0)
    *connection = g_ptr_array_steal_index (self->idle, self->idle->len - 1);
  else
    self->n_open++;
  return TRUE;
}

static void
forget_one (KabConnectionPool *self)
{
  g_mutex_lock (&self->mutex);
  self->n_open--;
  tell_returned (self);
  g_mutex_unlock (&self->mutex);
}

/* Returns a connection for this thread alone, to be given back with kab_connection_pool_put (). */
KabConnection *
kab_connection_pool_take (KabConnectionPool *self, GError **error)
{
  KabConnection *connection;

  if (!wait_for_turn (self, &connection))
    {
      g_set_error_literal (error, KAB_STORE_ERROR, KAB_STORE_ERROR_BUSY,
                           "Every connection to the database is in use");
      return NULL;
    }
  if (connection == NULL)
    connection = self->engine->open (self->location, KAB_CONNECTION_READER, error);
  if (connection == NULL)
    forget_one (self);
  return connection;
}

/* A connection that broke, or is left in a transaction, isn't used again. */
void
kab_connection_pool_put (KabConnectionPool *self, KabConnection *connection)
{
  if (!self->engine->is_usable (connection) || self->engine->is_in_transaction (connection))
    {
      self->engine->close (connection);
      forget_one (self);
      return;
    }
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->idle, connection);
  tell_returned (self);
  g_mutex_unlock (&self->mutex);
}
