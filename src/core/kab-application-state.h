/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabApplicationState:
 *
 * The state of an application as a whole (A36), apart from those of its documents.
 */
typedef enum
{
  KAB_APPLICATION_DRAFT,
  KAB_APPLICATION_SUBMITTED,
  KAB_APPLICATION_IN_PROGRESS,
  KAB_APPLICATION_WAITING_FOR_CLIENT,
  KAB_APPLICATION_DECIDED,
  KAB_APPLICATION_WITHDRAWN,
  KAB_APPLICATION_EXPIRED,
  KAB_N_APPLICATION_STATES,
} KabApplicationState;

/**
 * KabApplicationError:
 * @KAB_APPLICATION_ERROR_TRANSITION: that state does not lead there
 * @KAB_APPLICATION_ERROR_CLOSED: it is decided, withdrawn or expired, for good
 */
typedef enum
{
  KAB_APPLICATION_ERROR_TRANSITION,
  KAB_APPLICATION_ERROR_CLOSED,
} KabApplicationError;

#define KAB_APPLICATION_ERROR (kab_application_error_quark ())

GQuark kab_application_error_quark (void);
const char *kab_application_error_code (KabApplicationError code);
const char *kab_application_state_name (KabApplicationState state);
gboolean kab_application_state_from_name (const char *name, KabApplicationState *state);
gboolean kab_application_state_is_closed (KabApplicationState state);
gboolean kab_application_state_change (KabApplicationState *state,
                                       KabApplicationState target,
                                       GError **error);

G_END_DECLS
