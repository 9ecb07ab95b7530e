/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"

G_BEGIN_DECLS

#define KAB_TYPE_SESSION (kab_session_get_type ())

/**
 * KabSession:
 *
 * A signed-in session and whose it is. Its token is not here: KabApi keeps it.
 */
G_DECLARE_FINAL_TYPE (KabSession, kab_session, KAB, SESSION, KabRecord)

/** An empty one, to be filled by kab_record_update_from_json(). Returns: (transfer full) */
KabSession *kab_session_new (void);

/** #KabSession:id: the id in the list of sessions. Returns: (transfer none) */
const char *kab_session_get_id (KabSession *self);
/** #KabSession:user-id: the id of the user. Returns: (transfer none) */
const char *kab_session_get_user_id (KabSession *self);
/** #KabSession:client-type: `natural` or `legal`. Returns: (transfer none) (nullable) */
const char *kab_session_get_client_type (KabSession *self);
/**
 * #KabSession:name: name of the user, empty until an application says it. Returns: (transfer
 * none) (nullable)
 */
const char *kab_session_get_name (KabSession *self);
/**
 * #KabSession:must-change-password: whether nothing else is possible before a new password
 * (RCV-7).
 */
gboolean kab_session_get_must_change_password (KabSession *self);
/**
 * #KabSession:idle-seconds: seconds without activity after which the bank ends the session; 0
 * when not said.
 */
gint64 kab_session_get_idle_seconds (KabSession *self);

G_END_DECLS
