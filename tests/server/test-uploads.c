/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Uploads by tus 1.0.0, over HTTP, on both engines: creation, pieces, content, broken lines. */

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kab-files.h"
#include "kab-tus-headers.h"
#include "upload-fixture.h"

static void
test_options (KabTestDesk *desk)
{
  const Person nobody = { 0 };
  g_autoptr (KabTestReply) reply = ask (desk, &nobody, "OPTIONS", NULL, NULL);

  g_assert_cmpuint (reply->status, ==, 204);
  assert_header (reply, "tus-version", "1.0.0");
  assert_header (reply, "tus-extension", "creation,expiration,checksum,termination");
  assert_header (reply, "tus-checksum-algorithm", "sha256");
  assert_header (reply, "tus-max-size", "157286400");
}

/* Each refusal of a creation. */
static void
test_creation_refused (KabTestDesk *desk)
{
  static const struct
  {
    const char *headers;
    guint status;
    const char *code;
  } cases[] = {
    { NAMED "Upload-Length: 5\r\n" TUS, 400, "idempotency-key-missing" },
    { KEY NAMED "Upload-Length: 5\r\n", 412, "tus-version-unsupported" },
    { KEY NAMED "Upload-Length: 5\r\nTus-Resumable: 0.2.2\r\n", 412, "tus-version-unsupported" },
    { KEY TUS NAMED, 400, "invalid-header" },
    { KEY TUS NAMED "Upload-Length: -1\r\n", 400, "invalid-header" },
    { KEY TUS NAMED "Upload-Length: 99999999999999999999\r\n", 400, "invalid-header" },
    { KEY TUS NAMED "Upload-Defer-Length: 1\r\n", 400, "invalid-header" },
    { KEY TUS NAMED "Upload-Length: 157286401\r\n", 413, "upload-too-large" },
    { KEY TUS NAMED "Upload-Length: 0\r\n", 422, "validation-failed" },
    { KEY TUS "Upload-Length: 5\r\n", 422, "validation-failed" },
    { KEY TUS "Upload-Length: 5\r\nUpload-Metadata: filename\r\n", 422, "validation-failed" },
    /* a.exe */
    { KEY TUS "Upload-Length: 5\r\nUpload-Metadata: filename YS5leGU=\r\n", 422,
      "validation-failed" },
    { KEY TUS "Upload-Length: 5\r\nUpload-Metadata: filename YS5wZGY\r\n", 400, "invalid-header" },
    { KEY TUS "Upload-Length: 5\r\nUpload-Metadata: filename YS5wZGY=,filename YS5wZGY=\r\n", 400,
      "invalid-header" },
    { KEY TUS "Upload-Length: 5\r\nUpload-Metadata: ,\r\n", 400, "invalid-header" },
    /* not UTF-8; a NUL */
    { KEY TUS "Upload-Length: 5\r\nUpload-Metadata: filename /y5wZGY=\r\n", 400, "invalid-header" },
    { KEY TUS "Upload-Length: 5\r\nUpload-Metadata: filename YQAucGRm\r\n", 400, "invalid-header" },
  };
  g_auto (Person) person = { 0 };

  person_init (&person, desk, "client");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KabTestReply) reply = ask (desk, &person, "POST", NULL, cases[i].headers);

      g_test_message ("%s", cases[i].headers);
      kab_test_assert_problem (reply, cases[i].status, cases[i].code);
      if (cases[i].status == 412)
        assert_header (reply, "tus-version", "1.0.0");
    }
  g_assert_cmpint (kab_test_desk_count (desk, "files"), ==, 0);
}

