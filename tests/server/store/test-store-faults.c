/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every write and sync of a transaction fails in its turn: once or from then on, with an I/O error
 * or a full disk. Whatever is answered, the next start finds all of a change or nothing. And the
 * syncs are counted that committing together saves. */
#include "kab-files.h"
#include "kab-history.h"
#include "kab-outbox.h"
#include "kab-store.h"

#include "fault-vfs.h"
#include "held-writer.h"
#include "test-folder.h"

#include <sqlite3.h>

#define CALLERS 4
#define MOST    400

#define MOST_CALLERS 32

static guint8 piece[40000];

/* A change over four tables and more pages than one. */
static gboolean
change (KabTransaction *tx, gpointer data, GError **error)
{
  const KabOutboxNew message = { .kind = "mail", .payload = "{}" };
  const KabHistoryEntry entry = { .actor_kind = "client", .action = "sent", .object_kind = "file" };
  const KabFileNew file = { .length = sizeof piece };
  g_autofree char *id = kab_file_create (tx, &file, error);

  return id != NULL && kab_file_append (tx, id, 0, piece, sizeof piece, error) &&
         kab_outbox_add (tx, &message, error) && kab_history_append (tx, &entry, error);
}

static gboolean
append_record (KabTransaction *tx, gpointer data, GError **error)
{
  const KabHistoryEntry entry = { .actor_kind = "client", .action = "sent", .object_kind = "test" };

  return kab_history_append (tx, &entry, error);
}

static gboolean
count_changes (KabTransaction *tx, gpointer data, GError **error)
{
  gint64 *count = data;
  gint64 others;
  g_autoptr (KabRows) rows = kab_tx_query_one (tx, error, "PRAGMA integrity_check");

  g_assert_nonnull (rows);
  g_assert_cmpstr (kab_rows_text (rows, "integrity_check"), ==, "ok");
  g_assert_true (kab_history_verify (tx, NULL, NULL, error));
  g_assert_true (kab_tx_query_int (tx, count, error, "SELECT COUNT (*) FROM history"));
  g_assert_true (kab_tx_query_int (tx, &others, error, "SELECT COUNT (*) FROM outbox"));
  g_assert_cmpint (others, ==, *count);
  g_assert_true (
      kab_tx_query_int (tx, &others, error, "SELECT COUNT (*) FROM files WHERE received = 40000"));
  g_assert_cmpint (others, ==, *count);
  g_assert_true (
      kab_tx_query_int (tx, &others, error, "SELECT SUM (LENGTH (data)) FROM file_chunks"));
  g_assert_cmpint (others, ==, *count * 40000);
  return TRUE;
}

static gpointer
change_cb (gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (kab_store_write (data, change, NULL, &error))
    return GINT_TO_POINTER (1);
  g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_BROKEN);
  return NULL;
}

static guint
change_at_once (KabStore *store)
{
  GThread *threads[CALLERS];
  guint n = 0;

  for (guint i = 0; i < CALLERS; i++)
    threads[i] = g_thread_new ("caller", change_cb, store);
  for (guint i = 0; i < CALLERS; i++)
    n += g_thread_join (threads[i]) != NULL;
  return n;
}

static KabStore *
open_store (const char *url)
{
  g_autoptr (GError) error = NULL;
  KabStore *store = kab_store_open (url, NULL, &error);

  g_assert_no_error (error);
  return store;
}

/* Returns whether the fault was reached. */
static gboolean
fail_nth (const char *url, guint nth, FaultKind kind, int error_code, gint64 *before)
{
  g_autoptr (KabStore) store = open_store (url);
  gboolean has_failed;
  guint promised;
  gint64 after;

  fault_vfs_arm (nth, kind, error_code);
  promised = change_at_once (store);
  has_failed = fault_vfs_has_failed ();
  if (promised < CALLERS)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (has_failed);
      g_assert_false (kab_store_check (store, NULL));
      g_assert_false (kab_store_write (store, change, NULL, &error));
      g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_BROKEN);
    }
  g_assert_finalize_object (g_steal_pointer (&store));
  fault_vfs_arm (0, FAULT_ONCE, 0);
  store = open_store (url);
  g_assert_true (kab_store_read (store, count_changes, &after, NULL));
  g_assert_cmpint (after, >=, *before + promised);
  g_assert_cmpint (after, <=, *before + CALLERS);
  *before = after;
  return has_failed;
}

