/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "kab-reply.h"
#include "kab-request.h"

G_BEGIN_DECLS

/** @message: answered. @body: (transfer full). Returns: (transfer full) */
KabReply *kab_reply_new (SoupMessage *message, GBytes *body);

/**
 * Whether the bank answered, whatever it was, and not a gateway before it that doesn't reach it:
 * 502 or 504 without a problem. A bare 503 counts as the bank's: a gateway says it for being busy,
 * and so does the bank to a HEAD.
 *
 * Returns: FALSE with KAB_API_ERROR_UNREACHABLE
 */
gboolean kab_reply_check_line (KabReply *self, GError **error);

/**
 * Judges the answer as to @request: by status and content type first, then by what is in it.
 *
 * @signed_in: whether a token went with it, so that 401 is about the token
 *
 * Returns: TRUE for 2xx as expected, FALSE with KAB_API_ERROR
 */
gboolean kab_reply_check (KabReply *self, KabRequest *request, gboolean signed_in, GError **error);

G_END_DECLS
