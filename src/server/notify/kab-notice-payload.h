/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-notices.h"

G_BEGIN_DECLS

/**
 * KabNoticePayload:
 * @address: an e-mail address or a phone number
 * @secret: (nullable): a code or a password
 * @expires_at: when the secret is of no use any more; 0 for never
 *
 * What a row of the outbox says about a notice.
 */
typedef struct
{
  KabNoticeKind kind;
  char *address;
  char *language;
  char *secret;
  gint64 expires_at;
} KabNoticePayload;

char *kab_notice_payload_write (KabNoticeKind kind,
                                const char *address,
                                const char *language,
                                const KabNoticeSecret *secret);
KabNoticePayload *kab_notice_payload_read (const char *text, GBytes *key, GError **error);
void kab_notice_payload_free (KabNoticePayload *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabNoticePayload, kab_notice_payload_free)

G_END_DECLS
