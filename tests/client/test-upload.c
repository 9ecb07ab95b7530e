/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "kab-test-client.h"
#include "kab-test-tus.h"
#include "kab-upload.h"

#define MIB (1024 * 1024)

typedef struct
{
  KabTestServer *server;
  KabTestTus *tus;
  KabApi *api;
  char *folder;
  char *path;
  char *digest;
  KabUpload *upload;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = kab_test_server_new ();
  fixture->tus = kab_test_tus_new (fixture->server);
  fixture->api = kab_test_api_new (fixture->server);
  kab_api_set_token (fixture->api, "t");
  kab_test_server_reply (fixture->server, "GET /healthz", 200, "{}");
  fixture->folder = g_dir_make_tmp ("kab-upload-XXXXXX", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->upload != NULL)
    kab_test_let_go (fixture->upload);
  kab_test_let_go (fixture->api);
  g_assert_cmpstr (fixture->tus->wrong, ==, NULL);
  kab_test_server_free (fixture->server);
  kab_test_tus_free (fixture->tus);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->digest);
}

/* Writes a text of @size bytes and makes an upload of it. */
static void
make_upload (Fixture *fixture, const char *name, gsize size)
{
  g_autofree char *contents = g_malloc (size + 1);
  g_autoptr (GFile) file = NULL;

  for (gsize i = 0; i < size; i++)
    contents[i] = i % 64 == 63 ? '\n' : 'a' + g_random_int_range (0, 26);
  g_free (fixture->path);
  fixture->path = g_build_filename (fixture->folder, name, NULL);
  g_assert_true (g_file_set_contents (fixture->path, contents, size, NULL));
  g_free (fixture->digest);
  fixture->digest =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) contents, size);
  file = g_file_new_for_path (fixture->path);
  fixture->upload = kab_upload_new (fixture->api, file);
}

#define state_is(fixture, expected) (kab_upload_get_state ((fixture)->upload) == (expected))

static void
wait_for_done (Fixture *fixture)
{
  kab_test_wait_until (state_is (fixture, KAB_UPLOAD_DONE) ||
                       state_is (fixture, KAB_UPLOAD_FAILED));
  g_assert_no_error (kab_upload_get_error (fixture->upload));
  g_assert_cmpstr (kab_upload_get_id (fixture->upload), ==, fixture->tus->id);
  g_assert_cmpstr (fixture->tus->digest, ==, fixture->digest);
  g_assert_cmpfloat (kab_upload_get_progress (fixture->upload), ==, 1.0);
}

static void
wait_for_failure (Fixture *fixture)
{
  kab_test_wait_until (state_is (fixture, KAB_UPLOAD_DONE) ||
                       state_is (fixture, KAB_UPLOAD_FAILED));
  g_assert_true (state_is (fixture, KAB_UPLOAD_FAILED));
}

/* The program ends in the middle, and another run goes on; @change is made to the file between. */
static void
send_in_two_runs (Fixture *fixture, gboolean change)
{
  g_autoptr (JsonObject) kept = NULL;

  make_upload (fixture, "a.txt", 4 * MIB);
  kab_upload_start (fixture->upload);
  kab_test_wait_until (fixture->tus->patches > 0);
  kept = kab_upload_keep (fixture->upload);
  kab_upload_pause (fixture->upload);
  kab_test_let_go (fixture->upload);
  if (change)
    {
      make_upload (fixture, "a.txt", 3 * MIB);
      kab_test_let_go (fixture->upload);
    }

  fixture->upload = kab_upload_new_kept (fixture->api, kept);
  g_assert_true (state_is (fixture, KAB_UPLOAD_CHECKING));
  kab_upload_start (fixture->upload);
}

static void
test_another_run (Fixture *fixture, gconstpointer data)
{
  send_in_two_runs (fixture, FALSE);
  wait_for_done (fixture);
  g_assert_cmpuint (fixture->tus->creations, ==, 1);
  g_assert_cmpint (fixture->tus->received, <, 8 * MIB);
}

/* The rest of another file doesn't belong to what the bank has. */
static void
test_changed_between_runs (Fixture *fixture, gconstpointer data)
{
  send_in_two_runs (fixture, TRUE);
  wait_for_done (fixture);
  kab_test_wait_until (fixture->tus->terminations == 1);
  g_assert_cmpuint (fixture->tus->creations, ==, 2);
}

typedef struct
{
  GString *states;
  double progress;
  guint notifications;
} Watch;

static void
state_cb (KabUpload *upload, GParamSpec *pspec, Watch *watch)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (KAB_TYPE_UPLOAD_STATE);

  g_string_append_printf (watch->states, "%s ",
                          g_enum_get_value (klass, kab_upload_get_state (upload))->value_nick);
}

