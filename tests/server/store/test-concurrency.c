/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "held-writer.h"
#include "store-fixture.h"

#include "kab-events.h"
#include "kab-history.h"

#include <gio/gio.h>

#define WRITERS 32
#define ROUNDS  20

static void
run_threads (guint n, GThreadFunc func, gpointer data)
{
  GThread *threads[64];

  g_assert_cmpuint (n, <=, G_N_ELEMENTS (threads));
  for (guint i = 0; i < n; i++)
    threads[i] = g_thread_new ("writer", func, data);
  for (guint i = 0; i < n; i++)
    g_thread_join (threads[i]);
}

static void
make_counter (StoreFixture *fixture)
{
  store_fixture_run_sql (fixture,
                         "CREATE TABLE counter (id INTEGER NOT NULL PRIMARY KEY, value INTEGER)");
  store_fixture_run_sql (fixture, "INSERT INTO counter VALUES (1, 0)");
}

/* Reads and then writes what it made of it: an update is lost wherever two can overlap. */
static gboolean
count_up (KabTransaction *tx, gpointer data, GError **error)
{
  gint64 value;

  return kab_tx_query_int (tx, &value, error, "SELECT value FROM counter WHERE id = 1") &&
         kab_tx_change_one (tx, error, "UPDATE counter SET value = ? WHERE id = 1",
                            KAB_INT (value + 1));
}

static gboolean
count_up_and_fail (KabTransaction *tx, gpointer data, GError **error)
{
  if (!count_up (tx, data, error))
    return FALSE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "on purpose");
  return FALSE;
}

static gboolean
read_counter (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_tx_query_int (tx, data, error, "SELECT value FROM counter WHERE id = 1");
}

