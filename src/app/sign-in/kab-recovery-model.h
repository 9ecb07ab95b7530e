/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-challenge.h"
#include "sign-in/kab-access.h"

G_BEGIN_DECLS

#define KAB_TYPE_RECOVERY_MODEL (kab_recovery_model_get_type ())
G_DECLARE_FINAL_TYPE (KabRecoveryModel, kab_recovery_model, KAB, RECOVERY_MODEL, GObject)

KabRecoveryModel *kab_recovery_model_new (KabAccess *access);

KabChallenge *kab_recovery_model_get_challenge (KabRecoveryModel *self);
gint64 kab_recovery_model_get_resend_at (KabRecoveryModel *self);

void kab_recovery_model_start_async (KabRecoveryModel *self,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean
kab_recovery_model_start_finish (KabRecoveryModel *self, GAsyncResult *result, GError **error);
void kab_recovery_model_confirm_async (KabRecoveryModel *self,
                                       const char *code,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean
kab_recovery_model_confirm_finish (KabRecoveryModel *self, GAsyncResult *result, GError **error);

G_END_DECLS