static void
progress_cb (KabUpload *upload, GParamSpec *pspec, Watch *watch)
{
  g_assert_cmpfloat (kab_upload_get_progress (upload), >=, watch->progress);
  watch->progress = kab_upload_get_progress (upload);
  watch->notifications++;
}

static void
test_whole (Fixture *fixture, gconstpointer data)
{
  Watch watch = { .states = g_string_new (NULL) };
  KabTimeouts timeouts = kab_test_timeouts;

  /* Pieces grow when they are quick: on every machine here. */
  timeouts.piece_ms = 10 * 60 * 1000;
  kab_api_set_timeouts (fixture->api, &timeouts);
  make_upload (fixture, "Ēriks \"pase\".txt", 5 * MIB + 17);
  g_signal_connect (fixture->upload, "notify::state", G_CALLBACK (state_cb), &watch);
  g_signal_connect (fixture->upload, "notify::progress", G_CALLBACK (progress_cb), &watch);
  kab_upload_start (fixture->upload);
  wait_for_done (fixture);
  g_assert_cmpstr (watch.states->str, ==, "waiting sending done ");
  g_assert_cmpuint (watch.notifications, >, 20);
  g_assert_cmpuint (watch.notifications, <, 400);
  g_assert_cmpuint (fixture->tus->patches, <, 6);
  g_assert_cmpstr (fixture->tus->name, ==, "Ēriks \"pase\".txt");
  g_assert_cmpstr (fixture->tus->type, ==, "text/plain");
  g_string_free (watch.states, TRUE);
}

/* Where a piece takes most of a second, none is larger than the first. */
static void
test_slow (Fixture *fixture, gconstpointer data)
{
  fixture->tus->delay = 600;
  make_upload (fixture, "a.txt", 5 * MIB);
  kab_upload_start (fixture->upload);
  wait_for_done (fixture);
  g_assert_cmpuint (fixture->tus->patches, ==, 5);
}

/* Cut again and again, inside a body and before an answer: what arrives is what was sent. */
static void
test_cuts (Fixture *fixture, gconstpointer data)
{
  gint64 resent;

  fixture->tus->cut_every = 3;
  make_upload (fixture, "a.txt", 40 * MIB);
  kab_upload_start (fixture->upload);
  wait_for_done (fixture);
  g_assert_cmpuint (fixture->tus->cuts, >, 2);
  g_assert_cmpuint (fixture->tus->creations, ==, 1);

  resent = fixture->tus->received - 40 * MIB;
  g_test_message ("%u cuts, %" G_GINT64_FORMAT " bytes sent again", fixture->tus->cuts, resent);
  /* no more than what was on its way */
  g_assert_cmpint (resent, <=, (gint64) fixture->tus->cuts * 2 * MIB);
}

static void
test_server_gone (Fixture *fixture, gconstpointer data)
{
  fixture->tus->delay = 20;
  make_upload (fixture, "a.txt", 10 * MIB);
  kab_upload_start (fixture->upload);
  kab_test_wait_until (kab_upload_get_sent (fixture->upload) > 2 * MIB);
  kab_test_server_go_down (fixture->server);
  kab_test_wait_until (state_is (fixture, KAB_UPLOAD_INTERRUPTED));
  kab_test_run_for (100);
  g_assert_false (state_is (fixture, KAB_UPLOAD_FAILED));

  kab_test_server_come_back (fixture->server);
  kab_test_tus_attach (fixture->tus, fixture->server);
  wait_for_done (fixture);
  g_assert_cmpuint (fixture->tus->creations, ==, 1);
}

static void
test_pause (Fixture *fixture, gconstpointer data)
{
  guint patches;

  fixture->tus->delay = 20;
  make_upload (fixture, "a.txt", 10 * MIB);
  kab_upload_start (fixture->upload);
  kab_test_wait_until (kab_upload_get_sent (fixture->upload) > 2 * MIB);
  kab_upload_pause (fixture->upload);
  patches = fixture->tus->patches;
  kab_test_run_for (200);
  g_assert_true (state_is (fixture, KAB_UPLOAD_PAUSED));
  /* The piece that was under way may still have arrived, but none after it. */
  g_assert_cmpuint (fixture->tus->patches, <=, patches + 1);
  g_assert_null (kab_upload_get_id (fixture->upload));

  kab_upload_start (fixture->upload);
  wait_for_done (fixture);
  g_assert_cmpuint (fixture->tus->creations, ==, 1);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  fixture->tus->delay = 20;
  make_upload (fixture, "a.txt", 10 * MIB);
  kab_upload_start (fixture->upload);
  kab_test_wait_until (kab_upload_get_sent (fixture->upload) > 2 * MIB);
  kab_upload_cancel (fixture->upload);
  g_assert_true (state_is (fixture, KAB_UPLOAD_FAILED));
  g_assert_error (kab_upload_get_error (fixture->upload), G_IO_ERROR, G_IO_ERROR_CANCELLED);
  kab_test_wait_until (fixture->tus->terminations == 1);

  /* and from the beginning */
  fixture->tus->delay = 0;
  kab_upload_start (fixture->upload);
  wait_for_done (fixture);
  g_assert_cmpuint (fixture->tus->creations, ==, 2);
}

