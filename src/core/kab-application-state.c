/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-application-state.h"

#define TO(state) (1u << KAB_APPLICATION_##state)

static const char *const names[KAB_N_APPLICATION_STATES] = {
  [KAB_APPLICATION_DRAFT] = "draft",
  [KAB_APPLICATION_SUBMITTED] = "submitted",
  [KAB_APPLICATION_IN_PROGRESS] = "in-progress",
  [KAB_APPLICATION_WAITING_FOR_CLIENT] = "waiting-for-client",
  [KAB_APPLICATION_DECIDED] = "decided",
  [KAB_APPLICATION_WITHDRAWN] = "withdrawn",
  [KAB_APPLICATION_EXPIRED] = "expired",
};

/* An application expires while it is the client's turn, never while the bank has it. */
static const guint targets[KAB_N_APPLICATION_STATES] = {
  [KAB_APPLICATION_DRAFT] = TO (SUBMITTED) | TO (WITHDRAWN) | TO (EXPIRED),
  [KAB_APPLICATION_SUBMITTED] =
      TO (IN_PROGRESS) | TO (WAITING_FOR_CLIENT) | TO (WITHDRAWN) | TO (EXPIRED),
  [KAB_APPLICATION_IN_PROGRESS] = TO (WAITING_FOR_CLIENT) | TO (DECIDED) | TO (WITHDRAWN),
  [KAB_APPLICATION_WAITING_FOR_CLIENT] =
      TO (IN_PROGRESS) | TO (DECIDED) | TO (WITHDRAWN) | TO (EXPIRED),
};

G_DEFINE_QUARK (kab - application - error - quark, kab_application_error)

/**
 * kab_application_error_code:
 * @code: a code of %KAB_APPLICATION_ERROR
 *
 * Returns: (transfer none): its stable name on the wire
 */
const char *
kab_application_error_code (KabApplicationError code)
{
  return code == KAB_APPLICATION_ERROR_CLOSED ? "application-closed" : "application-transition";
}

/**
 * kab_application_state_name:
 * @state: a state
 *
 * Returns: (transfer none): its name on the wire and in storage
 */
const char *
kab_application_state_name (KabApplicationState state)
{
  g_return_val_if_fail (state < KAB_N_APPLICATION_STATES, NULL);

  return names[state];
}

/**
 * kab_application_state_from_name:
 * @name: (nullable): a name from the wire or storage
 * @state: (out): the state
 *
 * Returns: whether there is one
 */
gboolean
kab_application_state_from_name (const char *name, KabApplicationState *state)
{
  for (guint i = 0; i < KAB_N_APPLICATION_STATES; i++)
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
 * kab_application_state_is_closed:
 * @state: a state
 *
 * Returns: whether nothing can come after @state
 */
gboolean
kab_application_state_is_closed (KabApplicationState state)
{
  g_return_val_if_fail (state < KAB_N_APPLICATION_STATES, FALSE);

  return targets[state] == 0;
}

/**
 * kab_application_state_change:
 * @state: (inout): the state; untouched on failure
 * @target: the state that it becomes; what it is already is no change and allowed
 * @error: an error of %KAB_APPLICATION_ERROR
 *
 * The one place that changes the state of an application.
 *
 * Returns: whether @state is @target now
 */
gboolean
kab_application_state_change (KabApplicationState *state,
                              KabApplicationState target,
                              GError **error)
{
  KabApplicationError reason;

  g_return_val_if_fail (*state < KAB_N_APPLICATION_STATES, FALSE);
  g_return_val_if_fail (target < KAB_N_APPLICATION_STATES, FALSE);

  if (*state == target || (targets[*state] & (1u << target)) != 0)
    {
      *state = target;
      return TRUE;
    }

  reason = kab_application_state_is_closed (*state) ? KAB_APPLICATION_ERROR_CLOSED
                                                    : KAB_APPLICATION_ERROR_TRANSITION;
  g_set_error (error, KAB_APPLICATION_ERROR, (int) reason, "%s: %s to %s",
               kab_application_error_code (reason), names[*state], names[target]);

  return FALSE;
}
