/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-bank.h"
#include "kab-client-data.h"
#include "kab-draft-journal.h"

G_BEGIN_DECLS

#define KAB_TYPE_HOME_MODEL (kab_home_model_get_type ())
G_DECLARE_FINAL_TYPE (KabHomeModel, kab_home_model, KAB, HOME_MODEL, GObject)

KabHomeModel *kab_home_model_new (KabClientData *data, KabBank *bank, KabDraftJournal *journal);

KabClientData *kab_home_model_get_data (KabHomeModel *self);
KabBank *kab_home_model_get_bank (KabHomeModel *self);
KabDraftJournal *kab_home_model_get_journal (KabHomeModel *self);
const GError *kab_home_model_get_error (KabHomeModel *self);
void kab_home_model_load (KabHomeModel *self);
gboolean kab_home_model_take_cut_off (KabHomeModel *self);

G_END_DECLS
