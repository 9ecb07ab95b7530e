/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How an application ends without a decision (A36): withdrawn by the client, or expired. */

#include "kab-application-end.h"

#include "kab-case.h"
#include "kab-notices.h"
#include "kab-problem.h"
#include "kab-trace.h"

static gboolean
refuse (GError **error, const char *reason)
{
  g_autoptr (GError) problem = NULL;
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, reason);
  kab_problem_set (&problem, KAB_PROBLEM_CONFLICT, NULL);
  kab_problem_set_parameter (problem, "reason", node);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* What the bank has decided on stays decided (A23). */
static gboolean
check_undecided (KabTransaction *tx, const KabApplication *application, GError **error)
{
  gint64 n_decisions;

  if (kab_application_state_is_closed (application->state))
    return refuse (error, "application-closed");
  return kab_tx_query_int (tx, &n_decisions, error,
                           "SELECT COUNT (*) FROM decisions WHERE application_id = ?",
                           KAB_TEXT (application->id)) &&
         (n_decisions == 0 || refuse (error, "service-decided"));
}

/* What was never sent is nobody's business: the answers and their files are forgotten. */
static gboolean
forget_draft (KabTransaction *tx, const char *id, GError **error)
{
  return kab_tx_exec (tx, error, "UPDATE applications SET answers = '{}' WHERE id = ?",
                      KAB_TEXT (id)) &&
         kab_tx_exec (tx, error, "DELETE FROM application_files WHERE application_id = ?",
                      KAB_TEXT (id));
}

static gboolean
end (KabTransaction *tx,
     KabBankData *bank,
     const KabCaller *caller,
     KabApplication *application,
     KabApplicationState state,
     GError **error)
{
  const KabTrace trace = { caller,
                           application->user,
                           state == KAB_APPLICATION_WITHDRAWN ? "application-withdrawn"
                                                              : "application-expired",
                           "application",
                           application->id,
                           0,
                           NULL };
  const gboolean is_draft = application->state == KAB_APPLICATION_DRAFT;

  return kab_application_state_change (&application->state, state, error) &&
         kab_tx_change_one (tx, error, "UPDATE applications SET state = ? WHERE id = ?",
                            KAB_TEXT (kab_application_state_name (state)),
                            KAB_TEXT (application->id)) &&
         (!is_draft || forget_draft (tx, application->id, error)) &&
         kab_trace_add (tx, &trace, error) && kab_case_refresh (tx, bank, application->id, error);
}

/**
 * kab_application_end_withdraw:
 * @version: the version that was seen (If-Match)
 *
 * The client doesn't want it any more. A draft is forgotten but for its place in the history; of
 * what was sent everything stays, and nothing of it can be changed.
 *
 * Returns: (transfer full): the application, or %NULL with %KAB_PROBLEM_VERSION_CONFLICT, or
 *   %KAB_PROBLEM_CONFLICT when it has ended or the bank has decided on a part of it
 */
KabApplication *
kab_application_end_withdraw (KabTransaction *tx,
                              KabBankData *bank,
                              const KabCaller *caller,
                              const char *id,
                              gint64 version,
                              GError **error)
{
  g_autoptr (KabApplication) application = kab_application_load (tx, id, caller->id, error);

  if (application == NULL)
    return NULL;
  if (application->version != version)
    {
      kab_problem_set (error, KAB_PROBLEM_VERSION_CONFLICT, NULL);
      return NULL;
    }
  if (!check_undecided (tx, application, error) ||
      !end (tx, bank, caller, application, KAB_APPLICATION_WITHDRAWN, error))
    return NULL;
  return kab_application_load (tx, id, caller->id, error);
}

/* Applications that wait for the client, and that the client hasn't touched in any part. */
static GPtrArray *
find_forgotten (KabTransaction *tx, gint64 before, guint limit, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error,
      "SELECT id FROM applications a WHERE waits_for = 'client' AND waiting_since <= ?1"
      " AND saved_at <= ?1 AND state IN ('draft', 'submitted', 'waiting-for-client')"
      " AND NOT EXISTS (SELECT 1 FROM documents d"
      " WHERE d.application_id = a.id AND d.changed_at > ?1)"
      " AND NOT EXISTS (SELECT 1 FROM identifications i"
      " WHERE i.application_id = a.id AND i.changed_at > ?1)"
      " AND NOT EXISTS (SELECT 1 FROM decisions s WHERE s.application_id = a.id)"
      " ORDER BY waiting_since LIMIT ?2",
      KAB_INT (before), KAB_INT (limit));

  if (rows == NULL)
    return NULL;
  while (kab_rows_next (rows))
    g_ptr_array_add (ids, kab_rows_dup_text (rows, "id"));
  return g_steal_pointer (&ids);
}

/**
 * kab_application_end_expire:
 * @before: only those to which nothing has happened since, microseconds since 1970
 * @limit: how many at most
 * @n_expired: (out): how many there were
 *
 * Ends what the client hasn't gone on with, and tells the client.
 */
gboolean
kab_application_end_expire (KabTransaction *tx,
                            KabBankData *bank,
                            gint64 before,
                            guint limit,
                            guint *n_expired,
                            GError **error)
{
  g_autoptr (GPtrArray) ids = find_forgotten (tx, before, limit, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (KabApplication) application =
          kab_application_load (tx, ids->pdata[i], NULL, error);

      if (application == NULL ||
          !end (tx, bank, NULL, application, KAB_APPLICATION_EXPIRED, error) ||
          !kab_notices_add (tx, KAB_NOTICE_APPLICATION_EXPIRED, application->user, error))
        return FALSE;
    }
  *n_expired = ids->len;
  return TRUE;
}
