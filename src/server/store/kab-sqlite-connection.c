/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-connection.h"
#include "kab-sqlite-checkpointer.h"
#include "kab-sqlite-file.h"

#include <sqlite3.h>

#define BUSY_TIMEOUT_MS    5000
#define HASHED_END         24
#define JOURNAL_SIZE_LIMIT "PRAGMA journal_size_limit = 67108864"

/* Most of the bytes are those of files, and each page of them costs two system calls when it is
 * written and two more at a checkpoint. A file that was made with other pages keeps them. */
#define PAGE_SIZE "PRAGMA page_size = 65536"

typedef struct
{
  sqlite3_stmt *handle;
  char **names; /* of the columns: what SQLite gives isn't there for long */
  gboolean is_used;
  gboolean is_cached;
} Statement;

typedef struct
{
  KabConnection parent;
  sqlite3 *handle;
  GHashTable *statements;
  KabSqliteCheckpointer *checkpointer; /* of the writer */
} SqliteConnection;

typedef struct
{
  KabRows parent;
  Statement *statement;
  gint64 changes_before;
  gboolean is_done;
} SqliteRows;

static void
statement_free (Statement *self)
{
  sqlite3_finalize (self->handle);
  g_strfreev (self->names);
  g_free (self);
}

static char **
copy_column_names (sqlite3_stmt *handle)
{
  const int n_columns = sqlite3_column_count (handle);
  char **names = g_new0 (char *, n_columns + 1);

  for (int i = 0; i < n_columns; i++)
    names[i] = g_strdup (sqlite3_column_name (handle, i));
  return names;
}

/* Statements differ in their length or at their end, and are looked up more often than prepared. */
static guint
hash_sql (gconstpointer key)
{
  const char *sql = key;
  const gsize length = strlen (sql);

  return (guint) length ^ g_str_hash (sql + length - MIN (length, HASHED_END));
}

static KabStoreError
error_code (SqliteConnection *self)
{
  int extended = sqlite3_extended_errcode (self->handle);

  switch (extended)
    {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return KAB_STORE_ERROR_CONFLICT;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return KAB_STORE_ERROR_REFERENCE;
    default:
      break;
    }
  switch (extended & 0xff)
    {
    case SQLITE_CONSTRAINT:
      return KAB_STORE_ERROR_CONSTRAINT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return KAB_STORE_ERROR_BUSY;
    case SQLITE_READONLY:
      return self->parent.role == KAB_CONNECTION_READER ? KAB_STORE_ERROR_FAILED
                                                        : KAB_STORE_ERROR_BROKEN;
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
      return KAB_STORE_ERROR_BROKEN;
    default:
      return KAB_STORE_ERROR_FAILED;
    }
}

static void
set_error (SqliteConnection *self, GError **error)
{
  g_set_error (error, KAB_STORE_ERROR, error_code (self), "SQLite: %s (%d)",
               sqlite3_errmsg (self->handle), sqlite3_extended_errcode (self->handle));
}

/* The prepared statement of @sql; one that is in use already gets a companion. */
static Statement *
find_statement (SqliteConnection *self, const char *sql, GError **error)
{
  Statement *statement = g_hash_table_lookup (self->statements, sql);
  gboolean is_cached = statement == NULL;
  sqlite3_stmt *handle;
  const char *tail;

  if (statement != NULL && !statement->is_used)
    return statement;
  if (sqlite3_prepare_v3 (self->handle, sql, -1, is_cached ? SQLITE_PREPARE_PERSISTENT : 0, &handle,
                          &tail) != SQLITE_OK)
    {
      set_error (self, error);
      return NULL;
    }
  if (handle == NULL || *(tail + strspn (tail, " \n;")) != '\0')
    {
      sqlite3_finalize (handle);
      g_set_error_literal (error, KAB_STORE_ERROR, KAB_STORE_ERROR_FAILED,
                           "SQLite: exactly one statement is expected");
      return NULL;
    }
  statement = g_new0 (Statement, 1);
  statement->handle = handle;
  statement->names = copy_column_names (handle);
  statement->is_cached = is_cached;
  if (is_cached)
    g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
}

static int
bind_value (sqlite3_stmt *handle, int index, const KabValue *value)
{
  switch (value->type)
    {
    case KAB_VALUE_INT:
      return sqlite3_bind_int64 (handle, index, value->integer);
    case KAB_VALUE_TEXT:
      return sqlite3_bind_text64 (handle, index, value->data, value->size, SQLITE_STATIC,
                                  SQLITE_UTF8);
    case KAB_VALUE_BLOB:
      return sqlite3_bind_blob64 (handle, index, value->data, value->size, SQLITE_STATIC);
    case KAB_VALUE_NULL:
    case KAB_VALUE_END:
    default:
      return sqlite3_bind_null (handle, index);
    }
}

