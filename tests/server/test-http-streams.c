/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bodies that are never whole in memory: uploads into a sink, and files that are read in pieces. */

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kab-problem.h"
#include "kab-test-server.h"

typedef struct
{
  int n_handled;
  int n_begun;
  int n_written;
  int n_interrupted;
  int is_blocked; /* the sink waits while it is set */
} Counters;

static Counters counters;

static void
wait_while_blocked (void)
{
  while (g_atomic_int_get (&counters.is_blocked))
    g_usleep (1000);
}

static KabResponse *
upload_handler (KabRequest *request, gpointer user_data, GError **error)
{
  g_atomic_int_inc (&counters.n_handled);
  return kab_response_new_empty (204);
}

static gboolean
begin_upload (KabRequest *request, gpointer user_data, GError **error)
{
  gint64 offset;

  g_atomic_int_inc (&counters.n_begun);
  if (!kab_request_get_header_integer (request, "upload-offset", G_MAXINT64, &offset, error))
    return FALSE;
  if (offset == 1)
    kab_problem_set (error, KAB_PROBLEM_CONFLICT, NULL);
  return offset != 1;
}

static gboolean
write_upload (KabRequest *request,
              const guint8 *data,
              gsize length,
              gpointer user_data,
              GError **error)
{
  gint64 offset;

  wait_while_blocked ();
  g_atomic_int_add (&counters.n_written, (int) length);
  if (!kab_request_get_header_integer (request, "upload-offset", G_MAXINT64, &offset, error))
    return FALSE;
  if (offset == 2)
    kab_problem_set (error, KAB_PROBLEM_CONFLICT, NULL);
  return offset != 2;
}

static void
upload_interrupted (KabRequest *request, gpointer user_data)
{
  g_atomic_int_inc (&counters.n_interrupted);
}

static const KabBodySink SINK = { begin_upload, write_upload, upload_interrupted };

static GBytes *
read_file (gpointer user_data, guint64 offset, GError **error)
{
  g_autofree char *piece = g_malloc (100 * 1000);

  if (offset >= 700 * 1000 && user_data)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "row missing");
      return NULL;
    }
  memset (piece, 'a' + (int) (offset / (100 * 1000)), 100 * 1000);
  return g_bytes_new_take (g_steal_pointer (&piece), 100 * 1000);
}

static KabResponse *
file_handler (KabRequest *request, gpointer user_data, GError **error)
{
  gboolean is_broken = kab_request_get_query (request, "broken") != NULL;
  KabResponse *response = kab_response_new_stream ("application/pdf", 1000 * 1000, read_file,
                                                   GINT_TO_POINTER (is_broken), NULL);

  kab_response_set_file_name (response, "Līgums \"1\".pdf\r\nX-Evil: 1", FALSE);
  return response;
}

static const KabRoute ROUTES[] = {
  { KAB_METHOD_PATCH, "/v1/uploads/{id}", "patchUpload", upload_handler, KAB_ACCESS_PUBLIC,
    .body = KAB_BODY_STREAM, .body_limit = 200 * 1024 * 1024,
    .content_type = "application/offset+octet-stream", .sink = &SINK },
  { KAB_METHOD_GET, "/v1/file", "getFile", file_handler, KAB_ACCESS_PUBLIC,
    .answer = KAB_ANSWER_FILE },
};

static KabTestServer *
start_server (void)
{
  KabHttpSettings settings;

  kab_http_settings_init (&settings);
  counters = (Counters) { 0 };
  return kab_test_server_new (&settings, ROUTES, G_N_ELEMENTS (ROUTES), NULL);
}

static void
assert_status (KabTestServer *server, const char *message, guint status)
{
  g_autoptr (KabTestReply) reply = kab_test_ask (server->port, message, -1);

  if (reply->status != status)
    g_error ("%s\nanswered with %u, expected %u", message, reply->status, status);
}

static void
test_file (void)
{
  g_autoptr (KabTestServer) server = start_server ();
  g_autoptr (KabTestReply) reply = kab_test_get (server->port, "/v1/file", NULL);
  g_autoptr (KabTestReply) broken = kab_test_get (server->port, "/v1/file?broken=1", NULL);
  g_autofree char *disposition = kab_test_reply_header (reply, "content-disposition");
  g_autofree char *evil = kab_test_reply_header (reply, "x-evil");

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpuint (reply->body_length, ==, 1000 * 1000);
  for (guint i = 0; i < 1000 * 1000; i += 997)
    g_assert_cmpint (reply->body[i], ==, 'a' + (int) (i / (100 * 1000)));
  g_assert_nonnull (strstr (disposition, "filename*=UTF-8''L%C4%ABgums%20%221%22.pdf"));
  g_assert_null (evil);
  /* A body that can't be read to its end is cut off, not filled up. */
  g_assert_true (broken->is_closed);
  g_assert_cmpuint (broken->body_length, <, 1000 * 1000);
}

static char *
upload_head (const char *offset, gsize length, const char *fields)
{
  return g_strdup_printf ("PATCH /v1/uploads/u HTTP/1.1\r\nHost: h\r\nUpload-Offset: %s\r\n"
                          "Content-Type: application/offset+octet-stream\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\n%s\r\n",
                          offset, length, fields);
}

static long
read_resident_kib (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, "VmRSS:");
  return line ? atol (line + 6) : 0;
}