/* A creation that is repeated makes one upload; the key of another is refused. */
static void
test_creation_repeated (KabTestDesk *desk)
{
  g_auto (Person) person = { 0 };
  g_autoptr (KabTestReply) first = NULL;
  g_autoptr (KabTestReply) second = NULL;
  g_autoptr (KabTestReply) other = NULL;
  g_autofree char *location = NULL;

  person_init (&person, desk, "client");
  first = ask (desk, &person, "POST", NULL, KEY TUS NAMED "Upload-Length: 5\r\n");
  second = ask (desk, &person, "POST", NULL, KEY TUS NAMED "Upload-Length: 5\r\n");
  other = ask (desk, &person, "POST", NULL, KEY TUS NAMED "Upload-Length: 6\r\n");
  g_assert_cmpuint (first->status, ==, 201);
  g_assert_cmpuint (second->status, ==, 201);
  location = kab_test_reply_header (first, "location");
  assert_header (second, "location", location);
  assert_header (second, "tus-resumable", "1.0.0");
  kab_test_assert_problem (other, 422, "idempotency-key-reused");
  g_assert_cmpint (kab_test_desk_count (desk, "files"), ==, 1);
}

/* Each refusal of a PATCH leaves the offset where it was. */
static void
test_append_refused (KabTestDesk *desk)
{
  static const struct
  {
    const char *headers;
    guint status;
    const char *code;
  } cases[] = {
    { OCTETS "Upload-Offset: 0\r\n", 412, "tus-version-unsupported" },
    { TUS "Upload-Offset: 0\r\n", 415, "unsupported-media-type" },
    { TUS "Content-Type: application/pdf\r\nUpload-Offset: 0\r\n", 415, "unsupported-media-type" },
    { TUS OCTETS "Content-Encoding: gzip\r\nUpload-Offset: 0\r\n", 415, "unsupported-media-type" },
    { TUS OCTETS, 400, "invalid-header" },
    { TUS OCTETS "Upload-Offset: x\r\n", 400, "invalid-header" },
    { TUS OCTETS "Upload-Offset: 1\r\n", 409, "upload-offset-conflict" },
    { TUS OCTETS "Upload-Offset: 0\r\nUpload-Checksum: md5 XUFAKrxLKna5cZ2REBfFkg==\r\n", 400,
      "checksum-unsupported" },
    { TUS OCTETS "Upload-Offset: 0\r\nUpload-Checksum: sha256\r\n", 400, "invalid-header" },
    { TUS OCTETS "Upload-Offset: 0\r\nUpload-Checksum: sha256 AAAA\r\n", 400, "invalid-header" },
    { TUS OCTETS "Upload-Offset: 0\r\nUpload-Checksum: sha256 "
                 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n",
      460, "checksum-mismatch" },
  };
  g_auto (Person) person = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *small = NULL;
  g_autoptr (KabTestReply) too_long = NULL;

  person_init (&person, desk, "client");
  id = kab_test_desk_begin (desk, person.token, "a.pdf", 100);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KabTestReply) reply = ask (desk, &person, "PATCH", id, cases[i].headers);

      g_test_message ("%s", cases[i].headers);
      kab_test_assert_problem (reply, cases[i].status, cases[i].code);
      assert_offset (desk, &person, id, "0");
    }
  small = kab_test_desk_begin (desk, person.token, "a.txt", 4);
  too_long = ask (desk, &person, "PATCH", small, TUS OCTETS "Upload-Offset: 0\r\n");
  kab_test_assert_problem (too_long, 413, "body-too-large");
  assert_offset (desk, &person, small, "0");
  g_assert_cmpint (kab_test_desk_count (desk, "file_chunks"), ==, 0);
}

/* In one go and over the pieces of the store; the file can be read at once, and is as sent. */
static void
test_whole (KabTestDesk *desk)
{
  static const gsize sizes[] = { 9, 4095, 4096, 262144, 262145, 1048576, 3000000 };
  g_auto (Person) person = { 0 };

  person_init (&person, desk, "client");
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) pdf = make_pdf (sizes[i]);
      g_autofree char *id = kab_test_desk_upload (desk, person.token, "ā b.pdf", pdf);
      g_autofree char *path = g_strconcat ("/v1/files/", id, NULL);
      g_autoptr (KabTestReply) reply = kab_test_desk_get (desk, person.token, path);

      g_assert_cmpuint (reply->status, ==, 200);
      assert_header (reply, "content-type", "application/pdf");
      assert_header (reply, "content-disposition",
                     "attachment; filename=\"a b.pdf\"; filename*=UTF-8''%C4%81%20b.pdf");
      g_assert_cmpmem (reply->body, reply->body_length, g_bytes_get_data (pdf, NULL), sizes[i]);
    }
}

