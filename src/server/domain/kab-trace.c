/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-trace.h"

#include "kab-domain-json.h"
#include "kab-events.h"
#include "kab-history.h"
#include "kab-time.h"

/* Saves of one person within this time are one entry: the application saves by itself. */
#define SAVE_INTERVAL (10 * KAB_TIME_MINUTE)

/**
 * kab_trace_add:
 *
 * Writes into the history what the transaction does.
 */
gboolean
kab_trace_add (KabTransaction *tx, const KabTrace *trace, GError **error)
{
  g_autofree char *detail = trace->params != NULL ? kab_domain_json_write (trace->params) : NULL;
  const KabHistoryEntry entry = {
    .actor_kind = trace->caller != NULL ? kab_caller_get_actor_kind (trace->caller) : "system",
    .actor_id = trace->caller != NULL ? trace->caller->id : NULL,
    .subject_id = trace->subject,
    .action = trace->action,
    .object_kind = trace->object_kind,
    .object_id = trace->object_id,
    .version = trace->version,
    .detail = detail,
  };

  return kab_history_append (tx, &entry, error);
}

/**
 * kab_trace_add_save:
 *
 * Writes a save into the history, unless the entry before is such a save of a moment ago.
 */
gboolean
kab_trace_add_save (KabTransaction *tx, const KabTrace *trace, GError **error)
{
  const KabHistoryQuery query = {
    .object_kind = trace->object_kind,
    .object_id = trace->object_id,
    .limit = 1,
  };
  g_autoptr (GPtrArray) records = kab_history_list (tx, &query, error);

  if (records == NULL)
    return FALSE;
  if (records->len == 1)
    {
      const KabHistoryRecord *last = records->pdata[0];

      if (g_str_equal (last->entry.action, trace->action) &&
          last->entry.version == trace->version && last->at > kab_tx_get_now (tx) - SAVE_INTERVAL)
        return TRUE;
    }
  return kab_trace_add (tx, trace, error);
}

/**
 * kab_trace_tell:
 * @audience: a user, or %KAB_AUDIENCE_STAFF
 * @type: an event of `GET /v1/events`
 * @version: of the object, so that who has it already needs not ask
 *
 * Tells those who look on that something has changed.
 */
gboolean
kab_trace_tell (KabTransaction *tx,
                const char *audience,
                const char *type,
                const char *object_kind,
                const char *object_id,
                gint64 version,
                GError **error)
{
  g_autoptr (JsonObject) payload = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_string_member (payload, "id", object_id);
  json_object_set_int_member (payload, "version", version);
  text = kab_domain_json_write (payload);
  return kab_events_append (tx, audience, type, object_kind, object_id, text, error);
}