static void
test_forgotten (Fixture *fixture, gconstpointer data)
{
  fixture->tus->delay = 20;
  make_upload (fixture, "a.txt", 4 * MIB);
  kab_upload_start (fixture->upload);
  kab_test_wait_until (kab_upload_get_sent (fixture->upload) > 2 * MIB);
  fixture->tus->forget = 1;
  wait_for_done (fixture);
  g_assert_cmpuint (fixture->tus->creations, ==, 2);

  g_clear_pointer (&fixture->digest, g_free);
  kab_test_let_go (fixture->upload);
  fixture->tus->forget = 100;
  make_upload (fixture, "b.txt", 4 * MIB);
  kab_upload_start (fixture->upload);
  wait_for_failure (fixture);
  g_assert_error (kab_upload_get_error (fixture->upload), KAB_UPLOAD_ERROR,
                  KAB_UPLOAD_ERROR_EXPIRED);
}

static void
test_mismatch (Fixture *fixture, gconstpointer data)
{
  fixture->tus->mismatches = 3;
  make_upload (fixture, "a.txt", 2 * MIB);
  kab_upload_start (fixture->upload);
  wait_for_done (fixture);
  g_assert_cmpuint (fixture->tus->patches, ==, 5);

  g_clear_pointer (&fixture->digest, g_free);
  kab_test_let_go (fixture->upload);
  fixture->tus->mismatches = 100;
  make_upload (fixture, "b.txt", 2 * MIB);
  kab_upload_start (fixture->upload);
  wait_for_failure (fixture);
  g_assert_error (kab_upload_get_error (fixture->upload), KAB_API_ERROR, KAB_API_ERROR_REFUSED);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  fixture->tus->refuse_status = 422;
  make_upload (fixture, "a.txt", 2 * MIB);
  kab_upload_start (fixture->upload);
  wait_for_failure (fixture);
  g_assert_error (kab_upload_get_error (fixture->upload), KAB_API_ERROR, KAB_API_ERROR_REFUSED);
  g_assert_cmpstr (
      kab_problem_get_code (kab_api_problem_from_error (kab_upload_get_error (fixture->upload))),
      ==, "file-content");
}

static void
test_changed (Fixture *fixture, gconstpointer data)
{
  fixture->tus->delay = 20;
  /* More than the pieces of 1, 1, 4 and 16 MiB that may have been read by then. */
  make_upload (fixture, "a.txt", 24 * MIB);
  kab_upload_start (fixture->upload);
  kab_test_wait_until (kab_upload_get_sent (fixture->upload) > 2 * MIB);
  g_assert_true (g_file_set_contents (fixture->path, "other\n", -1, NULL));
  wait_for_failure (fixture);
  g_assert_error (kab_upload_get_error (fixture->upload), KAB_UPLOAD_ERROR,
                  KAB_UPLOAD_ERROR_CHANGED);
  kab_test_wait_until (fixture->tus->terminations == 1);

  /* trying again sends the new one */
  g_free (fixture->digest);
  fixture->digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "other\n", -1);
  kab_upload_start (fixture->upload);
  wait_for_done (fixture);
}

/* Cut short while its bytes go out: no request ends as if it were whole. */
static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  fixture->tus->delay = 20;
  make_upload (fixture, "a.txt", 40 * MIB);
  kab_upload_start (fixture->upload);
  kab_test_wait_until (kab_upload_get_sent (fixture->upload) > 2 * MIB);
  g_assert_cmpint (truncate (fixture->path, MIB), ==, 0);
  wait_for_failure (fixture);
  g_assert_error (kab_upload_get_error (fixture->upload), KAB_UPLOAD_ERROR,
                  KAB_UPLOAD_ERROR_CHANGED);
  g_assert_null (fixture->tus->digest);
}

