/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-store.h"

#include "kab-connection-pool.h"
#include "kab-migrations.h"
#include "kab-postgres-listener.h"
#include "kab-sqlite-file.h"
#include "kab-store-writer.h"

#include <sodium.h>

#define SQLITE_SCHEME   "sqlite:"
#define DEFAULT_READERS 16
#define ID_BYTES        16

typedef struct
{
  guint id;
  KabStoreListener func;
  gpointer data;
} Listener;

struct _KabStore
{
  GObject parent_instance;

  const KabEngine *engine;
  KabTransactionContext context;
  KabConnectionPool *readers;
  KabStoreWriter *writer;
  KabPostgresListener *remote;
  guint64 n_reads;

  GMutex listeners_mutex;
  GArray *listeners;
  guint last_listener;
};

G_DEFINE_FINAL_TYPE (KabStore, kab_store, G_TYPE_OBJECT)

typedef gboolean (*Reading) (KabStore *self,
                             KabConnection *connection,
                             KabStoreFunc func,
                             gpointer data,
                             GError **error);

static void
tell_listeners (KabStore *self, const char *topic, const char *key, gint64 sequence)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->listeners_mutex);

  for (guint i = 0; i < self->listeners->len; i++)
    {
      Listener *listener = &g_array_index (self->listeners, Listener, i);
      listener->func (topic, key, sequence, listener->data);
    }
}

static void
notices_committed_cb (GPtrArray *notices, gpointer data)
{
  for (guint i = 0; i < notices->len; i++)
    {
      KabNotice *notice = g_ptr_array_index (notices, i);
      tell_listeners (data, notice->topic, notice->key, notice->sequence);
    }
}

static void
remote_notice_cb (const char *topic, const char *key, gint64 sequence, gpointer data)
{
  tell_listeners (data, topic, key, sequence);
}

static const KabEngine *
find_engine (const char *url, const char **location, GError **error)
{
  if (g_str_has_prefix (url, SQLITE_SCHEME))
    {
      *location = url + strlen (SQLITE_SCHEME);
      return kab_sqlite_folder_check (*location, error) ? &kab_sqlite_engine : NULL;
    }
  if (g_str_has_prefix (url, "postgresql://") || g_str_has_prefix (url, "postgres://"))
    {
      *location = url;
      return &kab_postgres_engine;
    }
  g_set_error_literal (error, KAB_STORE_ERROR, KAB_STORE_ERROR_INVALID,
                       "A store is named by sqlite:/path/to/file or postgresql://…");
  return NULL;
}

static gboolean
prepare_database (KabConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) migrations = NULL;

  if (connection->engine == &kab_sqlite_engine && !kab_sqlite_file_check (connection, error))
    return FALSE;
  migrations = kab_migrations_load (error);
  return migrations != NULL && kab_migrations_apply (connection, migrations, error);
}

/* One query sees one state by itself. */
static gboolean
run_look_up (KabStore *self,
             KabConnection *connection,
             KabStoreFunc func,
             gpointer data,
             GError **error)
{
  g_autoptr (KabTransaction) tx = kab_transaction_new_look_up (connection, &self->context);

  return kab_transaction_run (tx, func, data, error);
}

static gboolean
run_read (KabStore *self,
          KabConnection *connection,
          KabStoreFunc func,
          gpointer data,
          GError **error)
{
  g_autoptr (KabTransaction) tx = kab_transaction_new (connection, &self->context, FALSE);
  gboolean succeeded;

  if (!self->engine->control (connection, self->engine->begin_read, error))
    return FALSE;
  succeeded = kab_transaction_run (tx, func, data, error);
  if (self->engine->is_usable (connection))
    self->engine->control (connection, "ROLLBACK", NULL);
  return succeeded;
}

static gboolean
read_once (KabStore *self, Reading reading, KabStoreFunc func, gpointer data, GError **error)
{
  KabConnection *connection = kab_connection_pool_take (self->readers, error);
  gboolean succeeded;

  if (connection == NULL)
    return FALSE;
  succeeded = reading (self, connection, func, data, error);
  kab_connection_pool_put (self->readers, connection);
  return succeeded;
}

