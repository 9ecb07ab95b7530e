/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-age.h"
#include "kab-date.h"
#include "kab-time.h"

#include "check-table.h"

static const GDate *
day (GDate *date, const char *text)
{
  g_assert_cmpint (kab_date_parse (text, date), ==, KAB_CHECK_OK);

  return date;
}

static KabCheck
check_date (const char *text)
{
  GDate date;

  return kab_date_parse (text, &date);
}

static void
test_date (void)
{
  static const CheckCase cases[] = {
    { "2026-11-21", KAB_CHECK_OK },           { "2024-02-29", KAB_CHECK_OK },
    { "2000-02-29", KAB_CHECK_OK },           { NULL, KAB_CHECK_TEXT_EMPTY },
    { "2026-02-29", KAB_CHECK_DATE_INVALID }, { "1900-02-29", KAB_CHECK_DATE_INVALID },
    { "2026-04-31", KAB_CHECK_DATE_INVALID }, { "2026-13-01", KAB_CHECK_DATE_INVALID },
    { "2026-00-01", KAB_CHECK_DATE_INVALID }, { "0000-01-01", KAB_CHECK_DATE_INVALID },
    { "2026-1-1", KAB_CHECK_DATE_FORMAT },    { "21.11.2026", KAB_CHECK_DATE_FORMAT },
    { "2026-11-21 ", KAB_CHECK_DATE_FORMAT }, { "2026-11-21T00:00:00Z", KAB_CHECK_DATE_FORMAT },
    { "+026-11-21", KAB_CHECK_DATE_FORMAT },
  };
  GDate earliest, latest, date;
  g_autofree char *text = kab_date_format (day (&date, "0987-06-05"));

  assert_checks (check_date, cases, G_N_ELEMENTS (cases));
  g_assert_cmpstr (text, ==, "0987-06-05");

  day (&earliest, "2026-01-02");
  day (&latest, "2026-01-03");
  g_assert_cmpint (kab_date_check ("2026-01-01", &earliest, &latest), ==, KAB_CHECK_DATE_TOO_EARLY);
  g_assert_cmpint (kab_date_check ("2026-01-02", &earliest, &latest), ==, KAB_CHECK_OK);
  g_assert_cmpint (kab_date_check ("2026-01-03", &earliest, &latest), ==, KAB_CHECK_OK);
  g_assert_cmpint (kab_date_check ("2026-01-04", &earliest, &latest), ==, KAB_CHECK_DATE_TOO_LATE);
  g_assert_cmpint (kab_date_check ("9999-12-31", NULL, NULL), ==, KAB_CHECK_OK);
  g_assert_cmpint (kab_date_check ("x", &earliest, &latest), ==, KAB_CHECK_DATE_FORMAT);
}

