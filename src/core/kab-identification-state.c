/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-identification-state.h"

#define TO(state) (1u << KAB_IDENTIFICATION_##state)

static const char *const names[KAB_N_IDENTIFICATION_STATES] = {
  [KAB_IDENTIFICATION_NOT_STARTED] = "not-started",
  [KAB_IDENTIFICATION_IN_PROGRESS] = "in-progress",
  [KAB_IDENTIFICATION_PASSED] = "passed",
  [KAB_IDENTIFICATION_FAILED] = "failed",
  [KAB_IDENTIFICATION_REPEAT_REQUESTED] = "repeat-requested",
};

/* A provider's reports may overtake each other, so a result may come before the start; a decided
 * state is reopened by the bank alone. */
static const guint targets[KAB_N_IDENTIFICATION_ACTORS][KAB_N_IDENTIFICATION_STATES] = {
  [KAB_IDENTIFICATION_BY_PERSON] = {
    [KAB_IDENTIFICATION_NOT_STARTED] = TO (IN_PROGRESS),
    [KAB_IDENTIFICATION_REPEAT_REQUESTED] = TO (IN_PROGRESS),
  },
  [KAB_IDENTIFICATION_BY_PROVIDER] = {
    [KAB_IDENTIFICATION_NOT_STARTED] =
      TO (IN_PROGRESS) | TO (PASSED) | TO (FAILED) | TO (REPEAT_REQUESTED),
    [KAB_IDENTIFICATION_IN_PROGRESS] =
      TO (NOT_STARTED) | TO (PASSED) | TO (FAILED) | TO (REPEAT_REQUESTED),
    [KAB_IDENTIFICATION_REPEAT_REQUESTED] = TO (IN_PROGRESS) | TO (PASSED) | TO (FAILED),
  },
  [KAB_IDENTIFICATION_BY_BANK] = {
    [KAB_IDENTIFICATION_NOT_STARTED] = TO (PASSED) | TO (FAILED),
    [KAB_IDENTIFICATION_IN_PROGRESS] = TO (PASSED) | TO (FAILED) | TO (REPEAT_REQUESTED),
    [KAB_IDENTIFICATION_PASSED] = TO (FAILED) | TO (REPEAT_REQUESTED),
    [KAB_IDENTIFICATION_FAILED] = TO (REPEAT_REQUESTED),
    [KAB_IDENTIFICATION_REPEAT_REQUESTED] = TO (PASSED) | TO (FAILED),
  },
};

G_DEFINE_QUARK (kab - identification - error - quark, kab_identification_error)

static gboolean
may_change (KabIdentificationActor actor,
            KabIdentificationState from,
            KabIdentificationState target)
{
  return (targets[actor][from] & (1u << target)) != 0;
}

static gboolean
anyone_may_change (KabIdentificationState from, KabIdentificationState target)
{
  for (guint actor = 0; actor < KAB_N_IDENTIFICATION_ACTORS; actor++)
    {
      if (may_change (actor, from, target))
        return TRUE;
    }

  return FALSE;
}

/**
 * kab_identification_error_code:
 * @code: a code of %KAB_IDENTIFICATION_ERROR
 *
 * Returns: (transfer none): its stable name on the wire
 */
const char *
kab_identification_error_code (KabIdentificationError code)
{
  return code == KAB_IDENTIFICATION_ERROR_ACTOR ? "identification-actor"
                                                : "identification-transition";
}

/**
 * kab_identification_state_name:
 * @state: a state
 *
 * Returns: (transfer none): its name on the wire and in storage
 */
const char *
kab_identification_state_name (KabIdentificationState state)
{
  g_return_val_if_fail (state < KAB_N_IDENTIFICATION_STATES, NULL);

  return names[state];
}

/**
 * kab_identification_state_from_name:
 * @name: (nullable): a name from the wire or storage
 * @state: (out): the state
 *
 * Returns: whether there is one
 */
gboolean
kab_identification_state_from_name (const char *name, KabIdentificationState *state)
{
  for (guint i = 0; i < KAB_N_IDENTIFICATION_STATES; i++)
    {
      if (g_strcmp0 (names[i], name) == 0)
        {
          *state = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * kab_identification_state_change:
 * @state: (inout): the state; untouched on failure
 * @target: the state that it becomes
 * @actor: who says so
 * @error: an error of %KAB_IDENTIFICATION_ERROR
 *
 * The one place that changes the state of an identification. Becoming what it is already is no
 * change and always allowed, because a provider reports more than once. That a late report belongs
 * to the present attempt, the caller has checked.
 *
 * Returns: whether @state is @target now
 */
gboolean
kab_identification_state_change (KabIdentificationState *state,
                                 KabIdentificationState target,
                                 KabIdentificationActor actor,
                                 GError **error)
{
  KabIdentificationError reason;

  g_return_val_if_fail (*state < KAB_N_IDENTIFICATION_STATES, FALSE);
  g_return_val_if_fail (target < KAB_N_IDENTIFICATION_STATES, FALSE);
  g_return_val_if_fail (actor < KAB_N_IDENTIFICATION_ACTORS, FALSE);

  if (*state == target || may_change (actor, *state, target))
    {
      *state = target;
      return TRUE;
    }

  reason = anyone_may_change (*state, target) ? KAB_IDENTIFICATION_ERROR_ACTOR
                                              : KAB_IDENTIFICATION_ERROR_TRANSITION;
  g_set_error (error, KAB_IDENTIFICATION_ERROR, (int) reason, "%s: %s to %s",
               kab_identification_error_code (reason), names[*state], names[target]);

  return FALSE;
}
