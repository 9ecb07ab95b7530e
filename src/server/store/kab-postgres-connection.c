/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-postgres-connection.h"

/* Types of pg_type.dat: they never change. */
#define OID_BOOL    16
#define OID_BYTEA   17
#define OID_NAME    19
#define OID_INT8    20
#define OID_INT2    21
#define OID_INT4    23
#define OID_TEXT    25
#define OID_BPCHAR  1042
#define OID_VARCHAR 1043
#define OID_VOID    2278

/* Statement and lock limits are below the time a client waits for an answer. */
#define SESSION_SETTINGS                                                                           \
  "SET statement_timeout = '15s'; SET lock_timeout = '10s'; "                                      \
  "SET idle_in_transaction_session_timeout = '60s'; SET timezone = 'UTC'; "                        \
  "SET client_min_messages = 'warning'; SET standard_conforming_strings = on; "                    \
  "SET synchronous_commit = on"

typedef struct
{
  KabConnection parent;
  PGconn *handle;
  GHashTable *statements;
  gboolean is_stale;
} PostgresConnection;

typedef struct
{
  KabRows parent;
  PGresult *result;
  int row;
} PostgresRows;

static void
ignore_notice_cb (void *data, const PGresult *result)
{
}

/* https://www.postgresql.org/docs/17/errcodes-appendix.html */
static KabStoreError
error_code (const char *state)
{
  static const struct
  {
    const char *prefix;
    KabStoreError code;
  } codes[] = {
    { "23505", KAB_STORE_ERROR_CONFLICT },    { "23503", KAB_STORE_ERROR_REFERENCE },
    { "23001", KAB_STORE_ERROR_REFERENCE },   { "23", KAB_STORE_ERROR_CONSTRAINT },
    { "P0001", KAB_STORE_ERROR_CONSTRAINT },  { "40", KAB_STORE_ERROR_BUSY },
    { "55P03", KAB_STORE_ERROR_BUSY },        { "0A000", KAB_STORE_ERROR_UNAVAILABLE },
    { "08", KAB_STORE_ERROR_UNAVAILABLE },    { "57P", KAB_STORE_ERROR_UNAVAILABLE },
    { "53300", KAB_STORE_ERROR_UNAVAILABLE }, { "25P03", KAB_STORE_ERROR_UNAVAILABLE },
    { "53100", KAB_STORE_ERROR_BROKEN },      { "58030", KAB_STORE_ERROR_BROKEN },
    { "XX001", KAB_STORE_ERROR_BROKEN },      { "XX002", KAB_STORE_ERROR_BROKEN },
  };

  for (guint i = 0; state != NULL && i < G_N_ELEMENTS (codes); i++)
    if (g_str_has_prefix (state, codes[i].prefix))
      return codes[i].code;
  return KAB_STORE_ERROR_FAILED;
}

/* Only the primary message and the constraint: details quote stored values. A connection whose
 * plans or session are lost (0A000 after another replica's migration) is not used again. */
static void
set_error (PostgresConnection *self, const PGresult *result, GError **error)
{
  const char *state = PQresultErrorField (result, PG_DIAG_SQLSTATE);
  const char *message = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);
  const char *constraint = PQresultErrorField (result, PG_DIAG_CONSTRAINT_NAME);
  KabStoreError code = error_code (state);

  if (PQstatus (self->handle) == CONNECTION_BAD)
    code = KAB_STORE_ERROR_UNAVAILABLE;
  if (code == KAB_STORE_ERROR_UNAVAILABLE)
    self->is_stale = TRUE;
  g_set_error (error, KAB_STORE_ERROR, code, "PostgreSQL: %s (%s%s%s)",
               message != NULL ? message : "the connection broke",
               state != NULL ? state : "no state", constraint != NULL ? ", " : "",
               constraint != NULL ? constraint : "");
}

