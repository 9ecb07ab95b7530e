/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sqlite-checkpointer.h"

/* So much of the log is worth a checkpoint. */
#define LEAST_BYTES (4 * 1024 * 1024)

/* At this size the writer copies what is left, so that the log begins anew: as soon as the thread
 * has done its part, and at the larger one it waits for that. */
#define ENOUGH_BYTES (64 * 1024 * 1024)
#define MOST_BYTES   (256 * 1024 * 1024)

struct _KabSqliteCheckpointer
{
  sqlite3 *writer; /* (unowned) */
  char *path;      /* (owned) */
  gint64 page_size;
  GThread *thread;
  GMutex copying; /* one copies at a time; taken before @mutex */
  GMutex mutex;
  GCond asked;
  gboolean is_asked;   /* (mutex mutex) */
  gboolean is_closing; /* (mutex mutex) */
};

/* An error is of no consequence: the log stays, and the next one copies what this one didn't. */
static void
copy_log (KabSqliteCheckpointer *self, sqlite3 *handle, gboolean waits)
{
  if (waits)
    g_mutex_lock (&self->copying);
  else if (!g_mutex_trylock (&self->copying))
    return;
  sqlite3_wal_checkpoint_v2 (handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  g_mutex_unlock (&self->copying);
}

static gboolean
wait_until_asked (KabSqliteCheckpointer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (!self->is_asked && !self->is_closing)
    g_cond_wait (&self->asked, &self->mutex);
  self->is_asked = FALSE;
  return !self->is_closing;
}

/* The pragma also makes the connection look at the file: one that hasn't yet copies nothing. */
static sqlite3 *
open_database (KabSqliteCheckpointer *self)
{
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
  sqlite3 *handle = NULL;

  if (sqlite3_open_v2 (self->path, &handle, flags, NULL) == SQLITE_OK &&
      sqlite3_exec (handle, "PRAGMA synchronous = FULL", NULL, NULL, NULL) == SQLITE_OK)
    return handle;
  sqlite3_close (handle);
  return NULL;
}

static gpointer
copy_logs_cb (gpointer data)
{
  KabSqliteCheckpointer *self = data;
  sqlite3 *handle = NULL;

  while (wait_until_asked (self))
    {
      if (handle == NULL)
        handle = open_database (self);
      if (handle != NULL)
        copy_log (self, handle, TRUE);
    }
  sqlite3_close (handle);
  return NULL;
}

/* After each commit, on the writer's thread. */
static int
log_grew_cb (void *data, sqlite3 *writer, const char *name, int pages)
{
  KabSqliteCheckpointer *self = data;
  gint64 size = pages * self->page_size;

  if (size >= ENOUGH_BYTES)
    {
      copy_log (self, writer, size >= MOST_BYTES);
    }
  else if (size >= LEAST_BYTES)
    {
      g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
      self->is_asked = TRUE;
      g_cond_signal (&self->asked);
    }
  return SQLITE_OK;
}

static gint64
find_page_size (sqlite3 *handle)
{
  sqlite3_stmt *statement = NULL;
  gint64 size = 0;

  if (sqlite3_prepare_v2 (handle, "PRAGMA page_size", -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    size = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return size;
}

/* Watches @writer, which has to outlive it. */
KabSqliteCheckpointer *
kab_sqlite_checkpointer_new (sqlite3 *writer)
{
  KabSqliteCheckpointer *self = g_new0 (KabSqliteCheckpointer, 1);

  self->writer = writer;
  self->path = g_strdup (sqlite3_db_filename (writer, "main"));
  self->page_size = find_page_size (writer);
  g_mutex_init (&self->copying);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->asked);
  self->thread = g_thread_new ("checkpointer", copy_logs_cb, self);
  sqlite3_wal_hook (writer, log_grew_cb, self);
  return self;
}

void
kab_sqlite_checkpointer_free (KabSqliteCheckpointer *self)
{
  sqlite3_wal_hook (self->writer, NULL, NULL);
  g_mutex_lock (&self->mutex);
  self->is_closing = TRUE;
  g_cond_signal (&self->asked);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_mutex_clear (&self->copying);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->asked);
  g_free (self->path);
  g_free (self);
}
