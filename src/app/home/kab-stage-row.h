/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kab-onboarding-stage.h"

G_BEGIN_DECLS

#define KAB_TYPE_STAGE_ROW (kab_stage_row_get_type ())
G_DECLARE_FINAL_TYPE (KabStageRow, kab_stage_row, KAB, STAGE_ROW, AdwActionRow)

GtkWidget *kab_stage_row_new (KabOnboardingStage *stage);

G_END_DECLS
