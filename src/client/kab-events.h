/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api.h"

G_BEGIN_DECLS

#define KAB_TYPE_EVENTS (kab_events_get_type ())

/**
 * KabEvents:
 *
 * Reads the live events of the signed-in user (`/v1/events`, server-sent events) as long as it is
 * started, resuming by Last-Event-ID after each loss with a jittered back-off of 1 to 60 seconds.
 *
 * Properties: connected (boolean, read-only).
 *
 * Signals, detailed by type: "event" (string type, string id, int64 version), such as
 * "event::document-changed"; "reset" () when events are missing: load everything again.
 */
G_DECLARE_FINAL_TYPE (KabEvents, kab_events, KAB, EVENTS, GObject)

/** Returns: (transfer full) */
KabEvents *kab_events_new (KabApi *api);
void kab_events_start (KabEvents *self);
void kab_events_stop (KabEvents *self);
gboolean kab_events_get_connected (KabEvents *self);

G_END_DECLS
