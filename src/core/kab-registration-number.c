/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-registration-number.h"

#include "kab-alphanumeric.h"

#define N_DIGITS 11

/**
 * kab_registration_number_check:
 * @text: (nullable): the registration number of a Latvian legal person, spaces allowed
 *
 * Eleven digits, the first above 3 (a lower one begins a personal code); the weighted sum of all
 * of them leaves 3 when divided by 11. Numbers of other countries have no check.
 *
 * Returns: %KAB_CHECK_OK, %KAB_CHECK_TEXT_EMPTY, %KAB_CHECK_REGISTRATION_NUMBER_FORMAT or
 *   %KAB_CHECK_REGISTRATION_NUMBER_CHECK_DIGIT
 */
KabCheck
kab_registration_number_check (const char *text)
{
  static const guint weights[N_DIGITS] = { 9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1 };
  g_autofree char *number = kab_alphanumeric_compact (text);
  guint sum = 0;

  if (*number == '\0')
    return KAB_CHECK_TEXT_EMPTY;
  if (!kab_digits_are (number, N_DIGITS) || number[0] <= '3')
    return KAB_CHECK_REGISTRATION_NUMBER_FORMAT;

  for (guint i = 0; i < N_DIGITS; i++)
    sum += (guint) (number[i] - '0') * weights[i];

  return sum % 11 == 3 ? KAB_CHECK_OK : KAB_CHECK_REGISTRATION_NUMBER_CHECK_DIGIT;
}
