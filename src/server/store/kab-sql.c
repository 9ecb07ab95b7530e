/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-connection.h"

/* The end of the literal, quoted name or comment that starts at @from, or @from if none does. */
static const char *
skip_opaque (const char *from)
{
  const char *end;

  if (*from == '\'' || *from == '"')
    {
      end = strchr (from + 1, *from);
      return end != NULL ? end + 1 : from + strlen (from);
    }
  if (strncmp (from, "--", 2) == 0)
    return from + strcspn (from, "\n");
  if (strncmp (from, "/*", 2) == 0)
    {
      end = strstr (from + 2, "*/");
      return end != NULL ? end + 2 : from + strlen (from);
    }
  return from;
}

/* A doubled quote inside of a literal ends it and starts the next, which comes to the same. */
char *
kab_number_parameters (const char *sql)
{
  GString *numbered = g_string_sized_new (strlen (sql) + 16);
  guint count = 0;

  while (*sql != '\0')
    {
      const char *end = skip_opaque (sql);

      if (end != sql)
        {
          g_string_append_len (numbered, sql, end - sql);
          sql = end;
        }
      else if (*sql != '?')
        g_string_append_c (numbered, *sql++);
      else if (g_ascii_isdigit (*++sql))
        g_string_append_c (numbered, '$');
      else
        g_string_append_printf (numbered, "$%u", ++count);
    }
  return g_string_free_and_steal (numbered);
}