/* The open file can't be read any more, as on a stick that was pulled out: it is a folder now. */
static void
break_handle (Fixture *fixture)
{
  g_autoptr (GDir) handles = g_dir_open ("/proc/self/fd", 0, NULL);
  int folder = open (fixture->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  guint broken = 0;
  const char *name;

  g_assert_cmpint (folder, >=, 0);
  while ((name = g_dir_read_name (handles)) != NULL)
    {
      g_autofree char *link = g_build_filename ("/proc/self/fd", name, NULL);
      g_autofree char *target = g_file_read_link (link, NULL);

      if (g_strcmp0 (target, fixture->path) == 0)
        broken += dup3 (folder, (int) g_ascii_strtoll (name, NULL, 10), O_CLOEXEC) >= 0;
    }
  g_assert_cmpuint (broken, ==, 1);
  g_close (folder, NULL);
}

static void
break_upload (Fixture *fixture)
{
  fixture->tus->delay = 20;
  make_upload (fixture, "a.txt", 10 * MIB);
  kab_upload_start (fixture->upload);
  kab_test_wait_until (kab_upload_get_sent (fixture->upload) > 2 * MIB);
  kab_upload_pause (fixture->upload);
  break_handle (fixture);
  kab_upload_start (fixture->upload);
  wait_for_failure (fixture);
  g_assert_error (kab_upload_get_error (fixture->upload), G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
}

/* A file that couldn't be read is opened anew, and gone on with. */
static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  break_upload (fixture);
  kab_upload_start (fixture->upload);
  wait_for_done (fixture);
  g_assert_cmpuint (fixture->tus->creations, ==, 1);
  g_assert_cmpint (fixture->tus->received, <, 20 * MIB);
}

/* Once it is back as another the beginning of the old one is worth nothing. */
static void
test_unreadable_and_changed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  break_upload (fixture);
  path = g_strconcat (fixture->path, ".away", NULL);
  g_assert_cmpint (g_rename (fixture->path, path), ==, 0);
  kab_upload_start (fixture->upload);
  kab_test_wait_until (state_is (fixture, KAB_UPLOAD_CHECKING));
  wait_for_failure (fixture);
  g_assert_error (kab_upload_get_error (fixture->upload), G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  g_assert_true (g_file_set_contents (fixture->path, "other\n", -1, NULL));
  g_free (fixture->digest);
  fixture->digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "other\n", -1);
  kab_upload_start (fixture->upload);
  wait_for_done (fixture);
  kab_test_wait_until (fixture->tus->terminations == 1);
  g_assert_cmpuint (fixture->tus->creations, ==, 2);
}

static void
test_rules (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *contents;
    KabUploadState state;
  } files[] = {
    { "a.exe", "MZ", KAB_UPLOAD_FAILED },
    { "a", "text", KAB_UPLOAD_FAILED },
    { "a.pdf", "no pdf at all", KAB_UPLOAD_FAILED },
    { "a.png", "%PDF-1.7\n", KAB_UPLOAD_FAILED },
    { "empty.txt", "", KAB_UPLOAD_FAILED },
    { "a.txt", "text\n", KAB_UPLOAD_DONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, files[i].name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      KabUpload *upload = kab_upload_new (fixture->api, file);

      g_assert_true (g_file_set_contents (path, files[i].contents, -1, NULL));
      kab_upload_start (upload);
      kab_test_wait_until (kab_upload_get_state (upload) == files[i].state);
      if (files[i].state == KAB_UPLOAD_FAILED)
        {
          g_assert_error (kab_upload_get_error (upload), KAB_UPLOAD_ERROR, KAB_UPLOAD_ERROR_RULE);
          g_assert_nonnull (kab_upload_get_broken_rule (upload));
          g_test_message ("%s: %s", files[i].name, kab_upload_get_broken_rule (upload));
          g_assert_cmpuint (fixture->tus->creations, ==, 0);
        }
      kab_test_let_go (upload);
    }
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "none.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  KabUpload *upload = kab_upload_new (fixture->api, file);

  kab_upload_start (upload);
  kab_test_wait_until (kab_upload_get_state (upload) == KAB_UPLOAD_FAILED);
  g_assert_error (kab_upload_get_error (upload), G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  kab_test_let_go (upload);

  upload = kab_upload_new (fixture->api, folder);
  kab_upload_start (upload);
  kab_test_wait_until (kab_upload_get_state (upload) == KAB_UPLOAD_FAILED);
  g_assert_error (kab_upload_get_error (upload), G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  kab_test_let_go (upload);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/upload/whole", test_whole);
  add ("/upload/slow", test_slow);
  add ("/upload/cuts", test_cuts);
  add ("/upload/server-gone", test_server_gone);
  add ("/upload/pause", test_pause);
  add ("/upload/cancel", test_cancel);
  add ("/upload/forgotten", test_forgotten);
  add ("/upload/mismatch", test_mismatch);
  add ("/upload/refused", test_refused);
  add ("/upload/changed", test_changed);
  add ("/upload/truncated", test_truncated);
  add ("/upload/unreadable", test_unreadable);
  add ("/upload/unreadable-and-changed", test_unreadable_and_changed);
  add ("/upload/rules", test_rules);
  add ("/upload/missing", test_missing);
  add ("/upload/another-run", test_another_run);
  add ("/upload/changed-between-runs", test_changed_between_runs);

  return g_test_run ();
}
