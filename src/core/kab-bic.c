/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-bic.h"

#include <string.h>

#include "kab-alphanumeric.h"

/**
 * kab_bic_check:
 * @text: (nullable): a business identifier code of ISO 9362, spaces and lower case allowed
 *
 * Four letters or digits of the institution, two letters of the country (XK too), two of the
 * location, and three of the branch or none. There is no check digit.
 *
 * Returns: %KAB_CHECK_OK, %KAB_CHECK_TEXT_EMPTY, %KAB_CHECK_BIC_LENGTH or %KAB_CHECK_BIC_FORMAT
 */
KabCheck
kab_bic_check (const char *text)
{
  g_autofree char *bic = kab_alphanumeric_compact (text);
  gsize length = strlen (bic);

  if (length == 0)
    return KAB_CHECK_TEXT_EMPTY;
  if (length != 8 && length != 11)
    return KAB_CHECK_BIC_LENGTH;
  if (!kab_alphanumeric_is (bic) || !g_ascii_isupper (bic[4]) || !g_ascii_isupper (bic[5]))
    return KAB_CHECK_BIC_FORMAT;

  return KAB_CHECK_OK;
}
