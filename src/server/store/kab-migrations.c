/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-migrations.h"

#include "kab-migrations-resources.h"

#include <gio/gio.h>

#define VERSIONS_TABLE                                                                             \
  "CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT NOT NULL PRIMARY KEY, "            \
  "name TEXT NOT NULL, applied_at BIGINT NOT NULL)"

static int
compare_migrations (gconstpointer a, gconstpointer b)
{
  const KabMigration *first = *(KabMigration *const *) a;
  const KabMigration *second = *(KabMigration *const *) b;

  return (first->number > second->number) - (first->number < second->number);
}

static const char *
find_alias (const KabEngine *engine, const char *name)
{
  for (guint i = 0; engine->aliases[i] != NULL; i += 2)
    if (strcmp (engine->aliases[i], name) == 0)
      return engine->aliases[i + 1];
  return NULL;
}

/* Puts the engine's words in place of the names in double braces. */
static char *
expand (const KabEngine *engine, const char *sql, GError **error)
{
  g_autoptr (GString) expanded = g_string_new (NULL);
  const char *open;

  while ((open = strstr (sql, "{{")) != NULL)
    {
      const char *close = strstr (open, "}}");
      g_autofree char *name = close != NULL ? g_strndup (open + 2, close - open - 2) : NULL;
      const char *word = name != NULL ? find_alias (engine, name) : NULL;

      if (word == NULL)
        {
          g_set_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_MIGRATION, "unknown alias {{%s}}",
                       name != NULL ? name : "");
          return NULL;
        }
      g_string_append_len (expanded, sql, open - sql);
      g_string_append (expanded, word);
      sql = close + 2;
    }
  g_string_append (expanded, sql);
  return g_string_free_and_steal (g_steal_pointer (&expanded));
}

static gboolean
is_only_comments (const char *paragraph)
{
  g_auto (GStrv) lines = g_strsplit (paragraph, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strstrip (lines[i]);
      if (*lines[i] != '\0' && !g_str_has_prefix (lines[i], "--"))
        return FALSE;
    }
  return TRUE;
}

/* Whether the paragraph is a statement, and one for this engine. */
static gboolean
is_for_engine (const KabEngine *engine, const char *paragraph)
{
  const KabEngine *const engines[] = { &kab_sqlite_engine, &kab_postgres_engine };
  g_autofree char *first = g_strndup (paragraph, strcspn (paragraph, "\n"));

  if (is_only_comments (paragraph))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (engines); i++)
    if (g_str_has_prefix (first, "-- ") && strcmp (g_strchomp (first) + 3, engines[i]->name) == 0)
      return engines[i] == engine;
  return TRUE;
}

static gboolean
run_statement (KabConnection *connection, const char *paragraph, GError **error)
{
  g_autofree char *sql = expand (connection->engine, paragraph, error);

  return sql != NULL && connection->engine->control (connection, sql, error);
}

static gboolean
run_migration (KabConnection *connection, const KabMigration *migration, GError **error)
{
  g_auto (GStrv) paragraphs = g_strsplit (migration->sql, "\n\n", -1);
  guint number = 0;

  for (guint i = 0; paragraphs[i] != NULL; i++)
    {
      g_autoptr (GError) reason = NULL;
      const char *paragraph = g_strstrip (paragraphs[i]);

      if (*paragraph == '\0' || is_only_comments (paragraph))
        continue;
      number++;
      if (!is_for_engine (connection->engine, paragraph) ||
          run_statement (connection, paragraph, &reason))
        continue;
      g_set_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_MIGRATION,
                   "Migration %s, statement %u: %s", migration->name, number, reason->message);
      return FALSE;
    }
  return TRUE;
}

static gboolean
apply_migration (KabConnection *connection,
                 KabTransaction *tx,
                 const KabMigration *migration,
                 GError **error)
{
  return run_migration (connection, migration, error) &&
         kab_tx_exec (tx, error,
                      "INSERT INTO schema_migrations (version, name, applied_at) "
                      "VALUES (?, ?, ?)",
                      KAB_INT (migration->number), KAB_TEXT (migration->name),
                      KAB_INT (kab_tx_get_now (tx)));
}

