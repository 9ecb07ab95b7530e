/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-local-text.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>

#include "kab-time.h"

/* How dates, times and money are written where the user is. Dates follow the language, amounts the
 * system's format for numbers. */

typedef struct
{
  char order[4]; /* of d, m, y */
  char separator;
  char end; /* 0 for none */
} DateStyle;

#define NO_BREAK_SPACE "\u00a0"
#define MINUS          "\u2212"

static gboolean
add_part (DateStyle *style, char part)
{
  gsize length = strlen (style->order);

  if (length == 3 || strchr (style->order, part) != NULL)
    return FALSE;

  style->order[length] = part;

  return TRUE;
}

/* glibc's format for Latvian begins with the year; people write 24.03.1990. */
static DateStyle
get_date_style (void)
{
  const char *locale = setlocale (LC_TIME, NULL);
  const char *format = nl_langinfo (D_FMT);
  DateStyle style = { "", '.', '\0' };

  if (g_str_has_prefix (locale, "lv"))
    return (DateStyle) { "dmy", '.', '.' };
  if (strcmp (format, "%F") == 0)
    return (DateStyle) { "ymd", '-', '\0' };
  if (strcmp (format, "%D") == 0 || locale[0] == 'C')
    return (DateStyle) { "dmy", '/', '\0' };

  for (const char *p = format; *p != '\0'; p++)
    {
      if (*p == 'd' || *p == 'e')
        add_part (&style, 'd');
      else if (*p == 'm')
        add_part (&style, 'm');
      else if (*p == 'y' || *p == 'Y')
        add_part (&style, 'y');
      else if (strchr (".-/", *p) != NULL && strlen (style.order) == 1)
        style.separator = *p;
    }
  if (strlen (style.order) != 3)
    return (DateStyle) { "dmy", '.', '\0' };

  return style;
}

/**
 * kab_local_date_format:
 * @date: a valid date
 *
 * Returns: (transfer full): the date in figures, such as "24.03.1990.", as it may be typed
 */
char *
kab_local_date_format (const GDate *date)
{
  DateStyle style = get_date_style ();
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (g_date_valid (date), NULL);

  for (gsize i = 0; i < 3; i++)
    {
      if (i > 0)
        g_string_append_c (text, style.separator);
      if (style.order[i] == 'd')
        g_string_append_printf (text, "%02d", g_date_get_day (date));
      else if (style.order[i] == 'm')
        g_string_append_printf (text, "%02d", g_date_get_month (date));
      else
        g_string_append_printf (text, "%04d", g_date_get_year (date));
    }
  if (style.end != '\0')
    g_string_append_c (text, style.end);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Up to three numbers out of @text, or eight figures without anything between
 * them; how many figures each has tells the year. */
static gsize
read_numbers (const char *text, const char *order, guint numbers[3], gsize lengths[3])
{
  gsize n = 0;

  if (strlen (text) == 8 && strspn (text, "0123456789") == 8)
    {
      for (; n < 3; n++)
        {
          lengths[n] = order[n] == 'y' ? 4 : 2;
          numbers[n] = 0;
          for (gsize i = 0; i < lengths[n]; i++)
            numbers[n] = numbers[n] * 10 + (guint) g_ascii_digit_value (*text++);
        }
      return n;
    }

  while (*text != '\0')
    {
      gsize length = strspn (text, "0123456789");

      if (length == 0 && strchr (" .-/", *text) == NULL)
        return 0;
      if (length == 0)
        {
          text++;
          continue;
        }
      if (n == 3 || length > 4)
        return 0;
      numbers[n] = (guint) g_ascii_strtoull (text, NULL, 10);
      lengths[n++] = length;
      text += length;
    }

  return n;
}

/**
 * kab_local_date_parse:
 * @text: what was typed: in the order of the user's language, or year first as in ISO 8601; with
 *   points, dashes, strokes, spaces or nothing between the numbers
 * @date: (out): the date
 *
 * The year has four figures: two could be meant either way.
 *
 * Returns: whether @text is a date of the calendar
 */
gboolean
kab_local_date_parse (const char *text, GDate *date)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  DateStyle style = get_date_style ();
  const char *order = style.order;
  guint numbers[3];
  gsize lengths[3];
  guint day = 0, month = 0, year = 0;

  if (read_numbers (trimmed, order, numbers, lengths) != 3)
    return FALSE;
  if (lengths[0] == 4)
    order = "ymd";

  for (gsize i = 0; i < 3; i++)
    {
      if (order[i] == 'y' && lengths[i] != 4)
        return FALSE;
      if (order[i] != 'y' && lengths[i] > 2)
        return FALSE;
      if (order[i] == 'd')
        day = numbers[i];
      else if (order[i] == 'm')
        month = numbers[i];
      else
        year = numbers[i];
    }
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;

  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);

  return TRUE;
}

