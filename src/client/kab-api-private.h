/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "kab-api.h"
#include "kab-reply-private.h"

G_BEGIN_DECLS

/*
 * The priority of requests: before libsoup's own queue. Up to 3.6.5 a request whose kept
 * connection is found closed at once is otherwise begun anew before its first end is told, and then
 * ended twice.
 */
#define KAB_API_IO_PRIORITY (G_PRIORITY_DEFAULT - 1)

/**
 * The session for calls, and the one for live events, which waits longer; to be asked for before
 * each request, because connections that are too old are closed then.
 *
 * Returns: (transfer none)
 */
SoupSession *kab_api_get_session (KabApi *self);
SoupSession *kab_api_get_event_session (KabApi *self);

/** Whether @address is https, or http to this computer itself. */
gboolean kab_api_is_safe_address (const char *address);

/** A message for @request with the token in force. Returns: (transfer full) */
SoupMessage *kab_api_new_message (KabApi *self, KabRequest *request);

/** @request goes with the token that is in force now, whatever is set later. */
void kab_request_keep_token (KabRequest *request, KabApi *self);

/** Which token is in force: changes with each kab_api_set_token(). */
guint kab_api_get_token_serial (KabApi *self);

/** The bank doesn't take token @serial any more. Nothing when it isn't in force. */
void kab_api_end_session (KabApi *self, guint serial);

/** The bank answered something, or the line failed with @error (others are left alone). */
void kab_api_note_success (KabApi *self);
void kab_api_note_failure (KabApi *self, const GError *error);

/** Whether so much failed lately that a call would only make the user wait. */
gboolean kab_api_is_broken (KabApi *self);

/** Half of @milliseconds and up to as much again, at random. */
guint kab_api_jitter (guint milliseconds);

/**
 * How long to wait, in milliseconds, before trying again what failed by @error: jittered, about
 * @first_ms after the first failure and twice as long after each of @failures before it, up to the
 * probe_max_ms of KabTimeouts; at least as long as the bank asks, up to a minute.
 */
guint kab_api_make_pause (KabApi *self, guint first_ms, guint failures, const GError *error);

/** What an error of GIO or libsoup means. @error: (transfer full). Returns: (transfer full) */
GError *kab_api_map_error (KabApi *self, GError *error);

/**
 * Sends @message once and reads the whole answer of the bank, whatever its status, up to
 * @max_bytes.
 *
 * @deadline: seconds for all of it, 0 for none but the line's own
 *
 * Finish returns NULL with KAB_API_ERROR or G_IO_ERROR_CANCELLED.
 */
void kab_api_exchange_async (KabApi *self,
                             SoupMessage *message,
                             gsize max_bytes,
                             guint deadline,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
KabReply *kab_api_exchange_finish (KabApi *self, GAsyncResult *result, GError **error);

G_END_DECLS
