/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-caller.h"
#include "kab-event-stream.h"
#include "kab-sessions.h"
#include "kab-store.h"

G_BEGIN_DECLS

/* Of one user; the oldest gives way to the next. */
#define KAB_LIVE_STREAMS_MAX 8

#define KAB_TYPE_LIVE_EVENTS (kab_live_events_get_type ())
G_DECLARE_FINAL_TYPE (KabLiveEvents, kab_live_events, KAB, LIVE_EVENTS, GObject)

KabLiveEvents *kab_live_events_new (KabStore *store, const KabSessionLimits *limits);
KabEventStream *
kab_live_events_open (KabLiveEvents *self, const KabCaller *caller, gint64 after, GError **error);
guint kab_live_events_count (KabLiveEvents *self);
void kab_live_events_stop (KabLiveEvents *self);

G_END_DECLS
