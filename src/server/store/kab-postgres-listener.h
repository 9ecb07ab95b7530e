/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-store.h"

G_BEGIN_DECLS

/**
 * KabPostgresListener:
 *
 * A thread that hears what other replicas commit. After a lost connection it comes back by itself
 * and then says that anything may have been missed.
 */
typedef struct _KabPostgresListener KabPostgresListener;

KabPostgresListener *kab_postgres_listener_new (const char *url,
                                                const char *instance,
                                                KabStoreListener listener,
                                                gpointer data);
void kab_postgres_listener_free (KabPostgresListener *self);

G_END_DECLS
