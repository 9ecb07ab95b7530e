/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-date.h"

#include "kab-alphanumeric.h"

static guint
digits_value (const char *text, guint length)
{
  guint value = 0;

  for (guint i = 0; i < length; i++)
    value = value * 10 + (guint) (text[i] - '0');

  return value;
}

static gboolean
has_date_shape (const char *text)
{
  static const char shape[] = "dddd-dd-dd";

  for (gsize i = 0; shape[i] != '\0'; i++)
    {
      if (shape[i] == 'd' ? !g_ascii_isdigit (text[i]) : text[i] != shape[i])
        return FALSE;
    }

  return text[sizeof shape - 1] == '\0';
}

/**
 * kab_date_parse:
 * @text: (nullable): a date as on the wire, YYYY-MM-DD (ISO 8601, RFC 3339 full-date)
 * @date: (out caller-allocates): the date; untouched on failure
 *
 * Returns: %KAB_CHECK_OK, %KAB_CHECK_TEXT_EMPTY, %KAB_CHECK_DATE_FORMAT or %KAB_CHECK_DATE_INVALID
 */
KabCheck
kab_date_parse (const char *text, GDate *date)
{
  guint day, month, year;

  if (text == NULL || *text == '\0')
    return KAB_CHECK_TEXT_EMPTY;
  if (!has_date_shape (text))
    return KAB_CHECK_DATE_FORMAT;

  year = digits_value (text, 4);
  month = digits_value (text + 5, 2);
  day = digits_value (text + 8, 2);
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return KAB_CHECK_DATE_INVALID;

  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);

  return KAB_CHECK_OK;
}

/**
 * kab_date_check:
 * @text: (nullable): a date, YYYY-MM-DD
 * @earliest: (nullable): the first day that is allowed
 * @latest: (nullable): the last day that is allowed
 *
 * Returns: as kab_date_parse(), or %KAB_CHECK_DATE_TOO_EARLY or %KAB_CHECK_DATE_TOO_LATE
 */
KabCheck
kab_date_check (const char *text, const GDate *earliest, const GDate *latest)
{
  GDate date;
  KabCheck check = kab_date_parse (text, &date);

  if (check != KAB_CHECK_OK)
    return check;
  if (earliest != NULL && g_date_compare (&date, earliest) < 0)
    return KAB_CHECK_DATE_TOO_EARLY;
  if (latest != NULL && g_date_compare (&date, latest) > 0)
    return KAB_CHECK_DATE_TOO_LATE;

  return KAB_CHECK_OK;
}

/**
 * kab_date_format:
 * @date: a valid date
 *
 * Returns: (transfer full): @date as on the wire, YYYY-MM-DD
 */
char *
kab_date_format (const GDate *date)
{
  g_return_val_if_fail (g_date_valid (date), NULL);

  return g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (date), g_date_get_month (date),
                          g_date_get_day (date));
}
