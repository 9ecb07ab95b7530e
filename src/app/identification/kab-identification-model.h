/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-data.h"
#include "kab-identification-state.h"

G_BEGIN_DECLS

#define KAB_TYPE_IDENTIFICATION_MODEL (kab_identification_model_get_type ())
G_DECLARE_FINAL_TYPE (KabIdentificationModel,
                      kab_identification_model,
                      KAB,
                      IDENTIFICATION_MODEL,
                      GObject)

KabIdentificationModel *kab_identification_model_new (KabClientData *data);

KabIdentification *kab_identification_model_get_identification (KabIdentificationModel *self);
KabIdentificationState kab_identification_model_get_state (KabIdentificationModel *self);
const char *kab_identification_model_get_link (KabIdentificationModel *self);
gboolean kab_identification_model_get_busy (KabIdentificationModel *self);
const GError *kab_identification_model_get_error (KabIdentificationModel *self);
void kab_identification_model_fetch (KabIdentificationModel *self);
void kab_identification_model_keep_fresh (KabIdentificationModel *self, gboolean fresh);

G_END_DECLS
