/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-connection.h"

struct _KabTransaction
{
  KabConnection *connection;
  const KabTransactionContext *context;
  gboolean writable;
  gboolean is_look_up; /* there is no transaction: one query is the most that may be made */
  guint n_started;
  gint64 now;
  gint64 changed;
  guint open_rows;
  GError *failure;
  GPtrArray *notices;
};

void
kab_notice_free (KabNotice *self)
{
  g_free (self->topic);
  g_free (self->key);
  g_free (self);
}

/* Text that isn't UTF-8 is refused by PostgreSQL only; both engines shall behave alike. */
static gboolean
values_are_valid (const KabValue *values, GError **error)
{
  for (guint i = 0; values[i].type != KAB_VALUE_END; i++)
    {
      if (i == KAB_MAX_PARAMETERS)
        {
          g_set_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_FAILED,
                       "A statement takes at most %d values", KAB_MAX_PARAMETERS);
          return FALSE;
        }
      if (values[i].type == KAB_VALUE_TEXT &&
          !g_utf8_validate_len (values[i].data, values[i].size, NULL))
        {
          g_set_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_FAILED,
                       "Value %u of the statement is not UTF-8", i + 1);
          return FALSE;
        }
    }
  return TRUE;
}

/* What two queries see wouldn't belong together, and what a change does would stay. */
static gboolean
may_start (KabTransaction *self, const char *sql, GError **error)
{
  if (!self->is_look_up || (self->n_started++ == 0 && g_str_has_prefix (sql, "SELECT ")))
    return TRUE;
  g_set_error_literal (error, KAB_STORE_ERROR, KAB_STORE_ERROR_FAILED,
                       "A look-up is one query and no more");
  return FALSE;
}

static gboolean
fail (KabTransaction *self, GError *failure, GError **error)
{
  kab_transaction_fail (self, failure);
  g_propagate_error (error, failure);
  return FALSE;
}

static KabRows *
start (KabTransaction *self, GError **error, const char *sql, const KabValue *values)
{
  KabRows *rows;
  GError *failure = NULL;

  if (self->failure != NULL)
    {
      g_propagate_error (error, g_error_copy (self->failure));
      return NULL;
    }
  if (!may_start (self, sql, &failure) || !values_are_valid (values, &failure) ||
      (rows = self->connection->engine->start (self->connection, sql, values, &failure)) == NULL)
    {
      fail (self, failure, error);
      return NULL;
    }
  rows->transaction = self;
  self->open_rows++;
  return rows;
}

static gboolean
next (KabRows *rows, GError **error)
{
  KabTransaction *self = rows->transaction;
  GError *failure = NULL;

  if (self->failure != NULL)
    {
      g_propagate_error (error, g_error_copy (self->failure));
      return FALSE;
    }
  if (self->connection->engine->next (rows, &failure))
    return TRUE;
  if (failure != NULL)
    return fail (self, failure, error);
  self->changed = rows->changed;
  return FALSE;
}

static gboolean
find_column (KabRows *self, const char *column, KabValue *value)
{
  const KabEngine *engine = self->connection->engine;

  /* Columns are mostly read in their order, so that the next one is the first to be compared. */
  for (guint i = 0; i < self->n_columns; i++)
    {
      guint candidate = self->next_column < self->n_columns ? self->next_column : 0;

      self->next_column = candidate + 1;
      if (strcmp (engine->column_name (self, candidate), column) == 0)
        {
          engine->column (self, candidate, value);
          return TRUE;
        }
    }
  g_critical ("The statement has no column %s", column);
  *value = KAB_NULL;
  return FALSE;
}

static gboolean
get_column (KabRows *self, const char *column, KabValueType type, KabValue *value)
{
  if (!find_column (self, column, value) || value->type == KAB_VALUE_NULL)
    return FALSE;
  if (value->type != type)
    {
      g_critical ("The column %s is of another type than is asked for", column);
      return FALSE;
    }
  return TRUE;
}

/* What a function works with inside a transaction that the engine has begun; @connection and
 * @context have to outlive it. Its time is that of this call. */
KabTransaction *
kab_transaction_new (KabConnection *connection,
                     const KabTransactionContext *context,
                     gboolean writable)
{
  KabTransaction *self = g_new0 (KabTransaction, 1);

  self->connection = connection;
  self->context = context;
  self->writable = writable;
  self->now = context->clock != NULL ? context->clock (context->clock_data) : g_get_real_time ();
  return self;
}

