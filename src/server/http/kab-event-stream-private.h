/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-event-stream.h"

G_BEGIN_DECLS

/* How the stream reaches the connection that carries it; called with the stream locked. */
typedef struct
{
  void (*wait) (gpointer carrier); /* no bytes: stop asking */
  void (*wake) (gpointer carrier); /* bytes or the end: ask again */
  void (*cut) (gpointer carrier);  /* too slow: drop the connection */
} KabEventCarrier;

void kab_event_stream_attach (KabEventStream *self, const KabEventCarrier *carrier, gpointer data);
void kab_event_stream_detach (KabEventStream *self);
gssize kab_event_stream_read (KabEventStream *self, char *buffer, gsize size);
void kab_event_stream_keep_alive (KabEventStream *self, gint64 now, gint64 interval);

G_END_DECLS
