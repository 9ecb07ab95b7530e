/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-notice-kind.h"

G_BEGIN_DECLS

const char *kab_notice_texts_get_name (KabNoticeKind   kind);
gboolean    kab_notice_texts_find     (const char     *name,
                                       KabNoticeKind  *kind);
char       *kab_notice_texts_subject  (KabNoticeKind   kind,
                                       const char     *language,
                                       const char     *bank);
char       *kab_notice_texts_mail     (KabNoticeKind   kind,
                                       const char     *language,
                                       const char     *bank,
                                       const char     *secret);
char       *kab_notice_texts_sms      (KabNoticeKind   kind,
                                       const char     *language,
                                       const char     *bank,
                                       const char     *secret);

G_END_DECLS
