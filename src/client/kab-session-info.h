/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"

G_BEGIN_DECLS

#define KAB_TYPE_SESSION_INFO (kab_session_info_get_type ())

/**
 * KabSessionInfo:
 *
 * One of the sessions of the user, as listed in the profile.
 */
G_DECLARE_FINAL_TYPE (KabSessionInfo, kab_session_info, KAB, SESSION_INFO, KabRecord)

/** #KabSessionInfo:id: the id to end it by. Returns: (transfer none) */
const char *kab_session_info_get_id (KabSessionInfo *self);
/** #KabSessionInfo:current: whether it is this one. */
gboolean kab_session_info_get_current (KabSessionInfo *self);
/** #KabSessionInfo:device: how it was called at sign-in. Returns: (transfer none) */
const char *kab_session_info_get_device (KabSessionInfo *self);
/** #KabSessionInfo:last-used-at: when it was used last. Returns: (transfer none) (nullable) */
GDateTime *kab_session_info_get_last_used_at (KabSessionInfo *self);

G_END_DECLS
