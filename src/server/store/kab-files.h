/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-transaction.h"

G_BEGIN_DECLS

/* Files are rows of at most this many bytes; appends of just this size store best. */
#define KAB_FILE_CHUNK_BYTES (256 * 1024)

/* Most bytes that one kab_file_append() or kab_file_stage() takes, so that no write keeps the
 * others waiting. */
#define KAB_FILE_APPEND_BYTES (4 * KAB_FILE_CHUNK_BYTES)

/**
 * KabFile:
 * @length: bytes it will have; -1 while that isn't known
 * @received: bytes that are stored
 * @is_complete: whether nothing more can be appended
 * @sha256: (nullable): lower-case hexadecimal, once it is complete
 * @created_at: microseconds since 1970
 * @expires_at: when it is removed unless it is kept; 0 for never
 */
typedef struct
{
  char *id;
  char *owner_id;
  char *name;
  char *media_type;
  gint64 length;
  gint64 received;
  gboolean is_complete;
  char *sha256;
  gint64 created_at;
  gint64 expires_at;
} KabFile;

/* What is known when a file is begun; @length is -1 when it isn't. */
typedef struct
{
  const char *owner_id;
  const char *name;
  const char *media_type;
  gint64 length;
  gint64 expires_at;
} KabFileNew;

/**
 * KabFilePart:
 * @id: of the file
 * @offset: where the part begins, which is where the file ends
 * @staged: how many bytes of it are stored
 * @attempt: from kab_file_stage(), 0 before its first piece
 *
 * What is being added to a file in several pieces, all of it or nothing.
 */
typedef struct
{
  const char *id;
  gint64 offset;
  gint64 staged;
  gint64 attempt;
} KabFilePart;

char *kab_file_create (KabTransaction *tx, const KabFileNew *file, GError **error);
KabFile *kab_file_get (KabTransaction *tx, const char *id, GError **error);
gboolean kab_file_append (KabTransaction *tx,
                          const char *id,
                          gint64 offset,
                          gconstpointer data,
                          gsize size,
                          GError **error);
gboolean kab_file_get_digest (KabTransaction *tx, const char *id, guint8 *digest, GError **error);
gboolean kab_file_stage (KabTransaction *tx,
                         const KabFilePart *part,
                         gconstpointer data,
                         gsize size,
                         gint64 *attempt,
                         GError **error);
gboolean
kab_file_settle (KabTransaction *tx, const KabFilePart *part, const guint8 *digest, GError **error);
gboolean kab_file_complete (KabTransaction *tx, const char *id, GError **error);
GBytes *kab_file_read (KabTransaction *tx, const char *id, gint64 offset, GError **error);
gboolean kab_file_keep (KabTransaction *tx, const char *id, GError **error);
gboolean kab_file_extend (KabTransaction *tx, const char *id, gint64 expires_at, GError **error);
gboolean kab_file_delete (KabTransaction *tx, const char *id, GError **error);
gboolean kab_files_expire (KabTransaction *tx, guint limit, guint *n_removed, GError **error);

void kab_file_free (KabFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabFile, kab_file_free)

G_END_DECLS