static gboolean
read_repeatedly (KabStore *self, Reading reading, KabStoreFunc func, gpointer data, GError **error)
{
  GError *failure = NULL;

  __atomic_add_fetch (&self->n_reads, 1, __ATOMIC_RELAXED);
  for (guint attempt = 0; !read_once (self, reading, func, data, &failure); attempt++)
    {
      if (attempt + 1 >= self->engine->attempts || !kab_store_is_worth_repeating (failure))
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      g_clear_error (&failure);
      kab_store_back_off (attempt);
    }
  return TRUE;
}

static gboolean
check_readable (KabTransaction *tx, gpointer data, GError **error)
{
  gint64 version;

  return kab_tx_query_int (tx, &version, error, "SELECT MAX (version) FROM schema_migrations");
}

static void
kab_store_dispose (GObject *object)
{
  kab_store_close (KAB_STORE (object));
  G_OBJECT_CLASS (kab_store_parent_class)->dispose (object);
}

static void
kab_store_finalize (GObject *object)
{
  KabStore *self = KAB_STORE (object);

  g_clear_pointer (&self->writer, kab_store_writer_free);
  g_clear_pointer (&self->readers, kab_connection_pool_free);
  g_clear_pointer (&self->listeners, g_array_unref);
  g_clear_pointer (&self->context.instance, g_free);
  g_clear_pointer (&self->context.history_key, g_bytes_unref);
  g_mutex_clear (&self->listeners_mutex);
  G_OBJECT_CLASS (kab_store_parent_class)->finalize (object);
}

static void
kab_store_class_init (KabStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kab_store_dispose;
  object_class->finalize = kab_store_finalize;
}

static void
kab_store_init (KabStore *self)
{
  g_mutex_init (&self->listeners_mutex);
  self->listeners = g_array_new (FALSE, FALSE, sizeof (Listener));
  self->context.instance = kab_store_make_id ();
}

/**
 * kab_store_open:
 * @url: `sqlite:/path/to/file` or `postgresql://…` (a connection URI of libpq)
 * @options: (nullable): what departs from the defaults
 *
 * Opens the store, checks it and brings it to the newest schema. A database that isn't sound, is
 * newer than this program or can't be migrated is left as it was.
 *
 * Returns: (transfer full): the store, which any thread may use, or %NULL with a #KabStoreError
 */
KabStore *
kab_store_open (const char *url, const KabStoreOptions *options, GError **error)
{
  const KabStoreOptions defaults = { 0 };
  g_autoptr (KabStore) self = NULL;
  const char *location;
  const KabEngine *engine = find_engine (url, &location, error);
  KabConnection *connection;

  if (engine == NULL)
    return NULL;
  if (options == NULL)
    options = &defaults;
  connection = engine->open (location, KAB_CONNECTION_WRITER, error);
  if (connection == NULL)
    return NULL;
  if (!prepare_database (connection, error))
    {
      engine->close (connection);
      return NULL;
    }
  self = g_object_new (KAB_TYPE_STORE, NULL);
  self->engine = engine;
  self->context.clock = options->clock;
  self->context.clock_data = options->clock_data;
  if (options->history_key != NULL)
    self->context.history_key = g_bytes_ref (options->history_key);
  self->readers = kab_connection_pool_new (
      engine, location, options->readers != 0 ? options->readers : DEFAULT_READERS);
  self->writer = kab_store_writer_new (connection, location, &self->context, options->batch_limit,
                                       notices_committed_cb, self);
  if (engine == &kab_postgres_engine)
    self->remote =
        kab_postgres_listener_new (location, self->context.instance, remote_notice_cb, self);
  return g_steal_pointer (&self);
}

/**
 * kab_store_close:
 *
 * Finishes the writes that were accepted and refuses later ones with KAB_STORE_ERROR_CLOSED;
 * listeners hear nothing more. Reading goes on until the last reference is gone.
 */
void
kab_store_close (KabStore *self)
{
  g_clear_pointer (&self->remote, kab_postgres_listener_free);
  if (self->writer != NULL)
    kab_store_writer_close (self->writer);
}

/**
 * kab_store_read:
 *
 * Runs @func on this thread, with one unchanging state of the database before it.
 *
 * Returns: whether @func succeeded; %FALSE with its error or a #KabStoreError
 */
gboolean
kab_store_read (KabStore *self, KabStoreFunc func, gpointer data, GError **error)
{
  return read_repeatedly (self, run_read, func, data, error);
}

