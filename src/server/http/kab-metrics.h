/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define KAB_TYPE_METRICS (kab_metrics_get_type ())
G_DECLARE_FINAL_TYPE (KabMetrics, kab_metrics, KAB, METRICS, GObject)

/**
 * KabGauge:
 *
 * Returns: the present value; called from any thread
 */
typedef gint64 (*KabGauge) (gpointer user_data);

KabMetrics *kab_metrics_new (void);
void kab_metrics_count_request (KabMetrics *self,
                                const char *method,
                                const char *route,
                                guint status,
                                gint64 duration);
void kab_metrics_add_gauge (KabMetrics *self,
                            const char *name,
                            const char *help,
                            KabGauge gauge,
                            gpointer user_data);
void kab_metrics_add (KabMetrics *self, const char *name, const char *help, guint64 amount);
char *kab_metrics_to_text (KabMetrics *self);

G_END_DECLS