static gboolean
is_success (const PGresult *result)
{
  ExecStatusType status = PQresultStatus (result);

  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static gboolean
postgres_control (KabConnection *connection, const char *sql, GError **error)
{
  PostgresConnection *self = (PostgresConnection *) connection;
  PGresult *result = PQexec (self->handle, sql);
  gboolean succeeded = is_success (result);

  if (!succeeded)
    set_error (self, result, error);
  PQclear (result);
  return succeeded;
}

static gboolean
postgres_set_durable (KabConnection *connection, gboolean is_durable, GError **error)
{
  return postgres_control (
      connection, is_durable ? "SET synchronous_commit = on" : "SET synchronous_commit = off",
      error);
}

static Oid
parameter_type (const KabValue *value)
{
  switch (value->type)
    {
    case KAB_VALUE_INT:
      return OID_INT8;
    case KAB_VALUE_TEXT:
      return OID_TEXT;
    case KAB_VALUE_BLOB:
      return OID_BYTEA;
    case KAB_VALUE_NULL:
    case KAB_VALUE_END:
    default:
      return 0;
    }
}

/* A NULL at the first use leaves its type to the server, which takes it from the column; that
 * fits what later uses send, because integers and texts travel as text. */
static const char *
find_statement (PostgresConnection *self, const char *sql, const KabValue *values, GError **error)
{
  const char *known = g_hash_table_lookup (self->statements, sql);
  g_autofree char *numbered = NULL;
  g_autofree char *name = NULL;
  Oid types[KAB_MAX_PARAMETERS];
  int count = 0;
  PGresult *result;
  gboolean succeeded;

  if (known != NULL)
    return known;
  for (; values[count].type != KAB_VALUE_END; count++)
    types[count] = parameter_type (&values[count]);
  numbered = kab_number_parameters (sql);
  name = g_strdup_printf ("kab%u", g_hash_table_size (self->statements));
  result = PQprepare (self->handle, name, numbered, count, types);
  succeeded = is_success (result);
  if (!succeeded)
    set_error (self, result, error);
  PQclear (result);
  if (!succeeded)
    return NULL;
  known = g_steal_pointer (&name);
  g_hash_table_insert (self->statements, g_strdup (sql), (char *) known);
  return known;
}

static PGresult *
execute (PostgresConnection *self, const char *name, const KabValue *values)
{
  const char *data[KAB_MAX_PARAMETERS];
  int sizes[KAB_MAX_PARAMETERS];
  int formats[KAB_MAX_PARAMETERS];
  char numbers[KAB_MAX_PARAMETERS][24];
  int count = 0;

  for (; values[count].type != KAB_VALUE_END; count++)
    {
      const KabValue *value = &values[count];

      data[count] = value->type == KAB_VALUE_NULL ? NULL : value->data;
      sizes[count] = (int) value->size;
      formats[count] = value->type == KAB_VALUE_BLOB;
      if (value->type == KAB_VALUE_INT)
        {
          g_snprintf (numbers[count], sizeof numbers[count], "%" G_GINT64_FORMAT, value->integer);
          data[count] = numbers[count];
        }
    }
  return PQexecPrepared (self->handle, name, count, data, sizes, formats, 1);
}

static KabRows *
postgres_start (KabConnection *connection, const char *sql, const KabValue *values, GError **error)
{
  PostgresConnection *self = (PostgresConnection *) connection;
  const char *name = find_statement (self, sql, values, error);
  PGresult *result;
  PostgresRows *rows;

  if (name == NULL)
    return NULL;
  result = execute (self, name, values);
  if (!is_success (result))
    {
      set_error (self, result, error);
      PQclear (result);
      return NULL;
    }
  rows = g_new0 (PostgresRows, 1);
  rows->parent.connection = connection;
  rows->parent.n_columns = PQnfields (result);
  rows->result = result;
  rows->row = -1;
  return &rows->parent;
}

static gboolean
postgres_next (KabRows *base, GError **error)
{
  PostgresRows *rows = (PostgresRows *) base;

  if (rows->row + 1 < PQntuples (rows->result))
    {
      rows->row++;
      return TRUE;
    }
  if (!g_str_has_prefix (PQcmdStatus (rows->result), "SELECT"))
    base->changed = g_ascii_strtoll (PQcmdTuples (rows->result), NULL, 10);
  return FALSE;
}

static const char *
postgres_column_name (KabRows *base, guint column)
{
  return PQfname (((PostgresRows *) base)->result, column);
}

/* Binary integers are big-endian and as long as their type. */
static gint64
read_integer (const char *data, int size)
{
  guint64 bits = size > 0 && (data[0] & 0x80) != 0 ? G_MAXUINT64 : 0;

  for (int i = 0; i < size; i++)
    bits = bits << 8 | (guint8) data[i];
  return (gint64) bits;
}

static void
postgres_column (KabRows *base, guint column, KabValue *value)
{
  PostgresRows *rows = (PostgresRows *) base;
  const char *data = PQgetvalue (rows->result, rows->row, column);
  int size = PQgetlength (rows->result, rows->row, column);

  *value = KAB_NULL;
  if (PQgetisnull (rows->result, rows->row, column))
    return;
  switch (PQftype (rows->result, column))
    {
    case OID_BOOL:
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
      *value = KAB_INT (read_integer (data, size));
      break;
    case OID_TEXT:
    case OID_NAME:
    case OID_BPCHAR:
    case OID_VARCHAR:
    case OID_VOID:
      *value = (KabValue) { .type = KAB_VALUE_TEXT, .data = data, .size = size };
      break;
    case OID_BYTEA:
      *value = KAB_DATA (data, size);
      break;
    default:
      g_critical ("Column %s has type %u: cast it to BIGINT or TEXT",
                  postgres_column_name (base, column), PQftype (rows->result, column));
      break;
    }
}

static void
postgres_finish (KabRows *base)
{
  PQclear (((PostgresRows *) base)->result);
  g_free (base);
}

static gboolean
postgres_announce (KabConnection *connection, const char *message, GError **error)
{
  KabRows *rows = postgres_start (connection, "SELECT pg_notify ('" KAB_POSTGRES_CHANNEL "', ?)",
                                  KAB_VALUES (KAB_TEXT (message)), error);

  if (rows == NULL)
    return FALSE;
  postgres_finish (rows);
  return TRUE;
}

static void
postgres_close (KabConnection *connection)
{
  PostgresConnection *self = (PostgresConnection *) connection;

  g_hash_table_unref (self->statements);
  PQfinish (self->handle);
  g_free (self);
}

/* A connection (owned) with the settings of a session of ours; waits five seconds at most. NULL
 * with KAB_STORE_ERROR_UNAVAILABLE. */
PGconn *
kab_postgres_connect (const char *url, GError **error)
{
  const char *const keys[] = { "dbname", "client_encoding", "connect_timeout",
                               "fallback_application_name", NULL };
  const char *const values[] = { url, "UTF8", "5", "kabinets-server", NULL };
  PGconn *handle = PQconnectdbParams (keys, values, 1);
  PGresult *result;
  gboolean is_ready = FALSE;

  if (PQstatus (handle) == CONNECTION_OK)
    {
      PQsetNoticeReceiver (handle, ignore_notice_cb, NULL);
      result = PQexec (handle, SESSION_SETTINGS);
      is_ready = is_success (result);
      PQclear (result);
    }
  if (is_ready)
    return handle;
  g_set_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_UNAVAILABLE,
               "PostgreSQL can't be reached: %s", g_strchomp (PQerrorMessage (handle)));
  PQfinish (handle);
  return NULL;
}

