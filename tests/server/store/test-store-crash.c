/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server is killed at random moments while it writes; nothing that it has answered for is lost,
 * and nothing is there by half. */
#include "kab-history.h"
#include "kab-outbox.h"
#include "kab-store.h"
#include "test-folder.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define KILLS       200
#define THREADS     6
#define LONGEST_MS  30
#define WRITER_MODE "--writer"

typedef struct
{
  gint64 thread;
  gint64 number;
} Promise;

typedef struct
{
  KabStore *store;
  Promise last;
} Writer;

static gboolean
get_last_numbers (KabTransaction *tx, gpointer data, GError **error)
{
  gint64 *last = data;
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error, "SELECT order_key, COUNT (*) AS number FROM outbox GROUP BY order_key");

  memset (last, 0, sizeof (gint64) * THREADS);
  if (rows == NULL)
    return FALSE;
  while (kab_rows_next (rows))
    last[g_ascii_strtoll (kab_rows_text (rows, "order_key"), NULL, 10)] =
        kab_rows_int (rows, "number");
  return TRUE;
}

/* Three tables that have to agree, and the number in each. */
static gboolean
write_number (KabTransaction *tx, gpointer data, GError **error)
{
  const Promise *promise = data;
  g_autofree char *thread = g_strdup_printf ("%d", (int) promise->thread);
  const KabOutboxNew message = { .kind = "test", .payload = "{}", .order_key = thread };
  const KabHistoryEntry entry = {
    .actor_kind = "test",
    .actor_id = thread,
    .action = "written",
    .object_kind = "number",
    .version = promise->number,
  };

  return kab_outbox_add (tx, &message, error) && kab_history_append (tx, &entry, error);
}

static gpointer
write_numbers_cb (gpointer data)
{
  Writer *writer = data;

  for (;;)
    {
      writer->last.number++;
      if (!kab_store_write (writer->store, write_number, &writer->last, NULL) ||
          write (STDOUT_FILENO, &writer->last, sizeof writer->last) != sizeof writer->last)
        _exit (1);
    }
}

static int
run_writer (const char *url)
{
  Writer writers[THREADS];
  gint64 last[THREADS];
  g_autoptr (KabStore) store = kab_store_open (url, NULL, NULL);

  if (store == NULL || !kab_store_read (store, get_last_numbers, last, NULL))
    return 1;
  for (guint i = 0; i < THREADS; i++)
    {
      writers[i] = (Writer) { store, { i, last[i] } };
      g_thread_unref (g_thread_new ("writer", write_numbers_cb, &writers[i]));
    }
  for (;;)
    pause ();
}

static gboolean
take_promise (int promises, gint64 *promised)
{
  Promise promise;

  if (read (promises, &promise, sizeof promise) != sizeof promise)
    return FALSE;
  promised[promise.thread] = MAX (promised[promise.thread], promise.number);
  return TRUE;
}

/* Takes promises until the time is over, or the writer's end is closed when @until is -1. */
static void
take_promises (int promises, gint64 *promised, gint64 until)
{
  struct pollfd polled = { .fd = promises, .events = POLLIN };

  while (until < 0 || g_get_monotonic_time () < until)
    {
      if (until >= 0 && poll (&polled, 1, 1) == 0)
        continue;
      if (!take_promise (promises, promised))
        return;
    }
}

/* With @started, once it writes; otherwise perhaps before, while the database is opened. */
static void
write_and_kill (const char *program, const char *url, gboolean started, gint64 *promised)
{
  const char *const command[] = { program, WRITER_MODE, url, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;
  int promises;
  int status;

  g_spawn_async_with_pipes (NULL, (char **) command, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                            &pid, NULL, &promises, NULL, &error);
  g_assert_no_error (error);
  if (started)
    g_assert_true (take_promise (promises, promised));
  take_promises (promises, promised,
                 g_get_monotonic_time () + g_test_rand_int_range (3000, LONGEST_MS * 1000 + 3000));
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  take_promises (promises, promised, -1);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  close (promises);
}

static gboolean
check_integrity (KabTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (tx, error, "PRAGMA integrity_check");
  gint64 differences;

  g_assert_nonnull (rows);
  g_assert_cmpstr (kab_rows_text (rows, "integrity_check"), ==, "ok");
  g_assert_true (kab_tx_query_int (tx, &differences, error,
                                   "SELECT (SELECT COUNT (*) FROM outbox) - "
                                   "(SELECT COUNT (*) FROM history)"));
  g_assert_cmpint (differences, ==, 0);
  return kab_history_verify (tx, NULL, NULL, error);
}

static void
compare (const char *url, const gint64 *promised)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KabStore) store = kab_store_open (url, NULL, &error);
  gint64 stored[THREADS];

  g_assert_no_error (error);
  g_assert_true (kab_store_read (store, check_integrity, NULL, &error));
  g_assert_true (kab_store_read (store, get_last_numbers, stored, &error));
  for (guint i = 0; i < THREADS; i++)
    g_assert_cmpint (stored[i], >=, promised[i]);
}

static void
test_kill (gconstpointer program)
{
  char *folder = test_folder_new ();
  g_autofree char *url = g_strdup_printf ("sqlite:%s/bank.db", folder);
  gint64 total = 0;

  for (guint i = 0; i < KILLS; i++)
    {
      /* A database anew from time to time, so that checking it stays quick. */
      gint64 promised[THREADS] = { 0 };
      g_autofree char *own = g_strdup_printf ("%s-%u", url, i / 10);

      write_and_kill (program, own, i % 2 == 1, promised);
      compare (own, promised);
      for (guint j = 0; j < THREADS; j++)
        total += promised[j];
    }
  g_test_message ("%d kills, %" G_GINT64_FORMAT " promises counted", KILLS, total);
  g_assert_cmpint (total, >, KILLS);
  test_folder_free (folder);
}

int
main (int argc, char **argv)
{
  g_autofree char *program = NULL;

  if (argc == 3 && g_strcmp0 (argv[1], WRITER_MODE) == 0)
    return run_writer (argv[2]);
  program = g_file_read_link ("/proc/self/exe", NULL);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/store/sqlite/kill", program, test_kill);
  return g_test_run ();
}
