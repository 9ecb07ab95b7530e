/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kab-connection.h"
#include "kab-sqlite-file.h"

/* What has the same names in both engines is enough for these tables. */
static void
make_tables (StoreFixture *fixture)
{
  store_fixture_run_sql (
      fixture,
      store_fixture_is_sqlite (fixture)
          ? "CREATE TABLE accounts (id INTEGER NOT NULL PRIMARY KEY, owner TEXT NOT NULL "
            "UNIQUE CHECK (owner <> 'nobody'), photo BLOB, balance INTEGER) STRICT;"
            "CREATE TABLE cards (id INTEGER NOT NULL PRIMARY KEY, account INTEGER NOT NULL "
            "REFERENCES accounts (id)) STRICT"
          : "CREATE TABLE accounts (id BIGINT NOT NULL PRIMARY KEY, owner TEXT NOT NULL "
            "UNIQUE CHECK (owner <> 'nobody'), photo BYTEA, balance BIGINT);"
            "CREATE TABLE cards (id BIGINT NOT NULL PRIMARY KEY, account BIGINT NOT NULL "
            "REFERENCES accounts (id))");
}

static gboolean
insert_values (KabTransaction *tx, gpointer data, GError **error)
{
  static const guint8 photo[] = { 0, 255, '\'', '?', 0 };
  g_autoptr (GBytes) bytes = g_bytes_new (photo, sizeof photo);

  return kab_tx_exec (tx, error,
                      "INSERT INTO accounts (id, owner, photo, balance) VALUES (?, ?, ?, ?)",
                      KAB_INT (G_MAXINT64), KAB_TEXT ("Zoë ?1 'x' Ķēniņš"), KAB_BLOB (bytes),
                      KAB_INT (G_MININT64)) &&
         kab_tx_exec (tx, error,
                      "INSERT INTO accounts (id, owner, photo, balance) VALUES (?, ?, ?, ?)",
                      KAB_INT (-1), KAB_TEXT (""), KAB_DATA (NULL, 0), KAB_NULL) &&
         kab_tx_exec (tx, error,
                      "INSERT INTO accounts (id, owner, photo, balance) VALUES (?, ?, ?, ?)",
                      KAB_INT (0), KAB_TEXT ("third"), KAB_BLOB (NULL), KAB_BOOL (7));
}

static gboolean
read_values (KabTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (KabRows) rows =
      kab_tx_query (tx, error, "SELECT id, owner, photo, balance FROM accounts ORDER BY id");
  g_autoptr (GBytes) photo = NULL;
  g_autoptr (GBytes) empty = NULL;

  g_assert_nonnull (rows);
  g_assert_true (kab_rows_next (rows));
  g_assert_cmpint (kab_rows_int (rows, "id"), ==, -1);
  g_assert_cmpstr (kab_rows_text (rows, "owner"), ==, "");
  empty = kab_rows_blob (rows, "photo");
  g_assert_nonnull (empty);
  g_assert_cmpuint (g_bytes_get_size (empty), ==, 0);
  g_assert_true (kab_rows_is_null (rows, "balance"));
  g_assert_true (kab_rows_next (rows));
  g_assert_null (kab_rows_blob (rows, "photo"));
  g_assert_true (kab_rows_bool (rows, "balance"));
  g_assert_cmpint (kab_rows_int (rows, "balance"), ==, 1);
  g_assert_true (kab_rows_next (rows));
  g_assert_cmpint (kab_rows_int (rows, "id"), ==, G_MAXINT64);
  g_assert_cmpint (kab_rows_int (rows, "balance"), ==, G_MININT64);
  g_assert_cmpstr (kab_rows_text (rows, "owner"), ==, "Zoë ?1 'x' Ķēniņš");
  photo = kab_rows_blob (rows, "photo");
  g_assert_cmpmem (g_bytes_get_data (photo, NULL), g_bytes_get_size (photo), "\0\377'?\0", 5);
  g_assert_false (kab_rows_next (rows));
  g_assert_false (kab_rows_next (rows));
  return TRUE;
}