static KabTestReply *
append_checked (KabTestDesk *desk,
                const Person *person,
                const char *id,
                gsize offset,
                GBytes *bytes,
                gboolean is_right)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *path = g_strconcat ("/v1/uploads/", id, NULL);
  g_autofree char *encoded = NULL;
  g_autofree char *headers = NULL;

  g_checksum_update (checksum, data, (gssize) size);
  g_checksum_get_digest (checksum, digest, &length);
  digest[31] ^= !is_right;
  encoded = g_base64_encode (digest, length);
  headers = g_strdup_printf (TUS OCTETS "Upload-Offset: %" G_GSIZE_FORMAT
                                        "\r\nUpload-Checksum: sha256 %s\r\n",
                             offset, encoded);
  return kab_test_desk_call (desk, &(KabTestCall) { person->token, "PATCH", path, headers,
                                                    (const char *) data, (gssize) size });
}

typedef struct
{
  const char *id;
  KabFile *file;
} Find;

static gboolean
find_file (KabTransaction *tx, gpointer data, GError **error)
{
  Find *find = data;

  return (find->file = kab_file_get (tx, find->id, error)) != NULL;
}

static void
assert_content (KabTestDesk *desk, const Person *person, const char *id, GBytes *bytes)
{
  g_autofree char *path = g_strconcat ("/v1/files/", id, NULL);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autoptr (KabTestReply) reply = kab_test_desk_get (desk, person->token, path);
  Find find = { id, NULL };

  g_assert_cmpmem (reply->body, reply->body_length, g_bytes_get_data (bytes, NULL),
                   g_bytes_get_size (bytes));
  g_assert_true (kab_store_read (desk->bank->store, find_file, &find, NULL));
  g_assert_cmpstr (find.file->sha256, ==, sum);
  kab_file_free (find.file);
}

/* In pieces of every awkward size, with a checksum each; then it can't be appended to. */
static void
test_pieces (KabTestDesk *desk)
{
  static const gsize sizes[] = { 1, 8, 4000, 100, 300000, 1048576, 3000000, 2097152, 7 };
  const gsize whole = 6449844;
  g_auto (Person) person = { 0 };
  g_autoptr (GBytes) pdf = make_pdf (whole);
  g_autofree char *id = NULL;
  g_autofree char *end =
      g_strdup_printf (TUS OCTETS "Upload-Offset: %" G_GSIZE_FORMAT "\r\n", whole);
  g_autoptr (KabTestReply) more = NULL;
  gsize offset = 0;

  person_init (&person, desk, "client");
  id = kab_test_desk_begin (desk, person.token, "a.pdf", (gint64) whole);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) piece = g_bytes_new_from_bytes (pdf, offset, sizes[i]);
      g_autofree char *next = g_strdup_printf ("%" G_GSIZE_FORMAT, offset + sizes[i]);
      g_autoptr (KabTestReply) reply = append_checked (desk, &person, id, offset, piece, TRUE);

      g_assert_cmpuint (reply->status, ==, 204);
      assert_header (reply, "upload-offset", next);
      offset += sizes[i];
    }
  g_assert_cmpuint (offset, ==, whole);
  assert_content (desk, &person, id, pdf);
  more = ask (desk, &person, "PATCH", id, end);
  kab_test_assert_problem (more, 413, "body-too-large");
}

