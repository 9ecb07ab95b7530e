/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-store-error.h"
#include "kab-value.h"

G_BEGIN_DECLS

/**
 * KabTransaction:
 *
 * What a function given to kab_store_read() or kab_store_write() works with; valid inside it only.
 *
 * Statements are written once for both engines: `?` (or `?1`, to use a value twice) for each
 * value, standard SQL, and what both engines share: `ON CONFLICT`, `RETURNING`, `LIMIT`, `WITH`.
 * A sum has to be `CAST (SUM (x) AS BIGINT)`, because PostgreSQL widens it to a numeric.
 *
 * An error in a statement ends the transaction: every later call fails with it, and so does the
 * transaction, whatever the function returns. Where a row may be there already, say so in the
 * statement (`ON CONFLICT … DO NOTHING`, then kab_tx_get_changed()). A row that isn't found is no
 * error in that sense.
 *
 * Rows have to be freed before the function returns.
 */
typedef struct _KabTransaction KabTransaction;

/**
 * KabRows:
 *
 * The rows of a query, one at a time. A column is named as in the statement; a name that isn't
 * there and a type that isn't the column's are programming errors.
 */
typedef struct _KabRows KabRows;

gint64 kab_tx_get_now (KabTransaction *self);
gint64 kab_tx_get_changed (KabTransaction *self);
gboolean kab_tx_is_writable (KabTransaction *self);
gboolean kab_tx_notify (KabTransaction *self,
                        const char *topic,
                        const char *key,
                        gint64 sequence,
                        GError **error);

gboolean
kab_tx_exec_values (KabTransaction *self, GError **error, const char *sql, const KabValue *values);
gboolean kab_tx_change_one_values (KabTransaction *self,
                                   GError **error,
                                   const char *sql,
                                   const KabValue *values);
KabRows *kab_tx_query_values (KabTransaction *self,
                              GError **error,
                              const char *sql,
                              const KabValue *values) G_GNUC_WARN_UNUSED_RESULT;
KabRows *kab_tx_query_one_values (KabTransaction *self,
                                  GError **error,
                                  const char *sql,
                                  const KabValue *values) G_GNUC_WARN_UNUSED_RESULT;
gboolean kab_tx_query_int_values (KabTransaction *self,
                                  gint64 *value,
                                  GError **error,
                                  const char *sql,
                                  const KabValue *values);

/* The statement is always a literal: the empty strings around it refuse anything else. */

/* gboolean: runs a statement; kab_tx_get_changed() tells the rows it touched. */
#define kab_tx_exec(self, error, sql, ...)                                                         \
  (kab_tx_exec_values ((self), (error), "" sql "", KAB_VALUES (__VA_ARGS__)))

/* gboolean: runs a statement that has to touch exactly one row, or is NOT_FOUND. The touch of a
 * versioned row: `UPDATE … WHERE id = ? AND version = ?`. */
#define kab_tx_change_one(self, error, sql, ...)                                                   \
  (kab_tx_change_one_values ((self), (error), "" sql "", KAB_VALUES (__VA_ARGS__)))

/* KabRows, before the first row: `while (kab_rows_next (rows))`. */
#define kab_tx_query(self, error, sql, ...)                                                        \
  (kab_tx_query_values ((self), (error), "" sql "", KAB_VALUES (__VA_ARGS__)))

/* KabRows, on the first row; NULL with NOT_FOUND when there is none. */
#define kab_tx_query_one(self, error, sql, ...)                                                    \
  (kab_tx_query_one_values ((self), (error), "" sql "", KAB_VALUES (__VA_ARGS__)))

/* gboolean: the first column of the first row as a number, such as a COUNT; NULL counts as 0. */
#define kab_tx_query_int(self, value, error, sql, ...)                                             \
  (kab_tx_query_int_values ((self), (value), (error), "" sql "", KAB_VALUES (__VA_ARGS__)))

gboolean kab_rows_next (KabRows *self);
gboolean kab_rows_is_null (KabRows *self, const char *column);
gint64 kab_rows_int (KabRows *self, const char *column);
gboolean kab_rows_bool (KabRows *self, const char *column);
const char *kab_rows_text (KabRows *self, const char *column);
char *kab_rows_dup_text (KabRows *self, const char *column);
gconstpointer kab_rows_data (KabRows *self, const char *column, gsize *size);
GBytes *kab_rows_blob (KabRows *self, const char *column);
void kab_rows_free (KabRows *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabRows, kab_rows_free)

G_END_DECLS