/**
 * kab_store_look_up:
 *
 * As kab_store_read(), for a @func that makes one query and no more: without a transaction around
 * it, which on PostgreSQL saves two of three ways to the server and back.
 *
 * Returns: whether @func succeeded; %FALSE with its error or a #KabStoreError
 */
gboolean
kab_store_look_up (KabStore *self, KabStoreFunc func, gpointer data, GError **error)
{
  return read_repeatedly (self, run_look_up, func, data, error);
}

/**
 * kab_store_write:
 *
 * Runs @func on the writing thread and returns when what it did is durable, or undone. No other
 * write, in this process or another replica, takes place between its statements.
 *
 * Returns: whether the changes were kept; %FALSE with the error of @func or a #KabStoreError
 */
gboolean
kab_store_write (KabStore *self, KabStoreFunc func, gpointer data, GError **error)
{
  return kab_store_writer_run (self->writer, func, data, error);
}

/**
 * kab_store_write_ahead:
 * @data: stays until kab_store_write_finish()
 *
 * Asks for a write that only prepares a later one, and goes on meanwhile. It takes place before
 * everything that is asked for afterwards, and is durable when any kab_store_write() after it is:
 * until then a loss of power may undo it, with all that came after it.
 *
 * Returns: (transfer full): what kab_store_write_finish() has to be called with
 */
KabStoreWrite *
kab_store_write_ahead (KabStore *self, KabStoreFunc func, gpointer data)
{
  return kab_store_writer_start (self->writer, func, data, TRUE);
}

/**
 * kab_store_write_finish:
 * @write: (transfer full)
 *
 * Waits until @write has taken place.
 *
 * Returns: whether its changes were kept; %FALSE with the error of its function or a #KabStoreError
 */
gboolean
kab_store_write_finish (KabStoreWrite *write, GError **error)
{
  return kab_store_writer_finish (write, error);
}

/**
 * kab_store_check:
 *
 * Returns: whether the store can be read now and takes writes
 */
gboolean
kab_store_check (KabStore *self, GError **error)
{
  return kab_store_writer_check (self->writer, error) &&
         read_once (self, run_look_up, check_readable, NULL, error);
}

/**
 * kab_store_get_engine:
 *
 * Returns: `sqlite` or `postgresql`
 */
const char *
kab_store_get_engine (KabStore *self)
{
  return self->engine->name;
}

/**
 * kab_store_get_now:
 *
 * Returns: the store's time, in microseconds since 1970
 */
gint64
kab_store_get_now (KabStore *self)
{
  return self->context.clock != NULL ? self->context.clock (self->context.clock_data)
                                     : g_get_real_time ();
}

/**
 * kab_store_get_figures:
 * @figures: (out): what the store has done since it was opened
 */
void
kab_store_get_figures (KabStore *self, KabStoreFigures *figures)
{
  kab_store_writer_get_figures (self->writer, figures);
  figures->reads = __atomic_load_n (&self->n_reads, __ATOMIC_RELAXED);
}

/**
 * kab_store_listen:
 *
 * Returns: an id for kab_store_unlisten(), after which @listener isn't called again
 */
guint
kab_store_listen (KabStore *self, KabStoreListener listener, gpointer data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->listeners_mutex);
  Listener entry = { ++self->last_listener, listener, data };

  g_array_append_val (self->listeners, entry);
  return entry.id;
}

/**
 * kab_store_unlisten:
 * @id: from kab_store_listen()
 */
void
kab_store_unlisten (KabStore *self, guint id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->listeners_mutex);

  for (guint i = 0; i < self->listeners->len; i++)
    if (g_array_index (self->listeners, Listener, i).id == id)
      {
        g_array_remove_index (self->listeners, i);
        return;
      }
}

/**
 * kab_store_make_id:
 *
 * Returns: (transfer full): 128 random bits in 32 hexadecimal digits, an id that can't be guessed
 */
char *
kab_store_make_id (void)
{
  guint8 bytes[ID_BYTES];
  char *id = g_malloc (2 * ID_BYTES + 1);

  randombytes_buf (bytes, sizeof bytes);
  return sodium_bin2hex (id, 2 * ID_BYTES + 1, bytes, sizeof bytes);
}
