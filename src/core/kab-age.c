/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-age.h"

/**
 * kab_age_on:
 * @birth: the day of birth
 * @day: the day of the question, in the bank's time zone
 *
 * Who was born on 29 February completes a year on 1 March of a common year. The law names no day
 * for them; on 28 February the year is not over under any reading, on 1 March it is under all of
 * them, so nobody is taken for an adult a day early.
 *
 * Returns: the full years of age, 0 before birth
 */
guint
kab_age_on (const GDate *birth, const GDate *day)
{
  guint years;
  gboolean reached;

  g_return_val_if_fail (g_date_valid (birth) && g_date_valid (day), 0);

  if (g_date_compare (day, birth) <= 0)
    return 0;

  years = g_date_get_year (day) - g_date_get_year (birth);
  reached = g_date_get_month (day) > g_date_get_month (birth) ||
            (g_date_get_month (day) == g_date_get_month (birth) &&
             g_date_get_day (day) >= g_date_get_day (birth));

  return reached ? years : years - 1;
}

/**
 * kab_age_check_adult:
 * @birth: the day of birth
 * @day: the day of filling the form, in the bank's time zone
 *
 * The rule of NAT-7 and LIM-3: at least 18 years on the day of filling.
 *
 * Returns: %KAB_CHECK_OK, %KAB_CHECK_AGE_UNDER_18, %KAB_CHECK_DATE_TOO_LATE for a birth to come,
 *   %KAB_CHECK_DATE_TOO_EARLY for one more than %KAB_AGE_HIGHEST years ago
 */
KabCheck
kab_age_check_adult (const GDate *birth, const GDate *day)
{
  guint age = kab_age_on (birth, day);

  if (g_date_compare (birth, day) > 0)
    return KAB_CHECK_DATE_TOO_LATE;
  if (age > KAB_AGE_HIGHEST)
    return KAB_CHECK_DATE_TOO_EARLY;
  if (age < KAB_AGE_ADULT)
    return KAB_CHECK_AGE_UNDER_18;

  return KAB_CHECK_OK;
}
