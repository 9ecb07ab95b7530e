/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-onboarding-stage.h"

#include "kab-record-private.h"

enum
{
  FIELD_STAGE,
  FIELD_STATE,
  FIELD_DONE_AT,
};

struct _KabOnboardingStage
{
  KabRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (KabOnboardingStage, kab_onboarding_stage, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "stage", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "state", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "done-at", .kind = KAB_FIELD_TIME },
};

static void
kab_onboarding_stage_class_init (KabOnboardingStageClass *klass)
{
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   FIELD_STAGE, KAB_FIELD_NONE);
}

static void
kab_onboarding_stage_init (KabOnboardingStage *self)
{
}

const char *
kab_onboarding_stage_get_stage (KabOnboardingStage *self)
{
  g_return_val_if_fail (KAB_IS_ONBOARDING_STAGE (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_STAGE);
}

const char *
kab_onboarding_stage_get_state (KabOnboardingStage *self)
{
  g_return_val_if_fail (KAB_IS_ONBOARDING_STAGE (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_STATE);
}

GDateTime *
kab_onboarding_stage_get_done_at (KabOnboardingStage *self)
{
  g_return_val_if_fail (KAB_IS_ONBOARDING_STAGE (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_DONE_AT);
}