/* SQLite would take a value that wasn't given for NULL. */
static gboolean
bind_values (SqliteConnection *self, sqlite3_stmt *handle, const KabValue *values, GError **error)
{
  int count = 0;

  while (values[count].type != KAB_VALUE_END)
    count++;
  if (count != sqlite3_bind_parameter_count (handle))
    {
      g_set_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_FAILED,
                   "The statement takes %d values, not %d", sqlite3_bind_parameter_count (handle),
                   count);
      return FALSE;
    }
  for (int i = 0; i < count; i++)
    if (bind_value (handle, i + 1, &values[i]) != SQLITE_OK)
      {
        set_error (self, error);
        return FALSE;
      }
  return TRUE;
}

static void
release_statement (Statement *statement)
{
  sqlite3_reset (statement->handle);
  sqlite3_clear_bindings (statement->handle);
  statement->is_used = FALSE;
  if (!statement->is_cached)
    statement_free (statement);
}

static KabRows *
sqlite_start (KabConnection *connection, const char *sql, const KabValue *values, GError **error)
{
  SqliteConnection *self = (SqliteConnection *) connection;
  Statement *statement = find_statement (self, sql, error);
  SqliteRows *rows;

  if (statement == NULL)
    return NULL;
  statement->is_used = TRUE;
  if (!bind_values (self, statement->handle, values, error))
    {
      release_statement (statement);
      return NULL;
    }
  rows = g_new0 (SqliteRows, 1);
  rows->parent.connection = connection;
  rows->parent.n_columns = sqlite3_column_count (statement->handle);
  rows->statement = statement;
  rows->changes_before = sqlite3_total_changes64 (self->handle);
  return &rows->parent;
}

/* Rows touched through a foreign key's action don't count, as they don't in PostgreSQL;
 * sqlite3_changes64() keeps the count of an earlier statement when this one touched nothing. */
static gint64
count_changes (SqliteConnection *self, SqliteRows *rows)
{
  if (sqlite3_stmt_readonly (rows->statement->handle) ||
      sqlite3_total_changes64 (self->handle) == rows->changes_before)
    return 0;
  return sqlite3_changes64 (self->handle);
}

static gboolean
sqlite_next (KabRows *base, GError **error)
{
  SqliteRows *rows = (SqliteRows *) base;
  SqliteConnection *self = (SqliteConnection *) base->connection;

  if (rows->is_done)
    return FALSE;
  switch (sqlite3_step (rows->statement->handle))
    {
    case SQLITE_ROW:
      return TRUE;
    case SQLITE_DONE:
      rows->is_done = TRUE;
      base->changed = count_changes (self, rows);
      return FALSE;
    default:
      rows->is_done = TRUE;
      set_error (self, error);
      return FALSE;
    }
}

static const char *
sqlite_column_name (KabRows *base, guint column)
{
  return ((SqliteRows *) base)->statement->names[column];
}

static void
sqlite_column (KabRows *base, guint column, KabValue *value)
{
  sqlite3_stmt *handle = ((SqliteRows *) base)->statement->handle;
  const void *data;

  switch (sqlite3_column_type (handle, column))
    {
    case SQLITE_INTEGER:
      *value = KAB_INT (sqlite3_column_int64 (handle, column));
      break;
    case SQLITE_TEXT:
      data = sqlite3_column_text (handle, column);
      *value = (KabValue) { .type = KAB_VALUE_TEXT,
                            .data = data,
                            .size = sqlite3_column_bytes (handle, column) };
      break;
    case SQLITE_BLOB:
      data = sqlite3_column_blob (handle, column);
      *value = KAB_DATA (data, sqlite3_column_bytes (handle, column));
      break;
    case SQLITE_NULL:
      *value = KAB_NULL;
      break;
    default:
      g_critical ("Column %s is neither integer, text nor bytes",
                  sqlite_column_name (base, column));
      *value = KAB_NULL;
      break;
    }
}

static void
sqlite_finish (KabRows *base)
{
  release_statement (((SqliteRows *) base)->statement);
  g_free (base);
}

/* BEGIN, COMMIT and the like are prepared once too: they are most of what is run. */
static gboolean
sqlite_control (KabConnection *connection, const char *sql, GError **error)
{
  SqliteConnection *self = (SqliteConnection *) connection;
  Statement *statement = find_statement (self, sql, error);
  int result;

  if (statement == NULL)
    return FALSE;
  do
    result = sqlite3_step (statement->handle);
  while (result == SQLITE_ROW);
  if (result != SQLITE_DONE)
    set_error (self, error);
  release_statement (statement);
  return result == SQLITE_DONE;
}

/* Not a prepared statement: this pragma takes effect when it is prepared, not when it is run. */
static gboolean
sqlite_set_durable (KabConnection *connection, gboolean is_durable, GError **error)
{
  SqliteConnection *self = (SqliteConnection *) connection;
  const char *sql = is_durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL";

  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  set_error (self, error);
  return FALSE;
}

