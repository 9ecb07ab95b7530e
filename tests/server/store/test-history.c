/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kab-history.h"

#define RECORDS 40

static gboolean
append_records (KabTransaction *tx, gpointer data, GError **error)
{
  for (guint i = 1; i <= RECORDS; i++)
    {
      g_autofree char *object = g_strdup_printf ("document-%u", i % 4);
      const KabHistoryEntry entry = {
        .actor_kind = i % 2 == 0 ? "client" : "staff",
        .actor_id = "a1",
        .subject_id = i % 2 == 0 ? "anna" : NULL,
        .action = "document.submitted",
        .object_kind = "document",
        .object_id = object,
        .version = i,
        .detail = i % 3 == 0 ? "{\"field\":\"name\"}" : NULL,
      };
      if (!kab_history_append (tx, &entry, error))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const KabHistoryHead *known;
  gint64 first_bad;
} Check;

static gboolean
verify (KabTransaction *tx, gpointer data, GError **error)
{
  Check *check = data;

  return kab_history_verify (tx, check->known, &check->first_bad, error);
}

static gboolean
get_head (KabTransaction *tx, gpointer data, GError **error)
{
  return (*(KabHistoryHead **) data = kab_history_get_head (tx, error)) != NULL;
}

static void
assert_first_bad (StoreFixture *fixture, const KabHistoryHead *known, gint64 expected)
{
  g_autoptr (GError) error = NULL;
  Check check = { .known = known, .first_bad = -1 };

  if (expected == 0)
    g_assert_true (kab_store_read (fixture->store, verify, &check, &error));
  else
    {
      g_assert_false (kab_store_read (fixture->store, verify, &check, &error));
      g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_TAMPERED);
    }
  g_assert_cmpint (check.first_bad, ==, expected);
}

/* Does what an administrator with every right could do. */
static void
tamper (StoreFixture *fixture, const char *sql)
{
  if (store_fixture_is_sqlite (fixture))
    {
      store_fixture_run_sql (fixture, "DROP TRIGGER IF EXISTS history_is_never_updated");
      store_fixture_run_sql (fixture, "DROP TRIGGER IF EXISTS history_is_never_deleted");
    }
  else
    store_fixture_run_sql (fixture, "DROP TRIGGER IF EXISTS history_is_append_only ON history");
  store_fixture_run_sql (fixture, sql);
}

static gboolean
list_records (KabTransaction *tx, gpointer data, GError **error)
{
  const KabHistoryQuery of_object = {
    .object_kind = "document", .object_id = "document-1", .limit = 4, .before = 37
  };
  const KabHistoryQuery of_subject = { .subject_id = "anna", .limit = 100 };
  const KabHistoryQuery all = { .limit = 3 };
  g_autoptr (GPtrArray) records = kab_history_list (tx, &of_object, error);
  const KabHistoryRecord *first = g_ptr_array_index (records, 0);

  g_assert_cmpuint (records->len, ==, 4);
  g_assert_cmpint (first->sequence, ==, 33);
  g_assert_cmpint (first->entry.version, ==, 33);
  g_assert_cmpstr (first->entry.detail, ==, "{\"field\":\"name\"}");
  g_assert_cmpstr (first->entry.actor_kind, ==, "staff");
  g_assert_cmpint (first->at, ==, kab_tx_get_now (tx));
  g_clear_pointer (&records, g_ptr_array_unref);
  records = kab_history_list (tx, &of_subject, error);
  g_assert_cmpuint (records->len, ==, RECORDS / 2);
  g_clear_pointer (&records, g_ptr_array_unref);
  records = kab_history_list (tx, &all, error);
  g_assert_cmpuint (records->len, ==, 3);
  first = g_ptr_array_index (records, 0);
  g_assert_cmpint (first->sequence, ==, RECORDS);
  return TRUE;
}

static void
test_list (StoreFixture *fixture)
{
  assert_first_bad (fixture, NULL, 0);
  store_fixture_write (fixture, append_records, NULL);
  store_fixture_read (fixture, list_records, NULL);
  assert_first_bad (fixture, NULL, 0);
}

static gboolean
update_history (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_tx_exec (tx, error, "UPDATE history SET action = 'x' WHERE sequence = 3");
}

static gboolean
delete_history (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_tx_exec (tx, error, "DELETE FROM history WHERE sequence = 3");
}

static void
test_append_only (StoreFixture *fixture)
{
  const KabStoreFunc changes[] = { update_history, delete_history };

  store_fixture_write (fixture, append_records, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (kab_store_write (fixture->store, changes[i], NULL, &error));
      g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_CONSTRAINT);
    }
  assert_first_bad (fixture, NULL, 0);
}

