/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-metrics.h"
#include "kab-peer.h"
#include "kab-router.h"

G_BEGIN_DECLS

/**
 * KabReadyCheck:
 *
 * Asks the store for a sign of life, on a worker thread.
 *
 * Returns: %TRUE, or %FALSE with an error
 */
typedef gboolean (*KabReadyCheck) (gpointer user_data, GError **error);

typedef struct _KabHealth KabHealth;

KabHealth *kab_health_new (KabMetrics *metrics, KabNetworkList *metrics_from);
void kab_health_free (KabHealth *self);
void kab_health_set_ready_check (KabHealth *self, KabReadyCheck check, gpointer user_data);
void kab_health_add_routes (KabHealth *self, KabRouter *router);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabHealth, kab_health_free)

G_END_DECLS
