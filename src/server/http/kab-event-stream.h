/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define KAB_TYPE_EVENT_STREAM (kab_event_stream_get_type ())
G_DECLARE_FINAL_TYPE (KabEventStream, kab_event_stream, KAB, EVENT_STREAM, GObject)

/**
 * KabEventStreamClosed:
 *
 * The client went away, was too slow, or the server stops. Called once, from any thread, maybe
 * before a push that is under way returns; push nothing more.
 */
typedef void (*KabEventStreamClosed) (KabEventStream *self, gpointer user_data);

KabEventStream *kab_event_stream_new (gsize buffer_limit);
void kab_event_stream_set_closed (KabEventStream *self,
                                  KabEventStreamClosed closed,
                                  gpointer user_data,
                                  GDestroyNotify destroy);
gboolean
kab_event_stream_push (KabEventStream *self, const char *id, const char *event, const char *data);
gboolean kab_event_stream_push_comment (KabEventStream *self, const char *comment);
gsize kab_event_stream_get_pending (KabEventStream *self);
void kab_event_stream_close (KabEventStream *self);
gboolean kab_event_stream_is_closed (KabEventStream *self);

G_END_DECLS
