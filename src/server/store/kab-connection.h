/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-transaction.h"

/* What an engine gives to the store. Private to this folder. */

G_BEGIN_DECLS

#define KAB_MAX_PARAMETERS 64

typedef struct _KabConnection KabConnection;

typedef enum
{
  KAB_CONNECTION_READER,
  KAB_CONNECTION_WRITER,
} KabConnectionRole;

/**
 * KabEngine:
 * @begin_read: starts a transaction that sees one unchanging state
 * @begin_write: starts a transaction after which no other writer, of any process, can start one
 * @begin_migration: as @begin_write, without a time limit
 * @before_migration: (nullable): what has to be set before that
 * @after_migration: (nullable): what has to be set back after it
 * @aliases: pairs of a name in double braces and what stands for it in a migration
 * @batch_limit: most requests committed together
 * @attempts: how often a transaction is tried when it is BUSY or the database UNAVAILABLE
 * @control: runs a statement without values or rows (BEGIN, a migration's)
 * @set_durable: whether commits of the transactions that follow wait for the disk; without it
 *   they keep their order, and become durable with the next that waits
 * @start: starts a statement; @values end with KAB_VALUE_END
 * @next: moves to the next row; at the end it returns %FALSE without an error, `changed` is known
 * @check_migrated: (nullable): has the last word before a migration is committed
 * @announce: tells other processes after the commit, or %NULL where there are none
 * @is_in_transaction: %FALSE when an error made the engine give the transaction up
 */
typedef struct
{
  const char *name;
  const char *begin_read;
  const char *begin_write;
  const char *begin_migration;
  const char *before_migration;
  const char *after_migration;
  const char *const *aliases;
  guint batch_limit;
  guint attempts;

  KabConnection *(*open) (const char *location, KabConnectionRole role, GError **error);
  void (*close) (KabConnection *self);
  gboolean (*control) (KabConnection *self, const char *sql, GError **error);
  gboolean (*set_durable) (KabConnection *self, gboolean is_durable, GError **error);
  KabRows *(*start) (KabConnection *self, const char *sql, const KabValue *values, GError **error);
  gboolean (*next) (KabRows *rows, GError **error);
  const char *(*column_name) (KabRows *rows, guint column);
  void (*column) (KabRows *rows, guint column, KabValue *value);
  void (*finish) (KabRows *rows);
  gboolean (*check_migrated) (KabConnection *self, gint64 version, GError **error);
  gboolean (*announce) (KabConnection *self, const char *message, GError **error);
  gboolean (*is_in_transaction) (KabConnection *self);
  gboolean (*is_usable) (KabConnection *self);
} KabEngine;

/* The beginning of every engine's connection. */
struct _KabConnection
{
  const KabEngine *engine;
  KabConnectionRole role;
};

/* The beginning of every engine's rows. */
struct _KabRows
{
  KabConnection *connection;
  KabTransaction *transaction;
  guint n_columns;
  guint next_column; /* behind the one that was read last */
  gint64 changed;
};

extern const KabEngine kab_sqlite_engine;
extern const KabEngine kab_postgres_engine;

/* What all transactions of a store share. */
typedef struct
{
  char *instance;
  GBytes *history_key;
  gint64 (*clock) (gpointer data);
  gpointer clock_data;
} KabTransactionContext;

/* What is told to listeners after the commit. */
typedef struct
{
  char *topic;
  char *key;
  gint64 sequence;
} KabNotice;

void kab_notice_free (KabNotice *self);

KabTransaction *kab_transaction_new (KabConnection *connection,
                                     const KabTransactionContext *context,
                                     gboolean writable);
KabTransaction *kab_transaction_new_look_up (KabConnection *connection,
                                             const KabTransactionContext *context);
void kab_transaction_free (KabTransaction *self);
const GError *kab_transaction_get_failure (KabTransaction *self);
void kab_transaction_fail (KabTransaction *self, const GError *error);
GPtrArray *kab_transaction_steal_notices (KabTransaction *self);
GBytes *kab_transaction_get_history_key (KabTransaction *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabTransaction, kab_transaction_free)

/* Runs @func in @transaction and says whether what it did may be kept. */
gboolean kab_transaction_run (KabTransaction *self,
                              gboolean (*func) (KabTransaction *, gpointer, GError **),
                              gpointer data,
                              GError **error);

/* The statement with $1, $2 … in place of the question marks outside of literals and comments. */
char *kab_number_parameters (const char *sql);

G_END_DECLS
