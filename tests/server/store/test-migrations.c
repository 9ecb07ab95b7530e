/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kab-history.h"
#include "kab-migrations.h"

static const char first_sql[] =
    "-- A comment, then a statement.\n\nCREATE TABLE people (id {{identity}}, name {{text}}, photo "
    "{{blob}}, age {{int}}) {{strict}};\n\nINSERT INTO people (name, age) VALUES ('Anna', 30);\n";

static const char second_sql[] =
    "-- sqlite\nINSERT INTO people (name) VALUES ('sqlite');\n\n"
    "-- postgresql\nINSERT INTO people (name) VALUES ('postgresql');\n";

static const char failing_sql[] =
    "INSERT INTO people (name) VALUES ('Berta');\n\nCREATE TABLE extra (id {{int}});\n\n"
    "INSERT INTO nowhere VALUES (1);\n";

static const char orphan_sql[] =
    "CREATE TABLE pets (id {{int}}, owner {{int}} REFERENCES people (id)) {{strict}};\n\n"
    "INSERT INTO pets VALUES (1, 99);\n";

static GPtrArray *
make_list (const char *const *pairs)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) kab_migration_free);

  for (; *pairs != NULL; pairs += 2)
    {
      g_autoptr (GError) error = NULL;
      KabMigration *migration = kab_migration_new (pairs[0], pairs[1], &error);

      g_assert_no_error (error);
      g_ptr_array_add (list, migration);
    }
  return list;
}

/* A connection to a database without a schema. */
static KabConnection *
open_empty (StoreFixture *fixture)
{
  const KabEngine *engine =
      store_fixture_is_sqlite (fixture) ? &kab_sqlite_engine : &kab_postgres_engine;
  g_autofree char *path = g_build_filename (fixture->folder, "empty.db", NULL);
  g_autoptr (GError) error = NULL;
  KabConnection *connection;

  if (!store_fixture_is_sqlite (fixture))
    store_fixture_run_sql (fixture, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  connection = engine->open (store_fixture_is_sqlite (fixture) ? path : fixture->url,
                             KAB_CONNECTION_WRITER, &error);
  g_assert_no_error (error);
  return connection;
}

static void
apply (KabConnection *connection, const char *const *pairs, GError **error)
{
  g_autoptr (GPtrArray) list = make_list (pairs);
  gboolean applied = kab_migrations_apply (connection, list, error);

  g_assert_cmpint (applied, ==, *error == NULL);
}

static gint64
count (KabConnection *connection, gboolean of_versions)
{
  const KabTransactionContext context = { 0 };
  g_autoptr (KabTransaction) tx = kab_transaction_new (connection, &context, FALSE);
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  if (of_versions)
    kab_tx_query_int (tx, &n, &error, "SELECT COUNT (*) FROM schema_migrations");
  else
    kab_tx_query_int (tx, &n, &error, "SELECT COUNT (*) FROM people");
  return error == NULL ? n : -1;
}

static void
test_apply (StoreFixture *fixture)
{
  KabConnection *connection = open_empty (fixture);
  g_autoptr (GError) error = NULL;

  apply (connection, (const char *[]) { "0001-people.sql", first_sql, NULL }, &error);
  g_assert_no_error (error);
  apply (connection,
         (const char *[]) { "0001-people.sql", first_sql, "0002-more.sql", second_sql, NULL },
         &error);
  g_assert_no_error (error);
  apply (connection,
         (const char *[]) { "0001-people.sql", first_sql, "0002-more.sql", second_sql, NULL },
         &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (connection, TRUE), ==, 2);
  g_assert_cmpint (count (connection, FALSE), ==, 2);
  apply (connection, (const char *[]) { "0001-people.sql", first_sql, NULL }, &error);
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_NEWER);
  connection->engine->close (connection);
}