static gboolean
apply_pending (KabConnection *connection, GPtrArray *migrations, GError **error)
{
  const KabTransactionContext context = { 0 };
  g_autoptr (KabTransaction) tx = kab_transaction_new (connection, &context, TRUE);
  const KabMigration *last = g_ptr_array_index (migrations, migrations->len - 1);
  gint64 version;

  if (!connection->engine->control (connection, VERSIONS_TABLE, error) ||
      !kab_tx_query_int (tx, &version, error, "SELECT MAX (version) FROM schema_migrations"))
    return FALSE;
  if (version > last->number)
    {
      g_set_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_NEWER,
                   "The database has schema %" G_GINT64_FORMAT ", this server knows schemas up to "
                   "%" G_GINT64_FORMAT ". Start the newer server",
                   version, last->number);
      return FALSE;
    }
  for (guint i = 0; i < migrations->len; i++)
    {
      const KabMigration *migration = g_ptr_array_index (migrations, i);

      if (migration->number > version && !apply_migration (connection, tx, migration, error))
        return FALSE;
    }
  return connection->engine->check_migrated == NULL ||
         connection->engine->check_migrated (connection, last->number, error);
}

static gboolean
apply_in_transaction (KabConnection *connection, GPtrArray *migrations, GError **error)
{
  const KabEngine *engine = connection->engine;

  if (!engine->control (connection, engine->begin_migration, error))
    return FALSE;
  if (apply_pending (connection, migrations, error) &&
      engine->control (connection, "COMMIT", error))
    return TRUE;
  if (engine->is_in_transaction (connection))
    engine->control (connection, "ROLLBACK", NULL);
  return FALSE;
}

/**
 * kab_migration_new:
 * @name: the name of the file, which begins with its number
 *
 * Returns: (transfer full): the migration, or %NULL with KAB_STORE_ERROR_MIGRATION
 */
KabMigration *
kab_migration_new (const char *name, const char *sql, GError **error)
{
  KabMigration *self;
  gint64 number = g_ascii_strtoll (name, NULL, 10);

  if (number <= 0 || strlen (name) < 6 || name[4] != '-')
    {
      g_set_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_MIGRATION,
                   "Migration %s: the name has to begin with four digits and a dash", name);
      return NULL;
    }
  self = g_new0 (KabMigration, 1);
  self->number = number;
  self->name = g_strdup (name);
  self->sql = g_strdup (sql);
  return self;
}

void
kab_migration_free (KabMigration *self)
{
  g_free (self->name);
  g_free (self->sql);
  g_free (self);
}

/**
 * kab_migrations_load:
 *
 * Returns: (transfer container) (element-type KabMigration): what the program carries, in order
 */
GPtrArray *
kab_migrations_load (GError **error)
{
  g_autoptr (GPtrArray) migrations =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kab_migration_free);
  GResource *resource = kab_migrations_get_resource ();
  g_auto (GStrv) names = g_resource_enumerate_children (resource, KAB_MIGRATIONS_FOLDER,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (names == NULL)
    return NULL;
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_path ("/", KAB_MIGRATIONS_FOLDER, names[i], NULL);
      g_autoptr (GBytes) sql =
          g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
      KabMigration *migration =
          sql != NULL ? kab_migration_new (names[i], g_bytes_get_data (sql, NULL), error) : NULL;

      if (migration == NULL)
        return NULL;
      g_ptr_array_add (migrations, migration);
    }
  g_ptr_array_sort (migrations, compare_migrations);
  return g_steal_pointer (&migrations);
}

/**
 * kab_migrations_apply:
 * @migrations: (element-type KabMigration): in the order of their numbers
 *
 * Brings the database to the newest schema. All that is pending is applied in one transaction,
 * with other replicas kept waiting; when anything fails, the database stays as it was.
 */
gboolean
kab_migrations_apply (KabConnection *connection, GPtrArray *migrations, GError **error)
{
  const KabEngine *engine = connection->engine;
  gboolean applied;

  if (engine->before_migration != NULL &&
      !engine->control (connection, engine->before_migration, error))
    return FALSE;
  applied = apply_in_transaction (connection, migrations, error);
  if (engine->after_migration != NULL &&
      !engine->control (connection, engine->after_migration, applied ? error : NULL))
    return FALSE;
  return applied;
}
