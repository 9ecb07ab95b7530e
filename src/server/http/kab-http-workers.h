/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Work for a worker thread; owns its data. */
typedef void (*KabHttpJob) (gpointer data);

typedef struct _KabHttpWorkers KabHttpWorkers;

KabHttpWorkers *kab_http_workers_new (guint n_workers, GError **error);
gboolean kab_http_workers_push (KabHttpWorkers *self, KabHttpJob job, gpointer data, guint limit);
guint kab_http_workers_get_n_queued (KabHttpWorkers *self);
guint kab_http_workers_get_n_busy (KabHttpWorkers *self);
void kab_http_workers_finish (KabHttpWorkers *self);
void kab_http_workers_abandon (KabHttpWorkers *self);

G_END_DECLS
