/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What employees see: the queue and a whole case (STF-1, STF-2). */

#include "kab-queue.h"

#include "kab-application-view.h"
#include "kab-case-history.h"
#include "kab-conversations.h"
#include "kab-document-view.h"
#include "kab-domain-json.h"

#define HISTORY_LIMIT 1000
#define UNREAD        KAB_CONVERSATIONS_UNREAD_SQL ("a.user_id")

static JsonObject *
describe (KabRows *rows)
{
  JsonObject *object = json_object_new ();
  g_auto (GStrv) services = kab_domain_json_read_strings (kab_rows_text (rows, "services"));

  json_object_set_string_member (object, "id", kab_rows_text (rows, "id"));
  json_object_set_string_member (object, "applicantName", kab_rows_text (rows, "name"));
  json_object_set_array_member (object, "services",
                                kab_domain_json_new_strings ((const char *const *) services));
  json_object_set_string_member (object, "state", kab_rows_text (rows, "state"));
  kab_domain_json_set_time (object, "waitingSince", kab_rows_int (rows, "waiting_since"));
  json_object_set_int_member (object, "unreadMessages", kab_rows_int (rows, "unread"));
  return object;
}

/**
 * kab_queue_list:
 * @next_since: (out): the place of the next page; 0 when there is none
 * @next_id: (out) (transfer full): the same
 *
 * A case with an unread message waits for the bank, whatever else it waits for. Closed cases are
 * left out as long as nobody waits.
 *
 * Returns: (transfer full): the cases, those first that wait longest
 */
JsonArray *
kab_queue_list (KabTransaction *tx,
                const KabQueueQuery *query,
                gint64 *next_since,
                char **next_id,
                GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error,
      "SELECT * FROM (SELECT a.id, u.name, a.services, a.state, a.waits_for, a.waiting_since,"
      " " UNREAD " AS unread FROM applications a JOIN users u ON u.id = a.user_id"
      " WHERE (a.waiting_since, a.id) > (?1, ?2)) AS cases"
      " WHERE (?3 = 'bank' AND (waits_for = 'bank' OR unread > 0))"
      " OR (?3 = 'client' AND waits_for = 'client')"
      " OR (?3 = 'any' AND (unread > 0 OR waits_for <> 'nobody'"
      " OR state NOT IN ('decided', 'withdrawn', 'expired')))"
      " ORDER BY waiting_since, id LIMIT ?4",
      KAB_INT (query->since), KAB_TEXT (query->id), KAB_TEXT (query->waits_for),
      KAB_INT ((gint64) query->limit + 1));
  g_autofree char *last_id = NULL;
  gint64 last_since = 0;
  JsonArray *items;

  *next_since = 0;
  *next_id = NULL;
  if (rows == NULL)
    return NULL;
  items = json_array_new ();
  while (kab_rows_next (rows))
    {
      if (json_array_get_length (items) == query->limit)
        {
          *next_since = last_since;
          *next_id = g_steal_pointer (&last_id);
          break;
        }
      json_array_add_object_element (items, describe (rows));
      last_since = kab_rows_int (rows, "waiting_since");
      g_set_str (&last_id, kab_rows_text (rows, "id"));
    }
  return items;
}

static JsonObject *
view_applicant (KabTransaction *tx, const char *user, GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error, "SELECT name, email, phone, language, citizenships FROM users WHERE id = ?",
      KAB_TEXT (user));
  g_auto (GStrv) citizenships = NULL;
  JsonObject *object;

  if (rows == NULL)
    return NULL;
  object = json_object_new ();
  citizenships = kab_domain_json_read_strings (kab_rows_text (rows, "citizenships"));
  json_object_set_string_member (object, "id", user);
  json_object_set_string_member (object, "name", kab_rows_text (rows, "name"));
  json_object_set_string_member (object, "email", kab_rows_text (rows, "email"));
  json_object_set_string_member (object, "phone", kab_rows_text (rows, "phone"));
  json_object_set_string_member (object, "language", kab_rows_text (rows, "language"));
  json_object_set_array_member (object, "citizenships",
                                kab_domain_json_new_strings ((const char *const *) citizenships));
  return object;
}

static JsonArray *
view_documents (KabTransaction *tx, KabBankData *bank, const char *application, GError **error)
{
  g_autoptr (GPtrArray) documents = kab_document_list (tx, application, error);
  g_autoptr (JsonArray) array = NULL;

  if (documents == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < documents->len; i++)
    {
      JsonObject *view =
          kab_document_view (tx, bank, documents->pdata[i], KAB_DOCUMENT_BY_EMPLOYEE, error);

      if (view == NULL)
        return NULL;
      json_array_add_object_element (array, view);
    }
  return g_steal_pointer (&array);
}

/* Whether anything can be decided now, be it only a refusal. */
static gboolean
can_decide (const KabCase *facts)
{
  for (guint i = 0; i < KAB_N_SERVICES; i++)
    if (kab_journey_can_decide (&facts->journey, i, KAB_DECISION_NEGATIVE, NULL))
      return TRUE;
  return FALSE;
}

static JsonObject *
put_together (KabTransaction *tx,
              KabBankData *bank,
              const KabApplication *row,
              gint64 unread,
              const KabCase *facts,
              GError **error)
{
  g_autoptr (JsonObject) application = kab_application_view (tx, bank, row, TRUE, error);
  g_autoptr (JsonObject) applicant =
      application != NULL ? view_applicant (tx, row->user, error) : NULL;
  g_autoptr (JsonArray) documents =
      applicant != NULL ? view_documents (tx, bank, row->id, error) : NULL;
  g_autoptr (JsonArray) history = NULL;
  JsonObject *object;
  gint64 next;

  if (documents == NULL)
    return NULL;
  history = kab_case_history_of_application (tx, row->id, 0, HISTORY_LIMIT, &next, error);
  if (history == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_object_member (object, "application", g_steal_pointer (&application));
  json_object_set_object_member (object, "applicant", g_steal_pointer (&applicant));
  json_object_set_array_member (object, "documents", g_steal_pointer (&documents));
  json_object_set_int_member (object, "unreadMessages", unread);
  json_object_set_boolean_member (object, "canDecide", can_decide (facts));
  json_object_set_array_member (object, "history", g_steal_pointer (&history));
  return object;
}

/**
 * kab_queue_view_case:
 *
 * Returns: (transfer full): `Case` of docs/openapi.yaml, or %NULL with an error of the store
 */
JsonObject *
kab_queue_view_case (KabTransaction *tx, KabBankData *bank, const char *application, GError **error)
{
  g_autoptr (KabApplication) row = kab_application_load (tx, application, NULL, error);
  g_autoptr (KabCase) facts = row != NULL ? kab_case_facts_load (tx, bank, row, error) : NULL;
  gint64 unread;

  if (facts == NULL ||
      !kab_tx_query_int (tx, &unread, error, "SELECT " UNREAD " FROM applications a WHERE a.id = ?",
                         KAB_TEXT (application)))
    return NULL;
  return put_together (tx, bank, row, unread, facts, error);
}
