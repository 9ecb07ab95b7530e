/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-journey.h"

static const char *
lookup (const char *const *codes,
        gsize              n_codes,
        guint              value)
{
  g_return_val_if_fail (value < n_codes, NULL);

  return codes[value];
}

/**
 * kab_journey_error_code:
 * @code: a code of %KAB_JOURNEY_ERROR
 *
 * Returns: (transfer none): its stable name on the wire
 */
const char *
kab_journey_error_code (KabJourneyError code)
{
  static const char *const codes[] = {
    [KAB_JOURNEY_ERROR_SERVICE] = "decision-service",
    [KAB_JOURNEY_ERROR_CLOSED] = "decision-closed",
    [KAB_JOURNEY_ERROR_DECIDED] = "decision-made",
    [KAB_JOURNEY_ERROR_STEPS] = "decision-steps",
    [KAB_JOURNEY_ERROR_FAILED] = "decision-identification-failed",
  };

  return lookup (codes, G_N_ELEMENTS (codes), code);
}

/**
 * kab_stage_kind_code:
 * @kind: a stage
 *
 * Returns: (transfer none): its code on the wire
 */
const char *
kab_stage_kind_code (KabStageKind kind)
{
  static const char *const codes[] = {
    [KAB_STAGE_INITIAL_INFORMATION] = "initial-information",
    [KAB_STAGE_PHOTO_IDENTIFICATION] = "photo-identification",
    [KAB_STAGE_DOCUMENTS] = "documents",
    [KAB_STAGE_SIGNING] = "signing",
    [KAB_STAGE_FEE] = "fee",
    [KAB_STAGE_IDENTIFICATION] = "identification",
    [KAB_STAGE_DECISION] = "decision",
  };

  return lookup (codes, G_N_ELEMENTS (codes), kind);
}

/**
 * kab_stage_state_code:
 * @state: the state of a stage
 *
 * Returns: (transfer none): its code on the wire
 */
const char *
kab_stage_state_code (KabStageState state)
{
  static const char *const codes[] = {
    [KAB_STAGE_UPCOMING] = "upcoming",
    [KAB_STAGE_CURRENT] = "current",
    [KAB_STAGE_NEEDS_YOU] = "needs-you",
    [KAB_STAGE_WAITING_FOR_BANK] = "waiting-for-bank",
    [KAB_STAGE_DONE] = "done",
    [KAB_STAGE_FAILED] = "failed",
  };

  return lookup (codes, G_N_ELEMENTS (codes), state);
}

/**
 * kab_decision_code:
 * @decision: a decision
 *
 * Returns: (transfer none): its code on the wire
 */
const char *
kab_decision_code (KabDecision decision)
{
  static const char *const codes[] = {
    [KAB_DECISION_PENDING] = "pending",
    [KAB_DECISION_POSITIVE] = "positive",
    [KAB_DECISION_NEGATIVE] = "negative",
  };

  return lookup (codes, G_N_ELEMENTS (codes), decision);
}
