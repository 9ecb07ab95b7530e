/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kab-file-digest.h"
#include "kab-files.h"

#define LARGE_BYTES (150 * 1024 * 1024)
#define MOST_GROWTH (8 * 1024 * 1024)

typedef struct
{
  KabFilePart part;
  const guint8 *data;
  gsize size;
  guint8 digest[KAB_FILE_DIGEST_BYTES];
} Attempt;

typedef struct
{
  KabFileNew file;
  char *id;
  gint64 offset;
  const guint8 *data;
  gsize size;
  GBytes *read;
  KabFile *found;
  gint64 count;
} Call;

static gboolean
create (KabTransaction *tx, gpointer data, GError **error)
{
  Call *call = data;

  return (call->id = kab_file_create (tx, &call->file, error)) != NULL;
}

static gboolean
append (KabTransaction *tx, gpointer data, GError **error)
{
  Call *call = data;

  return kab_file_append (tx, call->id, call->offset, call->data, call->size, error);
}

static gboolean
complete (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_file_complete (tx, ((Call *) data)->id, error);
}

static gboolean
read_on (KabTransaction *tx, gpointer data, GError **error)
{
  Call *call = data;

  return (call->read = kab_file_read (tx, call->id, call->offset, error)) != NULL;
}

static gboolean
find (KabTransaction *tx, gpointer data, GError **error)
{
  Call *call = data;

  return (call->found = kab_file_get (tx, call->id, error)) != NULL;
}

static gboolean
expire (KabTransaction *tx, gpointer data, GError **error)
{
  guint removed;

  if (!kab_files_expire (tx, 10, &removed, error))
    return FALSE;
  ((Call *) data)->count = removed;
  return TRUE;
}

static gboolean
keep (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_file_keep (tx, ((Call *) data)->id, error);
}

static gboolean delete (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_file_delete (tx, ((Call *) data)->id, error);
}

static gboolean
count_chunks (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_tx_query_int (tx, &((Call *) data)->count, error, "SELECT COUNT (*) FROM file_chunks");
}

static void
assert_refused (StoreFixture *fixture, KabStoreFunc func, gpointer call, KabStoreError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (kab_store_write (fixture->store, func, call, &error));
  g_assert_error (error, KAB_STORE_ERROR, (int) code);
}

static void
append_text (StoreFixture *fixture, Call *call, const char *text)
{
  call->data = (const guint8 *) text;
  call->size = strlen (text);
  store_fixture_write (fixture, append, call);
  call->offset += (gint64) call->size;
}

static void
assert_read (StoreFixture *fixture, Call *call, gint64 offset, const char *expected)
{
  call->offset = offset;
  store_fixture_read (fixture, read_on, call);
  g_assert_cmpmem (g_bytes_get_data (call->read, NULL), g_bytes_get_size (call->read), expected,
                   strlen (expected));
  g_clear_pointer (&call->read, g_bytes_unref);
}

static void
test_stream (StoreFixture *fixture)
{
  Call call = { .file = { .owner_id = "anna", .name = "Līgums.pdf", .length = 11 } };
  g_autofree char *sum = NULL;

  store_fixture_write (fixture, create, &call);
  append_text (fixture, &call, "hello ");
  store_fixture_reopen (fixture);
  call.offset = 5;
  assert_refused (fixture, append, &call, KAB_STORE_ERROR_CONFLICT);
  call.offset = 6;
  assert_refused (fixture, append, &call, KAB_STORE_ERROR_CONSTRAINT);
  assert_refused (fixture, complete, &call, KAB_STORE_ERROR_CONFLICT);
  append_text (fixture, &call, "world");
  store_fixture_write (fixture, complete, &call);
  assert_refused (fixture, complete, &call, KAB_STORE_ERROR_CONFLICT);
  call.size = 0;
  assert_refused (fixture, append, &call, KAB_STORE_ERROR_CONFLICT);
  assert_read (fixture, &call, 0, "hello ");
  assert_read (fixture, &call, 4, "o ");
  assert_read (fixture, &call, 6, "world");
  assert_read (fixture, &call, 10, "d");
  assert_read (fixture, &call, 11, "");
  assert_read (fixture, &call, 1000, "");
  store_fixture_read (fixture, find, &call);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "hello world", -1);
  g_assert_cmpstr (call.found->sha256, ==, sum);
  g_assert_cmpstr (call.found->name, ==, "Līgums.pdf");
  g_assert_cmpint (call.found->length, ==, 11);
  g_assert_true (call.found->is_complete);
  kab_file_free (call.found);
  store_fixture_write (fixture, delete, &call);
  store_fixture_read (fixture, count_chunks, &call);
  g_assert_cmpint (call.count, ==, 0);
  assert_refused (fixture, append, &call, KAB_STORE_ERROR_NOT_FOUND);
  assert_refused (fixture, read_on, &call, KAB_STORE_ERROR_NOT_FOUND);
  g_free (call.id);
}

