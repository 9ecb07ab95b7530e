/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-upload-source.h"

G_BEGIN_DECLS

#define KAB_TYPE_UPLOAD_BODY (kab_upload_body_get_type ())

/**
 * KabUploadBody:
 *
 * The bytes of one piece as the body of a request. One block goes out while a thread reads the
 * next. It can only be read asynchronously.
 */
G_DECLARE_FINAL_TYPE (KabUploadBody, kab_upload_body, KAB, UPLOAD_BODY, GInputStream)

/** Returns: (transfer full) */
GInputStream *kab_upload_body_new (KabUploadSource *source, const KabUploadPiece *piece);

G_END_DECLS
