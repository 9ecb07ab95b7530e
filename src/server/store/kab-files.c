/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-files.h"

#include "kab-file-digest.h"
#include "kab-store.h"

static char *
to_hex (KabRows *rows, const char *column)
{
  gsize size;
  const guint8 *bytes = kab_rows_data (rows, column, &size);
  GString *hex;

  if (bytes == NULL)
    return NULL;
  hex = g_string_sized_new (2 * size);
  for (gsize i = 0; i < size; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  return g_string_free_and_steal (hex);
}

static KabFile *
read_file (KabRows *rows)
{
  KabFile *file = g_new0 (KabFile, 1);

  file->id = kab_rows_dup_text (rows, "id");
  file->owner_id = kab_rows_dup_text (rows, "owner_id");
  file->name = kab_rows_dup_text (rows, "name");
  file->media_type = kab_rows_dup_text (rows, "media_type");
  file->length = kab_rows_is_null (rows, "length") ? -1 : kab_rows_int (rows, "length");
  file->received = kab_rows_int (rows, "received");
  file->is_complete = g_strcmp0 (kab_rows_text (rows, "state"), "complete") == 0;
  file->sha256 = to_hex (rows, "sha256");
  file->created_at = kab_rows_int (rows, "created_at");
  file->expires_at = kab_rows_int (rows, "expires_at");
  return file;
}

static gboolean
refuse (GError **error, KabStoreError code, const char *message)
{
  g_set_error_literal (error, KAB_STORE_ERROR, code, message);
  return FALSE;
}

/**
 * kab_file_create:
 *
 * Begins an empty file.
 *
 * Returns: (transfer full): its id, which can't be guessed
 */
char *
kab_file_create (KabTransaction *tx, const KabFileNew *file, GError **error)
{
  g_autofree char *id = kab_store_make_id ();
  guint8 digest[KAB_FILE_DIGEST_BYTES];

  kab_file_digest_start (digest);
  if (!kab_tx_exec (tx, error,
                    "INSERT INTO files (id, owner_id, name, media_type, length, digest_state, "
                    "created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    KAB_TEXT (id), KAB_TEXT (file->owner_id), KAB_TEXT (file->name),
                    KAB_TEXT (file->media_type),
                    file->length >= 0 ? KAB_INT (file->length) : KAB_NULL,
                    KAB_DATA (digest, sizeof digest), KAB_INT (kab_tx_get_now (tx)),
                    file->expires_at > 0 ? KAB_INT (file->expires_at) : KAB_NULL))
    return NULL;
  return g_steal_pointer (&id);
}

/**
 * kab_file_get:
 *
 * Returns: (transfer full): what is known of the file, or %NULL with NOT_FOUND
 */
KabFile *
kab_file_get (KabTransaction *tx, const char *id, GError **error)
{
  g_autoptr (KabRows) rows =
      kab_tx_query_one (tx, error,
                        "SELECT id, owner_id, name, media_type, length, received, state, sha256, "
                        "created_at, expires_at FROM files WHERE id = ?",
                        KAB_TEXT (id));

  return rows != NULL ? read_file (rows) : NULL;
}

static gboolean
insert_chunks (KabTransaction *tx,
               const char *id,
               gint64 offset,
               const guint8 *data,
               gsize size,
               GError **error)
{
  for (gsize done = 0; done < size;)
    {
      gsize chunk = MIN (size - done, KAB_FILE_CHUNK_BYTES);

      if (!kab_tx_exec (
              tx, error, "INSERT INTO file_chunks (file_id, start, data) VALUES (?, ?, ?)",
              KAB_TEXT (id), KAB_INT (offset + (gint64) done), KAB_DATA (data + done, chunk)))
        return FALSE;
      done += chunk;
    }
  return TRUE;
}

/* Where a file ends that is being received, and what is needed to go on. */
typedef struct
{
  gint64 received;
  gint64 length; /* -1 while that isn't known */
  gint64 attempt;
  guint8 digest[KAB_FILE_DIGEST_BYTES];
} Tail;

static gboolean
read_tail (KabTransaction *tx, const char *id, Tail *tail, GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error, "SELECT received, length, state, digest_state, attempt FROM files WHERE id = ?",
      KAB_TEXT (id));
  gconstpointer digest;
  gsize size;

  if (rows == NULL)
    return FALSE;
  if (g_strcmp0 (kab_rows_text (rows, "state"), "receiving") != 0)
    return refuse (error, KAB_STORE_ERROR_CONFLICT, "The file is complete");
  digest = kab_rows_data (rows, "digest_state", &size);
  if (size != KAB_FILE_DIGEST_BYTES)
    return refuse (error, KAB_STORE_ERROR_FAILED, "The digest of the file is lost");
  tail->received = kab_rows_int (rows, "received");
  tail->length = kab_rows_is_null (rows, "length") ? -1 : kab_rows_int (rows, "length");
  tail->attempt = kab_rows_int (rows, "attempt");
  memcpy (tail->digest, digest, size);
  return TRUE;
}