static KabConnection *
postgres_open (const char *location, KabConnectionRole role, GError **error)
{
  PGconn *handle = kab_postgres_connect (location, error);
  PostgresConnection *self;

  if (handle == NULL)
    return NULL;
  self = g_new0 (PostgresConnection, 1);
  self->parent.engine = &kab_postgres_engine;
  self->parent.role = role;
  self->handle = handle;
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return &self->parent;
}

static gboolean
postgres_is_in_transaction (KabConnection *connection)
{
  PGTransactionStatusType status =
      PQtransactionStatus (((PostgresConnection *) connection)->handle);

  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

static gboolean
postgres_is_usable (KabConnection *connection)
{
  PostgresConnection *self = (PostgresConnection *) connection;

  return !self->is_stale && PQstatus (self->handle) == CONNECTION_OK;
}

/* Texts are ordered by their bytes, as SQLite orders them. */
static const char *const aliases[] = {
  "int",    "BIGINT", "text",     "TEXT COLLATE \"C\"",
  "blob",   "BYTEA",  "identity", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
  "strict", "",       NULL,
};

#define BEGIN_WRITE                                                                                \
  "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock (1264673329)"

/* Writers take a lock that only one of them, in all replicas, holds until its commit. So a write
 * runs as if it were alone, exactly as on SQLite; READ COMMITTED is then enough, nothing has to be
 * repeated for want of serializability, and sequences become visible in their order, which the
 * events and the chain of the history need anyway. Group commit makes up for the rate. */
const KabEngine kab_postgres_engine = {
  .name = "postgresql",
  .begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
  .begin_write = BEGIN_WRITE,
  .begin_migration = BEGIN_WRITE "; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0",
  .aliases = aliases,
  .batch_limit = 60, /* more subtransactions than 64 slow others' snapshots down */
  .attempts = 5,
  .open = postgres_open,
  .close = postgres_close,
  .control = postgres_control,
  .set_durable = postgres_set_durable,
  .start = postgres_start,
  .next = postgres_next,
  .column_name = postgres_column_name,
  .column = postgres_column,
  .finish = postgres_finish,
  .announce = postgres_announce,
  .is_in_transaction = postgres_is_in_transaction,
  .is_usable = postgres_is_usable,
};