/* Each column in turn, by the smallest of changes, and back again. */
static void
test_changed_columns (StoreFixture *fixture)
{
  static const char *const changes[][2] = {
    { "at = at + 1", "at = at - 1" },
    { "version = version + 1", "version = version - 1" },
    { "actor_kind = 'Staff'", "actor_kind = 'staff'" },
    { "actor_id = NULL", "actor_id = 'a1'" },
    { "actor_id = 'a0'", "actor_id = 'a1'" },
    { "subject_id = ''", "subject_id = NULL" },
    { "action = 'document.submittee'", "action = 'document.submitted'" },
    { "object_kind = 'documenu'", "object_kind = 'document'" },
    { "object_id = 'document-3'", "object_id = 'document-1'" },
    { "detail = NULL", "detail = '{\"field\":\"name\"}'" },
    { "detail = '{\"field\":\"namf\"}'", "detail = '{\"field\":\"name\"}'" },
  };

  store_fixture_write (fixture, append_records, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    for (guint j = 0; j < 2; j++)
      {
        g_autofree char *sql =
            g_strdup_printf ("UPDATE history SET %s WHERE sequence = 21", changes[i][j]);

        tamper (fixture, sql);
        assert_first_bad (fixture, NULL, j == 0 ? 21 : 0);
      }
}

/* Flips each bit of both hashes of a record. */
static void
test_changed_bits (StoreFixture *fixture)
{
  static const char *const columns[] = { "hash", "previous_hash" };
  g_autoptr (KabHistoryHead) head = NULL;
  gconstpointer hash;

  store_fixture_write (fixture, append_records, NULL);
  store_fixture_read (fixture, get_head, &head);
  hash = g_bytes_get_data (head->hash, NULL);
  for (guint bit = 0; bit < 256; bit += 5)
    {
      guint8 flipped[32];
      g_autoptr (GString) sql = g_string_new ("UPDATE history SET hash = x'");

      memcpy (flipped, hash, sizeof flipped);
      flipped[bit / 8] ^= (guint8) (1 << bit % 8);
      for (guint i = 0; i < sizeof flipped; i++)
        g_string_append_printf (sql, "%02x", flipped[i]);
      g_string_append (sql, "' WHERE sequence = 40");
      tamper (fixture, sql->str);
      assert_first_bad (fixture, NULL, RECORDS);
    }
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *sql =
          g_strdup_printf ("UPDATE history SET %s = x'00' WHERE sequence = %u", columns[i], 20 - i);

      tamper (fixture, sql);
      assert_first_bad (fixture, NULL, 20 - i);
    }
}

static void
test_deleted (StoreFixture *fixture)
{
  store_fixture_write (fixture, append_records, NULL);
  tamper (fixture, "DELETE FROM history WHERE sequence = 17");
  assert_first_bad (fixture, NULL, 17);
  tamper (fixture, "DELETE FROM history WHERE sequence = 1");
  assert_first_bad (fixture, NULL, 1);
}

static void
test_reordered (StoreFixture *fixture)
{
  store_fixture_write (fixture, append_records, NULL);
  tamper (fixture, "UPDATE history SET sequence = 1000 WHERE sequence = 11");
  tamper (fixture, "UPDATE history SET sequence = 11 WHERE sequence = 12");
  tamper (fixture, "UPDATE history SET sequence = 12 WHERE sequence = 1000");
  assert_first_bad (fixture, NULL, 11);
}

static void
test_truncated (StoreFixture *fixture)
{
  g_autoptr (KabHistoryHead) head = NULL;

  store_fixture_write (fixture, append_records, NULL);
  store_fixture_read (fixture, get_head, &head);
  g_assert_cmpint (head->sequence, ==, RECORDS);
  tamper (fixture, "DELETE FROM history WHERE sequence > 30");
  assert_first_bad (fixture, NULL, 31);
  tamper (fixture, "UPDATE history_head SET sequence = 30, "
                   "hash = (SELECT hash FROM history WHERE sequence = 30)");
  assert_first_bad (fixture, NULL, 0);
  assert_first_bad (fixture, head, 31);
}

static void
test_inserted (StoreFixture *fixture)
{
  store_fixture_write (fixture, append_records, NULL);
  tamper (fixture, "INSERT INTO history SELECT 41, at, actor_kind, actor_id, subject_id, action, "
                   "object_kind, object_id, version, detail, hash, previous_hash FROM history "
                   "WHERE sequence = 40");
  assert_first_bad (fixture, NULL, 41);
}

/* Whoever rewrites the whole chain without the key is found out at its beginning. */
static void
test_key (StoreFixture *fixture)
{
  g_autoptr (GBytes) key = g_bytes_new_static ("secret", 6);
  const KabStoreOptions options = { .history_key = key };

  store_fixture_write (fixture, append_records, NULL);
  g_assert_finalize_object (fixture->store);
  fixture->store = store_fixture_open (fixture, &options);
  assert_first_bad (fixture, NULL, 1);
}

void
add_history_tests (void)
{
  store_test_add ("history/list", test_list);
  store_test_add ("history/append-only", test_append_only);
  store_test_add ("history/changed-columns", test_changed_columns);
  store_test_add_sqlite ("history/changed-bits", test_changed_bits);
  store_test_add ("history/deleted", test_deleted);
  store_test_add ("history/reordered", test_reordered);
  store_test_add ("history/truncated", test_truncated);
  store_test_add ("history/inserted", test_inserted);
  store_test_add ("history/key", test_key);
}
