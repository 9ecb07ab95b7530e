/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-opening-hours.h"

#define DAYS 7

/* Short names of the days, Monday first, as calendars print them. */
static const struct
{
  const char *language;
  const char *days[DAYS];
} languages[] = {
  { "lv", { "P", "O", "T", "C", "Pk", "S", "Sv" } },
  { "en", { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" } },
  { "ru", { "Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс" } },
};

static const char *
day_name (guint language, gint64 day)
{
  return languages[language].days[CLAMP (day, 1, DAYS) - 1];
}

/* Days that follow each other become a range: Mon–Fri. */
static void
append_days (GString *text, guint language, JsonArray *days)
{
  guint n_days = json_array_get_length (days);

  for (guint i = 0; i < n_days; i++)
    {
      gint64 first = json_array_get_int_element (days, i);
      gint64 last = first;

      while (i + 1 < n_days && json_array_get_int_element (days, i + 1) == last + 1)
        {
          last++;
          i++;
        }
      if (text->len > 0 && text->str[text->len - 1] != ' ')
        g_string_append (text, ", ");
      g_string_append (text, day_name (language, first));
      if (last > first)
        g_string_append_printf (text, "–%s", day_name (language, last));
    }
}

static char *
write_hours (guint language, JsonArray *hours)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (hours); i++)
    {
      JsonObject *entry = json_array_get_object_element (hours, i);

      if (i > 0)
        g_string_append (text, "; ");
      append_days (text, language, json_object_get_array_member (entry, "days"));
      g_string_append_printf (text, " %s–%s", json_object_get_string_member (entry, "from"),
                              json_object_get_string_member (entry, "to"));
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/**
 * kab_opening_hours_to_text:
 * @hours: `opening_hours` of `bank.json`
 *
 * Returns: (transfer full): one line for each language, such as "Mon–Fri 09:00–17:00"
 */
JsonObject *
kab_opening_hours_to_text (JsonArray *hours)
{
  JsonObject *texts = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *text = write_hours (i, hours);

      json_object_set_string_member (texts, languages[i].language, text);
    }
  return texts;
}