static void
test_expiry (StoreFixture *fixture)
{
  Call lost = { .file = { .length = 3, .expires_at = fixture->now + 10 } };
  Call kept = lost;

  store_fixture_write (fixture, create, &lost);
  store_fixture_write (fixture, create, &kept);
  append_text (fixture, &lost, "abc");
  append_text (fixture, &kept, "abc");
  store_fixture_write (fixture, keep, &kept);
  fixture->now += 9;
  store_fixture_write (fixture, expire, &lost);
  g_assert_cmpint (lost.count, ==, 0);
  fixture->now += 1;
  store_fixture_write (fixture, expire, &lost);
  g_assert_cmpint (lost.count, ==, 1);
  assert_refused (fixture, read_on, &lost, KAB_STORE_ERROR_NOT_FOUND);
  store_fixture_read (fixture, count_chunks, &kept);
  g_assert_cmpint (kept.count, ==, 1);
  g_free (lost.id);
  g_free (kept.id);
}

static void
fill (guint8 *data, gsize size, gint64 offset)
{
  for (gsize i = 0; i < size; i += 8)
    {
      guint64 word = ((guint64) offset + i) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      memcpy (data + i, &word, 8);
    }
}

/* Returns the most memory beyond @base that was seen. */
static gint64
send_large (StoreFixture *fixture, Call *call, GChecksum *checksum, gint64 base)
{
  static guint8 data[KAB_FILE_CHUNK_BYTES];
  gint64 growth = 0;

  call->data = data;
  call->size = sizeof data;
  for (call->offset = 0; call->offset < LARGE_BYTES; call->offset += sizeof data)
    {
      fill (data, sizeof data, call->offset);
      g_checksum_update (checksum, data, sizeof data);
      store_fixture_write (fixture, append, call);
      growth = MAX (growth, store_test_resident_bytes () - base);
    }
  store_fixture_write (fixture, complete, call);
  return growth;
}

static gint64
receive_large (StoreFixture *fixture, Call *call, GChecksum *checksum, gint64 base)
{
  gint64 growth = 0;
  gsize size;

  call->offset = 0;
  do
    {
      gconstpointer data;

      store_fixture_read (fixture, read_on, call);
      data = g_bytes_get_data (call->read, &size);
      g_checksum_update (checksum, data, (gssize) size);
      call->offset += (gint64) size;
      g_clear_pointer (&call->read, g_bytes_unref);
      growth = MAX (growth, store_test_resident_bytes () - base);
    }
  while (size > 0);
  return growth;
}

/* 150 MB go in and come out without ever being in memory. */
static void
test_large (StoreFixture *fixture)
{
  Call call = { .file = { .length = LARGE_BYTES } };
  g_autoptr (GChecksum) sent = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GChecksum) received = g_checksum_new (G_CHECKSUM_SHA256);
  gint64 base, growth_in, growth_out, start = g_get_monotonic_time ();

  store_fixture_write (fixture, create, &call);
  base = store_test_resident_bytes ();
  growth_in = send_large (fixture, &call, sent, base);
  growth_out = receive_large (fixture, &call, received, base);
  g_test_message ("%.1f MB of memory in, %.1f MB out, %.2f s", (double) growth_in / 1e6,
                  (double) growth_out / 1e6, (double) (g_get_monotonic_time () - start) / 1e6);
#ifndef KAB_SANITIZED /* which keeps what was freed for a while */
  g_assert_cmpint (growth_in, <, MOST_GROWTH);
  g_assert_cmpint (growth_out, <, MOST_GROWTH);
#endif
  g_assert_cmpint (call.offset, ==, LARGE_BYTES);
  g_assert_cmpstr (g_checksum_get_string (sent), ==, g_checksum_get_string (received));
  store_fixture_read (fixture, find, &call);
  g_assert_cmpstr (call.found->sha256, ==, g_checksum_get_string (sent));
  kab_file_free (call.found);
  store_fixture_write (fixture, delete, &call);
  g_free (call.id);
}

