/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api.h"
#include "kab-session-info.h"
#include "kab-session.h"

G_BEGIN_DECLS

/**
 * POST /v1/sessions: signs in (AUT-2…4). REFUSED with `credentials-wrong` is one answer for a wrong
 * password and an unknown user.
 *
 * @login: e-mail or phone
 * @device: what to call this session in the list of sessions
 * @stay: whether the token is kept in the secret service. Where there is none this is tolerated:
 *   the session lives until the app ends
 *
 * Returns of finish: (transfer full) the session, or NULL with KAB_API_ERROR
 */
void kab_session_sign_in_async (KabApi *api,
                                const char *login,
                                const char *password,
                                const char *device,
                                gboolean stay,
                                const char *key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
KabSession *kab_session_sign_in_finish (KabApi *api, GAsyncResult *result, GError **error);

/**
 * Takes up the session that was kept. Returns of finish: (transfer full) (nullable) the session;
 * NULL without an error when there is none any more (nothing kept, ended, no secret service): ask
 * to sign in; NULL with KAB_API_ERROR when the bank can't be reached
 */
void kab_session_restore_async (KabApi *api,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
KabSession *kab_session_restore_finish (KabApi *api, GAsyncResult *result, GError **error);

/**
 * DELETE /v1/sessions/current: signs out. The token is forgotten here in any case, at once; FALSE
 * only says that the bank couldn't be told.
 */
void kab_session_sign_out_async (KabApi *api,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean kab_session_sign_out_finish (KabApi *api, GAsyncResult *result, GError **error);

/**
 * PUT /v1/password: a new password; every other session ends (RCV-9) and @api goes on with the new
 * token. REFUSED has errors at /current (`password-wrong`) and /new.
 *
 * @stay: as at sign-in. Returns of finish: (transfer full) the new session
 */
void kab_session_change_password_async (KabApi *api,
                                        const char *current_password,
                                        const char *new_password,
                                        gboolean stay,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
KabSession *kab_session_change_password_finish (KabApi *api, GAsyncResult *result, GError **error);

/** GET /v1/sessions. Returns of finish: (transfer full) a GListModel of KabSessionInfo */
void kab_session_list_async (KabApi *api,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GListModel *kab_session_list_finish (KabApi *api, GAsyncResult *result, GError **error);

/** DELETE /v1/sessions/{id}: ends another session. */
void kab_session_end_async (KabApi *api,
                            KabSessionInfo *session,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean kab_session_end_finish (KabApi *api, GAsyncResult *result, GError **error);

G_END_DECLS
