/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A SHA-256 under way, as bytes that every replica understands: the eight words of the state, the
 * number of bits, the block that isn't full yet; integers are big-endian (FIPS 180-4, 6.2). */
#define KAB_FILE_DIGEST_BYTES (32 + 8 + 64)
#define KAB_FILE_SHA256_BYTES 32

void kab_file_digest_start (guint8 *digest);
void kab_file_digest_update (guint8 *digest, gconstpointer data, gsize size);
void kab_file_digest_finish (const guint8 *digest, guint8 *sha256);

G_END_DECLS