/**
 * kab_local_time_exact:
 * @time: microseconds since 1970, UTC
 *
 * Returns: (transfer full): date and time in the user's zone
 */
char *
kab_local_time_exact (gint64 time)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (time / KAB_TIME_SECOND);

  /* Translators: date and time, as for strftime(): 12 November 2026, 14:02 */
  return g_date_time_format (then, _("%-e %B %Y, %H:%M"));
}

/**
 * kab_local_time_of_day:
 * @time: microseconds since 1970, UTC
 *
 * Returns: (transfer full): hours and minutes in the user's zone
 */
char *
kab_local_time_of_day (gint64 time)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (time / KAB_TIME_SECOND);

  return g_date_time_format (then, "%H:%M");
}

static gboolean
is_same_day (GDateTime *a, GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b) &&
         g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

/**
 * kab_local_date_spell:
 * @time: microseconds since 1970, UTC
 * @now: the present
 *
 * Returns: (transfer full): the day with the month in words, and with the year unless it is this
 * one
 */
char *
kab_local_date_spell (gint64 time, gint64 now)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (time / KAB_TIME_SECOND);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now / KAB_TIME_SECOND);

  if (g_date_time_get_year (then) == g_date_time_get_year (today))
    /* Translators: a date of this year, as for strftime(): 12 November */
    return g_date_time_format (then, C_("date", "%-e %B"));

  /* Translators: a date, as for strftime(): 12 November 2025 */
  return g_date_time_format (then, C_("date", "%-e %B %Y"));
}

/**
 * kab_local_time_relative:
 * @time: microseconds since 1970, UTC, in the past
 * @now: the present
 *
 * Returns: (transfer full): how long ago, up to a day; before that the date
 */
char *
kab_local_time_relative (gint64 time, gint64 now)
{
  gint64 minutes = (now - time) / KAB_TIME_MINUTE;

  if (minutes < 1)
    return g_strdup (_("just now"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", (gulong) minutes),
                            (int) minutes);
  if (minutes < 24 * 60)
    return g_strdup_printf (ngettext ("%d hour ago", "%d hours ago", (gulong) (minutes / 60)),
                            (int) (minutes / 60));

  return kab_local_date_spell (time, now);
}

/**
 * kab_local_day_format:
 * @time: microseconds since 1970, UTC, in the past
 * @now: the present
 *
 * Returns: (transfer full): today, yesterday, or the date
 */
char *
kab_local_day_format (gint64 time, gint64 now)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (time / KAB_TIME_SECOND);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now / KAB_TIME_SECOND);
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (today, -1);

  if (is_same_day (then, today))
    return g_strdup (_("Today"));
  if (is_same_day (then, yesterday))
    return g_strdup (_("Yesterday"));

  return kab_local_date_spell (time, now);
}

static void
append_grouped (GString *text, const char *digits, const char *separator)
{
  gsize length = strlen (digits);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (text, separator);
      g_string_append_c (text, digits[i]);
    }
}

/**
 * kab_local_money_format:
 * @money: an amount
 *
 * Returns: (transfer full): the amount with its sign and currency, such as "1 234,50 EUR"
 */
char *
kab_local_money_format (const KabMoney *money)
{
  g_autofree char *plain = kab_money_format (money);
  const char *number = plain[0] == '-' ? plain + 1 : plain;
  g_auto (GStrv) parts = g_strsplit (number, ".", 2);
  const char *group = nl_langinfo (THOUSEP);
  g_autoptr (GString) text = g_string_new (plain[0] == '-' ? MINUS : "");

  append_grouped (text, parts[0], group[0] != '\0' ? group : NO_BREAK_SPACE);
  if (parts[1] != NULL)
    g_string_append_printf (text, "%s%s", nl_langinfo (RADIXCHAR), parts[1]);
  g_string_append_printf (text, NO_BREAK_SPACE "%s", money->currency);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