static void
test_values (StoreFixture *fixture)
{
  make_tables (fixture);
  store_fixture_write (fixture, insert_values, NULL);
  store_fixture_read (fixture, read_values, NULL);
}

static gboolean
query_literals (KabTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (KabRows) rows =
      kab_tx_query_one (tx, error,
                        "SELECT CAST (?2 AS TEXT) AS second, '?' AS mark, 'it''s ?' AS quoted, "
                        "/* ? */ CAST (?1 AS TEXT) AS \"fi?st\", CAST (?2 AS TEXT) AS again -- ?\n",
                        KAB_TEXT ("one"), KAB_TEXT ("two"));

  g_assert_nonnull (rows);
  g_assert_cmpstr (kab_rows_text (rows, "second"), ==, "two");
  g_assert_cmpstr (kab_rows_text (rows, "again"), ==, "two");
  g_assert_cmpstr (kab_rows_text (rows, "mark"), ==, "?");
  g_assert_cmpstr (kab_rows_text (rows, "quoted"), ==, "it's ?");
  g_assert_cmpstr (kab_rows_text (rows, "fi?st"), ==, "one");
  return TRUE;
}

static void
test_literals (StoreFixture *fixture)
{
  g_autofree char *numbered =
      kab_number_parameters ("SELECT '?''?', \"?\" /* ? */, ? -- ?\n, ?, ?12 FROM t WHERE a = '");

  g_assert_cmpstr (numbered, ==,
                   "SELECT '?''?', \"?\" /* ? */, $1 -- ?\n, $2, $12 FROM t WHERE a = '");
  store_fixture_read (fixture, query_literals, NULL);
}

static gboolean
change_rows (KabTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (GError) missing = NULL;
  gint64 count;

  g_assert_true (
      kab_tx_exec (tx, error, "UPDATE accounts SET balance = 5 WHERE id <= ?", KAB_INT (0)));
  g_assert_cmpint (kab_tx_get_changed (tx), ==, 2);
  g_assert_true (kab_tx_exec (tx, error, "DELETE FROM accounts WHERE id = ?", KAB_INT (12)));
  g_assert_cmpint (kab_tx_get_changed (tx), ==, 0);
  g_assert_false (kab_tx_change_one (tx, &missing, "UPDATE accounts SET balance = 1 WHERE id = ?",
                                     KAB_INT (12)));
  g_assert_error (missing, KAB_STORE_ERROR, KAB_STORE_ERROR_NOT_FOUND);
  g_clear_error (&missing);
  g_assert_null (kab_tx_query_one (tx, &missing, "SELECT id FROM accounts WHERE id = 12"));
  g_assert_error (missing, KAB_STORE_ERROR, KAB_STORE_ERROR_NOT_FOUND);
  g_assert_true (
      kab_tx_query_int (tx, &count, error, "SELECT COUNT (*) FROM accounts WHERE balance = 5"));
  g_assert_cmpint (count, ==, 2);
  g_assert_true (kab_tx_exec (tx, error,
                              "INSERT INTO accounts (id, owner) VALUES (0, 'third') "
                              "ON CONFLICT DO NOTHING"));
  g_assert_cmpint (kab_tx_get_changed (tx), ==, 0);
  return TRUE;
}

static void
test_changed (StoreFixture *fixture)
{
  make_tables (fixture);
  store_fixture_write (fixture, insert_values, NULL);
  store_fixture_write (fixture, change_rows, NULL);
}

typedef struct
{
  gint64 account;
  const char *owner;
  gint64 card_of;
} Row;

static gboolean
insert_row (KabTransaction *tx, gpointer data, GError **error)
{
  const Row *row = data;

  if (row->owner != NULL &&
      !kab_tx_exec (tx, error, "INSERT INTO accounts (id, owner) VALUES (?, ?)",
                    KAB_INT (row->account), KAB_TEXT (row->owner)))
    return FALSE;
  return row->card_of == 0 ||
         kab_tx_exec (tx, error, "INSERT INTO cards (id, account) VALUES (?, ?)",
                      KAB_INT (row->account), KAB_INT (row->card_of));
}

