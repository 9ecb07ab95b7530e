/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "held-writer.h"

/* Against hanging only: when the writer goes on without the others, the caller finds out. */
#define PATIENCE G_TIME_SPAN_MINUTE

typedef struct
{
  KabStore *store;
  guint n;
} Hold;

static gboolean
wait_for_others (KabTransaction *tx, gpointer data, GError **error)
{
  const Hold *hold = data;
  const gint64 deadline = g_get_monotonic_time () + PATIENCE;
  KabStoreFigures figures;

  do
    {
      g_usleep (1000);
      kab_store_get_figures (hold->store, &figures);
    }
  while (figures.waiting < hold->n && g_get_monotonic_time () < deadline);
  return TRUE;
}

void
run_while_held (KabStore *store, guint n, GThreadFunc func, gpointer data)
{
  Hold hold = { store, n };
  KabStoreWrite *held = kab_store_write_ahead (store, wait_for_others, &hold);
  GThread **threads = g_newa (GThread *, n);
  KabStoreFigures figures;

  /* Not before the writer is at it, or it would take them along. */
  do
    {
      g_usleep (1000);
      kab_store_get_figures (store, &figures);
    }
  while (figures.waiting > 0);
  for (guint i = 0; i < n; i++)
    threads[i] = g_thread_new ("caller", func, data);
  for (guint i = 0; i < n; i++)
    g_thread_join (threads[i]);
  g_assert_true (kab_store_write_finish (held, NULL));
}
