/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-creditor-reference.h"

#include <string.h>

#include "kab-alphanumeric.h"

#define LENGTH_MIN 5
#define LENGTH_MAX 25

/**
 * kab_creditor_reference_check:
 * @text: (nullable): a structured creditor reference of ISO 11649, spaces and lower case allowed
 *
 * "RF", two check digits, 1 to 21 letters and digits; MOD 97-10 over the whole with its first four
 * characters moved to the end.
 *
 * Returns: %KAB_CHECK_OK, %KAB_CHECK_TEXT_EMPTY, %KAB_CHECK_CREDITOR_REFERENCE_FORMAT or
 *   %KAB_CHECK_CREDITOR_REFERENCE_CHECK_DIGITS
 */
KabCheck
kab_creditor_reference_check (const char *text)
{
  g_autofree char *reference = kab_alphanumeric_compact (text);
  g_autofree char *head = NULL;
  gsize length = strlen (reference);

  if (length == 0)
    return KAB_CHECK_TEXT_EMPTY;
  if (length < LENGTH_MIN || length > LENGTH_MAX || !g_str_has_prefix (reference, "RF") ||
      !g_ascii_isdigit (reference[2]) || !g_ascii_isdigit (reference[3]) ||
      !kab_alphanumeric_is (reference))
    return KAB_CHECK_CREDITOR_REFERENCE_FORMAT;

  head = g_strndup (reference, 4);
  if (kab_alphanumeric_mod97 (head, kab_alphanumeric_mod97 (reference + 4, 0)) != 1)
    return KAB_CHECK_CREDITOR_REFERENCE_CHECK_DIGITS;

  return KAB_CHECK_OK;
}
