/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api-error.h"
#include "kab-reply.h"
#include "kab-request.h"

G_BEGIN_DECLS

#define KAB_TYPE_API (kab_api_get_type ())

/**
 * KabApi:
 *
 * The line to one bank. Speaks https, or http to this computer itself; follows no redirect, answers
 * no authentication challenge, reads a bounded answer. Repeats a GET, or a create that carries an
 * idempotency key, up to three times with jittered pauses when the line is to blame. Everything
 * happens in the main context that it was made in.
 *
 * Properties: base-uri (string, read-only), online (boolean, read-only), signed-in (boolean,
 * read-only: whether there is a token).
 *
 * Signals: "session-ended" () when the bank no longer takes the token, once per token.
 */
G_DECLARE_FINAL_TYPE (KabApi, kab_api, KAB, API, GObject)

/**
 * KabTimeouts:
 * @io: seconds without a byte before a call counts as too slow
 * @call: seconds for a whole JSON call
 * @silence: seconds without a byte (keep-alives included) before live events count as lost
 * @retry_ms: milliseconds before the first repeat, doubled for each further one, half of it jitter
 * @probe_min_ms: shortest milliseconds between two looks whether the bank is back
 * @probe_max_ms: longest milliseconds between them
 * @kept: seconds after which a connection that was kept isn't used again; less than any server
 *   keeps it, so that it is closed from this side
 * @piece_ms: milliseconds that one request of an upload should take: pieces are made so large
 *
 * Every time-out of the client, in one table.
 */
typedef struct
{
  guint io;
  guint call;
  guint silence;
  guint retry_ms;
  guint probe_min_ms;
  guint probe_max_ms;
  guint kept;
  guint piece_ms;
} KabTimeouts;

/**
 * @base_uri: such as `https://bank.example`
 *
 * Returns: (transfer full) (nullable) NULL with KAB_API_ERROR_ADDRESS
 */
KabApi *kab_api_new (const char *base_uri, GError **error);

/** #KabApi:base-uri. Returns: (transfer none) */
const char *kab_api_get_base_uri (KabApi *self);

/**
 * The same bank at another address, such as the demo bank after its server was started anew. The
 * token stays.
 *
 * Returns: FALSE with KAB_API_ERROR_ADDRESS; then nothing changed
 */
gboolean kab_api_set_base_uri (KabApi *self, const char *base_uri, GError **error);

/**
 * What tokens and drafts of this bank are kept under: its base URI unless set.
 *
 * Returns: (transfer none)
 */
const char *kab_api_get_bank_key (KabApi *self);

/** For a bank whose address changes: `demo` for the demo bank. */
void kab_api_set_bank_key (KabApi *self, const char *key);

/**
 * #KabApi:online: whether the bank answered the last time. Becomes FALSE when the line fails and
 * TRUE when anything gets through; while FALSE the bank's health is looked at with growing pauses,
 * at once when the network changes.
 */
gboolean kab_api_get_online (KabApi *self);

/** #KabApi:signed-in. */
gboolean kab_api_get_signed_in (KabApi *self);

/** @token: (nullable): the session's token from now on; the copy lives in locked memory. */
void kab_api_set_token (KabApi *self, const char *token);

/** The table of time-outs in force. Returns: (transfer none) */
const KabTimeouts *kab_api_get_timeouts (KabApi *self);

/** Other time-outs, for a line that is known to be slow. Before the first call. */
void kab_api_set_timeouts (KabApi *self, const KabTimeouts *timeouts);

/** Looks at once whether the bank is back ("Try again"). Nothing while online. */
void kab_api_reconnect (KabApi *self);

/**
 * Sends @request.
 *
 * For what has a typed function (kab-…-operations.h), use that.
 */
void kab_api_call_async (KabApi *self,
                         KabRequest *request,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/** Returns: (transfer full) (nullable) NULL with KAB_API_ERROR or G_IO_ERROR_CANCELLED */
KabReply *kab_api_call_finish (KabApi *self, GAsyncResult *result, GError **error);

G_END_DECLS
