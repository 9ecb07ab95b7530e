/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api.h"
#include "kab-upload-source.h"

G_BEGIN_DECLS

/* Status of the checksum extension: what arrived isn't what was sent. */
#define KAB_TUS_CHECKSUM_MISMATCH 460

/**
 * The requests of tus 1.0.0 (https://tus.io/protocols/resumable-upload) for /v1/uploads, one call
 * each, never repeated here. All finish with KAB_API_ERROR.
 *
 * Creates an upload of @size bytes. Finish: (transfer full) its id
 */
void kab_tus_create_async (KabApi *api,
                           const char *name,
                           const char *media_type,
                           gint64 size,
                           const char *key,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
char *kab_tus_create_finish (KabApi *api, GAsyncResult *result, GError **error);

/** How much the bank has. Finish: the offset, or -1 */
void kab_tus_ask_offset_async (KabApi *api,
                               const char *id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gint64 kab_tus_ask_offset_finish (KabApi *api, GAsyncResult *result, GError **error);

/** Called with the bytes of the piece that went out so far. */
typedef void (*KabTusProgress) (goffset sent, gpointer user_data);

/**
 * Appends @piece of @source. @progress is called with @user_data too, at most until the
 * callback. Finish: the new offset, or -1
 */
void kab_tus_append_async (KabApi *api,
                           const char *id,
                           KabUploadSource *source,
                           const KabUploadPiece *piece,
                           GCancellable *cancellable,
                           KabTusProgress progress,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gint64 kab_tus_append_finish (KabApi *api, GAsyncResult *result, GError **error);

/** Lets the bank throw an upload away; nobody waits for it. */
void kab_tus_terminate (KabApi *api, const char *id);

G_END_DECLS