static gpointer
count_up_cb (gpointer data)
{
  StoreFixture *fixture = data;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;

      store_fixture_write (fixture, count_up, NULL);
      g_assert_false (kab_store_write (fixture->store, count_up_and_fail, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  return NULL;
}

/* No update is lost, and what failed leaves nothing behind. */
static void
test_counter (StoreFixture *fixture)
{
  gint64 value;

  make_counter (fixture);
  run_threads (WRITERS, count_up_cb, fixture);
  store_fixture_read (fixture, read_counter, &value);
  g_assert_cmpint (value, ==, WRITERS * ROUNDS);
}

typedef struct
{
  StoreFixture *fixture;
  int asked;
} Turns;

/* Every other one fails. */
static gpointer
take_turn_cb (gpointer data)
{
  Turns *turns = data;
  const gboolean fails = g_atomic_int_add (&turns->asked, 1) % 2 == 1;
  const KabStoreFunc func = fails ? count_up_and_fail : count_up;

  g_assert_cmpint (kab_store_write (turns->fixture->store, func, NULL, NULL), ==, !fails);
  return NULL;
}

/* All who ask while the writer is busy share one commit, failing requests with good ones. */
static void
test_shared_commit (StoreFixture *fixture)
{
  Turns turns = { .fixture = fixture };
  KabStoreFigures before, after;
  gint64 value;

  make_counter (fixture);
  kab_store_get_figures (fixture->store, &before);
  run_while_held (fixture->store, WRITERS, take_turn_cb, &turns);
  kab_store_get_figures (fixture->store, &after);
  g_assert_cmpuint (after.writes - before.writes, ==, 1 + WRITERS);
  g_assert_cmpuint (after.commits - before.commits, ==, 2);
  store_fixture_read (fixture, read_counter, &value);
  g_assert_cmpint (value, ==, WRITERS / 2);
}

static gboolean
take_name (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_tx_exec (tx, error, "INSERT INTO counter (id, value) VALUES (2, 1)");
}

typedef struct
{
  StoreFixture *fixture;
  int won;
  int lost;
} Race;

static gpointer
take_name_cb (gpointer data)
{
  Race *race = data;
  g_autoptr (GError) error = NULL;

  if (kab_store_write (race->fixture->store, take_name, NULL, &error))
    g_atomic_int_inc (&race->won);
  else
    {
      g_assert_error (error, KAB_STORE_ERROR, KAB_STORE_ERROR_CONFLICT);
      g_atomic_int_inc (&race->lost);
    }
  return NULL;
}

static void
test_unique_race (StoreFixture *fixture)
{
  Race race = { .fixture = fixture };

  make_counter (fixture);
  run_threads (WRITERS, take_name_cb, &race);
  g_assert_cmpint (race.won, ==, 1);
  g_assert_cmpint (race.lost, ==, WRITERS - 1);
}

typedef struct
{
  StoreFixture *fixture;
  KabStore *stores[2];
  int next;
} Replicas;

static gboolean
append_record (KabTransaction *tx, gpointer data, GError **error)
{
  const KabHistoryEntry entry = { .actor_kind = "client", .action = "sent", .object_kind = "test" };

  return count_up (tx, NULL, error) && kab_history_append (tx, &entry, error) &&
         kab_events_append (tx, "anna", "test.sent", "test", "1", NULL, error);
}

static gpointer
append_cb (gpointer data)
{
  Replicas *replicas = data;
  KabStore *store = replicas->stores[g_atomic_int_add (&replicas->next, 1) % 2];

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;

      kab_store_write (store, append_record, NULL, &error);
      g_assert_no_error (error);
    }
  return NULL;
}

static gboolean
check_replicas (KabTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (KabHistoryHead) head = kab_history_get_head (tx, error);
  g_autoptr (GPtrArray) events = NULL;
  gboolean is_reset;
  gint64 value;

  g_assert_nonnull (head);
  g_assert_cmpint (head->sequence, ==, 16 * ROUNDS);
  g_assert_true (kab_history_verify (tx, head, NULL, error));
  g_assert_true (read_counter (tx, &value, error));
  g_assert_cmpint (value, ==, 16 * ROUNDS);
  events = kab_events_since (tx, "anna", NULL, 0, 1000, &is_reset, error);
  g_assert_cmpuint (events->len, ==, 16 * ROUNDS);
  return TRUE;
}

/* Two servers over one database: the chain of the history doesn't fork, no update is lost. */
static void
test_replicas (StoreFixture *fixture)
{
  g_autoptr (KabStore) second = store_fixture_open (fixture, NULL);
  Replicas replicas = { fixture, { fixture->store, second }, 0 };

  make_counter (fixture);
  run_threads (16, append_cb, &replicas);
  store_fixture_read (fixture, check_replicas, NULL);
}

typedef struct
{
  GMutex mutex;
  GCond heard;
  GPtrArray *notices;
} Ears;

static void
heard_cb (const char *topic, const char *key, gint64 sequence, gpointer data)
{
  Ears *ears = data;

  g_mutex_lock (&ears->mutex);
  g_ptr_array_add (ears->notices,
                   g_strdup_printf ("%s %s %" G_GINT64_FORMAT, topic != NULL ? topic : "all",
                                    key != NULL ? key : "-", sequence));
  g_cond_signal (&ears->heard);
  g_mutex_unlock (&ears->mutex);
}

static gboolean
has_heard (Ears *ears, const char *text)
{
  return g_ptr_array_find_with_equal_func (ears->notices, text, g_str_equal, NULL);
}

static void
wait_until_heard (Ears *ears, const char *text)
{
  gint64 deadline = g_get_monotonic_time () + G_TIME_SPAN_MINUTE;

  g_mutex_lock (&ears->mutex);
  while (!has_heard (ears, text))
    if (!g_cond_wait_until (&ears->heard, &ears->mutex, deadline))
      g_error ("“%s” was not heard", text);
  g_mutex_unlock (&ears->mutex);
}

static void
ears_init (Ears *ears)
{
  g_mutex_init (&ears->mutex);
  g_cond_init (&ears->heard);
  ears->notices = g_ptr_array_new_with_free_func (g_free);
}

static void
ears_clear (Ears *ears)
{
  g_mutex_clear (&ears->mutex);
  g_cond_clear (&ears->heard);
  g_ptr_array_unref (ears->notices);
}

static gboolean
tell_and_fail (KabTransaction *tx, gpointer data, GError **error)
{
  g_assert_true (kab_tx_notify (tx, "undone", NULL, 1, error));
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "on purpose");
  return FALSE;
}

