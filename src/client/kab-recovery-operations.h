/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api.h"
#include "kab-challenge.h"

G_BEGIN_DECLS

/**
 * POST /v1/recoveries: a code goes to @login (e-mail or phone) if it is somebody's; the answer is
 * the same in any case (RCV-2…4). Returns of finish: (transfer full)
 */
void kab_recovery_create_async (KabApi *api,
                                const char *login,
                                const char *key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
KabChallenge *kab_recovery_create_finish (KabApi *api, GAsyncResult *result, GError **error);

/** POST …/confirmation: the code; a temporary password goes to the same place (RCV-5, RCV-6). */
void kab_recovery_confirm_async (KabApi *api,
                                 KabChallenge *challenge,
                                 const char *code,
                                 const char *key,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean kab_recovery_confirm_finish (KabApi *api, GAsyncResult *result, GError **error);

G_END_DECLS
