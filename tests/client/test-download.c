/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-document-operations.h"
#include "kab-test-client.h"

#define SHA256_OF_HELLO "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

typedef struct
{
  KabTestServer *server;
  KabApi *api;
  char *folder;
  GFile *target;
  GAsyncResult *result;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  fixture->server = kab_test_server_new ();
  fixture->api = kab_test_api_new (fixture->server);
  fixture->folder = g_dir_make_tmp ("kab-download-XXXXXX", NULL);
  path = g_build_filename (fixture->folder, "a.pdf", NULL);
  fixture->target = g_file_new_for_path (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  kab_test_let_go (fixture->api);
  kab_test_server_free (fixture->server);
  g_object_unref (fixture->target);
  g_free (fixture->folder);
}

static KabFile *
new_file (guint size, const char *sha256)
{
  g_autofree char *text =
      g_strdup_printf ("{'id':'f1','name':'a.pdf','size':%u,'mediaType':'application/pdf'%s%s%s}",
                       size, sha256 ? ",'sha256':'" : "", sha256 ? sha256 : "", sha256 ? "'" : "");
  g_autoptr (JsonObject) json = kab_test_json (text);
  KabFile *file = kab_file_new ();

  g_assert_true (kab_record_update_from_json (KAB_RECORD (file), json, NULL));

  return file;
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;

  return count;
}

static void
progressed_cb (goffset done, goffset total, gpointer user_data)
{
  goffset *last = user_data;

  g_assert_cmpint (done, >, *last);
  g_assert_cmpint (done, <=, total);
  *last = done;
}

static gboolean
download (Fixture *fixture,
          KabFile *file,
          GCancellable *cancellable,
          goffset *progress,
          GError **error)
{
  g_clear_object (&fixture->result);
  kab_file_download_async (fixture->api, file, fixture->target, progress ? progressed_cb : NULL,
                           progress, cancellable, kab_test_keep_result, &fixture->result);
  kab_test_wait_for_result (&fixture->result);

  return kab_file_download_finish (fixture->api, fixture->result, error);
}

static void
test_whole (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (3 * 1024 * 1024, 'x');
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, large, -1);
  g_autoptr (KabFile) file = new_file (3 * 1024 * 1024, digest);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  goffset progress = 0;
  gsize length;

  kab_test_server_reply_full (fixture->server, "GET /v1/files/f1", 200, "application/pdf", large,
                              NULL, NULL);
  g_assert_true (download (fixture, file, NULL, &progress, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_load_contents (fixture->target, NULL, &contents, &length, NULL, NULL));
  g_assert_cmpuint (length, ==, 3 * 1024 * 1024);
  g_assert_cmpint (progress, ==, 3 * 1024 * 1024);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

#define PARTS      3
#define PART_BYTES (64 * 1024)

typedef struct
{
  const char *content;
  const char *etag; /* "changes" becomes another one after two requests */
  guint requests;
  guint rests; /* requests for the part that is missing, and that told which version it is of */
} Parts;

static void
send_piece (SoupServerMessage *message, const char *head, const char *content, gsize length)
{
  GIOStream *stream = soup_server_message_steal_connection (message);
  GOutputStream *output = g_io_stream_get_output_stream (stream);

  g_output_stream_write_all (output, head, strlen (head), NULL, NULL, NULL);
  g_output_stream_write_all (output, content, length, NULL, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
  g_object_unref (stream);
}

/* Breaks off behind each part but the last; @user_data is a #Parts. */
static void
serve_in_parts (SoupServer *server,
                SoupServerMessage *message,
                const char *path,
                GHashTable *query,
                gpointer user_data)
{
  Parts *parts = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *range = soup_message_headers_get_one (headers, "Range");
  const char *version = soup_message_headers_get_one (headers, "If-Range");
  gsize whole = strlen (parts->content);
  gsize start = range != NULL ? g_ascii_strtoull (range + strlen ("bytes="), NULL, 10) : 0;
  gboolean same = g_strcmp0 (version, parts->etag) == 0;
  g_autofree char *head = NULL;

  parts->requests++;
  parts->rests += range != NULL && same;
  if (!same)
    start = 0;
  head = g_strdup_printf ("HTTP/1.1 %s\r\nContent-Type: application/pdf\r\nETag: %s\r\n"
                          "Content-Range: bytes %zu-%zu/%zu\r\nContent-Length: %zu\r\n\r\n",
                          start > 0 ? "206 Partial Content" : "200 OK", parts->etag, start,
                          whole - 1, whole, whole - start);
  if (parts->requests == 2 && g_str_equal (parts->etag, "\"changes\""))
    parts->etag = "\"changed\"";
  send_piece (message, head, parts->content + start,
              parts->requests < PARTS ? MIN (PART_BYTES, whole - start) : whole - start);
}

static void
fetch_in_parts (Fixture *fixture, Parts *parts)
{
  g_autofree char *content = g_malloc0 (PARTS * PART_BYTES + 1);
  g_autofree char *digest = NULL;
  g_autofree char *arrived = NULL;
  g_autoptr (KabFile) file = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < PARTS * PART_BYTES; i++)
    content[i] = 'a' + g_random_int_range (0, 26);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);
  file = new_file (PARTS * PART_BYTES, digest);
  parts->content = content;
  kab_test_server_handle (fixture->server, "/v1/files/f1", NULL, serve_in_parts, parts);
  g_assert_true (download (fixture, file, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_load_contents (fixture->target, NULL, &arrived, NULL, NULL, NULL));
  g_assert_cmpstr (arrived, ==, content);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
  g_assert_cmpuint (parts->requests, ==, PARTS);
}

/* The line breaks twice: only what is missing is asked for. */
static void
test_goes_on (Fixture *fixture, gconstpointer data)
{
  Parts parts = { .etag = "\"v1\"" };

  fetch_in_parts (fixture, &parts);
  g_assert_cmpuint (parts.rests, ==, PARTS - 1);
}

/* What is there isn't the beginning of what comes now. */
static void
test_other_version (Fixture *fixture, gconstpointer data)
{
  Parts parts = { .etag = "\"changes\"" };

  fetch_in_parts (fixture, &parts);
  g_assert_cmpuint (parts.rests, ==, 1);
}

/* Whatever goes wrong, what was there before stays and nothing is left beside it. */
static void
test_failures (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    guint size;
    const char *sha256;
    KabApiError code;
  } failures[] = {
    { 200, "hello", 6, NULL, KAB_API_ERROR_GARBAGE },
    { 200, "hello", 4, NULL, KAB_API_ERROR_GARBAGE },
    { 200, "hallo", 5, SHA256_OF_HELLO, KAB_API_ERROR_GARBAGE },
    { 404, "{'type':'t','title':'','status':404,'code':'not-found'}", 5, NULL,
      KAB_API_ERROR_NOT_FOUND },
    { 0, "hello", 10, NULL, KAB_API_ERROR_UNREACHABLE },
  };

  g_assert_true (g_file_replace_contents (fixture->target, "before", 6, NULL, FALSE,
                                          G_FILE_CREATE_NONE, NULL, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (KabFile) file = new_file (failures[i].size, failures[i].sha256);
      g_autoptr (GError) error = NULL;
      g_autofree char *contents = NULL;

      kab_test_server_forget (fixture->server, "GET /v1/files/f1");
      if (failures[i].status == 0)
        kab_test_server_trick (fixture->server, "GET /v1/files/f1", KAB_TEST_HALF,
                               failures[i].body);
      else
        kab_test_server_reply_full (fixture->server, "GET /v1/files/f1", failures[i].status,
                                    failures[i].status >= 400 ? "application/problem+json"
                                                              : "application/pdf",
                                    failures[i].body, NULL, NULL);
      g_assert_false (download (fixture, file, NULL, NULL, &error));
      g_assert_error (error, KAB_API_ERROR, (int) failures[i].code);
      kab_test_wait_until (count_files (fixture->folder) == 1);
      g_assert_true (g_file_load_contents (fixture->target, NULL, &contents, NULL, NULL, NULL));
      g_assert_cmpstr (contents, ==, "before");
    }
}

static void
test_right_digest (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KabFile) file = new_file (5, SHA256_OF_HELLO);
  g_autoptr (GError) error = NULL;

  kab_test_server_reply_full (fixture->server, "GET /v1/files/f1", 200, "application/pdf", "hello",
                              NULL, NULL);
  g_assert_true (download (fixture, file, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KabFile) file = new_file (5, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  kab_test_server_trick (fixture->server, "GET /v1/files/f1", KAB_TEST_SILENT, NULL);
  kab_file_download_async (fixture->api, file, fixture->target, NULL, NULL, cancellable,
                           kab_test_keep_result, &fixture->result);
  kab_test_run_for (50);
  g_cancellable_cancel (cancellable);
  kab_test_wait_for_result (&fixture->result);
  g_assert_false (kab_file_download_finish (fixture->api, fixture->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

static void
test_unwritable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KabFile) file = new_file (5, NULL);
  g_autoptr (GError) error = NULL;

  g_object_unref (fixture->target);
  fixture->target = g_file_new_for_path ("/proc/none/a.pdf");
  kab_test_server_reply_full (fixture->server, "GET /v1/files/f1", 200, "application/pdf", "hello",
                              NULL, NULL);
  g_assert_false (download (fixture, file, NULL, NULL, &error));
  g_assert_true (error->domain == G_IO_ERROR);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/download/whole", test_whole);
  add ("/download/goes-on", test_goes_on);
  add ("/download/other-version", test_other_version);
  add ("/download/failures", test_failures);
  add ("/download/right-digest", test_right_digest);
  add ("/download/cancel", test_cancel);
  add ("/download/unwritable", test_unwritable);

  return g_test_run ();
}