static void
test_notices (StoreFixture *fixture)
{
  Ears ears;
  guint id;

  ears_init (&ears);
  make_counter (fixture);
  id = kab_store_listen (fixture->store, heard_cb, &ears);
  g_assert_false (kab_store_write (fixture->store, tell_and_fail, NULL, NULL));
  store_fixture_write (fixture, append_record, NULL);
  g_assert_true (has_heard (&ears, "events anna 1"));
  g_assert_false (has_heard (&ears, "undone - 1"));
  kab_store_unlisten (fixture->store, id);
  store_fixture_write (fixture, append_record, NULL);
  g_assert_false (has_heard (&ears, "events anna 2"));
  ears_clear (&ears);
}

/* What one replica commits the other hears; after its connections were cut, it says that it may
 * have missed something and hears again, and both read and write as if nothing had been. */
static void
test_cut_connections (StoreFixture *fixture)
{
  g_autoptr (KabStore) second = NULL;
  Ears ears;
  gint64 value;
  guint id;

  ears_init (&ears);
  make_counter (fixture);
  second = store_fixture_open (fixture, NULL);
  id = kab_store_listen (second, heard_cb, &ears);
  wait_until_heard (&ears, "all - 0");
  store_fixture_write (fixture, append_record, NULL);
  wait_until_heard (&ears, "events anna 1");
  g_ptr_array_set_size (ears.notices, 0);
  store_fixture_run_sql (fixture, "SELECT pg_terminate_backend (pid) FROM pg_stat_activity "
                                  "WHERE datname = current_database () "
                                  "AND pid <> pg_backend_pid ()");
  wait_until_heard (&ears, "all - 0");
  store_fixture_write (fixture, append_record, NULL);
  wait_until_heard (&ears, "events anna 2");
  store_fixture_read (fixture, read_counter, &value);
  g_assert_cmpint (value, ==, 2);
  kab_store_unlisten (second, id);
  g_assert_finalize_object (g_steal_pointer (&second));
  ears_clear (&ears);
}

typedef struct
{
  StoreFixture *fixture;
  guint runs;
} Cut;

static gboolean
cut_own_connection (KabTransaction *tx, gpointer data, GError **error)
{
  Cut *cut = data;

  if (!count_up (tx, NULL, error))
    return FALSE;
  if (cut->runs++ == 0)
    store_fixture_run_sql (cut->fixture, "SELECT pg_terminate_backend (pid) FROM pg_stat_activity "
                                         "WHERE datname = current_database () "
                                         "AND state = 'idle in transaction'");
  return count_up (tx, NULL, error);
}

/* A transaction whose connection is lost before the commit is repeated, and counts once. */
static void
test_repeat (StoreFixture *fixture)
{
  Cut cut = { .fixture = fixture };
  KabStoreFigures figures;
  gint64 value;

  make_counter (fixture);
  store_fixture_write (fixture, cut_own_connection, &cut);
  g_assert_cmpuint (cut.runs, ==, 2);
  store_fixture_read (fixture, read_counter, &value);
  g_assert_cmpint (value, ==, 2);
  kab_store_get_figures (fixture->store, &figures);
  g_assert_cmpuint (figures.repeats, ==, 1);
}

void
add_concurrency_tests (void)
{
  store_test_add ("counter", test_counter);
  store_test_add ("shared-commit", test_shared_commit);
  store_test_add ("unique-race", test_unique_race);
  store_test_add ("replicas", test_replicas);
  store_test_add ("notices", test_notices);
  store_test_add_postgres ("cut-connections", test_cut_connections);
  store_test_add_postgres ("repeat", test_repeat);
}