/* The good migration before the failing one is undone with it. */
static void
test_failing (StoreFixture *fixture)
{
  KabConnection *connection = open_empty (fixture);
  g_autoptr (GError) error = NULL;

  apply (connection, (const char *[]) { "0001-people.sql", first_sql, NULL }, &error);
  g_assert_no_error (error);
  apply (connection,
         (const char *[]) { "0001-people.sql", first_sql, "0002-more.sql", second_sql,
                            "0003-failing.sql", failing_sql, NULL },
         &error);
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_MIGRATION);
  g_assert_true (g_str_has_prefix (error->message, "Migration 0003-failing.sql, statement 3: "));
  g_assert_nonnull (strstr (error->message, "nowhere"));
  g_assert_cmpint (count (connection, TRUE), ==, 1);
  g_assert_cmpint (count (connection, FALSE), ==, 1);
  g_clear_error (&error);
  apply (connection,
         (const char *[]) { "0001-people.sql", first_sql, "0002-alias.sql",
                            "CREATE TABLE x (id {{integer}})", NULL },
         &error);
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_MIGRATION);
  g_assert_nonnull (strstr (error->message, "{{integer}}"));
  g_clear_error (&error);
  apply (connection,
         (const char *[]) { "0001-people.sql", first_sql, "0002-orphan.sql", orphan_sql, NULL },
         &error);
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_MIGRATION);
  g_assert_cmpint (count (connection, TRUE), ==, 1);
  connection->engine->close (connection);
}

static void
test_first_fails (StoreFixture *fixture)
{
  KabConnection *connection = open_empty (fixture);
  g_autoptr (GError) error = NULL;

  apply (connection, (const char *[]) { "0001-failing.sql", failing_sql, NULL }, &error);
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_MIGRATION);
  g_assert_cmpint (count (connection, TRUE), ==, -1);
  connection->engine->close (connection);
}

static void
test_newer (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  store_fixture_run_sql (fixture, "INSERT INTO schema_migrations VALUES (9999, 'later', 1)");
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  g_assert_null (kab_store_open (fixture->url, NULL, &error));
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_NEWER);
  store_fixture_run_sql (fixture, "DELETE FROM schema_migrations WHERE version = 9999");
  fixture->store = store_fixture_open (fixture, NULL);
}

static gboolean
check_old_rows (KabTransaction *tx, gpointer data, GError **error)
{
  gint64 n, version;

  g_assert_true (kab_history_verify (tx, NULL, NULL, error));
  g_assert_true (kab_tx_query_int (tx, &n, error, "SELECT COUNT (*) FROM history"));
  g_assert_cmpint (n, ==, 2);
  g_assert_true (kab_tx_query_int (tx, &n, error, "SELECT COUNT (*) FROM outbox"));
  g_assert_cmpint (n, ==, 1);
  g_assert_true (kab_tx_query_int (tx, &n, error, "SELECT COUNT (*) FROM file_chunks"));
  g_assert_cmpint (n, ==, 1);
  return kab_tx_query_int (tx, &version, error, "SELECT MAX (version) FROM schema_migrations");
}

/* A database as the first schema left it, with a row in each table. */
static void
test_old_database (StoreFixture *fixture)
{
  const char *name =
      store_fixture_is_sqlite (fixture) ? "schema-1-sqlite.sql" : "schema-1-postgresql.sql";
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "server", "store", name, NULL);
  g_autofree char *dump = NULL;

  g_assert_true (g_file_get_contents (path, &dump, NULL, NULL));
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  if (store_fixture_is_sqlite (fixture))
    {
      g_autofree char *url = g_strdup_printf ("sqlite:%s/old.db", fixture->folder);
      g_free (g_steal_pointer (&fixture->url));
      fixture->url = g_steal_pointer (&url);
    }
  else
    store_fixture_run_sql (fixture, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  store_fixture_run_sql (fixture, dump);
  fixture->store = store_fixture_open (fixture, NULL);
  store_fixture_read (fixture, check_old_rows, NULL);
}

void
add_migration_tests (void)
{
  store_test_add ("migrations/apply", test_apply);
  store_test_add ("migrations/failing", test_failing);
  store_test_add ("migrations/first-fails", test_first_fails);
  store_test_add ("migrations/newer", test_newer);
  store_test_add ("migrations/old-database", test_old_database);
}