static void
test_age (void)
{
  static const struct
  {
    const char *birth, *filling;
    guint age;
    KabCheck expected;
  } cases[] = {
    { "2008-11-21", "2026-11-20", 17, KAB_CHECK_AGE_UNDER_18 }, /* 17 years 364 days */
    { "2008-11-21", "2026-11-21", 18, KAB_CHECK_OK },
    { "2008-11-21", "2026-11-22", 18, KAB_CHECK_OK },
    { "2008-01-31", "2026-01-30", 17, KAB_CHECK_AGE_UNDER_18 },
    { "2008-12-31", "2026-12-31", 18, KAB_CHECK_OK },
    { "2008-02-29", "2026-02-28", 17, KAB_CHECK_AGE_UNDER_18 },
    { "2008-02-29", "2026-03-01", 18, KAB_CHECK_OK },
    { "2008-02-29", "2028-02-28", 19, KAB_CHECK_OK },
    { "2008-02-29", "2028-02-29", 20, KAB_CHECK_OK },
    { "2006-02-28", "2024-02-28", 18, KAB_CHECK_OK },
    { "2006-03-01", "2024-02-29", 17, KAB_CHECK_AGE_UNDER_18 },
    { "2026-11-21", "2026-11-21", 0, KAB_CHECK_AGE_UNDER_18 },
    { "2026-11-22", "2026-11-21", 0, KAB_CHECK_DATE_TOO_LATE },
    { "1896-11-21", "2026-11-21", 130, KAB_CHECK_OK },
    { "1895-11-21", "2026-11-21", 131, KAB_CHECK_DATE_TOO_EARLY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GDate birth, filling;

      day (&birth, cases[i].birth);
      day (&filling, cases[i].filling);
      g_assert_cmpuint (kab_age_on (&birth, &filling), ==, cases[i].age);
      assert_check (cases[i].birth, kab_age_check_adult (&birth, &filling), cases[i].expected);
    }
}

static void
test_time (void)
{
  static const struct
  {
    const char *text, *normal;
  } cases[] = {
    { "2026-11-21T00:15:59Z", "2026-11-21T00:15:59.000Z" },
    { "2026-11-21t00:15:59z", "2026-11-21T00:15:59.000Z" },
    { "2026-11-21T00:15:59.5Z", "2026-11-21T00:15:59.500Z" },
    { "2026-11-21T00:15:59.123456789Z", "2026-11-21T00:15:59.123Z" },
    { "2026-11-21T02:15:59+02:00", "2026-11-21T00:15:59.000Z" },
    { "2026-11-20T19:45:59-04:30", "2026-11-21T00:15:59.000Z" },
    { "1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z" },
    { "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z" },
    { "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z" },
  };
  static const char *const refused[] = {
    "",
    "2026-11-21",
    "2026-11-21T00:15:59",
    "2026-11-21 00:15:59Z",
    "2026-11-21T00:15:59.Z",
    "2026-11-21T00:15:59.1234567890Z",
    "2026-11-21T24:00:00Z",
    "2026-11-21T23:60:00Z",
    "2026-11-21T23:59:60Z",
    "2026-02-29T00:00:00Z",
    "2026-11-21T00:15:59+24:00",
    "2026-11-21T00:15:59+02",
    "2026-11-21T00:15:59+02:00x",
    "2026-11-21T00:15:59Zx",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59-01:00",
    "2026-11-21T0\u0661:15:59Z",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *normal = NULL;
      gint64 time;

      g_assert_true (kab_time_parse (cases[i].text, &time, &error));
      g_assert_no_error (error);
      normal = kab_time_format (time);
      g_assert_cmpstr (normal, ==, cases[i].normal);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 time = 7;

      if (kab_time_parse (refused[i], &time, &error))
        g_error ("“%s” was read as a time", refused[i]);
      g_assert_error (error, KAB_CHECK_ERROR, KAB_CHECK_TIME_FORMAT);
      g_assert_cmpint (time, ==, 7);
    }
  g_assert_false (kab_time_parse (NULL, &(gint64) { 0 }, NULL));
}

static void
test_clock (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GTimeZone) east = g_time_zone_new_offset (2 * 60 * 60);
  gint64 before = g_get_real_time ();
  gint64 frozen;
  GDate today;

  g_assert_cmpint (kab_clock_now (), >=, before);

  g_assert_true (kab_time_parse ("2026-11-20T22:30:00Z", &frozen, NULL));
  kab_clock_set_for_tests (frozen);
  g_assert_cmpint (kab_clock_now (), ==, frozen);
  kab_clock_today (utc, &today);
  g_assert_cmpuint (g_date_get_day (&today), ==, 20);
  kab_clock_today (east, &today);
  g_assert_cmpuint (g_date_get_day (&today), ==, 21);

  kab_clock_set_for_tests (frozen + KAB_TIME_DAY);
  g_assert_cmpint (kab_clock_now (), ==, frozen + KAB_TIME_DAY);

  kab_clock_reset ();
  g_assert_cmpint (kab_clock_now (), >=, before);
  g_assert_cmpint (kab_clock_now (), !=, frozen + KAB_TIME_DAY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time/date", test_date);
  g_test_add_func ("/time/age", test_age);
  g_test_add_func ("/time/rfc3339", test_time);
  g_test_add_func ("/time/clock", test_clock);

  return g_test_run ();
}
