/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 150 MB through an upload: how much memory grows, and how fast it is. The bank is a process of its
 * own, so that what is measured is the client's.
 */

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kab-test-tus.h"
#include "kab-upload.h"

#define SIZE       (G_GINT64_CONSTANT (150) * 1024 * 1024)
#define MAX_GROWTH (8 * 1024)

static int to_bank[2];
static int from_bank[2];
static pid_t bank;

/* Runs until its standard input, which only the test holds, is closed. */
static void
be_the_bank (void)
{
  KabTestServer *server = kab_test_server_new ();
  KabTestTus *tus = kab_test_tus_new (server);
  const char *address = kab_test_server_get_address (server);
  char byte;

  close (to_bank[1]);
  if (write (from_bank[1], address, strlen (address) + 1) < 0)
    _exit (1);
  while (read (to_bank[0], &byte, 1) > 0)
    ;
  _exit (tus->wrong != NULL);
}

/* Peak resident memory since it was set back, KiB. */
static long
peak_memory (gboolean set_back)
{
  g_autofree char *status = NULL;
  const char *line;

  if (set_back)
    g_file_set_contents_full ("/proc/self/clear_refs", "5", 1, G_FILE_SET_CONTENTS_NONE, 0600,
                              NULL);
  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, "VmHWM:");

  return g_ascii_strtoll (line + strlen ("VmHWM:"), NULL, 10);
}

static GFile *
make_file (gint64 size)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kab-large.txt", NULL);
  g_autofree char *block = g_strnfill (1024 * 1024, 'x');
  FILE *file = fopen (path, "w");

  for (gint64 i = 0; i < size; i += 1024 * 1024)
    g_assert_cmpuint (fwrite (block, 1, 1024 * 1024, file), ==, 1024 * 1024);
  g_assert_cmpint (fclose (file), ==, 0);

  return g_file_new_for_path (path);
}

static void
upload (KabApi *api, GFile *file)
{
  KabUpload *upload = kab_upload_new (api, file);

  kab_upload_start (upload);
  kab_test_wait_until (kab_upload_get_state (upload) == KAB_UPLOAD_DONE ||
                       kab_upload_get_state (upload) == KAB_UPLOAD_FAILED);
  g_assert_no_error (kab_upload_get_error (upload));
  kab_test_let_go (upload);
}

static void
test_memory (void)
{
  char address[100];
  g_autoptr (GFile) small = NULL;
  g_autoptr (GFile) large = NULL;
  KabApi *api;
  long before, after;
  gint64 start;
  double seconds;

  g_assert_cmpint (read (from_bank[0], address, sizeof address), >, 0);
  api = kab_api_new (address, NULL);
  kab_api_set_token (api, "t");

  /* Two pieces, so that everything that is loaded once is there. */
  small = make_file (2 * 1024 * 1024);
  upload (api, small);
  large = make_file (SIZE);
  before = peak_memory (TRUE);
  start = g_get_monotonic_time ();
  upload (api, large);
  seconds = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
  after = peak_memory (FALSE);

  g_test_message ("150 MB: memory grew by %ld KiB, %.0f MB/s", after - before,
                  SIZE / 1e6 / seconds);
#ifndef KAB_SANITIZED /* which keeps what was freed for a while */
  g_assert_cmpint (after - before, <=, MAX_GROWTH);
#endif
  g_file_delete (large, NULL, NULL);
  kab_test_let_go (api);
}

int
main (int argc, char *argv[])
{
  int status;
  int failed;

  g_assert_cmpint (pipe (to_bank), ==, 0);
  g_assert_cmpint (pipe (from_bank), ==, 0);
  bank = fork ();
  if (bank == 0)
    be_the_bank ();
  close (to_bank[0]);

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/upload/memory", test_memory);
  failed = g_test_run ();

  close (to_bank[1]);
  waitpid (bank, &status, 0);

  return failed || !WIFEXITED (status) || WEXITSTATUS (status) != 0;
}
