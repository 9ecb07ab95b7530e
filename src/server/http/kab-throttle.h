/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define KAB_TYPE_THROTTLE (kab_throttle_get_type ())
G_DECLARE_FINAL_TYPE (KabThrottle, kab_throttle, KAB, THROTTLE, GObject)

/**
 * KabClock:
 *
 * Returns: monotonic microseconds
 */
typedef gint64 (*KabClock) (gpointer user_data);

KabThrottle *kab_throttle_new (guint burst, guint refill_seconds);
void kab_throttle_set_clock (KabThrottle *self, KabClock clock, gpointer user_data);
gboolean kab_throttle_take (KabThrottle *self, const char *key, GError **error);
void kab_throttle_forgive (KabThrottle *self, const char *key);
guint kab_throttle_get_n_keys (KabThrottle *self);

G_END_DECLS
