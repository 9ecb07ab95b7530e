/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-store.h"

G_BEGIN_DECLS

/* How long what was answered is kept for repeats, and events for who comes back. */
#define KAB_IDEMPOTENCY_WINDOW (72 * G_TIME_SPAN_HOUR)
#define KAB_EVENTS_WINDOW      (24 * G_TIME_SPAN_HOUR)

#define KAB_TYPE_HOUSEKEEPER (kab_housekeeper_get_type ())
G_DECLARE_FINAL_TYPE (KabHousekeeper, kab_housekeeper, KAB, HOUSEKEEPER, GObject)

KabHousekeeper *kab_housekeeper_new  (KabStore         *store);
gboolean        kab_housekeeper_run  (KabHousekeeper   *self,
                                      GError          **error);
void            kab_housekeeper_start (KabHousekeeper  *self);
void            kab_housekeeper_stop (KabHousekeeper   *self);

G_END_DECLS