/* 150 MB pass through while the sink is slower than the client, and never more than a little of
 * them is in memory. */
static void
test_large_upload (void)
{
  const gsize total = 150 * 1000 * 1000;
  g_autoptr (KabTestServer) server = start_server ();
  g_autofree char *head = upload_head ("0", total, "");
  g_autofree char *block = g_malloc0 (1000 * 1000);
  g_autoptr (KabTestReply) reply = NULL;
  long before;
  long peak;
  int fd = kab_test_connect (server->port);

  memset (block, 'x', 1000 * 1000);
  before = read_resident_kib ();
  peak = before;
  kab_test_send (fd, head, -1);
  for (guint i = 0; i < 150; i++)
    {
      g_assert_true (kab_test_send (fd, block, 1000 * 1000));
      peak = MAX (peak, read_resident_kib ());
    }
  reply = kab_test_receive (fd, KAB_TEST_PATIENCE_MS);
  g_assert_cmpuint (reply->status, ==, 204);
  g_assert_cmpint (counters.n_written, ==, total);
  g_test_message ("resident memory grew by %ld KiB", peak - before);
  g_test_minimized_result ((double) (peak - before), "resident memory grew by %ld KiB",
                           peak - before);
  g_assert_cmpint (peak - before, <, 8 * 1024);
  close (fd);
}

/* A sink that doesn't take anything stops the client, and memory with it. */
static void
test_back_pressure (void)
{
  g_autoptr (KabTestServer) server = start_server ();
  g_autofree char *head = upload_head ("0", 64 * 1024 * 1024, "");
  g_autofree char *block = g_malloc0 (1024 * 1024);
  g_autoptr (KabTestReply) reply = NULL;
  gsize sent = 0;
  int fd = kab_test_connect (server->port);

  g_atomic_int_set (&counters.is_blocked, TRUE);
  kab_test_send (fd, head, -1);
  while (sent < 64 * 1024 * 1024)
    {
      struct pollfd ready = { fd, POLLOUT, 0 };
      gssize length;

      /* The socket stays full for a while: the server doesn't read on. */
      if (poll (&ready, 1, 300) == 0)
        {
          g_assert_true (g_atomic_int_get (&counters.is_blocked));
          g_assert_cmpuint (sent, <, 32 * 1024 * 1024);
          g_atomic_int_set (&counters.is_blocked, FALSE);
          continue;
        }
      length =
          send (fd, block, MIN (1024 * 1024, 64 * 1024 * 1024 - sent), MSG_DONTWAIT | MSG_NOSIGNAL);
      g_assert_cmpint (length, >, 0);
      sent += (gsize) length;
    }
  g_assert_false (g_atomic_int_get (&counters.is_blocked));
  reply = kab_test_receive (fd, KAB_TEST_PATIENCE_MS);
  g_assert_cmpuint (reply->status, ==, 204);
  g_assert_cmpint (counters.n_written, ==, 64 * 1024 * 1024);
  close (fd);
}

static void
assert_upload (KabTestServer *server, const char *offset, const char *fields, guint status)
{
  g_autofree char *head = upload_head (offset, 10, fields);
  g_autofree char *message = g_strconcat (head, "0123456789", NULL);

  assert_status (server, message, status);
}

static void
test_refused_upload (void)
{
  g_autoptr (KabTestServer) server = start_server ();
  g_autofree char *large = upload_head ("0", 300 * 1024 * 1024, "Expect: 100-continue\r\n");

  assert_upload (server, "x", "", 400);
  g_assert_cmpint (counters.n_written, ==, 0);
  assert_upload (server, "1", "", 409);
  assert_upload (server, "1", "Expect: 100-continue\r\n", 409);
  g_assert_cmpint (counters.n_written, ==, 0);
  assert_upload (server, "2", "", 409);
  g_assert_cmpint (counters.n_written, ==, 10);
  g_assert_cmpint (counters.n_begun, ==, 4);
  assert_status (server, large, 413);
  g_assert_cmpint (counters.n_begun, ==, 4);
  g_assert_cmpint (counters.n_handled, ==, 0);
  g_assert_cmpint (counters.n_interrupted, ==, 0);
  assert_upload (server, "0", "", 204);
}

/* What came before the client went away is in the sink, which is told. */
static void
test_interrupted_upload (void)
{
  g_autoptr (KabTestServer) server = start_server ();
  g_autofree char *head = upload_head ("0", 1000 * 1000, "");
  g_autofree char *block = g_malloc0 (400 * 1000);
  int fd = kab_test_connect (server->port);

  kab_test_send (fd, head, -1);
  kab_test_send (fd, block, 400 * 1000);
  KAB_TEST_WAIT (g_atomic_int_get (&counters.n_written) > 0);
  close (fd);
  KAB_TEST_WAIT (g_atomic_int_get (&counters.n_interrupted) == 1);
  g_assert_cmpint (counters.n_written, ==, 400 * 1000);
  g_assert_cmpint (counters.n_handled, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/streams/file", test_file);
  g_test_add_func ("/server/streams/large-upload", test_large_upload);
  g_test_add_func ("/server/streams/back-pressure", test_back_pressure);
  g_test_add_func ("/server/streams/refused-upload", test_refused_upload);
  g_test_add_func ("/server/streams/interrupted-upload", test_interrupted_upload);
  return g_test_run ();
}
