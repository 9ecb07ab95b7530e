/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api.h"
#include "kab-onboarding.h"

G_BEGIN_DECLS

/**
 * POST /v1/applications: a draft from form definition @form. @answers are borrowed and may be
 * empty. Returns of finish: (transfer full); put it into the list with
 * kab_client_data_adopt_onboarding()
 */
void kab_onboarding_create_async (KabApi *api,
                                  const char *form,
                                  JsonObject *answers,
                                  const char *key,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
KabOnboarding *kab_onboarding_create_finish (KabApi *api, GAsyncResult *result, GError **error);

/** GET /v1/applications/{id} into @onboarding. */
void kab_onboarding_load_async (KabApi *api,
                                KabOnboarding *onboarding,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean kab_onboarding_load_finish (KabApi *api, GAsyncResult *result, GError **error);

/** PUT /v1/applications/{id}: saves the draft (NAT-13); a form under work uses KabAutosave. */
void kab_onboarding_save_async (KabApi *api,
                                KabOnboarding *onboarding,
                                JsonObject *answers,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean kab_onboarding_save_finish (KabApi *api, GAsyncResult *result, GError **error);

/**
 * POST …/submission: sends what was saved (NAT-12). REFUSED with `form-invalid` has errors by
 * pointer into the answers.
 */
void kab_onboarding_submit_async (KabApi *api,
                                  KabOnboarding *onboarding,
                                  const char *key,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean kab_onboarding_submit_finish (KabApi *api, GAsyncResult *result, GError **error);

/**
 * POST …/withdrawal: the client doesn't want it any more (A36). CONFLICT when it has ended, or the
 * bank has decided on a part of it.
 */
void kab_onboarding_withdraw_async (KabApi *api,
                                    KabOnboarding *onboarding,
                                    const char *key,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean kab_onboarding_withdraw_finish (KabApi *api, GAsyncResult *result, GError **error);

/**
 * POST /v1/identifications/{id}/link: a fresh link to the identification provider (PID-2). Open it,
 * never parse it, ask for a new one when it has ended. Returns of finish: (transfer full) the https
 * link; @expires_at (out) (optional) (transfer full) is when it ends
 */
void kab_identification_link_async (KabApi *api,
                                    KabIdentification *identification,
                                    const char *key,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
char *kab_identification_link_finish (KabApi *api,
                                      GAsyncResult *result,
                                      GDateTime **expires_at,
                                      GError **error);

G_END_DECLS
