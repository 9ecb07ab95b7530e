/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * bench-upload ADDRESS TOKEN FILE: sends a file to the bank as the application
 * does, and prints as JSON how many seconds that took and by how many KiB the
 * peak of this program's memory grew.
 */

#include <stdlib.h>

#include "kab-upload.h"

#define WARM_UP_BYTES (2 * 1024 * 1024)

static void
state_changed_cb (KabUpload *upload, GParamSpec *pspec, GMainLoop *loop)
{
  const KabUploadState state = kab_upload_get_state (upload);

  if (state == KAB_UPLOAD_FAILED)
    g_error ("The upload failed: %s", kab_upload_get_error (upload)->message);
  if (state == KAB_UPLOAD_DONE)
    g_main_loop_quit (loop);
}

static void
send_file (KabApi *api, GFile *file)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (KabUpload) upload = kab_upload_new (api, file);

  g_signal_connect (upload, "notify::state", G_CALLBACK (state_changed_cb), loop);
  kab_upload_start (upload);
  g_main_loop_run (loop);
}

/* Everything that is loaded once is there afterwards. */
static void
warm_up (KabApi *api)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "warm-up.pdf", NULL);
  g_autofree char *content = g_strnfill (WARM_UP_BYTES, ' ');
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  memcpy (content, "%PDF-1.7\n", 9);
  g_file_set_contents (path, content, WARM_UP_BYTES, &error);
  g_assert_no_error (error);
  send_file (api, file);
  g_file_delete (file, NULL, NULL);
}

/* Peak of resident memory, KiB. */
static gint64
peak_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = strstr (status, "VmHWM:");
  return g_ascii_strtoll (line + strlen ("VmHWM:"), NULL, 10);
}

int
main (int argc, char *argv[])
{
  g_autoptr (KabApi) api = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before, start;

  if (argc != 4)
    return EXIT_FAILURE;
  api = kab_api_new (argv[1], &error);
  g_assert_no_error (error);
  kab_api_set_token (api, argv[2]);
  file = g_file_new_for_commandline_arg (argv[3]);

  warm_up (api);
  g_file_set_contents_full ("/proc/self/clear_refs", "5", 1, G_FILE_SET_CONTENTS_NONE, 0600,
                            &error);
  g_assert_no_error (error);
  before = peak_memory ();
  start = g_get_monotonic_time ();
  send_file (api, file);
  g_print ("{\"seconds\": %.4f, \"growth\": %" G_GINT64_FORMAT "}\n",
           (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC, peak_memory () - before);
  return EXIT_SUCCESS;
}
