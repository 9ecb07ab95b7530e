/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-caller.h"

void
kab_caller_free (KabCaller *self)
{
  g_free (self->id);
  g_free (self->session);
  g_free (self->name);
  g_free (self->language);
  g_free (self);
}

/**
 * kab_caller_get_actor_kind:
 *
 * Returns: the caller as the history names its actors: `client`, `staff` or `system`
 */
const char *
kab_caller_get_actor_kind (const KabCaller *self)
{
  switch (self->kind)
    {
    case KAB_CALLER_STAFF:
      return "staff";
    case KAB_CALLER_CLIENT:
    case KAB_CALLER_REGISTRATION:
    case KAB_CALLER_PASSWORD_CHANGE:
      return "client";
    case KAB_CALLER_NOBODY:
    default:
      return "system";
    }
}
