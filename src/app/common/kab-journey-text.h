/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-journey.h"

G_BEGIN_DECLS

const char *kab_service_get_title (KabService service);
const char *kab_service_get_meaning (KabService service);
const char *kab_stage_get_title (KabStageKind kind);
char *kab_stage_dup_meaning (const KabJourney *journey, KabStageKind kind);
char *kab_minutes_text (guint minutes);
char *kab_minutes_short_text (guint minutes);

G_END_DECLS
