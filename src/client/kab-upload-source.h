/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KabUploadPiece:
 * @offset: where in the file it is
 * @size: of what is there, in bytes
 * @checksum: (owned): value of the header Upload-Checksum
 *
 * What goes out in one request; its bytes are read while they are sent.
 */
typedef struct
{
  gint64 offset;
  gint64 size;
  char *checksum;
} KabUploadPiece;

void kab_upload_piece_free (KabUploadPiece *piece);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabUploadPiece, kab_upload_piece_free)

#define KAB_TYPE_UPLOAD_SOURCE (kab_upload_source_get_type ())

/**
 * KabUploadSource:
 *
 * A file that is being sent: opened once, read piece by piece in a thread, and watched for changes.
 */
G_DECLARE_FINAL_TYPE (KabUploadSource, kab_upload_source, KAB, UPLOAD_SOURCE, GObject)

/** Opens @file and reads its beginning. Finish: (transfer full) or NULL with G_IO_ERROR */
void kab_upload_source_open_async (GFile *file,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
KabUploadSource *kab_upload_source_open_finish (GAsyncResult *result, GError **error);

/** Bytes, and the name for people (transfer none), both as the file was when it was opened. */
gint64 kab_upload_source_get_size (KabUploadSource *self);
const char *kab_upload_source_get_name (KabUploadSource *self);

/** What tells this file from another, and from itself once it is changed. Returns: (transfer full)
 */
char *kab_upload_source_dup_mark (KabUploadSource *self);

/** The first bytes, as many as the file rules look at. Returns: (transfer none) */
GBytes *kab_upload_source_get_head (KabUploadSource *self);

/**
 * Computes the checksum of up to @size bytes from @offset on.
 *
 * Finish: (transfer full), or NULL with G_IO_ERROR, or with KAB_UPLOAD_ERROR_CHANGED when the
 * file isn't what it was when it was opened
 */
void kab_upload_source_measure_async (KabUploadSource *self,
                                      gint64 offset,
                                      gint64 size,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
KabUploadPiece *
kab_upload_source_measure_finish (KabUploadSource *self, GAsyncResult *result, GError **error);

/**
 * Reads up to @size bytes from @offset on, but not more than suit one call.
 *
 * Finish: (transfer full), or NULL with G_IO_ERROR, or with KAB_UPLOAD_ERROR_CHANGED at the end
 */
void kab_upload_source_read_async (KabUploadSource *self,
                                   gint64 offset,
                                   gint64 size,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GBytes *kab_upload_source_read_finish (KabUploadSource *self, GAsyncResult *result, GError **error);

G_END_DECLS
