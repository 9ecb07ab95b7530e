/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"

G_BEGIN_DECLS

#define KAB_TYPE_SERVICE_DECISION (kab_service_decision_get_type ())

/**
 * KabServiceDecision:
 *
 * The decision of the bank on one service (DEC).
 */
G_DECLARE_FINAL_TYPE (KabServiceDecision, kab_service_decision, KAB, SERVICE_DECISION, KabRecord)

/** #KabServiceDecision:service: code of the service. Returns: (transfer none) */
const char *kab_service_decision_get_service (KabServiceDecision *self);
/** #KabServiceDecision:outcome: `positive` or `negative`. Returns: (transfer none) */
const char *kab_service_decision_get_outcome (KabServiceDecision *self);

G_END_DECLS
