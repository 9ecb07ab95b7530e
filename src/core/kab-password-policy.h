/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-check.h"

G_BEGIN_DECLS

#define KAB_PASSWORD_LENGTH_MIN 8
#define KAB_PASSWORD_LENGTH_MAX 256

/**
 * KabPasswordRules:
 *
 * The five rules of CON-6, in the order in which they are shown.
 */
typedef enum
{
  KAB_PASSWORD_RULE_LENGTH = 1 << 0,
  KAB_PASSWORD_RULE_DIGIT = 1 << 1,
  KAB_PASSWORD_RULE_LOWER = 1 << 2,
  KAB_PASSWORD_RULE_UPPER = 1 << 3,
  KAB_PASSWORD_RULE_SYMBOL = 1 << 4,
  KAB_PASSWORD_RULES_ALL = (1 << 5) - 1,
} KabPasswordRules;

KabPasswordRules kab_password_policy_rules_met (const char *text);
KabCheck kab_password_policy_check (const char *text);
char *kab_password_policy_normalise (const char *text);

G_END_DECLS
