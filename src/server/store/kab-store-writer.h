/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-store.h"

#include "kab-connection.h"

G_BEGIN_DECLS

/**
 * KabStoreWriter:
 *
 * The one thread that writes. What is asked for while it commits is committed together next.
 */
typedef struct _KabStoreWriter KabStoreWriter;

typedef void (*KabStoreWriterNotices) (GPtrArray *notices, gpointer data);

KabStoreWriter *kab_store_writer_new (KabConnection *connection,
                                      const char *location,
                                      const KabTransactionContext *context,
                                      guint batch_limit,
                                      KabStoreWriterNotices committed,
                                      gpointer data);
void kab_store_writer_close (KabStoreWriter *self);
void kab_store_writer_free (KabStoreWriter *self);
gboolean
kab_store_writer_run (KabStoreWriter *self, KabStoreFunc func, gpointer data, GError **error);
KabStoreWrite *
kab_store_writer_start (KabStoreWriter *self, KabStoreFunc func, gpointer data, gboolean is_ahead);
gboolean kab_store_writer_finish (KabStoreWrite *request, GError **error);
gboolean kab_store_writer_check (KabStoreWriter *self, GError **error);
void kab_store_writer_get_figures (KabStoreWriter *self, KabStoreFigures *figures);

gboolean kab_store_is_worth_repeating (const GError *error);
void kab_store_back_off (guint attempt);

G_END_DECLS
