/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"

G_BEGIN_DECLS

#define KAB_TYPE_ONBOARDING_STAGE (kab_onboarding_stage_get_type ())

/**
 * KabOnboardingStage:
 *
 * A stage on the way to the decision, in the names of the journey of core.
 */
G_DECLARE_FINAL_TYPE (KabOnboardingStage, kab_onboarding_stage, KAB, ONBOARDING_STAGE, KabRecord)

/** #KabOnboardingStage:stage: name of the stage. Returns: (transfer none) */
const char *kab_onboarding_stage_get_stage (KabOnboardingStage *self);
/** #KabOnboardingStage:state: its state. Returns: (transfer none) */
const char *kab_onboarding_stage_get_state (KabOnboardingStage *self);
/** #KabOnboardingStage:done-at: when it was done. Returns: (transfer none) (nullable) */
GDateTime *kab_onboarding_stage_get_done_at (KabOnboardingStage *self);

G_END_DECLS
