/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-notice-preferences.h"
#include "kab-transaction.h"

G_BEGIN_DECLS

/* Kinds of outbox messages that notices become. */
#define KAB_OUTBOX_MAIL "mail"
#define KAB_OUTBOX_SMS  "sms"

/**
 * KabNoticeSecret:
 * @key: the server's key, which the secret is sealed with
 * @secret: a code or a password
 * @expires_at: when it is of no use any more, microseconds since 1970
 *
 * What only the receiver may read: it lies sealed in the outbox.
 */
typedef struct
{
  GBytes *key;
  const char *secret;
  gint64 expires_at;
} KabNoticeSecret;

gboolean kab_notices_add (KabTransaction *tx, KabNoticeKind kind, const char *user, GError **error);
gboolean kab_notices_add_to (KabTransaction *tx,
                             KabNoticeKind kind,
                             const char *channel,
                             const char *address,
                             const char *language,
                             const KabNoticeSecret *secret,
                             GError **error);

G_END_DECLS