static void
assert_refused (StoreFixture *fixture, Row row, KabStoreError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (kab_store_write (fixture->store, insert_row, &row, &error));
  g_assert_error (error, KAB_STORE_ERROR, (int) code);
}

static gboolean
count_accounts (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_tx_query_int (tx, data, error, "SELECT COUNT (*) FROM accounts");
}

static void
test_violations (StoreFixture *fixture)
{
  Row good = { 1, "Anna", 1 };
  gint64 count;

  make_tables (fixture);
  store_fixture_write (fixture, insert_row, &good);
  assert_refused (fixture, (Row) { 1, "Berta", 0 }, KAB_STORE_ERROR_CONFLICT);
  assert_refused (fixture, (Row) { 2, "Anna", 0 }, KAB_STORE_ERROR_CONFLICT);
  assert_refused (fixture, (Row) { 2, "Berta", 77 }, KAB_STORE_ERROR_REFERENCE);
  assert_refused (fixture, (Row) { 2, "nobody", 0 }, KAB_STORE_ERROR_CONSTRAINT);
  assert_refused (fixture, (Row) { 2, "broken \xff", 0 }, KAB_STORE_ERROR_FAILED);
  store_fixture_read (fixture, count_accounts, &count);
  g_assert_cmpint (count, ==, 1);
  g_assert_true (kab_store_check (fixture->store, NULL));
}

static gboolean
ignore_failure (KabTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;

  g_assert_true (kab_tx_exec (tx, error, "INSERT INTO accounts (id, owner) VALUES (7, 'Seven')"));
  g_assert_false (kab_tx_exec (tx, &first, "INSERT INTO accounts (id, owner) VALUES (7, 'Again')"));
  g_assert_error (first, KAB_STORE_ERROR, KAB_STORE_ERROR_CONFLICT);
  g_assert_false (kab_tx_exec (tx, &second, "DELETE FROM accounts"));
  g_assert_error (second, KAB_STORE_ERROR, KAB_STORE_ERROR_CONFLICT);
  return TRUE;
}

/* An error that a function overlooks still ends its transaction. */
static void
test_failure_is_final (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 count;

  make_tables (fixture);
  g_assert_false (kab_store_write (fixture->store, ignore_failure, NULL, &error));
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_CONFLICT);
  store_fixture_read (fixture, count_accounts, &count);
  g_assert_cmpint (count, ==, 0);
}

static void
test_read_writes_nothing (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  Row row = { 1, "Anna", 0 };
  gint64 count;

  make_tables (fixture);
  g_assert_false (kab_store_read (fixture->store, insert_row, &row, &error));
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_FAILED);
  store_fixture_read (fixture, count_accounts, &count);
  g_assert_cmpint (count, ==, 0);
  store_fixture_write (fixture, insert_row, &row);
}

static gboolean
count_twice (KabTransaction *tx, gpointer data, GError **error)
{
  return count_accounts (tx, data, error) && count_accounts (tx, data, error);
}

static void
test_look_up (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  Row row = { 1, "Anna", 0 };
  gint64 count;

  make_tables (fixture);
  store_fixture_write (fixture, insert_row, &row);
  g_assert_true (kab_store_look_up (fixture->store, count_accounts, &count, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count, ==, 1);
  g_assert_false (kab_store_look_up (fixture->store, count_twice, &count, &error));
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_FAILED);
  g_clear_error (&error);
  row = (Row) { 2, "Berta", 0 };
  g_assert_false (kab_store_look_up (fixture->store, insert_row, &row, &error));
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_FAILED);
  store_fixture_read (fixture, count_accounts, &count);
  g_assert_cmpint (count, ==, 1);
}

static gboolean
read_nested (KabTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (KabRows) outer = kab_tx_query (tx, error, "SELECT id FROM accounts ORDER BY id");
  guint pairs = 0;

  while (kab_rows_next (outer))
    {
      g_autoptr (KabRows) inner = kab_tx_query (tx, error, "SELECT id FROM accounts ORDER BY id");
      while (kab_rows_next (inner))
        pairs++;
    }
  g_assert_cmpuint (pairs, ==, 9);
  return TRUE;
}