static void
test_digest (void)
{
  g_autofree guint8 *data = g_malloc (1000);
  guint8 digest[KAB_FILE_DIGEST_BYTES], sum[KAB_FILE_SHA256_BYTES], expected[32];
  gsize expected_size = sizeof expected;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  fill (data, 1000, 77);
  kab_file_digest_start (digest);
  for (gsize done = 0, size = 0; done < 1000; done += size, size++)
    {
      size = MIN (size, 1000 - done);
      kab_file_digest_update (digest, data + done, size);
      if (done + size == 1000)
        break;
    }
  kab_file_digest_finish (digest, sum);
  g_checksum_update (checksum, data, 1000);
  g_checksum_get_digest (checksum, expected, &expected_size);
  g_assert_cmpmem (sum, sizeof sum, expected, expected_size);
}

static gboolean
stage (KabTransaction *tx, gpointer data, GError **error)
{
  Attempt *attempt = data;

  return kab_file_stage (tx, &attempt->part, attempt->data, attempt->size, &attempt->part.attempt,
                         error);
}

static gboolean
settle (KabTransaction *tx, gpointer data, GError **error)
{
  Attempt *attempt = data;

  return kab_file_settle (tx, &attempt->part, attempt->digest, error);
}

/* Ahead of a write that makes it durable, as an upload does it. */
static gboolean
stage_text (StoreFixture *fixture, Attempt *attempt, const char *text, GError **error)
{
  attempt->data = (const guint8 *) text;
  attempt->size = strlen (text);
  if (!kab_store_write_finish (kab_store_write_ahead (fixture->store, stage, attempt), error))
    return FALSE;
  attempt->part.staged += (gint64) attempt->size;
  kab_file_digest_update (attempt->digest, text, attempt->size);
  return TRUE;
}

static void
begin_attempt (Attempt *attempt, const char *id)
{
  *attempt = (Attempt) { .part.id = id };
  kab_file_digest_start (attempt->digest);
}

/* Staged pieces don't count, the later attempt wins, and nothing of the earlier is left. */
static void
test_attempts (StoreFixture *fixture)
{
  Call call = { .file = { .length = 8 } };
  Attempt early, late;
  g_autoptr (GError) overtaken = NULL;
  g_autoptr (GError) too_long = NULL;

  store_fixture_write (fixture, create, &call);
  begin_attempt (&early, call.id);
  begin_attempt (&late, call.id);
  g_assert_true (stage_text (fixture, &early, "aaaa", NULL));
  g_assert_true (stage_text (fixture, &early, "aa", NULL));
  store_fixture_read (fixture, find, &call);
  g_assert_cmpint (call.found->received, ==, 0);
  g_assert_true (stage_text (fixture, &late, "bbb", NULL));
  g_assert_false (stage_text (fixture, &early, "aa", &overtaken));
  g_assert_error (overtaken, KAB_STORE_ERROR, KAB_STORE_ERROR_CONFLICT);
  assert_refused (fixture, settle, &early, KAB_STORE_ERROR_CONFLICT);
  g_assert_false (stage_text (fixture, &late, "bbbbbb", &too_long));
  g_assert_error (too_long, KAB_STORE_ERROR, KAB_STORE_ERROR_CONSTRAINT);
  g_assert_true (stage_text (fixture, &late, "bbbbb", NULL));
  store_fixture_write (fixture, settle, &late);
  store_fixture_write (fixture, complete, &call);
  store_fixture_read (fixture, count_chunks, &call);
  g_assert_cmpint (call.count, ==, 2);
  store_fixture_read (fixture, read_on, &call);
  g_assert_cmpmem (g_bytes_get_data (call.read, NULL), g_bytes_get_size (call.read), "bbb", 3);
  kab_file_free (g_steal_pointer (&call.found));
  store_fixture_read (fixture, find, &call);
  g_assert_cmpstr (call.found->sha256, ==,
                   "fb398cc690e15ddba43ee811b6c0d3ec190901ad3df377fec9a1f9004b919a06");
  g_bytes_unref (call.read);
  kab_file_free (call.found);
  g_free (call.id);
}

void
add_file_tests (void)
{
  g_test_add_func ("/store/files/digest", test_digest);
  store_test_add ("files/stream", test_stream);
  store_test_add ("files/expiry", test_expiry);
  store_test_add ("files/attempts", test_attempts);
  store_test_add ("files/large", test_large);
}
