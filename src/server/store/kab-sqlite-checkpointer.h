/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * KabSqliteCheckpointer:
 *
 * A thread that copies the write-ahead log into the database while the writer goes on, so that a
 * commit waits for its own bytes alone (sqlite.org/wal.html, 3.1). Private to this folder.
 */
typedef struct _KabSqliteCheckpointer KabSqliteCheckpointer;

KabSqliteCheckpointer *kab_sqlite_checkpointer_new (sqlite3 *writer);
void kab_sqlite_checkpointer_free (KabSqliteCheckpointer *self);

G_END_DECLS
