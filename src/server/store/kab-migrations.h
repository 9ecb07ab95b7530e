/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-connection.h"

G_BEGIN_DECLS

#define KAB_MIGRATIONS_FOLDER "/org/kabinets/server/migrations"

/**
 * KabMigration:
 *
 * A file `NNNN-what-it-does.sql` of migrations/. Its statements are separated by empty lines. A
 * paragraph that begins with the line `-- sqlite` or `-- postgresql` is for that engine only;
 * `{{int}}`, `{{text}}`, `{{blob}}`, `{{identity}}` and, after a table's last parenthesis,
 * `{{strict}}` stand for what each engine calls them.
 */
typedef struct
{
  gint64 number;
  char *name;
  char *sql;
} KabMigration;

KabMigration *kab_migration_new (const char *name, const char *sql, GError **error);
void kab_migration_free (KabMigration *self);

GPtrArray *kab_migrations_load (GError **error);
gboolean kab_migrations_apply (KabConnection *connection, GPtrArray *migrations, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabMigration, kab_migration_free)

G_END_DECLS
