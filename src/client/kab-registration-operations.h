/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api.h"
#include "kab-bank.h"
#include "kab-registration.h"
#include "kab-session.h"

G_BEGIN_DECLS

/**
 * KabRegistrationDetails:
 * @client_type: `natural` or `legal`
 * @citizenships: one or two ISO 3166-1 alpha-2 codes, NULL-terminated
 * @legal_documents: the documents that were shown and accepted, as a GListModel of KabLegalDocument
 * @email: e-mail address
 * @phone: phone number, E.164
 * @password: the password
 * @language: `lv`, `en` or `ru`
 *
 * What a registration says. All members are borrowed for the call that starts it.
 */
typedef struct
{
  const char *client_type;
  const char *const *citizenships;
  GListModel *legal_documents;
  const char *email;
  const char *phone;
  const char *password;
  const char *language;
} KabRegistrationDetails;

/**
 * POST /v1/registrations: starts a registration, two codes are sent (CON-7).
 *
 * @key: idempotency key of the form
 *
 * Returns of finish: (transfer full) the registration with its token, or NULL with KAB_API_ERROR; a
 * REFUSED one has errors at /email, /phone, /password, /citizenships …
 */
void kab_registration_create_async (KabApi *api,
                                    const KabRegistrationDetails *details,
                                    const char *key,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
KabRegistration *kab_registration_create_finish (KabApi *api, GAsyncResult *result, GError **error);

/**
 * GET /v1/registrations/current: how the registration with this token stands, after a restart of
 * the app. UNAUTHORIZED when it has expired. Returns of finish: (transfer full)
 */
void kab_registration_resume_async (KabApi *api,
                                    const char *token,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
KabRegistration *kab_registration_resume_finish (KabApi *api, GAsyncResult *result, GError **error);

/** POST …/codes: a new code for @channel (`email` or `phone`). BUSY says when it is too early. */
void kab_registration_resend_async (KabApi *api,
                                    KabRegistration *registration,
                                    const char *channel,
                                    const char *key,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean kab_registration_resend_finish (KabApi *api, GAsyncResult *result, GError **error);

/** PATCH …/current: another @email and/or @phone (NULL: as it is); codes go there. */
void kab_registration_change_address_async (KabApi *api,
                                            KabRegistration *registration,
                                            const char *email,
                                            const char *phone,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
gboolean kab_registration_change_address_finish (KabApi *api, GAsyncResult *result, GError **error);

/**
 * POST …/confirmation: both codes (CON-9). The account is made and @api is signed in.
 *
 * Returns of finish: (transfer full) the session, or NULL with KAB_API_ERROR; a REFUSED one has
 * errors at /emailCode and /phoneCode
 */
void kab_registration_confirm_async (KabApi *api,
                                     KabRegistration *registration,
                                     const char *email_code,
                                     const char *phone_code,
                                     const char *key,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
KabSession *kab_registration_confirm_finish (KabApi *api, GAsyncResult *result, GError **error);

G_END_DECLS