static void
test_nested_rows (StoreFixture *fixture)
{
  make_tables (fixture);
  store_fixture_write (fixture, insert_values, NULL);
  store_fixture_read (fixture, read_nested, NULL);
}

typedef struct
{
  StoreFixture *fixture;
  gint64 before;
  gint64 after;
} Snapshot;

static gboolean
read_twice (KabTransaction *tx, gpointer data, GError **error)
{
  Snapshot *snapshot = data;
  Row row = { 1, "Anna", 0 };

  if (!count_accounts (tx, &snapshot->before, error))
    return FALSE;
  store_fixture_write (snapshot->fixture, insert_row, &row);
  return count_accounts (tx, &snapshot->after, error);
}

static void
test_snapshot (StoreFixture *fixture)
{
  Snapshot snapshot = { .fixture = fixture };
  gint64 count;

  make_tables (fixture);
  store_fixture_read (fixture, read_twice, &snapshot);
  g_assert_cmpint (snapshot.before, ==, 0);
  g_assert_cmpint (snapshot.after, ==, 0);
  store_fixture_read (fixture, count_accounts, &count);
  g_assert_cmpint (count, ==, 1);
}

static void
test_closed (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  Row row = { 1, "Anna", 0 };

  make_tables (fixture);
  kab_store_close (fixture->store);
  g_assert_false (kab_store_write (fixture->store, insert_row, &row, &error));
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_CLOSED);
  g_assert_true (kab_store_check (fixture->store, NULL));
}

static void
test_durable_settings (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *foreign = g_build_filename (fixture->folder, "foreign.db", NULL);
  g_autofree char *url = g_strconcat ("sqlite:", foreign, NULL);
  StoreFixture other = { .folder = fixture->folder, .url = url };

  g_assert_true (kab_file_system_is_remote (0x6969));
  g_assert_true (kab_file_system_is_remote ((gint32) 0xff534d42));
  g_assert_false (kab_file_system_is_remote (0xef53));
  g_assert_null (kab_store_open ("sqlite:relative.db", NULL, &error));
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (kab_store_open ("sqlite:/does/not/exist/bank.db", NULL, &error));
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (kab_store_open ("mysql://localhost", NULL, &error));
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_INVALID);
  g_clear_error (&error);
  store_fixture_run_sql (&other, "CREATE TABLE theirs (x)");
  g_assert_null (kab_store_open (url, NULL, &error));
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_INVALID);
}

static void
test_damaged_file (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  const char *path = fixture->url + strlen ("sqlite:");
  g_autofree char *content = NULL;
  gsize size;

  kab_store_close (fixture->store);
  store_fixture_reopen (fixture);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  memset (content + size / 2, 0xa5, size - size / 2);
  g_assert_true (g_file_set_contents (path, content, (gssize) size, NULL));
  g_assert_null (kab_store_open (fixture->url, NULL, &error));
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_BROKEN);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "no database at all, but some text", -1, NULL));
  g_assert_null (kab_store_open (fixture->url, NULL, &error));
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_BROKEN);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  fixture->store = store_fixture_open (fixture, NULL);
}

void
add_transaction_tests (void)
{
  store_test_add ("values", test_values);
  store_test_add ("literals", test_literals);
  store_test_add ("changed", test_changed);
  store_test_add ("violations", test_violations);
  store_test_add ("failure-is-final", test_failure_is_final);
  store_test_add ("read-writes-nothing", test_read_writes_nothing);
  store_test_add ("look-up", test_look_up);
  store_test_add ("nested-rows", test_nested_rows);
  store_test_add ("snapshot", test_snapshot);
  store_test_add ("closed", test_closed);
  store_test_add_sqlite ("durable-settings", test_durable_settings);
  store_test_add_sqlite ("damaged-file", test_damaged_file);
}