/* Whether @part still continues the file, with @size bytes more. */
static gboolean
check_part (const Tail *tail, const KabFilePart *part, gsize size, GError **error)
{
  if (tail->received != part->offset)
    return refuse (error, KAB_STORE_ERROR_CONFLICT, "The file has another length by now");
  if (part->attempt != 0 && tail->attempt != part->attempt)
    return refuse (error, KAB_STORE_ERROR_CONFLICT, "Another attempt continues the file");
  if (tail->length >= 0 && part->staged + (gint64) size > tail->length - part->offset)
    return refuse (error, KAB_STORE_ERROR_CONSTRAINT, "The file would become longer than declared");
  return TRUE;
}

/* Makes earlier attempts stop, and forgets what they stored in vain. */
static gboolean
begin_attempt (KabTransaction *tx, const char *id, Tail *tail, GError **error)
{
  tail->attempt++;
  return kab_tx_change_one (tx, error, "UPDATE files SET attempt = ? WHERE id = ?",
                            KAB_INT (tail->attempt), KAB_TEXT (id)) &&
         kab_tx_exec (tx, error, "DELETE FROM file_chunks WHERE file_id = ? AND start >= ?",
                      KAB_TEXT (id), KAB_INT (tail->received));
}

/**
 * kab_file_get_digest:
 * @digest: (out): KAB_FILE_DIGEST_BYTES, the SHA-256 under way of what is stored
 *
 * Returns: %FALSE with CONFLICT when the file is complete, NOT_FOUND when it is gone
 */
gboolean
kab_file_get_digest (KabTransaction *tx, const char *id, guint8 *digest, GError **error)
{
  Tail tail;

  if (!read_tail (tx, id, &tail, error))
    return FALSE;
  memcpy (digest, tail.digest, sizeof tail.digest);
  return TRUE;
}

/**
 * kab_file_stage:
 * @part: what was staged so far
 * @size: at most KAB_FILE_APPEND_BYTES
 * @attempt: (out): belongs into @part from now on
 *
 * Stores the next bytes of @part behind what the file has, where nobody sees them before
 * kab_file_settle(). The first piece of an attempt takes the file over from whoever was at it.
 *
 * Returns: whether they were stored; %FALSE with CONFLICT when the file ends elsewhere, is complete
 *   or another attempt has taken it over, CONSTRAINT when it would become longer than declared,
 *   NOT_FOUND when it is gone
 */
gboolean
kab_file_stage (KabTransaction *tx,
                const KabFilePart *part,
                gconstpointer data,
                gsize size,
                gint64 *attempt,
                GError **error)
{
  Tail tail;

  if (size > KAB_FILE_APPEND_BYTES)
    return refuse (error, KAB_STORE_ERROR_CONSTRAINT, "Too many bytes are appended at once");
  if (!read_tail (tx, part->id, &tail, error) || !check_part (&tail, part, size, error) ||
      (part->attempt == 0 && !begin_attempt (tx, part->id, &tail, error)))
    return FALSE;
  *attempt = tail.attempt;
  return insert_chunks (tx, part->id, part->offset + part->staged, data, size, error);
}

/**
 * kab_file_settle:
 * @part: what was staged
 * @digest: the SHA-256 under way with the bytes of @part
 *
 * Makes what was staged a part of the file; errors as kab_file_stage().
 */
gboolean
kab_file_settle (KabTransaction *tx, const KabFilePart *part, const guint8 *digest, GError **error)
{
  Tail tail;

  return read_tail (tx, part->id, &tail, error) && check_part (&tail, part, 0, error) &&
         kab_tx_change_one (tx, error,
                            "UPDATE files SET received = ?, digest_state = ? WHERE id = ?",
                            KAB_INT (part->offset + part->staged),
                            KAB_DATA (digest, KAB_FILE_DIGEST_BYTES), KAB_TEXT (part->id));
}

/**
 * kab_file_append:
 * @offset: where the bytes belong, which is where the file ends now
 * @size: at most KAB_FILE_APPEND_BYTES
 *
 * Stages a piece and settles it at once; errors as kab_file_stage().
 */
