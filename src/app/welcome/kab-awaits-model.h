/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-bank-model.h"
#include "kab-journey.h"

G_BEGIN_DECLS

#define KAB_TYPE_AWAITS_MODEL (kab_awaits_model_get_type ())
G_DECLARE_FINAL_TYPE (KabAwaitsModel, kab_awaits_model, KAB, AWAITS_MODEL, GObject)

KabAwaitsModel *kab_awaits_model_new (KabBankModel *bank);
KabBankModel *kab_awaits_model_get_bank (KabAwaitsModel *self);
KabClientType kab_awaits_model_get_client_type (KabAwaitsModel *self);
void kab_awaits_model_set_client_type (KabAwaitsModel *self, KabClientType type);
gboolean kab_awaits_model_get_wanted (KabAwaitsModel *self, KabService service);
void kab_awaits_model_set_wanted (KabAwaitsModel *self, KabService service, gboolean wanted);
KabServices kab_awaits_model_get_offered (KabAwaitsModel *self);
const KabJourney *kab_awaits_model_get_journey (KabAwaitsModel *self);

G_END_DECLS
