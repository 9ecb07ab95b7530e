/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-bank-model.h"
#include "common/kab-language.h"
#include "kab-api.h"
#include "kab-bank.h"
#include "kab-client-data.h"
#include "kab-draft-journal.h"
#include "kab-session.h"

G_BEGIN_DECLS

/**
 * KabLeaveReason:
 * @KAB_LEAVE_SIGNED_OUT: the person signed out
 * @KAB_LEAVE_IDLE: nobody did anything for too long
 * @KAB_LEAVE_ENDED: the bank ended the session
 */
typedef enum
{
  KAB_LEAVE_SIGNED_OUT,
  KAB_LEAVE_IDLE,
  KAB_LEAVE_ENDED,
} KabLeaveReason;

#define KAB_TYPE_ACCESS (kab_access_get_type ())
G_DECLARE_FINAL_TYPE (KabAccess, kab_access, KAB, ACCESS, GObject)

KabAccess *kab_access_new (KabBankModel *bank_model, KabLanguage *language);

void kab_access_set_demo_address (KabAccess *self, const char *address);

KabApi *kab_access_get_api (KabAccess *self);
KabBank *kab_access_get_bank (KabAccess *self);
KabLanguage *kab_access_get_language (KabAccess *self);
KabDraftJournal *kab_access_get_journal (KabAccess *self);
KabSession *kab_access_get_session (KabAccess *self);
KabClientData *kab_access_get_data (KabAccess *self);
gboolean kab_access_is_new (KabAccess *self);
KabLeaveReason kab_access_get_leave_reason (KabAccess *self);

void kab_access_enter (KabAccess *self, KabSession *session);
void kab_access_enter_new (KabAccess *self, KabSession *session);
void kab_access_leave (KabAccess *self, KabLeaveReason reason);
void kab_access_close_async (KabAccess *self, GAsyncReadyCallback callback, gpointer user_data);
void kab_access_close_finish (KabAccess *self, GAsyncResult *result);

G_END_DECLS
