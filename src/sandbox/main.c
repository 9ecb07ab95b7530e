/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox.h"

#include "kab-sandbox-json.h"

#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct
{
  KabSandbox *sandbox;     /* (owned) */
  GMainLoop *loop;         /* (owned) */
  GDataInputStream *input; /* (owned) */
  gboolean exit_with_stdin;
} Program;

static void read_command (Program *program);

static void
command_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *program = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source),
                                                                     result, NULL, &error);

  if (line)
    {
      if (!kab_sandbox_obey (program->sandbox, line, &error))
        g_printerr ("kabinets-sandbox: %s\n", error->message);
      read_command (program);
    }
  else if (error && g_error_matches (error, G_CONVERT_ERROR, G_CONVERT_ERROR_ILLEGAL_SEQUENCE))
    {
      g_printerr ("kabinets-sandbox: a command was not UTF-8\n");
      read_command (program);
    }
  else if (program->exit_with_stdin)
    g_main_loop_quit (program->loop);
}

static void
read_command (Program *program)
{
  g_data_input_stream_read_line_async (program->input, G_PRIORITY_DEFAULT, NULL, command_read_cb,
                                       program);
}

static gboolean
terminated_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
run (Program *program)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);

  program->loop = g_main_loop_new (NULL, FALSE);
  program->input = g_data_input_stream_new (input);
  g_unix_signal_add (SIGTERM, terminated_cb, program->loop);
  g_unix_signal_add (SIGINT, terminated_cb, program->loop);
  g_print ("%s\n", kab_sandbox_get_description (program->sandbox));
  read_command (program);
  g_main_loop_run (program->loop);
  kab_sandbox_stop (program->sandbox);
  g_object_unref (program->input);
  g_main_loop_unref (program->loop);
}

static gboolean
configure (KabSandbox *sandbox, int review_delay, int clerk_pause, GError **error)
{
  g_autoptr (JsonObject) settings = json_object_new ();

  if (review_delay >= 0)
    json_object_set_int_member (settings, "reviewDelay", review_delay);
  if (clerk_pause >= 0)
    json_object_set_int_member (settings, "clerkPause", clerk_pause);
  return kab_sandbox_script_configure (kab_sandbox_get_script (sandbox), settings, error);
}

int
main (int argc, char *argv[])
{
  g_autofree char *directory = NULL;
  int review_delay = -1, clerk_pause = -1;
  Program program = { 0 };
  const GOptionEntry options[] = {
    { "directory", 'd', 0, G_OPTION_ARG_FILENAME, &directory,
      "Where the providers keep what they know", "DIR" },
    { "exit-with-stdin", 0, 0, G_OPTION_ARG_NONE, &program.exit_with_stdin,
      "End when standard input ends", NULL },
    { "review-delay", 0, 0, G_OPTION_ARG_INT, &review_delay,
      "How long a review takes, in milliseconds", "MS" },
    { "clerk-pause", 0, 0, G_OPTION_ARG_INT, &clerk_pause,
      "How long the clerk thinks before each step, in milliseconds", "MS" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("— stand-ins for the providers");
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || !directory)
    {
      g_printerr ("kabinets-sandbox: %s\n", error ? error->message : "--directory DIR is needed");
      return EXIT_FAILURE;
    }
  program.sandbox = kab_sandbox_new (directory, &error);
  if (program.sandbox && configure (program.sandbox, review_delay, clerk_pause, &error))
    run (&program);
  g_clear_object (&program.sandbox);
  if (error)
    g_printerr ("kabinets-sandbox: %s\n", error->message);
  return error ? EXIT_FAILURE : EXIT_SUCCESS;
}
