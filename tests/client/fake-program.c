/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Stands for kabinets-sandbox and kabinets-server, as which it is called by links. What it does is
 * in the file `behaviour` of its folder: `good`, `garbage`, `silent`, `dies`, `dies-later`,
 * `stubborn`. It writes down what it is told.
 */

#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *
read_behaviour (const char *folder, const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.behaviour", folder, name);
  char *behaviour = NULL;

  if (!g_file_get_contents (path, &behaviour, NULL, NULL))
    return g_strdup ("good");

  return g_strstrip (behaviour);
}

static void
note (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.log", folder, name);
  FILE *file = fopen (path, "a");

  fprintf (file, "%s\n", text);
  fclose (file);
}

int
main (int argc, char *argv[])
{
  g_autofree char *name = g_path_get_basename (argv[0]);
  const char *folder = argv[2];
  const char *option = g_str_equal (name, "kabinets-server") ? "--demo" : "--directory";
  g_autofree char *behaviour = NULL;
  g_autofree char *pid = g_strdup_printf ("started %d", (int) getpid ());
  char line[200];

  if (argc != 4 || !g_str_equal (argv[1], option) || !g_str_equal (argv[3], "--exit-with-stdin"))
    return 2;

  behaviour = read_behaviour (folder, name);
  note (folder, name, pid);
  if (g_str_equal (behaviour, "dies"))
    {
      fprintf (stderr, "first\nthe port is taken\n");
      return 1;
    }
  if (g_str_equal (behaviour, "garbage"))
    puts ("ready, I think");
  else if (!g_str_equal (behaviour, "silent"))
    puts (g_str_equal (name, "kabinets-server") ? "{\"address\":\"http://127.0.0.1:1\"}"
                                                : "{\"sumsub\":\"http://127.0.0.1:2\"}");
  fflush (stdout);
  if (g_str_equal (behaviour, "dies-later"))
    {
      g_usleep (500000);
      fprintf (stderr, "out of luck\n");
      return 1;
    }
  if (g_str_equal (behaviour, "stubborn"))
    for (;;)
      pause ();

  while (fgets (line, sizeof line, stdin) != NULL)
    note (folder, name, g_strchomp (line));
  note (folder, name, "ended");

  return 0;
}
