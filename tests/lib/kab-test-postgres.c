/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-test-postgres.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

#define START_LIMIT (60 * G_TIME_SPAN_SECOND)

/* $1 the folder, $2 the binaries, $3 "on" or "off" for fsync. initdb refuses to run as root. Its
 * standard input is a pipe whose other end only the test program holds. */
#define GUARDIAN                                                                                   \
  "folder=$1 bin=$2 fsync=$3\n"                                                                    \
  "as () { if [ \"$(id -u)\" = 0 ]; then exec setpriv --reuid=postgres --regid=postgres "          \
  "--clear-groups -- \"$@\"; else exec \"$@\"; fi; }\n"                                            \
  "cd \"$folder\" || exit 1\n"                                                                     \
  "(as \"$bin/initdb\" -D \"$folder/data\" -U kabinets --auth=trust --no-sync --encoding=UTF8 "    \
  "--locale=C.UTF-8 </dev/null >\"$folder/initdb.log\" 2>&1) || exit 1\n"                          \
  "as \"$bin/postgres\" -D \"$folder/data\" -k \"$folder\" -c listen_addresses= -c fsync=$fsync "  \
  "-c synchronous_commit=$fsync -c full_page_writes=$fsync -c max_connections=80 "                 \
  "-c shared_buffers=32MB -c autovacuum=off </dev/null >\"$folder/server.log\" 2>&1 &\n"           \
  "server=$!\n"                                                                                    \
  "cat >/dev/null\n"                                                                               \
  "kill -QUIT $server\n"                                                                           \
  "wait $server\n"                                                                                 \
  "rm -rf \"$folder\"\n"

static char *folder;
static guint n_databases;

static char *
find_binaries (void)
{
  g_autoptr (GDir) versions = g_dir_open ("/usr/lib/postgresql", 0, NULL);
  g_autofree char *in_path = g_find_program_in_path ("postgres");
  const char *version;
  int newest = 0;

  while (versions != NULL && (version = g_dir_read_name (versions)) != NULL)
    newest = MAX (newest, (int) g_ascii_strtoll (version, NULL, 10));
  if (newest > 0)
    return g_strdup_printf ("/usr/lib/postgresql/%d/bin", newest);
  if (in_path == NULL)
    g_error ("PostgreSQL is not installed (see tools/packages)");
  return g_path_get_dirname (in_path);
}

static char *
make_url (const char *database)
{
  g_autofree char *host = g_uri_escape_string (folder, NULL, FALSE);

  return g_strdup_printf ("postgresql://kabinets@%s/%s", host, database);
}

static PGconn *
connect_when_ready (void)
{
  g_autofree char *url = make_url ("postgres");
  gint64 deadline = g_get_monotonic_time () + START_LIMIT;
  PGconn *connection = PQconnectdb (url);

  while (PQstatus (connection) != CONNECTION_OK)
    {
      if (g_get_monotonic_time () > deadline)
        g_error ("PostgreSQL doesn't start, see %s: %s", folder, PQerrorMessage (connection));
      PQfinish (connection);
      g_usleep (20 * 1000);
      connection = PQconnectdb (url);
    }
  return connection;
}

/* In a session of its own, so that what ends the test's process group leaves it its last task. */
static void
start_guardian (void)
{
  g_autofree char *binaries = find_binaries ();
  const char *fsync = g_strcmp0 (g_getenv ("KABINETS_TEST_FSYNC"), "1") == 0 ? "on" : "off";
  const char *const command[] = { "setsid", "sh",     "-c",  GUARDIAN, "guardian",
                                  folder,   binaries, fsync, NULL };
  g_autoptr (GError) error = NULL;
  int held = -1;

  if (!g_spawn_async_with_pipes (NULL, (char **) command, NULL,
                                 G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL |
                                     G_SPAWN_STDERR_TO_DEV_NULL,
                                 NULL, NULL, NULL, &held, NULL, NULL, &error))
    g_error ("PostgreSQL can't be started: %s", error->message);
  if (fcntl (held, F_SETFD, FD_CLOEXEC) != 0)
    g_error ("The guardian's pipe can't be kept: %s", g_strerror (errno));
}

static void
start_server (void)
{
  struct passwd *user = geteuid () == 0 ? getpwnam ("postgres") : NULL;

  /* Not in the test's isolated folder, which only its own user may enter. */
  folder = g_strdup (P_tmpdir "/kab-postgres-XXXXXX");
  if (g_mkdtemp (folder) == NULL)
    g_error ("%s: %s", folder, g_strerror (errno));
  if (geteuid () == 0 && (user == NULL || chown (folder, user->pw_uid, user->pw_gid) != 0))
    g_error ("%s can't be given to the user postgres", folder);
  start_guardian ();
}

char *
kab_test_postgres_new_database (void)
{
  g_autofree char *name = g_strdup_printf ("test%u", ++n_databases);
  g_autofree char *command = g_strdup_printf ("CREATE DATABASE %s", name);
  PGconn *connection;
  PGresult *result;

  if (folder == NULL)
    start_server ();
  connection = connect_when_ready ();
  result = PQexec (connection, command);
  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    g_error ("%s", PQerrorMessage (connection));
  PQclear (result);
  PQfinish (connection);
  return make_url (name);
}