/* The same where the engine has begun none: good for one query. */
KabTransaction *
kab_transaction_new_look_up (KabConnection *connection, const KabTransactionContext *context)
{
  KabTransaction *self = kab_transaction_new (connection, context, FALSE);

  self->is_look_up = TRUE;
  return self;
}

void
kab_transaction_free (KabTransaction *self)
{
  g_clear_error (&self->failure);
  g_clear_pointer (&self->notices, g_ptr_array_unref);
  g_free (self);
}

/* What ended the transaction, borrowed, or NULL: it can't be committed then. */
const GError *
kab_transaction_get_failure (KabTransaction *self)
{
  return self->failure;
}

/* Ends the transaction; the first reason counts. */
void
kab_transaction_fail (KabTransaction *self, const GError *error)
{
  if (self->failure == NULL)
    self->failure = g_error_copy (error);
}

/* The notices (owned, of KabNotice) to be told after the commit, or NULL when there are none. */
GPtrArray *
kab_transaction_steal_notices (KabTransaction *self)
{
  return g_steal_pointer (&self->notices);
}

/* The secret that the history is chained with, borrowed, or NULL. */
GBytes *
kab_transaction_get_history_key (KabTransaction *self)
{
  return self->context->history_key;
}

gboolean
kab_transaction_run (KabTransaction *self,
                     gboolean (*func) (KabTransaction *, gpointer, GError **),
                     gpointer data,
                     GError **error)
{
  g_autoptr (GError) reason = NULL;
  gboolean succeeded = func (self, data, &reason);

  if (self->open_rows != 0)
    g_critical ("A transaction left %u results open", self->open_rows);
  if (succeeded && reason != NULL)
    g_critical ("A transaction succeeded and set an error: %s", reason->message);
  if (succeeded && self->failure == NULL)
    return TRUE;
  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  else if (self->failure != NULL)
    g_propagate_error (error, g_error_copy (self->failure));
  else
    g_set_error_literal (error, KAB_STORE_ERROR, KAB_STORE_ERROR_FAILED,
                         "A transaction failed without saying why");
  return FALSE;
}

/**
 * kab_tx_get_now:
 *
 * Returns: the time of the transaction, the same throughout it, in microseconds since 1970
 */
gint64
kab_tx_get_now (KabTransaction *self)
{
  return self->now;
}

/**
 * kab_tx_get_changed:
 *
 * Returns: how many rows the last finished statement inserted, updated or deleted
 */
gint64
kab_tx_get_changed (KabTransaction *self)
{
  return self->changed;
}

/**
 * kab_tx_is_writable:
 *
 * Returns: whether this is the transaction of a kab_store_write()
 */
gboolean
kab_tx_is_writable (KabTransaction *self)
{
  return self->writable;
}

/**
 * kab_tx_notify:
 * @topic: one word
 * @key: (nullable): whom it concerns, without spaces
 * @sequence: up to which number there is news
 *
 * Tells the listeners of kab_store_listen(), in every process, once the transaction is committed.
 */
gboolean
kab_tx_notify (KabTransaction *self,
               const char *topic,
               const char *key,
               gint64 sequence,
               GError **error)
{
  KabNotice *notice;
  GError *failure = NULL;
  const KabEngine *engine = self->connection->engine;

  if (self->failure != NULL)
    {
      g_propagate_error (error, g_error_copy (self->failure));
      return FALSE;
    }
  if (engine->announce != NULL)
    {
      g_autofree char *message =
          g_strdup_printf ("%s %s %" G_GINT64_FORMAT " %s", self->context->instance, topic,
                           sequence, key != NULL ? key : "");
      if (!engine->announce (self->connection, message, &failure))
        return fail (self, failure, error);
    }
  if (self->notices == NULL)
    self->notices = g_ptr_array_new_with_free_func ((GDestroyNotify) kab_notice_free);
  notice = g_new (KabNotice, 1);
  *notice = (KabNotice) { g_strdup (topic), g_strdup (key), sequence };
  g_ptr_array_add (self->notices, notice);
  return TRUE;
}

/* What the macros of the header stand for; @values end with KAB_VALUE_END and are borrowed until
 * the call returns. */
