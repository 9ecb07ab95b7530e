/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-journey.h"

static const char *const error_codes[] = {
  [KAB_JOURNEY_ERROR_SERVICE] = "decision-service",
  [KAB_JOURNEY_ERROR_CLOSED] = "decision-closed",
  [KAB_JOURNEY_ERROR_DECIDED] = "decision-made",
  [KAB_JOURNEY_ERROR_STEPS] = "decision-steps",
  [KAB_JOURNEY_ERROR_FAILED] = "decision-identification-failed",
};

static const char *const kind_codes[] = {
  [KAB_STAGE_INITIAL_INFORMATION] = "initial-information",
  [KAB_STAGE_PHOTO_IDENTIFICATION] = "photo-identification",
  [KAB_STAGE_DOCUMENTS] = "documents",
  [KAB_STAGE_SIGNING] = "signing",
  [KAB_STAGE_FEE] = "fee",
  [KAB_STAGE_IDENTIFICATION] = "identification",
  [KAB_STAGE_DECISION] = "decision",
};

static const char *const state_codes[] = {
  [KAB_STAGE_UPCOMING] = "upcoming",   [KAB_STAGE_CURRENT] = "current",
  [KAB_STAGE_NEEDS_YOU] = "needs-you", [KAB_STAGE_WAITING_FOR_BANK] = "waiting-for-bank",
  [KAB_STAGE_DONE] = "done",           [KAB_STAGE_FAILED] = "failed",
};

static const char *const decision_codes[] = {
  [KAB_DECISION_PENDING] = "pending",
  [KAB_DECISION_POSITIVE] = "positive",
  [KAB_DECISION_NEGATIVE] = "negative",
};

static const char *
lookup (const char *const *codes, gsize n_codes, guint value)
{
  g_return_val_if_fail (value < n_codes, NULL);

  return codes[value];
}

static gboolean
find (const char *const *codes, gsize n_codes, const char *code, guint *value)
{
  for (guint i = 0; i < n_codes; i++)
    {
      if (g_strcmp0 (codes[i], code) == 0)
        {
          *value = i;
          return TRUE;
        }
    }

  return FALSE;
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
  return lookup (error_codes, G_N_ELEMENTS (error_codes), code);
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
  return lookup (kind_codes, G_N_ELEMENTS (kind_codes), kind);
}

/**
 * kab_stage_kind_from_code:
 * @code: (nullable): a code from the wire
 * @kind: (out): the stage; untouched on failure
 *
 * Returns: whether there is one
 */
gboolean
kab_stage_kind_from_code (const char *code, KabStageKind *kind)
{
  guint value;

  if (!find (kind_codes, G_N_ELEMENTS (kind_codes), code, &value))
    return FALSE;
  *kind = value;

  return TRUE;
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
  return lookup (state_codes, G_N_ELEMENTS (state_codes), state);
}

/**
 * kab_stage_state_from_code:
 * @code: (nullable): a code from the wire
 * @state: (out): the state of a stage; untouched on failure
 *
 * Returns: whether there is one
 */
gboolean
kab_stage_state_from_code (const char *code, KabStageState *state)
{
  guint value;

  if (!find (state_codes, G_N_ELEMENTS (state_codes), code, &value))
    return FALSE;
  *state = value;

  return TRUE;
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
  return lookup (decision_codes, G_N_ELEMENTS (decision_codes), decision);
}

/**
 * kab_decision_from_code:
 * @code: (nullable): a code from the wire
 * @decision: (out): the decision; untouched on failure
 *
 * Returns: whether there is one
 */
gboolean
kab_decision_from_code (const char *code, KabDecision *decision)
{
  guint value;

  if (!find (decision_codes, G_N_ELEMENTS (decision_codes), code, &value))
    return FALSE;
  *decision = value;

  return TRUE;
}
