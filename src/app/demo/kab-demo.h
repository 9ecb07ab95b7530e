/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-language.h"
#include "kab-demo-bank.h"
#include "kab-phone-feed.h"
#include "sign-in/kab-access.h"

G_BEGIN_DECLS

#define KAB_TYPE_DEMO (kab_demo_get_type ())
G_DECLARE_FINAL_TYPE (KabDemo, kab_demo, KAB, DEMO, GObject)

KabDemo *kab_demo_new (KabDemoBank *demo_bank, KabBankModel *bank_model, KabAccess *access);
void kab_demo_start (KabDemo *self);
void kab_demo_stop (KabDemo *self);
gboolean kab_demo_is_running (KabDemo *self);
void kab_demo_show_phone (KabDemo *self);
void kab_demo_hide_phone (KabDemo *self);

G_END_DECLS
