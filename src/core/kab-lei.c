/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-lei.h"

#include <string.h>

#include "kab-alphanumeric.h"

#define LENGTH 20

/**
 * kab_lei_check:
 * @text: (nullable): a legal entity identifier of ISO 17442, spaces and lower case allowed
 *
 * Eighteen letters and digits and two check digits; MOD 97-10 over the whole as it stands.
 *
 * Returns: %KAB_CHECK_OK, %KAB_CHECK_TEXT_EMPTY, %KAB_CHECK_LEI_FORMAT or
 *   %KAB_CHECK_LEI_CHECK_DIGITS
 */
KabCheck
kab_lei_check (const char *text)
{
  g_autofree char *lei = kab_alphanumeric_compact (text);

  if (*lei == '\0')
    return KAB_CHECK_TEXT_EMPTY;
  if (strlen (lei) != LENGTH || !kab_alphanumeric_is (lei) || !kab_digits_are (lei + LENGTH - 2, 2))
    return KAB_CHECK_LEI_FORMAT;

  return kab_alphanumeric_mod97 (lei, 0) == 1 ? KAB_CHECK_OK : KAB_CHECK_LEI_CHECK_DIGITS;
}