/* Sets a pragma and compares what the database says it is now. */
static gboolean
pin (SqliteConnection *self,
     const char *sql,
     const char *query,
     const char *expected,
     GError **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean is_set = FALSE;
  KabRows *rows;
  KabValue value;

  if (!sqlite_control (&self->parent, sql, error))
    return FALSE;
  rows = sqlite_start (&self->parent, query, KAB_VALUES (), error);
  if (rows == NULL)
    return FALSE;
  if (sqlite_next (rows, &failure))
    {
      sqlite_column (rows, 0, &value);
      is_set = value.type == KAB_VALUE_INT ? value.integer == g_ascii_strtoll (expected, NULL, 10)
                                           : g_strcmp0 (value.data, expected) == 0;
    }
  sqlite_finish (rows);
  if (!is_set)
    g_set_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_INVALID, "SQLite refused %s", sql);
  return is_set;
}

static gboolean
configure (SqliteConnection *self, GError **error)
{
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_limit (self->handle, SQLITE_LIMIT_ATTACHED, 0);
  return sqlite_control (&self->parent, PAGE_SIZE, error) &&
         pin (self, "PRAGMA journal_mode = WAL", "PRAGMA journal_mode", "wal", error) &&
         pin (self, "PRAGMA synchronous = FULL", "PRAGMA synchronous", "2", error) &&
         pin (self, "PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1", error) &&
         pin (self, "PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", "0", error) &&
         sqlite_control (&self->parent, "PRAGMA cell_size_check = ON", error) &&
         sqlite_control (&self->parent, "PRAGMA case_sensitive_like = ON", error) &&
         sqlite_control (&self->parent, "PRAGMA temp_store = MEMORY", error) &&
         sqlite_control (&self->parent, JOURNAL_SIZE_LIMIT, error) &&
         (self->parent.role == KAB_CONNECTION_WRITER ||
          pin (self, "PRAGMA query_only = ON", "PRAGMA query_only", "1", error));
}

static void
sqlite_close (KabConnection *connection)
{
  SqliteConnection *self = (SqliteConnection *) connection;

  g_clear_pointer (&self->checkpointer, kab_sqlite_checkpointer_free);
  g_hash_table_unref (self->statements);
  sqlite3_close (self->handle);
  g_free (self);
}

static KabConnection *
sqlite_open (const char *location, KabConnectionRole role, GError **error)
{
  SqliteConnection *self = g_new0 (SqliteConnection, 1);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;

  self->parent.engine = &kab_sqlite_engine;
  self->parent.role = role;
  self->statements =
      g_hash_table_new_full (hash_sql, g_str_equal, g_free, (GDestroyNotify) statement_free);
  if (role == KAB_CONNECTION_WRITER)
    flags |= SQLITE_OPEN_CREATE;
  if (sqlite3_open_v2 (location, &self->handle, flags, NULL) != SQLITE_OK)
    {
      g_set_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_INVALID, "SQLite can't open %s: %s",
                   location, sqlite3_errmsg (self->handle));
      sqlite_close (&self->parent);
      return NULL;
    }
  if (!configure (self, error))
    {
      sqlite_close (&self->parent);
      return NULL;
    }
  if (role == KAB_CONNECTION_WRITER)
    self->checkpointer = kab_sqlite_checkpointer_new (self->handle);
  return &self->parent;
}

static gboolean
sqlite_is_in_transaction (KabConnection *connection)
{
  return sqlite3_get_autocommit (((SqliteConnection *) connection)->handle) == 0;
}

static gboolean
sqlite_is_usable (KabConnection *connection)
{
  return TRUE;
}

static const char *const aliases[] = {
  "int",    "INTEGER", "text",     "TEXT",
  "blob",   "BLOB",    "identity", "INTEGER PRIMARY KEY AUTOINCREMENT",
  "strict", "STRICT",  NULL,
};

const KabEngine kab_sqlite_engine = {
  .name = "sqlite",
  .begin_read = "BEGIN",
  .begin_write = "BEGIN IMMEDIATE",
  .begin_migration = "BEGIN IMMEDIATE",
  .before_migration = "PRAGMA foreign_keys = OFF", /* so that a table can be made anew */
  .after_migration = "PRAGMA foreign_keys = ON",
  .aliases = aliases,
  .batch_limit = 256,
  .attempts = 1,
  .open = sqlite_open,
  .close = sqlite_close,
  .control = sqlite_control,
  .set_durable = sqlite_set_durable,
  .start = sqlite_start,
  .next = sqlite_next,
  .column_name = sqlite_column_name,
  .column = sqlite_column,
  .finish = sqlite_finish,
  .check_migrated = kab_sqlite_file_check_migrated,
  .is_in_transaction = sqlite_is_in_transaction,
  .is_usable = sqlite_is_usable,
};
