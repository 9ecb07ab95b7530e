/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "kab-bank-data.h"
#include "kab-config.h"
#include "kab-demo.h"
#include "kab-log.h"
#include "kab-server.h"
#include "kab-upkeep.h"

/* As BSD's sysexits: the command line is wrong; the configuration is wrong. */
#define EXIT_USAGE  64
#define EXIT_CONFIG 78

typedef struct
{
  char *config_file;
  char *demo_directory;
  char *bank_directory;
  gboolean only_checks;
  gboolean checks_history;
  gboolean retries_outbox;
  gboolean ends_with_stdin;
  gboolean shows_version;
} Options;

static gboolean
parse_options (Options *options, int *argc, char ***argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  const GOptionEntry entries[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &options->config_file, "Read this configuration",
      "FILE" },
    { "check-config", 0, 0, G_OPTION_ARG_NONE, &options->only_checks,
      "Check the configuration and stop", NULL },
    { "check-history", 0, 0, G_OPTION_ARG_NONE, &options->checks_history,
      "Check that nothing of the history was changed, and stop", NULL },
    { "retry-outbox", 0, 0, G_OPTION_ARG_NONE, &options->retries_outbox,
      "Let messages that were given up be tried again, and stop", NULL },
    { "demo", 0, 0, G_OPTION_ARG_FILENAME, &options->demo_directory,
      "Be the demo bank that lives in this folder, beside kabinets-sandbox", "DIR" },
    { "bank", 0, 0, G_OPTION_ARG_FILENAME, &options->bank_directory,
      "Take the demo bank's forms, texts and lists from this folder", "DIR" },
    { "exit-with-stdin", 0, 0, G_OPTION_ARG_NONE, &options->ends_with_stdin,
      "End when the standard input closes", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->shows_version, "Print the version", NULL },
    { NULL },
  };

  g_option_context_set_summary (context, "The bank's server.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (options->shows_version)
    return TRUE;
  if (*argc > 1 || !options->config_file == !options->demo_directory ||
      (options->only_checks && options->demo_directory) ||
      options->only_checks + options->checks_history + options->retries_outbox > 1 ||
      (options->bank_directory && !options->demo_directory))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                   "Say either --config FILE, perhaps with --check-config, or --demo DIR, perhaps "
                   "with --bank DIR; either perhaps with --check-history or --retry-outbox");
      return FALSE;
    }
  return TRUE;
}

static gboolean
end_asked_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
stdin_readable_cb (int fd, GIOCondition condition, gpointer user_data)
{
  char ignored[256];
  gssize length = read (fd, ignored, sizeof ignored);

  if (length > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
announce_address (KabServer *server)
{
  g_autofree char *url = kab_http_server_dup_url (kab_server_get_http (server));

  printf ("{\"address\":\"%s\"}\n", url);
  fflush (stdout);
}

static int
run (KabServer *server, const Options *options)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;

  if (!kab_server_start (server, &error))
    {
      fprintf (stderr, "kabinets-server: %s\n", error->message);
      return EXIT_FAILURE;
    }
  g_unix_signal_add (SIGTERM, end_asked_cb, loop);
  g_unix_signal_add (SIGINT, end_asked_cb, loop);
  if (options->ends_with_stdin)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, stdin_readable_cb, loop);
  if (options->demo_directory)
    announce_address (server);
  g_main_loop_run (loop);
  /* Workers that hang still use what would be freed. */
  if (!kab_server_stop (server))
    _exit (EXIT_SUCCESS);
  return EXIT_SUCCESS;
}

/* What is wrong is in a file that somebody wrote, and its message says where. */
static gboolean
is_about_files (const GError *error)
{
  return error->domain == KAB_CONFIG_ERROR || error->domain == KAB_FORM_ERROR;
}

static gboolean
check (const KabConfig *config, const Options *options, GError **error)
{
  g_autoptr (KabBankData) bank = kab_bank_data_load (config->bank.data_directory, error);

  if (!bank)
    return FALSE;
  printf ("%s: good\n", options->config_file);
  return TRUE;
}

static KabConfig *
load_config (const Options *options, GError **error)
{
  KabConfig *config = options->demo_directory
                          ? kab_config_new_for_demo (options->demo_directory, error)
                          : kab_config_load (options->config_file, error);

  if (config && options->bank_directory)
    g_set_str (&config->bank.data_directory, options->bank_directory);
  return config;
}

static KabServer *
make_server (KabConfig *config, const Options *options, GError **error)
{
  g_autoptr (KabServer) server = kab_server_new (config, error);

  if (!server)
    return NULL;
  if (options->demo_directory && !options->checks_history && !options->retries_outbox &&
      !kab_demo_prepare (kab_server_get_context (server), options->demo_directory, error))
    return NULL;
  return g_steal_pointer (&server);
}

/* Beside the servers that run. */
static int
keep_up (KabServer *server, const Options *options)
{
  KabStore *store = kab_server_get_store (server);
  g_autoptr (GError) error = NULL;

  if (options->checks_history ? kab_upkeep_check_history (store, &error)
                              : kab_upkeep_retry_outbox (store, &error))
    return EXIT_SUCCESS;
  fprintf (stderr, "kabinets-server: %s\n", error->message);
  return EXIT_FAILURE;
}

static int
load_and_run (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KabServer) server = NULL;
  g_autoptr (KabConfig) config = load_config (options, &error);

  if (config && options->only_checks && check (config, options, &error))
    return EXIT_SUCCESS;
  if (config && !options->only_checks)
    server = make_server (g_steal_pointer (&config), options, &error);
  if (!server)
    {
      fprintf (stderr, "kabinets-server: %s\n", error->message);
      return is_about_files (error) ? EXIT_CONFIG : EXIT_FAILURE;
    }
  if (options->checks_history || options->retries_outbox)
    return keep_up (server, options);
  return run (server, options);
}

int
main (int argc, char *argv[])
{
  Options options = { 0 };
  g_autoptr (GError) error = NULL;
  int status = EXIT_SUCCESS;

  setlocale (LC_ALL, "");
  kab_log_capture_glib ();
  if (!parse_options (&options, &argc, &argv, &error))
    {
      fprintf (stderr, "kabinets-server: %s\n", error->message);
      status = EXIT_USAGE;
    }
  else if (options.shows_version)
    printf ("kabinets-server %s\n", KAB_VERSION);
  else
    status = load_and_run (&options);
  g_free (options.config_file);
  g_free (options.demo_directory);
  g_free (options.bank_directory);
  return status;
}