gboolean
kab_tx_exec_values (KabTransaction *self, GError **error, const char *sql, const KabValue *values)
{
  g_autoptr (KabRows) rows = start (self, error, sql, values);
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (next (rows, &failure))
    ;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

gboolean
kab_tx_change_one_values (KabTransaction *self,
                          GError **error,
                          const char *sql,
                          const KabValue *values)
{
  if (!kab_tx_exec_values (self, error, sql, values))
    return FALSE;
  if (self->changed == 1)
    return TRUE;
  if (self->changed == 0)
    g_set_error_literal (error, KAB_STORE_ERROR, KAB_STORE_ERROR_NOT_FOUND, "There is no such row");
  else
    fail (self,
          g_error_new (KAB_STORE_ERROR, KAB_STORE_ERROR_FAILED,
                       "%" G_GINT64_FORMAT " rows were touched in place of one", self->changed),
          error);
  return FALSE;
}

KabRows *
kab_tx_query_values (KabTransaction *self, GError **error, const char *sql, const KabValue *values)
{
  return start (self, error, sql, values);
}

KabRows *
kab_tx_query_one_values (KabTransaction *self,
                         GError **error,
                         const char *sql,
                         const KabValue *values)
{
  g_autoptr (KabRows) rows = start (self, error, sql, values);
  GError *failure = NULL;

  if (rows == NULL)
    return NULL;
  if (next (rows, &failure))
    return g_steal_pointer (&rows);
  if (failure != NULL)
    g_propagate_error (error, failure);
  else
    g_set_error_literal (error, KAB_STORE_ERROR, KAB_STORE_ERROR_NOT_FOUND, "There is no such row");
  return NULL;
}

gboolean
kab_tx_query_int_values (KabTransaction *self,
                         gint64 *value,
                         GError **error,
                         const char *sql,
                         const KabValue *values)
{
  g_autoptr (KabRows) rows = kab_tx_query_one_values (self, error, sql, values);
  KabValue column;

  if (rows == NULL)
    return FALSE;
  self->connection->engine->column (rows, 0, &column);
  if (column.type != KAB_VALUE_INT && column.type != KAB_VALUE_NULL)
    g_critical ("The first column is no integer");
  *value = column.type == KAB_VALUE_INT ? column.integer : 0;
  return TRUE;
}

/**
 * kab_rows_next:
 *
 * Moves to the next row. An error while reading ends the rows and fails the transaction as a
 * whole, so that it can't be overlooked.
 *
 * Returns: whether there is one
 */
gboolean
kab_rows_next (KabRows *self)
{
  return next (self, NULL);
}

/**
 * kab_rows_is_null:
 *
 * Returns: whether the column is NULL in this row
 */
gboolean
kab_rows_is_null (KabRows *self, const char *column)
{
  KabValue value;

  return find_column (self, column, &value) && value.type == KAB_VALUE_NULL;
}

/**
 * kab_rows_int:
 *
 * Returns: the number in the column; 0 for NULL
 */
gint64
kab_rows_int (KabRows *self, const char *column)
{
  KabValue value;

  return get_column (self, column, KAB_VALUE_INT, &value) ? value.integer : 0;
}

/**
 * kab_rows_bool:
 *
 * Returns: whether the number in the column is neither 0 nor NULL
 */
gboolean
kab_rows_bool (KabRows *self, const char *column)
{
  return kab_rows_int (self, column) != 0;
}

/**
 * kab_rows_text:
 *
 * Returns: (nullable) (transfer none): the text in the column, until the next row
 */
const char *
kab_rows_text (KabRows *self, const char *column)
{
  KabValue value;

  return get_column (self, column, KAB_VALUE_TEXT, &value) ? value.data : NULL;
}

/**
 * kab_rows_dup_text:
 *
 * Returns: (nullable) (transfer full): the text in the column
 */
char *
kab_rows_dup_text (KabRows *self, const char *column)
{
  return g_strdup (kab_rows_text (self, column));
}

/**
 * kab_rows_data:
 * @size: (out): how many bytes there are
 *
 * Returns: (nullable) (transfer none): the bytes in the column, until the next row
 */
gconstpointer
kab_rows_data (KabRows *self, const char *column, gsize *size)
{
  KabValue value;

  if (!get_column (self, column, KAB_VALUE_BLOB, &value))
    {
      *size = 0;
      return NULL;
    }
  *size = value.size;
  return value.data;
}

/**
 * kab_rows_blob:
 *
 * Returns: (nullable) (transfer full): a copy of the bytes in the column
 */
GBytes *
kab_rows_blob (KabRows *self, const char *column)
{
  gsize size;
  gconstpointer data = kab_rows_data (self, column, &size);

  return data != NULL ? g_bytes_new (data, size) : NULL;
}

/**
 * kab_rows_free:
 *
 * Ends the query, whether or not all of its rows were seen.
 */
void
kab_rows_free (KabRows *self)
{
  self->transaction->open_rows--;
  self->connection->engine->finish (self);
}