gboolean
kab_file_append (KabTransaction *tx,
                 const char *id,
                 gint64 offset,
                 gconstpointer data,
                 gsize size,
                 GError **error)
{
  KabFilePart part = { .id = id, .offset = offset };
  guint8 digest[KAB_FILE_DIGEST_BYTES];

  if (!kab_file_get_digest (tx, id, digest, error) ||
      !kab_file_stage (tx, &part, data, size, &part.attempt, error))
    return FALSE;
  part.staged = (gint64) size;
  kab_file_digest_update (digest, data, size);
  return kab_file_settle (tx, &part, digest, error);
}

/**
 * kab_file_complete:
 *
 * Closes a file that has all of its bytes and computes its SHA-256; CONFLICT when some are still
 * missing or it was closed before.
 */
gboolean
kab_file_complete (KabTransaction *tx, const char *id, GError **error)
{
  guint8 sha256[KAB_FILE_SHA256_BYTES];
  Tail tail;

  if (!read_tail (tx, id, &tail, error))
    return FALSE;
  if (tail.length >= 0 && tail.length != tail.received)
    return refuse (error, KAB_STORE_ERROR_CONFLICT, "The file is not whole yet");
  kab_file_digest_finish (tail.digest, sha256);
  return kab_tx_change_one (tx, error,
                            "UPDATE files SET state = 'complete', length = received, sha256 = ?, "
                            "digest_state = NULL WHERE id = ?",
                            KAB_DATA (sha256, sizeof sha256), KAB_TEXT (id));
}

/**
 * kab_file_read:
 * @offset: from which byte on
 *
 * Reads on, in a transaction for each piece if need be: what is stored never changes.
 *
 * Returns: (transfer full): up to KAB_FILE_CHUNK_BYTES from @offset on, none at the end; %NULL
 *   with NOT_FOUND when the file is gone
 */
GBytes *
kab_file_read (KabTransaction *tx, const char *id, gint64 offset, GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error,
      "SELECT files.received, chunks.start, chunks.data FROM files LEFT JOIN file_chunks AS chunks "
      "ON chunks.file_id = files.id AND chunks.start = (SELECT MAX (start) FROM file_chunks "
      "WHERE file_id = ?1 AND start <= ?2) WHERE files.id = ?1",
      KAB_TEXT (id), KAB_INT (offset));
  const guint8 *data;
  gsize size;
  gint64 skipped;

  if (rows == NULL)
    return NULL;
  if (offset < 0 || offset >= kab_rows_int (rows, "received"))
    return g_bytes_new (NULL, 0);
  data = kab_rows_data (rows, "data", &size);
  skipped = offset - kab_rows_int (rows, "start");
  if (data == NULL || skipped >= (gint64) size)
    {
      refuse (error, KAB_STORE_ERROR_FAILED, "A piece of the file is missing");
      return NULL;
    }
  return g_bytes_new (data + skipped, size - (gsize) skipped);
}

/**
 * kab_file_keep:
 *
 * Takes the expiry from a file that has found its document.
 */
gboolean
kab_file_keep (KabTransaction *tx, const char *id, GError **error)
{
  return kab_tx_change_one (tx, error, "UPDATE files SET expires_at = NULL WHERE id = ?",
                            KAB_TEXT (id));
}

/**
 * kab_file_extend:
 * @expires_at: microseconds since 1970
 *
 * Puts the expiry of a file off; NOT_FOUND when it is kept or gone.
 */
gboolean
kab_file_extend (KabTransaction *tx, const char *id, gint64 expires_at, GError **error)
{
  return kab_tx_change_one (tx, error,
                            "UPDATE files SET expires_at = ? WHERE id = ? "
                            "AND expires_at IS NOT NULL",
                            KAB_INT (expires_at), KAB_TEXT (id));
}

/**
 * kab_file_delete:
 *
 * Removes the file with all of its bytes.
 */
gboolean
kab_file_delete (KabTransaction *tx, const char *id, GError **error)
{
  return kab_tx_change_one (tx, error, "DELETE FROM files WHERE id = ?", KAB_TEXT (id));
}

/**
 * kab_files_expire:
 * @limit: how many at most
 * @n_removed: (out): how many there were
 *
 * Removes files whose time has come, whether they were complete or not.
 */
gboolean
kab_files_expire (KabTransaction *tx, guint limit, guint *n_removed, GError **error)
{
  if (!kab_tx_exec (tx, error,
                    "DELETE FROM files WHERE id IN (SELECT id FROM files WHERE expires_at <= ? "
                    "ORDER BY expires_at LIMIT ?)",
                    KAB_INT (kab_tx_get_now (tx)), KAB_INT (limit)))
    return FALSE;
  *n_removed = (guint) kab_tx_get_changed (tx);
  return TRUE;
}

void
kab_file_free (KabFile *self)
{
  g_free (self->id);
  g_free (self->owner_id);
  g_free (self->name);
  g_free (self->media_type);
  g_free (self->sha256);
  g_free (self);
}
