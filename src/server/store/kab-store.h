/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-transaction.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define KAB_TYPE_STORE (kab_store_get_type ())
G_DECLARE_FINAL_TYPE (KabStore, kab_store, KAB, STORE, GObject)

/**
 * KabStoreFunc:
 *
 * What is done in one transaction. It may be run more than once, when a transaction has to be
 * repeated: it sets its results anew each time and changes nothing outside of them. A writing
 * one keeps every other writer waiting, so it neither computes at length nor waits for anything.
 *
 * Returns: whether to keep the changes; %FALSE with @error set undoes them
 */
typedef gboolean (*KabStoreFunc) (KabTransaction *tx, gpointer data, GError **error);

/**
 * KabStoreListener:
 * @topic: (nullable): such as %KAB_TOPIC_EVENTS; %NULL when anything may have been missed
 * @key: (nullable): whom it concerns
 * @sequence: up to which number there is news
 *
 * Called on a thread of the store after a commit here or in another replica. It must not use the
 * store or wait; it wakes up those who do.
 */
typedef void (*KabStoreListener) (const char *topic,
                                  const char *key,
                                  gint64 sequence,
                                  gpointer data);

/**
 * KabStoreOptions:
 * @clock: (nullable): the time in microseconds since 1970, in place of the real one
 * @clock_data: for @clock
 * @history_key: (nullable): the secret that the history is chained with; kept from whoever can
 *   write to the database, it makes a forged chain impossible
 * @readers: how many transactions may read at once; 0 for 16
 * @batch_limit: how many writes may share a commit; 0 for what suits the engine
 */
typedef struct
{
  gint64 (*clock) (gpointer data);
  gpointer clock_data;
  GBytes *history_key;
  guint readers;
  guint batch_limit;
} KabStoreOptions;

/**
 * KabStoreFigures:
 * @writes: requests that were answered
 * @commits: transactions that they shared
 * @repeats: transactions that had to be repeated
 * @reads: reading transactions
 * @waiting: requests in the queue now
 */
typedef struct
{
  guint64 writes;
  guint64 commits;
  guint64 repeats;
  guint64 reads;
  guint waiting;
} KabStoreFigures;

KabStore *kab_store_open (const char *url, const KabStoreOptions *options, GError **error);
void kab_store_close (KabStore *self);

gboolean kab_store_read (KabStore *self, KabStoreFunc func, gpointer data, GError **error);
gboolean kab_store_look_up (KabStore *self, KabStoreFunc func, gpointer data, GError **error);
gboolean kab_store_write (KabStore *self, KabStoreFunc func, gpointer data, GError **error);

/* A write that nobody waits for yet. */
typedef struct _KabStoreWrite KabStoreWrite;

KabStoreWrite *kab_store_write_ahead (KabStore *self, KabStoreFunc func, gpointer data);
gboolean kab_store_write_finish (KabStoreWrite *write, GError **error);

gboolean kab_store_check (KabStore *self, GError **error);
const char *kab_store_get_engine (KabStore *self);
gint64 kab_store_get_now (KabStore *self);
void kab_store_get_figures (KabStore *self, KabStoreFigures *figures);

guint kab_store_listen (KabStore *self, KabStoreListener listener, gpointer data);
void kab_store_unlisten (KabStore *self, guint id);

char *kab_store_make_id (void);

G_END_DECLS
