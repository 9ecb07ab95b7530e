/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-session-operations.h"

G_BEGIN_DECLS

/**
 * A KabReplyReader of an answer with a new session: signs @api in with its token.
 *
 * Returns: (transfer full) (nullable) a KabSession
 */
gpointer kab_session_read_new (KabApi *api, KabReply *reply, gpointer target, GError **error);

G_END_DECLS
