/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-events.h"

static KabEvent *
read_event (KabRows *rows)
{
  KabEvent *event = g_new0 (KabEvent, 1);

  event->sequence = kab_rows_int (rows, "sequence");
  event->at = kab_rows_int (rows, "created_at");
  event->audience = kab_rows_dup_text (rows, "audience");
  event->type = kab_rows_dup_text (rows, "type");
  event->object_kind = kab_rows_dup_text (rows, "object_kind");
  event->object_id = kab_rows_dup_text (rows, "object_id");
  event->payload = kab_rows_dup_text (rows, "payload");
  return event;
}

/**
 * kab_events_append:
 * @audience: the id of a user, or %KAB_AUDIENCE_STAFF
 * @payload: (nullable): JSON
 *
 * Tells what the transaction changes to who looks on, once it is committed.
 */
gboolean
kab_events_append (KabTransaction *tx,
                   const char *audience,
                   const char *type,
                   const char *object_kind,
                   const char *object_id,
                   const char *payload,
                   GError **error)
{
  gint64 sequence;

  return kab_tx_query_int (tx, &sequence, error,
                           "INSERT INTO events (audience, type, object_kind, object_id, payload, "
                           "created_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING sequence",
                           KAB_TEXT (audience), KAB_TEXT (type), KAB_TEXT (object_kind),
                           KAB_TEXT (object_id), KAB_TEXT (payload),
                           KAB_INT (kab_tx_get_now (tx))) &&
         kab_tx_notify (tx, KAB_TOPIC_EVENTS, audience, sequence, error);
}

/**
 * kab_events_get_last:
 * @sequence: (out): of the newest event there ever was; 0 before the first
 *
 * Where a new stream begins: what is loaded after this and followed from here misses nothing.
 */
gboolean
kab_events_get_last (KabTransaction *tx, gint64 *sequence, GError **error)
{
  return kab_tx_query_int (tx, sequence, error,
                           "SELECT MAX (sequence) FROM (SELECT sequence FROM events_floor "
                           "UNION ALL SELECT MAX (sequence) FROM events) AS all_of_them");
}

/**
 * kab_events_since:
 * @audience: whose events
 * @also: (nullable): a second audience, such as %KAB_AUDIENCE_STAFF
 * @after: the last sequence that was seen (Last-Event-ID)
 * @limit: how many at most
 * @is_reset: (out): whether events after @after may have been pruned, or the database is another
 *   one, so that everything has to be loaded anew; there are no events then
 *
 * Returns: (transfer container) (element-type KabEvent): the oldest first
 */
GPtrArray *
kab_events_since (KabTransaction *tx,
                  const char *audience,
                  const char *also,
                  gint64 after,
                  guint limit,
                  gboolean *is_reset,
                  GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) kab_event_free);
  g_autoptr (KabRows) rows = NULL;
  gint64 floor, last;

  *is_reset = FALSE;
  if (!kab_tx_query_int (tx, &floor, error, "SELECT sequence FROM events_floor WHERE id = 1") ||
      !kab_events_get_last (tx, &last, error))
    return NULL;
  if (after < floor || after > last)
    {
      *is_reset = TRUE;
      return g_steal_pointer (&events);
    }
  rows = kab_tx_query (tx, error,
                       "SELECT sequence, audience, type, object_kind, object_id, payload, "
                       "created_at FROM events WHERE audience IN (?1, ?2) AND sequence > ?3 "
                       "ORDER BY sequence LIMIT ?4",
                       KAB_TEXT (audience), KAB_TEXT (also != NULL ? also : audience),
                       KAB_INT (after), KAB_INT (limit));
  if (rows == NULL)
    return NULL;
  while (kab_rows_next (rows))
    g_ptr_array_add (events, read_event (rows));
  return g_steal_pointer (&events);
}

/**
 * kab_events_prune:
 * @before: microseconds since 1970
 *
 * Forgets older events; who saw none since then is told to load everything anew.
 */
gboolean
kab_events_prune (KabTransaction *tx, gint64 before, GError **error)
{
  return kab_tx_exec (tx, error,
                      "UPDATE events_floor SET sequence = (SELECT MAX (sequence) FROM events "
                      "WHERE created_at < ?1) WHERE id = 1 AND EXISTS "
                      "(SELECT 1 FROM events WHERE created_at < ?1)",
                      KAB_INT (before)) &&
         kab_tx_exec (tx, error,
                      "DELETE FROM events WHERE sequence <= "
                      "(SELECT sequence FROM events_floor WHERE id = 1)");
}

void
kab_event_free (KabEvent *self)
{
  g_free (self->audience);
  g_free (self->type);
  g_free (self->object_kind);
  g_free (self->object_id);
  g_free (self->payload);
  g_free (self);
}
