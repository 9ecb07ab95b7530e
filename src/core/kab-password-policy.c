/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-password-policy.h"

#include <string.h>

/* Longer input is refused before any work is done on it. */
#define BYTES_MAX (KAB_PASSWORD_LENGTH_MAX * 6 * 3)

static gboolean
is_readable (const char *text)
{
  return text != NULL && strnlen (text, BYTES_MAX + 1) <= BYTES_MAX &&
         g_utf8_validate (text, -1, NULL);
}

static void
wipe (char *text)
{
  explicit_bzero (text, strlen (text));
  g_free (text);
}

static KabPasswordRules
rules_met_by (gunichar character)
{
  if (g_unichar_isdigit (character))
    return KAB_PASSWORD_RULE_DIGIT;
  if (g_unichar_islower (character))
    return KAB_PASSWORD_RULE_LOWER;
  if (g_unichar_isupper (character))
    return KAB_PASSWORD_RULE_UPPER;
  if (g_unichar_ispunct (character))
    return KAB_PASSWORD_RULE_SYMBOL;

  return 0;
}

/**
 * kab_password_policy_normalise:
 * @text: (nullable): a password as typed
 *
 * The same password typed on another keyboard must be the same bytes: canonical composition, as
 * RFC 8265 (OpaqueString) has it. Hash this form.
 *
 * Returns: (transfer full) (nullable): @text in NFC, to be wiped by the caller; %NULL if it is not
 *   UTF-8 or far too long
 */
char *
kab_password_policy_normalise (const char *text)
{
  return is_readable (text) ? g_utf8_normalize (text, -1, G_NORMALIZE_NFC) : NULL;
}

/**
 * kab_password_policy_rules_met:
 * @text: (nullable): a password as typed so far
 *
 * Counts Unicode characters in NFC, not bytes. A space is a character and not a symbol.
 *
 * Returns: the rules of CON-6 that @text meets, for the ticks beside the field
 */
KabPasswordRules
kab_password_policy_rules_met (const char *text)
{
  char *password = kab_password_policy_normalise (text);
  KabPasswordRules met = 0;

  if (password == NULL)
    return met;

  if (g_utf8_strlen (password, -1) >= KAB_PASSWORD_LENGTH_MIN)
    met |= KAB_PASSWORD_RULE_LENGTH;
  for (const char *p = password; *p != '\0'; p = g_utf8_next_char (p))
    met |= rules_met_by (g_utf8_get_char (p));

  wipe (password);

  return met;
}

static KabCheck
check_limits (const char *text)
{
  char *password;
  gboolean too_long;

  if (text == NULL || *text == '\0')
    return KAB_CHECK_TEXT_EMPTY;
  if (strnlen (text, BYTES_MAX + 1) > BYTES_MAX)
    return KAB_CHECK_PASSWORD_TOO_LONG;

  password = kab_password_policy_normalise (text);
  if (password == NULL)
    return KAB_CHECK_TEXT_ENCODING;

  too_long = g_utf8_strlen (password, -1) > KAB_PASSWORD_LENGTH_MAX;
  wipe (password);

  return too_long ? KAB_CHECK_PASSWORD_TOO_LONG : KAB_CHECK_OK;
}

/**
 * kab_password_policy_check:
 * @text: (nullable): a password as typed
 *
 * That a new password differs from the previous one (RCV-9) only the server can tell.
 *
 * Returns: %KAB_CHECK_OK, %KAB_CHECK_TEXT_EMPTY, %KAB_CHECK_TEXT_ENCODING,
 *   %KAB_CHECK_PASSWORD_TOO_LONG, or the first of the five rules that is not met
 */
KabCheck
kab_password_policy_check (const char *text)
{
  static const struct
  {
    KabPasswordRules rule;
    KabCheck check;
  } rules[] = {
    { KAB_PASSWORD_RULE_LENGTH, KAB_CHECK_PASSWORD_LENGTH },
    { KAB_PASSWORD_RULE_DIGIT, KAB_CHECK_PASSWORD_DIGIT },
    { KAB_PASSWORD_RULE_LOWER, KAB_CHECK_PASSWORD_LOWER },
    { KAB_PASSWORD_RULE_UPPER, KAB_CHECK_PASSWORD_UPPER },
    { KAB_PASSWORD_RULE_SYMBOL, KAB_CHECK_PASSWORD_SYMBOL },
  };
  KabCheck check = check_limits (text);
  KabPasswordRules met;

  if (check != KAB_CHECK_OK)
    return check;

  met = kab_password_policy_rules_met (text);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if ((met & rules[i].rule) == 0)
        return rules[i].check;
    }

  return KAB_CHECK_OK;
}
