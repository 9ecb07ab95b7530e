/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bank's side of messages: a conversation per client, with a case or without (STF-12). */

#include "kab-conversations.h"

#include "kab-domain-json.h"
#include "kab-events.h"

#define UNREAD KAB_CONVERSATIONS_UNREAD_SQL ("c.user_id")

static JsonObject *
describe (KabRows *rows)
{
  JsonObject *object = json_object_new ();
  const char *application = kab_rows_text (rows, "application");

  json_object_set_string_member (object, "id", kab_rows_text (rows, "user_id"));
  json_object_set_string_member (object, "clientName", kab_rows_text (rows, "name"));
  json_object_set_string_member (object, "email", kab_rows_text (rows, "email"));
  json_object_set_string_member (object, "language", kab_rows_text (rows, "language"));
  if (application != NULL)
    json_object_set_string_member (object, "case", application);
  json_object_set_string_member (object, "lastFrom", kab_rows_text (rows, "sender"));
  kab_domain_json_set_time (object, "lastAt", kab_rows_int (rows, "sent_at"));
  json_object_set_int_member (object, "unreadMessages", kab_rows_int (rows, "unread"));
  return object;
}

/**
 * kab_conversations_list:
 * @next: (out): the place of the next page; 0 when there is none
 *
 * Returns: (transfer full): the conversations of all clients, those with the newest message first
 */
JsonArray *
kab_conversations_list (KabTransaction *tx,
                        const KabConversationQuery *query,
                        gint64 *next,
                        GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error,
      "SELECT * FROM (SELECT c.user_id, c.newest, u.name, u.email, u.language, m.sender, m.sent_at,"
      " (SELECT a.id FROM applications a WHERE a.user_id = c.user_id"
      " AND a.submitted_at IS NOT NULL ORDER BY a.created_at DESC, a.id DESC LIMIT 1)"
      " AS application, " UNREAD " AS unread"
      " FROM (SELECT user_id, MAX (sequence) AS newest FROM messages GROUP BY user_id) AS c"
      " JOIN users u ON u.id = c.user_id JOIN messages m ON m.sequence = c.newest"
      " WHERE c.newest < ?1) AS conversations WHERE ?2 = 0 OR unread > 0"
      " ORDER BY newest DESC LIMIT ?3",
      KAB_INT (query->before), KAB_INT (query->is_unread), KAB_INT ((gint64) query->limit + 1));
  gint64 last = 0;
  JsonArray *items;

  *next = 0;
  if (rows == NULL)
    return NULL;
  items = json_array_new ();
  while (kab_rows_next (rows))
    {
      if (json_array_get_length (items) == query->limit)
        {
          *next = last;
          break;
        }
      json_array_add_object_element (items, describe (rows));
      last = kab_rows_int (rows, "newest");
    }
  return items;
}

/**
 * kab_conversations_check:
 *
 * Returns: whether there is such a client, or %KAB_STORE_ERROR_NOT_FOUND
 */
gboolean
kab_conversations_check (KabTransaction *tx, const char *client, GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error, "SELECT id FROM users WHERE id = ? AND role = 'client'", KAB_TEXT (client));

  return rows != NULL;
}

/* Those who look at a case of this client. */
static gboolean
tell_cases (KabTransaction *tx, const char *client, GError **error)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error, "SELECT id FROM applications WHERE user_id = ? AND submitted_at IS NOT NULL",
      KAB_TEXT (client));

  if (rows == NULL)
    return FALSE;
  while (kab_rows_next (rows))
    g_ptr_array_add (cases, kab_rows_dup_text (rows, "id"));
  g_clear_pointer (&rows, kab_rows_free);
  for (guint i = 0; i < cases->len; i++)
    if (!kab_events_append (tx, KAB_AUDIENCE_STAFF, "case-changed", "case", cases->pdata[i], NULL,
                            error))
      return FALSE;
  return TRUE;
}

/**
 * kab_conversations_tell:
 *
 * Tells the employees that a client's conversation has changed, and with it what waits in the
 * client's cases.
 */
gboolean
kab_conversations_tell (KabTransaction *tx, const char *client, GError **error)
{
  return kab_events_append (tx, KAB_AUDIENCE_STAFF, "conversation-changed", "conversation", client,
                            NULL, error) &&
         tell_cases (tx, client, error);
}
