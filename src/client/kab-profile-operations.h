/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api.h"
#include "kab-challenge.h"
#include "kab-profile.h"

G_BEGIN_DECLS

/** GET /v1/profile into @profile. */
void kab_profile_load_async (KabApi *api,
                             KabProfile *profile,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean kab_profile_load_finish (KabApi *api, GAsyncResult *result, GError **error);

/**
 * PUT /v1/profile: @language and @notices (as kab_profile_get_notices(); borrowed). @profile is
 * updated. CONFLICT when it was changed elsewhere: load it again.
 */
void kab_profile_save_async (KabApi *api,
                             KabProfile *profile,
                             const char *language,
                             JsonObject *notices,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean kab_profile_save_finish (KabApi *api, GAsyncResult *result, GError **error);

/**
 * POST /v1/profile/address-changes: a new address on @channel (`email` or `phone`); a code goes
 * to it (SET-7). Returns of finish: (transfer full)
 */
void kab_profile_change_address_async (KabApi *api,
                                       const char *channel,
                                       const char *address,
                                       const char *password,
                                       const char *key,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
KabChallenge *kab_profile_change_address_finish (KabApi *api, GAsyncResult *result, GError **error);

/** POST …/confirmation: the code. @profile is updated. */
void kab_profile_confirm_address_async (KabApi *api,
                                        KabProfile *profile,
                                        KabChallenge *challenge,
                                        const char *code,
                                        const char *key,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean kab_profile_confirm_address_finish (KabApi *api, GAsyncResult *result, GError **error);

G_END_DECLS