/* Of a large piece that isn't right nothing counts, and it leaves nothing behind. */
static void
test_large_mismatch (KabTestDesk *desk)
{
  g_auto (Person) person = { 0 };
  g_autoptr (GBytes) pdf = make_pdf (3000000);
  g_autoptr (GBytes) other = g_bytes_new_take (g_strnfill (2500000, 'x'), 2500000);
  g_autofree char *id = NULL;
  g_autoptr (KabTestReply) refused = NULL;
  g_autoptr (KabTestReply) taken = NULL;

  person_init (&person, desk, "client");
  id = kab_test_desk_begin (desk, person.token, "a.pdf", 3000000);
  refused = append_checked (desk, &person, id, 0, other, FALSE);
  kab_test_assert_problem (refused, 460, "checksum-mismatch");
  assert_offset (desk, &person, id, "0");
  taken = append_checked (desk, &person, id, 0, pdf, TRUE);
  g_assert_cmpuint (taken->status, ==, 204);
  assert_content (desk, &person, id, pdf);
  g_assert_cmpint (kab_test_desk_count (desk, "file_chunks"), ==, 12);
}

/* What isn't of its type is refused as soon as it can be told, and gone. */
static void
test_content (KabTestDesk *desk)
{
  g_auto (Person) person = { 0 };
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (2000000), 2000000);
  g_autoptr (GBytes) start = g_bytes_new_from_bytes (zeros, 0, 4095);
  g_autoptr (GBytes) rest = g_bytes_new_from_bytes (zeros, 0, 1);
  g_autofree char *whole = NULL;
  g_autofree char *small = NULL;
  g_autoptr (KabTestReply) first = NULL;
  g_autoptr (KabTestReply) second = NULL;
  g_autoptr (KabTestReply) third = NULL;
  g_autoptr (KabTestReply) gone = NULL;

  person_init (&person, desk, "client");
  whole = kab_test_desk_begin (desk, person.token, "a.pdf", 2000000);
  first = kab_test_desk_append (desk, person.token, whole, 0, zeros);
  kab_test_assert_field (first, "/content", "file-content");
  gone = ask (desk, &person, "HEAD", whole, TUS);
  g_assert_cmpuint (gone->status, ==, 404);
  small = kab_test_desk_begin (desk, person.token, "a.pdf", 2000000);
  second = kab_test_desk_append (desk, person.token, small, 0, start);
  g_assert_cmpuint (second->status, ==, 204);
  third = kab_test_desk_append (desk, person.token, small, 4095, rest);
  kab_test_assert_field (third, "/content", "file-content");
  g_assert_cmpint (kab_test_desk_count (desk, "files"), ==, 0);
  g_assert_cmpint (kab_test_desk_count (desk, "file_chunks"), ==, 0);
}

static gboolean
has_offset (KabTestDesk *desk, const Person *person, const char *id, const char *offset)
{
  g_autoptr (KabTestReply) reply = ask (desk, person, "HEAD", id, TUS);
  g_autofree char *found = kab_test_reply_header (reply, "upload-offset");

  return g_strcmp0 (found, offset) == 0;
}

/* The line breaks in the middle: what arrived is there, and the rest follows. */
static void
test_cut (KabTestDesk *desk)
{
  g_auto (Person) person = { 0 };
  g_autoptr (GBytes) pdf = make_pdf (2500000);
  g_autoptr (GBytes) rest = g_bytes_new_from_bytes (pdf, 1500000, 1000000);
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *head = NULL;
  g_autofree char *file = NULL;
  g_autoptr (KabTestReply) reply = NULL;
  g_autoptr (KabTestReply) read = NULL;
  int fd;

  person_init (&person, desk, "client");
  id = kab_test_desk_begin (desk, person.token, "a.pdf", 2500000);
  path = g_strconcat ("/v1/uploads/", id, NULL);
  head = kab_test_desk_compose (&(KabTestCall) { person.token, "PATCH", path,
                                                 TUS OCTETS "Upload-Offset: 0\r\n", "", 2500000 });
  fd = kab_test_connect (desk->port);
  kab_test_send (fd, head, -1);
  kab_test_send (fd, g_bytes_get_data (pdf, NULL), 1500000);
  shutdown (fd, SHUT_WR);
  g_assert_true (kab_test_is_closed (fd, KAB_TEST_PATIENCE_MS));
  close (fd);
  KAB_TEST_WAIT (has_offset (desk, &person, id, "1500000"));
  reply = kab_test_desk_append (desk, person.token, id, 1500000, rest);
  g_assert_cmpuint (reply->status, ==, 204);
  file = g_strconcat ("/v1/files/", id, NULL);
  read = kab_test_desk_get (desk, person.token, file);
  g_assert_cmpmem (read->body, read->body_length, g_bytes_get_data (pdf, NULL), 2500000);
}

