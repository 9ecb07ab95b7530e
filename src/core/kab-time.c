/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-time.h"

#include "kab-alphanumeric.h"

/* 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999Z, what GDateTime and the wire can say. */
#define TIME_MIN (G_GINT64_CONSTANT (-62135596800) * KAB_TIME_SECOND)
#define TIME_MAX (G_GINT64_CONSTANT (253402300800) * KAB_TIME_SECOND - 1)

/* A frozen time for tests; guarded by the lock, for handlers run on many threads. */
static GMutex clock_lock;
static gboolean clock_is_frozen;
static gint64 frozen_now;

static guint
two_digits (const char *text)
{
  return (guint) (text[0] - '0') * 10 + (guint) (text[1] - '0');
}

static gboolean
has_shape (const char *text, const char *shape)
{
  for (gsize i = 0; shape[i] != '\0'; i++)
    {
      if (shape[i] == 'd' ? !g_ascii_isdigit (text[i]) : g_ascii_toupper (text[i]) != shape[i])
        return FALSE;
    }

  return TRUE;
}

/* Up to nine decimals of a second; those below a microsecond are dropped. */
static const char *
parse_fraction (const char *text, gint64 *microseconds)
{
  gint64 unit = KAB_TIME_SECOND / 10;
  guint n_digits = 0;

  *microseconds = 0;
  if (*text != '.')
    return text;

  for (text++; g_ascii_isdigit (*text); text++, n_digits++)
    {
      *microseconds += (*text - '0') * unit;
      unit /= 10;
    }

  return n_digits >= 1 && n_digits <= 9 ? text : NULL;
}

static gboolean
parse_offset (const char *text, gint64 *offset)
{
  gint64 value;

  *offset = 0;
  if (*text == 'Z' || *text == 'z')
    return text[1] == '\0';
  if ((*text != '+' && *text != '-') || !has_shape (text + 1, "dd:dd") || text[6] != '\0')
    return FALSE;
  if (two_digits (text + 1) > 23 || two_digits (text + 4) > 59)
    return FALSE;

  value = two_digits (text + 1) * KAB_TIME_HOUR + two_digits (text + 4) * KAB_TIME_MINUTE;
  *offset = *text == '+' ? value : -value;

  return TRUE;
}

static gboolean
parse_date_and_time (const char *text, gint64 *time)
{
  g_autoptr (GDateTime) midnight = NULL;
  guint year = two_digits (text) * 100 + two_digits (text + 2);
  guint hour = two_digits (text + 11);
  guint minute = two_digits (text + 14);
  guint second = two_digits (text + 17);

  if (year == 0 || hour > 23 || minute > 59 || second > 59)
    return FALSE;

  midnight = g_date_time_new_utc ((int) year, (int) two_digits (text + 5),
                                  (int) two_digits (text + 8), 0, 0, 0);
  if (midnight == NULL)
    return FALSE;

  *time = g_date_time_to_unix (midnight) * KAB_TIME_SECOND + hour * KAB_TIME_HOUR +
          minute * KAB_TIME_MINUTE + second * KAB_TIME_SECOND;

  return TRUE;
}

/**
 * kab_clock_now:
 *
 * The one source of the present time, so that a test can set it.
 *
 * Returns: microseconds since 1970-01-01T00:00:00Z
 */
gint64
kab_clock_now (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&clock_lock);

  return clock_is_frozen ? frozen_now : g_get_real_time ();
}

/**
 * kab_clock_today:
 * @zone: where the day is asked for
 * @today: (out caller-allocates): the day
 */
void
kab_clock_today (GTimeZone *zone, GDate *today)
{
  g_autoptr (GDateTime) now = kab_time_to_date_time (kab_clock_now (), zone);

  g_date_clear (today, 1);
  g_date_set_dmy (today, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
}

/**
 * kab_clock_set_for_tests:
 * @now: microseconds since 1970-01-01T00:00:00Z
 *
 * Stops the clock at @now; set it again to let time pass.
 */
void
kab_clock_set_for_tests (gint64 now)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&clock_lock);

  frozen_now = now;
  clock_is_frozen = TRUE;
}

/**
 * kab_clock_reset:
 *
 * Lets the clock show the real time again.
 */
void
kab_clock_reset (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&clock_lock);

  clock_is_frozen = FALSE;
}

/**
 * kab_time_parse:
 * @text: (nullable): a time as on the wire: RFC 3339, with any offset; a leap second is refused
 * @time: (out): microseconds since 1970-01-01T00:00:00Z; untouched on failure
 * @error: %KAB_CHECK_TIME_FORMAT of %KAB_CHECK_ERROR
 *
 * Returns: whether @text is a time
 */
gboolean
kab_time_parse (const char *text, gint64 *time, GError **error)
{
  gint64 whole, fraction, offset;
  const char *rest;

  if (text == NULL || !has_shape (text, "dddd-dd-ddTdd:dd:dd"))
    return kab_check_to_error (KAB_CHECK_TIME_FORMAT, error);

  rest = parse_fraction (text + 19, &fraction);
  if (rest == NULL || !parse_offset (rest, &offset) || !parse_date_and_time (text, &whole))
    return kab_check_to_error (KAB_CHECK_TIME_FORMAT, error);

  whole += fraction - offset;
  if (whole < TIME_MIN || whole > TIME_MAX)
    return kab_check_to_error (KAB_CHECK_TIME_FORMAT, error);

  *time = whole;

  return TRUE;
}

static void
put_digits (char *text, guint n_digits, gint64 value)
{
  for (guint i = n_digits; i-- > 0; value /= 10)
    text[i] = (char) ('0' + value % 10);
}

/**
 * kab_time_format:
 * @time: microseconds since 1970-01-01T00:00:00Z, within the years 1 to 9999
 *
 * Returns: (transfer full): @time as on the wire: RFC 3339 in UTC with milliseconds, so that texts
 *   sort as times do
 */
char *
kab_time_format (gint64 time)
{
  char *text;
  GDate date;
  gint64 of_day;

  g_return_val_if_fail (time >= TIME_MIN && time <= TIME_MAX, NULL);

  /* By hand, as every row of every list has a time or two. GDate counts its days from 1. */
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) ((time - TIME_MIN) / KAB_TIME_DAY) + 1);
  of_day = (time - TIME_MIN) % KAB_TIME_DAY;

  text = g_strdup ("0000-00-00T00:00:00.000Z");
  put_digits (text, 4, g_date_get_year (&date));
  put_digits (text + 5, 2, g_date_get_month (&date));
  put_digits (text + 8, 2, g_date_get_day (&date));
  put_digits (text + 11, 2, of_day / KAB_TIME_HOUR);
  put_digits (text + 14, 2, of_day % KAB_TIME_HOUR / KAB_TIME_MINUTE);
  put_digits (text + 17, 2, of_day % KAB_TIME_MINUTE / KAB_TIME_SECOND);
  put_digits (text + 20, 3, of_day % KAB_TIME_SECOND / (KAB_TIME_SECOND / 1000));

  return text;
}

/**
 * kab_time_to_date_time:
 * @time: microseconds since 1970-01-01T00:00:00Z
 * @zone: where it is shown
 *
 * Returns: (transfer full) (nullable): @time in @zone; %NULL outside the years 1 to 9999
 */
GDateTime *
kab_time_to_date_time (gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;

  if (time < TIME_MIN || time > TIME_MAX)
    return NULL;

  utc = g_date_time_new_from_unix_utc_usec (time);

  return utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
}
