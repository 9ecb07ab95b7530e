/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-transaction.h"

G_BEGIN_DECLS

/* Told to listeners for each event, with the audience as the key. */
#define KAB_TOPIC_EVENTS "events"

/* What every employee sees. */
#define KAB_AUDIENCE_STAFF "staff"

/**
 * KabEvent:
 * @sequence: grows with every event; an event is never seen after a later one
 * @at: microseconds since 1970
 * @audience: the id of a user, or %KAB_AUDIENCE_STAFF; without spaces
 * @type: what happened, as a stable word
 * @object_kind: to what kind of thing
 * @object_id: to which one
 * @payload: (nullable): JSON
 */
typedef struct
{
  gint64 sequence;
  gint64 at;
  char *audience;
  char *type;
  char *object_kind;
  char *object_id;
  char *payload;
} KabEvent;

gboolean kab_events_append (KabTransaction *tx,
                            const char *audience,
                            const char *type,
                            const char *object_kind,
                            const char *object_id,
                            const char *payload,
                            GError **error);
GPtrArray *kab_events_since (KabTransaction *tx,
                             const char *audience,
                             const char *also,
                             gint64 after,
                             guint limit,
                             gboolean *is_reset,
                             GError **error);
gboolean kab_events_get_last (KabTransaction *tx, gint64 *sequence, GError **error);
gboolean kab_events_prune (KabTransaction *tx, gint64 before, GError **error);

void kab_event_free (KabEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabEvent, kab_event_free)

G_END_DECLS
