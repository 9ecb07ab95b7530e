/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-caller.h"
#include "kab-files.h"

G_BEGIN_DECLS

/* What nobody continues, or attaches to anything, is removed after this time. */
#define KAB_UPLOAD_LIFETIME (24 * G_TIME_SPAN_HOUR)

/* What one user may have that isn't attached to anything yet: the files of four full documents. */
#define KAB_UPLOAD_COUNT_MAX 40
#define KAB_UPLOAD_TOTAL_MAX (G_GINT64_CONSTANT (3) * 1024 * 1024 * 1024)

/**
 * KabUploadPart:
 * @id: of the upload
 * @offset: where the bytes belong
 * @size: at most %KAB_FILE_APPEND_BYTES
 *
 * The next bytes of an upload.
 */
typedef struct
{
  const char *id;
  gint64 offset;
  gconstpointer data;
  gsize size;
} KabUploadPart;

/**
 * KabUploadProgress:
 * @offset: how many bytes are stored
 * @expires_at: when it is removed unless it goes on, microseconds since 1970
 * @is_refused: the content isn't what the name says; the upload was removed
 */
typedef struct
{
  gint64 offset;
  gint64 expires_at;
  gboolean is_refused;
} KabUploadProgress;

char    *kab_uploads_create (KabTransaction       *tx,
                             const KabCaller      *caller,
                             const char           *name,
                             gint64                length,
                             GError              **error);
KabFile *kab_uploads_get    (KabTransaction       *tx,
                             const KabCaller      *caller,
                             const char           *id,
                             GError              **error);
gboolean kab_uploads_check  (KabTransaction       *tx,
                             const KabCaller      *caller,
                             const KabUploadPart  *part,
                             GError              **error);
gboolean kab_uploads_append (KabTransaction       *tx,
                             const KabCaller      *caller,
                             const KabUploadPart  *part,
                             KabUploadProgress    *progress,
                             GError              **error);
gboolean kab_uploads_delete (KabTransaction       *tx,
                             const KabCaller      *caller,
                             const char           *id,
                             GError              **error);

G_END_DECLS
