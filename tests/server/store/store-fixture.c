/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kab-test-postgres.h"
#include "test-folder.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <unistd.h>

/* 2025-03-01T00:00:00Z */
#define START_OF_TIME G_GINT64_CONSTANT (1740787200000000)

static gint64
fixture_clock_cb (gpointer data)
{
  return ((StoreFixture *) data)->now;
}

KabStore *
store_fixture_open (StoreFixture *fixture, const KabStoreOptions *options)
{
  g_autoptr (GError) error = NULL;
  KabStoreOptions own = { .clock = fixture_clock_cb, .clock_data = fixture };
  KabStore *store = kab_store_open (fixture->url, options != NULL ? options : &own, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  return store;
}

void
store_fixture_reopen (StoreFixture *fixture)
{
  g_assert_finalize_object (fixture->store);
  fixture->store = store_fixture_open (fixture, NULL);
}

void
store_fixture_write (StoreFixture *fixture, KabStoreFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean succeeded = kab_store_write (fixture->store, func, data, &error);

  g_assert_no_error (error);
  g_assert_true (succeeded);
}

void
store_fixture_read (StoreFixture *fixture, KabStoreFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean succeeded = kab_store_read (fixture->store, func, data, &error);

  g_assert_no_error (error);
  g_assert_true (succeeded);
}

gboolean
store_fixture_is_sqlite (StoreFixture *fixture)
{
  return g_str_has_prefix (fixture->url, "sqlite:");
}

static void
run_sqlite (const char *path, const char *sql)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 5000);
  if (sqlite3_exec (handle, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (handle));
  sqlite3_close (handle);
}

static void
run_postgres (const char *url, const char *sql)
{
  PGconn *handle = PQconnectdb (url);
  PGresult *result;

  PQclear (PQexec (handle, "SET client_min_messages = warning"));
  result = PQexec (handle, sql);
  if (PQresultStatus (result) != PGRES_COMMAND_OK && PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%s: %s", sql, PQerrorMessage (handle));
  PQclear (result);
  PQfinish (handle);
}

void
store_fixture_run_sql (StoreFixture *fixture, const char *sql)
{
  if (store_fixture_is_sqlite (fixture))
    run_sqlite (fixture->url + strlen ("sqlite:"), sql);
  else
    run_postgres (fixture->url, sql);
}

static void
run_test (StoreTest test, gboolean is_sqlite)
{
  StoreFixture fixture = { .now = START_OF_TIME };

  fixture.folder = test_folder_new ();
  fixture.url = is_sqlite ? g_strdup_printf ("sqlite:%s/bank.db", fixture.folder)
                          : kab_test_postgres_new_database ();
  fixture.store = store_fixture_open (&fixture, NULL);
  test (&fixture);
  g_assert_finalize_object (fixture.store);
  test_folder_free (fixture.folder);
  g_free (fixture.url);
}

static void
run_on_sqlite_cb (gconstpointer data)
{
  run_test ((StoreTest) data, TRUE);
}

static void
run_on_postgres_cb (gconstpointer data)
{
  run_test ((StoreTest) data, FALSE);
}

void
store_test_add_sqlite (const char *path, StoreTest test)
{
  g_autofree char *full = g_strconcat ("/store/sqlite/", path, NULL);

  g_test_add_data_func (full, (gconstpointer) test, run_on_sqlite_cb);
}

void
store_test_add_postgres (const char *path, StoreTest test)
{
  g_autofree char *full = g_strconcat ("/store/postgresql/", path, NULL);

  g_test_add_data_func (full, (gconstpointer) test, run_on_postgres_cb);
}

void
store_test_add (const char *path, StoreTest test)
{
  store_test_add_sqlite (path, test);
  store_test_add_postgres (path, test);
}

/* The second number of /proc/self/statm, see proc_pid_statm(5). */
gint64
store_test_resident_bytes (void)
{
  g_autofree char *content = NULL;
  g_auto (GStrv) fields = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &content, NULL, NULL));
  fields = g_strsplit (content, " ", -1);
  return g_ascii_strtoll (fields[1], NULL, 10) * sysconf (_SC_PAGESIZE);
}
