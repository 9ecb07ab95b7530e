/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-document.h"
#include "kab-events.h"
#include "kab-message.h"
#include "kab-onboarding.h"
#include "kab-paged-list.h"
#include "kab-profile.h"
#include "kab-session.h"

G_BEGIN_DECLS

#define KAB_TYPE_CLIENT_DATA (kab_client_data_get_type ())

/**
 * KabClientData:
 *
 * The living picture of what the bank knows about the signed-in client. Made after sign-in,
 * dropped at sign-out. Live events make it read again what changed; nothing is polled. Bind to it
 * and be done.
 *
 * Properties, all notifying: api, session, profile, onboardings, documents, messages (KabPagedList
 * each), onboarding (the newest one, NULL before the first), unread-messages (uint),
 * documents-to-do (uint: documents that wait for the client), loaded (boolean).
 *
 * Signals: "message-arrived" (KabMessage) for a message from the bank that came while it lived.
 */
G_DECLARE_FINAL_TYPE (KabClientData, kab_client_data, KAB, CLIENT_DATA, GObject)

/** Returns: (transfer full) */
KabClientData *kab_client_data_new (KabApi *api, KabSession *session);

/**
 * Reads everything and begins to listen. Finish returns FALSE with KAB_API_ERROR when something
 * couldn't be read; call it again to try again.
 */
void kab_client_data_start_async (KabClientData *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean kab_client_data_start_finish (KabClientData *self, GAsyncResult *result, GError **error);

/** Stops listening. */
void kab_client_data_stop (KabClientData *self);

/* Returns: (transfer none) each */
KabApi *kab_client_data_get_api (KabClientData *self);
KabSession *kab_client_data_get_session (KabClientData *self);
KabProfile *kab_client_data_get_profile (KabClientData *self);
KabPagedList *kab_client_data_get_onboardings (KabClientData *self);
KabPagedList *kab_client_data_get_documents (KabClientData *self);
KabPagedList *kab_client_data_get_messages (KabClientData *self);

/** The newest application. Returns: (transfer none) (nullable) */
KabOnboarding *kab_client_data_get_onboarding (KabClientData *self);
guint kab_client_data_get_unread_messages (KabClientData *self);
guint kab_client_data_get_documents_to_do (KabClientData *self);
gboolean kab_client_data_get_loaded (KabClientData *self);

/** Puts an onboarding that was just created in front of the list, unless its event was faster. */
void kab_client_data_adopt_onboarding (KabClientData *self, KabOnboarding *onboarding);

/** Puts a message that was just sent in front of the list, unless its event was faster. */
void kab_client_data_adopt_message (KabClientData *self, KabMessage *message);

/** Tells the bank that everything loaded is read; unread-messages becomes 0 at once. */
void kab_client_data_mark_messages_read (KabClientData *self);

G_END_DECLS
