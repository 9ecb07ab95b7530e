/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Decisions per service (§16). */

#include "kab-decisions.h"

#include "kab-case.h"
#include "kab-notices.h"
#include "kab-problem.h"
#include "kab-trace.h"

static gboolean
refuse (const GError *reason, GError **error)
{
  g_autoptr (GError) problem = NULL;
  JsonNode *node;

  if (reason->code == KAB_JOURNEY_ERROR_SERVICE)
    return kab_problem_set_field (error, KAB_PROBLEM_VALIDATION_FAILED, "/service",
                                  kab_journey_error_code (reason->code));
  kab_problem_set (&problem,
                   reason->code == KAB_JOURNEY_ERROR_STEPS ? KAB_PROBLEM_DECISION_TOO_EARLY
                                                           : KAB_PROBLEM_CONFLICT,
                   NULL);
  node = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (node, kab_journey_error_code (reason->code));
  kab_problem_set_parameter (problem, "reason", node);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
write_trace (KabTransaction *tx,
             const KabCaller *caller,
             const KabApplication *application,
             const char *service,
             const char *outcome,
             GError **error)
{
  g_autoptr (JsonObject) params = json_object_new ();
  const KabTrace trace = { caller,        application->user, "decision-made",
                           "application", application->id,   0,
                           params };

  json_object_set_string_member (params, "service", service);
  json_object_set_string_member (params, "outcome", outcome);
  return kab_trace_add (tx, &trace, error);
}

/**
 * kab_decisions_make:
 * @caller: an employee
 * @decision: positive or negative
 *
 * Decides on one service, independently of the others (DEC-8), when the journey's rules allow it
 * (DEC-6). The client is told.
 *
 * Returns: %FALSE with %KAB_PROBLEM_DECISION_TOO_EARLY, or %KAB_PROBLEM_CONFLICT when it is decided
 *   or closed, or an identification failed and only a refusal is possible
 */
gboolean
kab_decisions_make (KabTransaction *tx,
                    KabBankData *bank,
                    const KabCaller *caller,
                    const char *application,
                    KabService service,
                    KabDecision decision,
                    GError **error)
{
  g_autoptr (KabApplication) row = kab_application_load (tx, application, NULL, error);
  g_autoptr (KabCase) facts = row != NULL ? kab_case_facts_load (tx, bank, row, error) : NULL;
  const char *code = kab_service_get_info (service)->code;
  const char *outcome = kab_decision_code (decision);
  g_autoptr (GError) reason = NULL;

  if (facts == NULL)
    return FALSE;
  if (!kab_journey_can_decide (&facts->journey, service, decision, &reason))
    return refuse (reason, error);
  return kab_tx_exec (tx, error,
                      "INSERT INTO decisions (application_id, service, outcome, decided_by,"
                      " decided_at) VALUES (?, ?, ?, ?, ?)",
                      KAB_TEXT (application), KAB_TEXT (code), KAB_TEXT (outcome),
                      KAB_TEXT (caller->id), KAB_INT (kab_tx_get_now (tx))) &&
         write_trace (tx, caller, row, code, outcome, error) &&
         kab_notices_add (tx,
                          decision == KAB_DECISION_POSITIVE ? KAB_NOTICE_DECISION_POSITIVE
                                                            : KAB_NOTICE_DECISION_NEGATIVE,
                          row->user, error) &&
         kab_case_refresh (tx, bank, application, error);
}
