/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-uploads.h"

#include "kab-file-rules.h"
#include "kab-problem.h"
#include "kab-sessions.h"

/* A session that stages is used; each time would be a page more to write for each piece. */
#define TOUCH_BYTES (8 * KAB_FILE_APPEND_BYTES)

static gboolean
refuse_field (GError **error, const char *pointer, KabCheck check)
{
  g_autoptr (GError) problem = NULL;

  kab_problem_set (&problem, KAB_PROBLEM_VALIDATION_FAILED, NULL);
  kab_problem_add_field (problem, pointer, kab_check_code (check), NULL);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
check_length (gint64 length, GError **error)
{
  KabCheck check = kab_file_rules_check_size ((guint64) length);
  g_autoptr (GError) problem = NULL;

  if (check == KAB_CHECK_OK)
    return TRUE;
  if (check != KAB_CHECK_FILE_TOO_LARGE)
    return refuse_field (error, "/length", check);
  kab_problem_set (&problem, KAB_PROBLEM_UPLOAD_TOO_LARGE, NULL);
  kab_problem_set_parameter (problem, "limit",
                             json_node_init_int (json_node_alloc (), KAB_FILE_SIZE_MAX));
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
check_quota (KabTransaction *tx, const char *user, gint64 length, GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error,
      "SELECT COUNT(*) AS n, CAST (COALESCE (SUM (length), 0) AS BIGINT) AS total FROM files"
      " WHERE owner_id = ? AND expires_at > ?",
      KAB_TEXT (user), KAB_INT (kab_tx_get_now (tx)));

  if (rows == NULL)
    return FALSE;
  if (kab_rows_int (rows, "n") < KAB_UPLOAD_COUNT_MAX &&
      kab_rows_int (rows, "total") + length <= KAB_UPLOAD_TOTAL_MAX)
    return TRUE;
  kab_problem_set (error, KAB_PROBLEM_TOO_MANY_UPLOADS, NULL);
  return FALSE;
}

/**
 * kab_uploads_create:
 * @name: (nullable): what the client calls the file
 * @length: how many bytes it will have
 *
 * Begins an upload (LGA-10, LGA-12, A7). The name is kept in a form that is safe to show; what the
 * file is follows from its ending and is checked against its content later.
 *
 * Returns: (transfer full): its id, which is also that of the finished file; or %NULL with a 422 at
 *   `/filename` or `/length`, %KAB_PROBLEM_UPLOAD_TOO_LARGE, %KAB_PROBLEM_TOO_MANY_UPLOADS
 */
char *
kab_uploads_create (KabTransaction *tx,
                    const KabCaller *caller,
                    const char *name,
                    gint64 length,
                    GError **error)
{
  g_autofree char *safe_name = kab_file_rules_safe_name (name);
  KabCheck check = kab_file_rules_check_name (name);
  KabFileFormat format;

  if (check == KAB_CHECK_OK && !kab_file_format_from_name (safe_name, &format))
    check = KAB_CHECK_FILE_FORMAT;
  if (check != KAB_CHECK_OK)
    {
      refuse_field (error, "/filename", check);
      return NULL;
    }
  if (!check_length (length, error) || !check_quota (tx, caller->id, length, error))
    return NULL;
  return kab_file_create (tx,
                          &(KabFileNew) { .owner_id = caller->id,
                                          .name = safe_name,
                                          .media_type = kab_file_format_media_type (format),
                                          .length = length,
                                          .expires_at = kab_tx_get_now (tx) + KAB_UPLOAD_LIFETIME },
                          error);
}

/**
 * kab_uploads_get:
 *
 * Returns: (transfer full): the caller's upload, finished or not; or %NULL with
 *   %KAB_STORE_ERROR_NOT_FOUND, or %KAB_PROBLEM_UPLOAD_EXPIRED when its time has passed
 */
KabFile *
kab_uploads_get (KabTransaction *tx, const KabCaller *caller, const char *id, GError **error)
{
  g_autoptr (KabFile) file = kab_file_get (tx, id, error);

  if (file == NULL)
    return NULL;
  if (g_strcmp0 (file->owner_id, caller->id) != 0)
    {
      kab_problem_set (error, KAB_PROBLEM_NOT_FOUND, NULL);
      return NULL;
    }
  if (file->expires_at > 0 && file->expires_at <= kab_tx_get_now (tx))
    {
      kab_problem_set (error, KAB_PROBLEM_UPLOAD_EXPIRED, NULL);
      return NULL;
    }
  return g_steal_pointer (&file);
}

static gboolean
refuse_offset (const KabFile *file, GError **error)
{
  g_autoptr (GError) problem = NULL;

  kab_problem_set (&problem, KAB_PROBLEM_UPLOAD_OFFSET_CONFLICT, NULL);
  kab_problem_set_parameter (problem, "offset",
                             json_node_init_int (json_node_alloc (), file->received));
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
check_part (const KabFile *file, const KabFilePart *part, gint64 size, GError **error)
{
  if (file->received != part->offset)
    return refuse_offset (file, error);
  if (part->staged + size <= file->length - file->received)
    return TRUE;
  kab_problem_set (error, KAB_PROBLEM_BODY_TOO_LARGE, "%" G_GINT64_FORMAT " bytes are missing",
                   file->length - file->received);
  return FALSE;
}

/**
 * kab_uploads_check:
 * @size: of all of @part
 * @digest: (out): KAB_FILE_DIGEST_BYTES, of what is stored
 *
 * Whether kab_uploads_append() would take @part now, if it comes whole.
 */
gboolean
kab_uploads_check (KabTransaction *tx,
                   const KabCaller *caller,
                   const KabFilePart *part,
                   gint64 size,
                   guint8 *digest,
                   GError **error)
{
  g_autoptr (KabFile) file = kab_uploads_get (tx, caller, part->id, error);

  if (file == NULL || !check_part (file, part, size, error))
    return FALSE;
  return file->is_complete || kab_file_get_digest (tx, part->id, digest, error);
}

/* The first bytes of the file, which may lie in several pieces. */
static GByteArray *
read_head (KabTransaction *tx, const char *id, GError **error)
{
  g_autoptr (GByteArray) head = g_byte_array_new ();

  while (head->len < KAB_FILE_HEAD_LENGTH)
    {
      g_autoptr (GBytes) piece = kab_file_read (tx, id, head->len, error);
      gsize size;
      gconstpointer data;

      if (piece == NULL)
        return NULL;
      data = g_bytes_get_data (piece, &size);
      if (size == 0)
        break;
      g_byte_array_append (head, data, (guint) MIN (size, KAB_FILE_HEAD_LENGTH - head->len));
    }
  return g_steal_pointer (&head);
}

/* Looks at the content as soon as there is enough of it; what isn't what it says is removed. */
static gboolean
check_content (KabTransaction *tx, const KabFile *file, KabUploadProgress *progress, GError **error)
{
  g_autoptr (GByteArray) head = NULL;
  gint64 wanted = MIN (file->length, KAB_FILE_HEAD_LENGTH);

  if (file->received >= wanted || progress->offset < wanted)
    return TRUE;
  head = read_head (tx, file->id, error);
  if (head == NULL)
    return FALSE;
  if (kab_file_rules_check (file->name, (guint64) file->length, head->data, head->len) ==
      KAB_CHECK_OK)
    return TRUE;
  progress->is_refused = TRUE;
  return kab_file_delete (tx, file->id, error);
}

/* A session that ended meanwhile uploads no further. */
static gboolean
touch_session (KabTransaction *tx, const KabCaller *caller, GError **error)
{
  if (!kab_sessions_touch (tx, caller->session, error))
    return FALSE;
  if (kab_tx_get_changed (tx) == 1)
    return TRUE;
  kab_problem_set (error, KAB_PROBLEM_UNAUTHENTICATED, NULL);
  return FALSE;
}

/* The offset is right, so that a conflict is with somebody who appends at the same time.
 * @failure: (transfer full) */
static gboolean
refuse_overtaken (const KabFile *file, GError *failure, GError **error)
{
  if (!g_error_matches (failure, KAB_STORE_ERROR, KAB_STORE_ERROR_CONFLICT))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  g_error_free (failure);
  return refuse_offset (file, error);
}

/**
 * kab_uploads_stage:
 * @attempt: (out): belongs into @part from now on
 *
 * Stores the next bytes of @part where they don't count before kab_uploads_append(). Of two who
 * append at once, the one that began later goes on.
 *
 * Returns: %FALSE as kab_uploads_append()
 */
gboolean
kab_uploads_stage (KabTransaction *tx,
                   const KabCaller *caller,
                   const KabFilePart *part,
                   gconstpointer data,
                   gsize size,
                   gint64 *attempt,
                   GError **error)
{
  g_autoptr (KabFile) file = kab_uploads_get (tx, caller, part->id, error);
  g_autoptr (GError) failure = NULL;

  if (file == NULL || !check_part (file, part, (gint64) size, error) ||
      (part->staged % TOUCH_BYTES == 0 && !touch_session (tx, caller, error)))
    return FALSE;
  return kab_file_stage (tx, part, data, size, attempt, &failure) ||
         refuse_overtaken (file, g_steal_pointer (&failure), error);
}

/* Adds the last piece to those that are stored. */
static gboolean
settle (KabTransaction *tx,
        const KabFile *file,
        const KabFilePart *part,
        gconstpointer data,
        gsize size,
        const guint8 *digest,
        GError **error)
{
  KabFilePart whole = *part;
  g_autoptr (GError) failure = NULL;

  if (size > 0 && !kab_file_stage (tx, part, data, size, &whole.attempt, &failure))
    return refuse_overtaken (file, g_steal_pointer (&failure), error);
  whole.staged += (gint64) size;
  return kab_file_settle (tx, &whole, digest, &failure) ||
         refuse_overtaken (file, g_steal_pointer (&failure), error);
}

/**
 * kab_uploads_append:
 * @part: what was staged
 * @size: of the last bytes, which weren't
 * @digest: the SHA-256 under way with all of them
 * @progress: (out): how far it is now
 *
 * Appends the bytes of @part and those at @data; with the last of the upload it is finished. Of two
 * who append at once, one finds another offset, so that nothing is stored twice.
 *
 * Returns: %FALSE with %KAB_PROBLEM_UPLOAD_OFFSET_CONFLICT when @part belongs elsewhere or another
 *   has taken over, %KAB_PROBLEM_BODY_TOO_LARGE when there would be more than was announced, and
 *   as kab_uploads_get()
 */
gboolean
kab_uploads_append (KabTransaction *tx,
                    const KabCaller *caller,
                    const KabFilePart *part,
                    gconstpointer data,
                    gsize size,
                    const guint8 *digest,
                    KabUploadProgress *progress,
                    GError **error)
{
  g_autoptr (KabFile) file = kab_uploads_get (tx, caller, part->id, error);

  if (file == NULL || !check_part (file, part, (gint64) size, error) ||
      !touch_session (tx, caller, error))
    return FALSE;
  *progress = (KabUploadProgress) { .offset = file->received, .expires_at = file->expires_at };
  if (part->staged + (gint64) size == 0)
    return TRUE;
  progress->offset += part->staged + (gint64) size;
  progress->expires_at = kab_tx_get_now (tx) + KAB_UPLOAD_LIFETIME;
  if (!settle (tx, file, part, data, size, digest, error) ||
      !kab_file_extend (tx, file->id, progress->expires_at, error) ||
      !check_content (tx, file, progress, error))
    return FALSE;
  return progress->is_refused || progress->offset < file->length ||
         kab_file_complete (tx, file->id, error);
}

/**
 * kab_uploads_delete:
 *
 * Removes an upload that isn't attached to anything; %KAB_PROBLEM_CONFLICT when it is, and as
 * kab_uploads_get().
 */
gboolean
kab_uploads_delete (KabTransaction *tx, const KabCaller *caller, const char *id, GError **error)
{
  g_autoptr (KabFile) file = kab_uploads_get (tx, caller, id, error);

  if (file == NULL)
    return FALSE;
  if (file->expires_at == 0)
    {
      kab_problem_set (error, KAB_PROBLEM_CONFLICT, "The file is attached to something");
      return FALSE;
    }
  return kab_file_delete (tx, id, error);
}