typedef struct
{
  KabTestDesk *desk;
  const Person *person;
  const char *id;
  GBytes *bytes;
  gboolean has_checksum;
  guint status;
} Rival;

static gpointer
append_rival_cb (gpointer data)
{
  Rival *rival = data;
  g_autoptr (KabTestReply) reply =
      rival->has_checksum
          ? append_checked (rival->desk, rival->person, rival->id, 0, rival->bytes, TRUE)
          : kab_test_desk_append (rival->desk, rival->person->token, rival->id, 0, rival->bytes);

  rival->status = reply->status;
  return NULL;
}

/* Several at once never mix: one wins each piece, and the file is what was sent. */
static void
append_in_parallel (KabTestDesk *desk, gboolean has_checksum)
{
  g_auto (Person) person = { 0 };
  g_autoptr (GBytes) pdf = make_pdf (2500000);
  g_autofree char *id = NULL;
  g_autofree char *offset = NULL;
  g_autoptr (KabTestReply) state = NULL;
  Rival rivals[4];
  GThread *threads[4];
  gsize done;

  person_init (&person, desk, "client");
  id = kab_test_desk_begin (desk, person.token, "a.pdf", 2500000);
  for (guint i = 0; i < 4; i++)
    {
      rivals[i] = (Rival) { desk, &person, id, pdf, has_checksum, 0 };
      threads[i] = g_thread_new ("rival", append_rival_cb, &rivals[i]);
    }
  for (guint i = 0; i < 4; i++)
    {
      g_thread_join (threads[i]);
      g_assert_true (rivals[i].status == 204 || rivals[i].status == 409 || rivals[i].status == 413);
    }
  state = ask (desk, &person, "HEAD", id, TUS);
  offset = kab_test_reply_header (state, "upload-offset");
  done = (gsize) g_ascii_strtoull (offset, NULL, 10);
  g_assert_true (!has_checksum || done == 0 || done == 2500000);
  if (done < 2500000)
    {
      g_autoptr (GBytes) rest = g_bytes_new_from_bytes (pdf, done, 2500000 - done);
      g_autoptr (KabTestReply) reply = append_checked (desk, &person, id, done, rest, TRUE);

      g_assert_cmpuint (reply->status, ==, 204);
    }
  assert_content (desk, &person, id, pdf);
}

static void
test_parallel (KabTestDesk *desk)
{
  append_in_parallel (desk, FALSE);
}

static void
test_parallel_checked (KabTestDesk *desk)
{
  append_in_parallel (desk, TRUE);
}

/* The expiry is written as RFC 9110 wants it. */
static void
test_expiry_format (void)
{
  g_autofree char *text = kab_tus_format_expiry (G_GINT64_CONSTANT (784111777) * G_USEC_PER_SEC);

  g_assert_cmpstr (text, ==, "Sun, 06 Nov 1994 08:49:37 GMT");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/uploads/expiry-format", test_expiry_format);
  kab_test_desk_add ("/uploads/options", test_options);
  kab_test_desk_add ("/uploads/creation-refused", test_creation_refused);
  kab_test_desk_add ("/uploads/creation-repeated", test_creation_repeated);
  kab_test_desk_add ("/uploads/append-refused", test_append_refused);
  kab_test_desk_add ("/uploads/whole", test_whole);
  kab_test_desk_add ("/uploads/pieces", test_pieces);
  kab_test_desk_add ("/uploads/large-mismatch", test_large_mismatch);
  kab_test_desk_add ("/uploads/content", test_content);
  kab_test_desk_add ("/uploads/cut", test_cut);
  kab_test_desk_add ("/uploads/parallel", test_parallel);
  kab_test_desk_add ("/uploads/parallel-checked", test_parallel_checked);
  return g_test_run ();
}
