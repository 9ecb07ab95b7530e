/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabIdentificationState:
 *
 * The state of one identification of one person (PID-9): by photo, by video or in person.
 */
typedef enum
{
  KAB_IDENTIFICATION_NOT_STARTED,
  KAB_IDENTIFICATION_IN_PROGRESS,
  KAB_IDENTIFICATION_PASSED,
  KAB_IDENTIFICATION_FAILED,
  KAB_IDENTIFICATION_REPEAT_REQUESTED,
  KAB_N_IDENTIFICATION_STATES,
} KabIdentificationState;

typedef enum
{
  KAB_IDENTIFICATION_BY_PERSON,   /* who identifies starts it */
  KAB_IDENTIFICATION_BY_PROVIDER, /* the identification service reports a result */
  KAB_IDENTIFICATION_BY_BANK,     /* an employee decides or demands (FAI, REP, INP) */
  KAB_N_IDENTIFICATION_ACTORS,
} KabIdentificationActor;

/**
 * KabIdentificationError:
 * @KAB_IDENTIFICATION_ERROR_TRANSITION: nobody takes that state there
 * @KAB_IDENTIFICATION_ERROR_ACTOR: only somebody else may
 */
typedef enum
{
  KAB_IDENTIFICATION_ERROR_TRANSITION,
  KAB_IDENTIFICATION_ERROR_ACTOR,
} KabIdentificationError;

#define KAB_IDENTIFICATION_ERROR (kab_identification_error_quark ())

GQuark kab_identification_error_quark (void);
const char *kab_identification_error_code (KabIdentificationError code);
const char *kab_identification_state_name (KabIdentificationState state);
gboolean kab_identification_state_from_name (const char *name, KabIdentificationState *state);
gboolean kab_identification_state_change (KabIdentificationState *state,
                                          KabIdentificationState target,
                                          KabIdentificationActor actor,
                                          GError **error);

G_END_DECLS
