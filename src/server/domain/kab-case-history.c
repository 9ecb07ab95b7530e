/* SPDX-License-Identifier: GPL-3.0-or-later */

/* «Darbību vēsture»: what client and bank did, in order of time (DOC-8). */

#include "kab-case-history.h"

#include "kab-domain-json.h"

static const char *
actor_of (const char *kind)
{
  return g_str_equal (kind, "staff") ? "bank" : kind;
}

static JsonObject *
describe (KabRows *rows)
{
  JsonObject *entry = json_object_new ();
  gint64 revision = kab_rows_int (rows, "version");
  const char *detail = kab_rows_text (rows, "detail");

  kab_domain_json_set_time (entry, "at", kab_rows_int (rows, "at"));
  json_object_set_string_member (entry, "actor", actor_of (kab_rows_text (rows, "actor_kind")));
  json_object_set_string_member (entry, "action", kab_rows_text (rows, "action"));
  json_object_set_string_member (entry, "object", kab_rows_text (rows, "object_id"));
  if (revision > 0)
    json_object_set_int_member (entry, "revision", revision);
  if (detail != NULL)
    json_object_set_object_member (entry, "params", kab_domain_json_read (detail));
  return entry;
}

/* One row more than asked for tells whether there is a next page. */
static JsonArray *
read_page (KabRows *rows, guint limit, gint64 *next)
{
  JsonArray *items = json_array_new ();
  gint64 last = 0;

  *next = 0;
  while (kab_rows_next (rows))
    {
      if (json_array_get_length (items) == limit)
        {
          *next = last;
          break;
        }
      json_array_add_object_element (items, describe (rows));
      last = kab_rows_int (rows, "sequence");
    }
  return items;
}

/**
 * kab_case_history_of_application:
 * @after: the place to go on from; 0 for the beginning
 * @next: (out): the place of the next page; 0 when there is none
 *
 * Returns: (transfer full): entries about the application, its identifications and its documents,
 *   oldest first
 */
JsonArray *
kab_case_history_of_application (KabTransaction *tx,
                                 const char *application,
                                 gint64 after,
                                 guint limit,
                                 gint64 *next,
                                 GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error,
      "SELECT sequence, at, actor_kind, action, object_id, version, detail FROM history"
      " WHERE sequence > ?2 AND ((object_kind = 'application' AND object_id = ?1)"
      " OR (object_kind = 'document'"
      " AND object_id IN (SELECT id FROM documents WHERE application_id = ?1))"
      " OR (object_kind = 'identification'"
      " AND object_id IN (SELECT id FROM identifications WHERE application_id = ?1)))"
      " ORDER BY sequence LIMIT ?3",
      KAB_TEXT (application), KAB_INT (after), KAB_INT ((gint64) limit + 1));

  return rows != NULL ? read_page (rows, limit, next) : NULL;
}

/**
 * kab_case_history_of_document:
 * @after: the place to go on from; 0 for the beginning
 * @next: (out): the place of the next page; 0 when there is none
 *
 * Returns: (transfer full): entries about the document, oldest first
 */
JsonArray *
kab_case_history_of_document (KabTransaction *tx,
                              const char *document,
                              gint64 after,
                              guint limit,
                              gint64 *next,
                              GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error,
      "SELECT sequence, at, actor_kind, action, object_id, version, detail FROM history"
      " WHERE sequence > ?2 AND object_kind = 'document' AND object_id = ?1"
      " ORDER BY sequence LIMIT ?3",
      KAB_TEXT (document), KAB_INT (after), KAB_INT ((gint64) limit + 1));

  return rows != NULL ? read_page (rows, limit, next) : NULL;
}
