/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-identification-notices.h"

G_BEGIN_DECLS

/**
 * KabSumsubNoticeRules:
 * @secret: (owned): of this webhook
 * @algorithms: (owned): digests that are good enough, such as `HMAC_SHA256_HEX`
 * @sandbox_mode: what genuine notices say of themselves
 *
 * Which notices are genuine.
 */
typedef struct
{
  char *secret;
  char **algorithms;
  gboolean sandbox_mode;
} KabSumsubNoticeRules;

gboolean kab_sumsub_notice_check (const KabSumsubNoticeRules *rules,
                                  const char *algorithm,
                                  const char *digest,
                                  GBytes *body);
KabIdentificationNotice *
kab_sumsub_notice_read (const KabSumsubNoticeRules *rules, GBytes *body, GError **error);
void kab_sumsub_notice_rules_clear (KabSumsubNoticeRules *rules);
gboolean kab_sumsub_time_parse (const char *text, gint64 *time);

G_END_DECLS
