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

char *kab_uploads_create (KabTransaction *tx,
                          const KabCaller *caller,
                          const char *name,
                          gint64 length,
                          GError **error);
KabFile *
kab_uploads_get (KabTransaction *tx, const KabCaller *caller, const char *id, GError **error);
gboolean kab_uploads_check (KabTransaction *tx,
                            const KabCaller *caller,
                            const KabFilePart *part,
                            gint64 size,
                            guint8 *digest,
                            GError **error);
gboolean kab_uploads_stage (KabTransaction *tx,
                            const KabCaller *caller,
                            const KabFilePart *part,
                            gconstpointer data,
                            gsize size,
                            gint64 *attempt,
                            GError **error);
gboolean kab_uploads_append (KabTransaction *tx,
                             const KabCaller *caller,
                             const KabFilePart *part,
                             gconstpointer data,
                             gsize size,
                             const guint8 *digest,
                             KabUploadProgress *progress,
                             GError **error);
gboolean
kab_uploads_delete (KabTransaction *tx, const KabCaller *caller, const char *id, GError **error);

G_END_DECLS