static void
test_faults (gconstpointer data)
{
  static const struct
  {
    FaultKind kind;
    int code;
  } faults[] = {
    { FAULT_ONCE, SQLITE_IOERR_WRITE },
    { FAULT_FROM_THEN_ON, SQLITE_IOERR_FSYNC },
    { FAULT_ONCE, SQLITE_FULL },
    { FAULT_FROM_THEN_ON, SQLITE_FULL },
  };
  guint which = GPOINTER_TO_UINT (data);
  char *folder = test_folder_new ();
  gint64 before = 0;
  guint nth = 1;

  for (;; nth++)
    {
      g_autofree char *url = g_strdup_printf ("sqlite:%s/bank-%u.db", folder, nth / 20);

      if (nth % 20 == 0)
        before = 0;
      if (!fail_nth (url, nth, faults[which].kind, faults[which].code, &before))
        break;
    }
  g_test_message ("%u points of failure", nth - 1);
  g_assert_cmpuint (nth, >, 20);
  g_assert_cmpuint (nth, <, MOST);
  test_folder_free (folder);
}

static gpointer
append_record_cb (gpointer data)
{
  g_assert_true (kab_store_write (data, append_record, NULL, NULL));
  return NULL;
}

/* The disk is waited for once for all who asked while it was busy. */
static void
test_group_commit (void)
{
  char *folder = test_folder_new ();
  g_autofree char *url = g_strdup_printf ("sqlite:%s/bank.db", folder);
  g_autoptr (KabStore) store = open_store (url);
  guint before, alone, together;

  append_record_cb (store);
  before = fault_vfs_get_n_log_syncs ();
  append_record_cb (store);
  alone = fault_vfs_get_n_log_syncs () - before;
  run_while_held (store, MOST_CALLERS, append_record_cb, store);
  together = fault_vfs_get_n_log_syncs () - before - alone;
  g_assert_cmpuint (alone, >, 0);
  g_assert_cmpuint (together, ==, alone);
  g_assert_finalize_object (g_steal_pointer (&store));
  test_folder_free (folder);
}

/* Writes ahead don't wait for the disk; the next one that does waits for all of them. */
static void
test_ahead (void)
{
  char *folder = test_folder_new ();
  g_autofree char *url = g_strdup_printf ("sqlite:%s/bank.db", folder);
  g_autoptr (KabStore) store = open_store (url);
  guint before;

  append_record_cb (store);
  before = fault_vfs_get_n_log_syncs ();
  for (guint i = 0; i < 20; i++)
    g_assert_true (
        kab_store_write_finish (kab_store_write_ahead (store, append_record, NULL), NULL));
  g_assert_cmpuint (fault_vfs_get_n_log_syncs (), ==, before);
  append_record_cb (store);
  g_assert_cmpuint (fault_vfs_get_n_log_syncs (), >, before);
  g_assert_finalize_object (g_steal_pointer (&store));
  test_folder_free (folder);
}

/* The store says once that it takes no more writes, which happens here all the time. */
static void
message_logged_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
}

int
main (int argc, char **argv)
{
  static const char *const names[] = { "io-once", "io-from-then-on", "full-once",
                                       "full-from-then-on" };

  g_test_init (&argc, &argv, NULL);
  fault_vfs_install ();
  g_log_set_handler (NULL, G_LOG_LEVEL_MESSAGE, message_logged_cb, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/store/sqlite/faults/", names[i], NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_faults);
    }
  g_test_add_func ("/store/sqlite/group-commit", test_group_commit);
  g_test_add_func ("/store/sqlite/ahead", test_ahead);
  return g_test_run ();
}
