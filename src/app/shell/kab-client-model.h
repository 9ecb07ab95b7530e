/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-bank-model.h"
#include "shell/kab-section.h"

G_BEGIN_DECLS

#define KAB_TYPE_CLIENT_MODEL (kab_client_model_get_type ())
G_DECLARE_FINAL_TYPE (KabClientModel, kab_client_model, KAB, CLIENT_MODEL, GObject)

KabClientModel *kab_client_model_new (KabBankModel *bank, const char *name);

KabBankModel *kab_client_model_get_bank (KabClientModel *self);
const char *kab_client_model_get_name (KabClientModel *self);

GListModel *kab_client_model_get_sections (KabClientModel *self);
void kab_client_model_add_section (KabClientModel *self, KabSection *section);
KabSection *kab_client_model_find_section (KabClientModel *self, const char *id);
KabSection *kab_client_model_get_selected (KabClientModel *self);
void kab_client_model_select (KabClientModel *self, KabSection *section);

G_END_DECLS
