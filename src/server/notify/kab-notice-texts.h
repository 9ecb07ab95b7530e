/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-notice-kind.h"

G_BEGIN_DECLS

/**
 * KabNoticeValues:
 * @bank: the bank's name
 * @secret: (nullable): a code or a password
 * @minutes: for which the secret is good
 *
 * What is put into the words of a notice.
 */
typedef struct
{
  const char *bank;
  const char *secret;
  guint minutes;
} KabNoticeValues;

const char *kab_notice_texts_get_name (KabNoticeKind kind);
gboolean kab_notice_texts_find (const char *name, KabNoticeKind *kind);
char *kab_notice_texts_subject (KabNoticeKind kind, const char *language, const char *bank);
char *
kab_notice_texts_mail (KabNoticeKind kind, const char *language, const KabNoticeValues *values);
char *
kab_notice_texts_sms (KabNoticeKind kind, const char *language, const KabNoticeValues *values);

G_END_DECLS
