/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api.h"
#include "kab-message.h"

G_BEGIN_DECLS

/**
 * POST /v1/messages.
 *
 * @text: 1 to 10000 characters
 * @attachments: (nullable): ids of finished uploads
 *
 * Returns of finish: (transfer full) the message as sent; put it into the list with
 * kab_client_data_adopt_message()
 */
void kab_message_send_async (KabApi *api,
                             const char *text,
                             const char *const *attachments,
                             const char *key,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
KabMessage *kab_message_send_finish (KabApi *api, GAsyncResult *result, GError **error);

/** PUT /v1/messages/read-mark: everything up to @message is read. */
void kab_message_mark_read_async (KabApi *api,
                                  KabMessage *message,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean kab_message_mark_read_finish (KabApi *api, GAsyncResult *result, GError **error);

G_END_DECLS
