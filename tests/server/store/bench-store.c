/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-store URL: writes per second one by one and with 32 callers, and reads per second. */
#include "kab-history.h"
#include "kab-outbox.h"
#include "kab-store.h"

#include <stdio.h>

#define SPAN    (2 * G_TIME_SPAN_SECOND)
#define CALLERS 32

typedef struct
{
  KabStore *store;
  gint64 until;
  gboolean is_reading;
  gint64 *waits;
  guint n;
} Caller;

/* Four statements, as a small request has: a message, a record of the history and its head. */
static gboolean
write_once (KabTransaction *tx, gpointer data, GError **error)
{
  const KabOutboxNew message = { .kind = "mail", .payload = "{}" };
  const KabHistoryEntry entry = { .actor_kind = "client", .action = "sent", .object_kind = "test" };

  return kab_outbox_add (tx, &message, error) && kab_history_append (tx, &entry, error);
}

static gboolean
read_once (KabTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (KabRows) rows =
      kab_tx_query (tx, error,
                    "SELECT sequence, action, hash FROM history WHERE sequence > ? "
                    "ORDER BY sequence LIMIT 20",
                    KAB_INT (10));
  while (kab_rows_next (rows))
    kab_rows_text (rows, "action");
  return TRUE;
}

static gpointer
call_cb (gpointer data)
{
  Caller *caller = data;
  gint64 start;

  while ((start = g_get_monotonic_time ()) < caller->until)
    {
      if (caller->is_reading)
        g_assert_true (kab_store_read (caller->store, read_once, NULL, NULL));
      else
        g_assert_true (kab_store_write (caller->store, write_once, NULL, NULL));
      caller->waits[caller->n++] = g_get_monotonic_time () - start;
    }
  return NULL;
}

static int
compare_waits (gconstpointer a, gconstpointer b)
{
  return (int) (*(const gint64 *) a - *(const gint64 *) b);
}

static double
measure (const char *url, const char *name, guint n_callers, gboolean is_reading, guint batch_limit)
{
  const KabStoreOptions options = { .batch_limit = batch_limit };
  g_autoptr (GError) error = NULL;
  g_autoptr (KabStore) store = kab_store_open (url, &options, &error);
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (gint64));
  Caller callers[CALLERS];
  GThread *threads[CALLERS];
  KabStoreFigures figures;
  gint64 until = g_get_monotonic_time () + SPAN;

  if (store == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < n_callers; i++)
    {
      callers[i] = (Caller) { store, until, is_reading, g_new (gint64, 1000000), 0 };
      threads[i] = g_thread_new ("caller", call_cb, &callers[i]);
    }
  for (guint i = 0; i < n_callers; i++)
    {
      g_thread_join (threads[i]);
      g_array_append_vals (waits, callers[i].waits, callers[i].n);
      g_free (callers[i].waits);
    }
  g_array_sort (waits, compare_waits);
  kab_store_get_figures (store, &figures);
  printf ("%-10s %-20s %8.0f /s   p99 %6.2f ms   %5.1f a commit\n", kab_store_get_engine (store),
          name, (double) waits->len / (SPAN / 1e6),
          (double) g_array_index (waits, gint64, waits->len * 99 / 100) / 1000,
          (double) figures.writes / (double) MAX (figures.commits, 1));
  return (double) waits->len / (SPAN / 1e6);
}

int
main (int argc, char **argv)
{
  double single, alone, grouped;

  if (argc != 2)
    {
      fprintf (stderr, "usage: bench-store URL\n");
      return 2;
    }
  single = measure (argv[1], "write, 1 caller", 1, FALSE, 1);
  alone = measure (argv[1], "write, 32 ungrouped", CALLERS, FALSE, 1);
  grouped = measure (argv[1], "write, 32 grouped", CALLERS, FALSE, 0);
  measure (argv[1], "read of 20 rows, 1", 1, TRUE, 0);
  measure (argv[1], "read of 20 rows, 4", 4, TRUE, 0);
  printf ("grouped / 1 caller %.1f, grouped / ungrouped %.1f\n", grouped / single, grouped / alone);
  return 0;
}
