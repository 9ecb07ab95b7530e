/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "kab-reply.h"
#include "kab-request.h"

G_BEGIN_DECLS

/** @message: answered. @body: (transfer full). Returns: (transfer full) */
KabReply *kab_reply_new (SoupMessage *message, GBytes *body);

/**
 * Judges the answer as to @request: by status and content type first, then by what is in it.
 *
 * @signed_in: whether a token went with it, so that 401 is about the token
 *
 * Returns: TRUE for 2xx as expected, FALSE with KAB_API_ERROR
 */
gboolean kab_reply_check (KabReply *self, KabRequest *request, gboolean signed_in, GError **error);

G_END_DECLS
