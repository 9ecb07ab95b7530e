/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "common/kab-outage.h"
#include "kab-journey.h"

G_BEGIN_DECLS

/**
 * KabBankState:
 * @KAB_BANK_NONE: no bank's address is known yet
 * @KAB_BANK_STARTING: the demo bank is being started; `activity` tells what happens
 * @KAB_BANK_CONNECTING: its server was asked
 * @KAB_BANK_READY: it answered; name, contacts and opening hours are known
 * @KAB_BANK_UNREACHABLE: it did not; `outage` tells why
 */
typedef enum
{
  KAB_BANK_NONE,
  KAB_BANK_STARTING,
  KAB_BANK_CONNECTING,
  KAB_BANK_READY,
  KAB_BANK_UNREACHABLE,
} KabBankState;

#define KAB_TYPE_BANK_MODEL (kab_bank_model_get_type ())
G_DECLARE_FINAL_TYPE (KabBankModel, kab_bank_model, KAB, BANK_MODEL, GObject)

KabBankModel *kab_bank_model_new (void);

const char *kab_bank_model_get_address (KabBankModel *self);
KabBankState kab_bank_model_get_state (KabBankModel *self);
KabOutage kab_bank_model_get_outage (KabBankModel *self);
const char *kab_bank_model_get_name (KabBankModel *self);
const char *kab_bank_model_get_phone (KabBankModel *self);
const char *kab_bank_model_get_email (KabBankModel *self);
const char *kab_bank_model_get_activity (KabBankModel *self);
const char *kab_bank_model_get_hours (KabBankModel *self);
KabServices kab_bank_model_get_services (KabBankModel *self);

const KabJourneySettings *kab_bank_model_get_journey (KabBankModel *self);
void kab_bank_model_set_journey (KabBankModel *self,
                                 KabServices services,
                                 const KabJourneySettings *settings);

void kab_bank_model_connect (KabBankModel *self, const char *address);
void kab_bank_model_retry (KabBankModel *self);
void kab_bank_model_set_starting (KabBankModel *self, const char *activity);
void kab_bank_model_set_ready (KabBankModel *self);
void kab_bank_model_set_failed (KabBankModel *self, KabOutage outage);

G_END_DECLS
