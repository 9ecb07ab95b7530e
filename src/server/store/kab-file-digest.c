/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-file-digest.h"

#include <nettle/sha2.h>
#include <string.h>

G_STATIC_ASSERT (SHA256_DIGEST_SIZE == KAB_FILE_SHA256_BYTES);
G_STATIC_ASSERT (KAB_FILE_DIGEST_BYTES == 32 + 8 + SHA256_BLOCK_SIZE);

/* Nettle's state can be stored, and it uses the processor's instructions for SHA-256. */

static void
unpack (const guint8 *digest, struct sha256_ctx *state)
{
  guint64 bits;

  for (guint i = 0; i < 8; i++)
    {
      guint32 word;
      memcpy (&word, digest + 4 * i, sizeof word);
      state->state[i] = GUINT32_FROM_BE (word);
    }
  memcpy (&bits, digest + 32, sizeof bits);
  bits = GUINT64_FROM_BE (bits);
  state->count = bits / 8 / SHA256_BLOCK_SIZE;
  state->index = bits / 8 % SHA256_BLOCK_SIZE;
  memcpy (state->block, digest + 40, sizeof state->block);
}

static void
pack (const struct sha256_ctx *state, guint8 *digest)
{
  guint64 bits = GUINT64_TO_BE ((state->count * SHA256_BLOCK_SIZE + state->index) * 8);

  for (guint i = 0; i < 8; i++)
    {
      guint32 word = GUINT32_TO_BE (state->state[i]);
      memcpy (digest + 4 * i, &word, sizeof word);
    }
  memcpy (digest + 32, &bits, sizeof bits);
  memcpy (digest + 40, state->block, sizeof state->block);
}

/* Sets @digest, of KAB_FILE_DIGEST_BYTES, to that of no bytes. */
void
kab_file_digest_start (guint8 *digest)
{
  struct sha256_ctx state = { 0 };

  sha256_init (&state);
  pack (&state, digest);
}

/* Takes @size more bytes into @digest. */
void
kab_file_digest_update (guint8 *digest, gconstpointer data, gsize size)
{
  struct sha256_ctx state;

  unpack (digest, &state);
  sha256_update (&state, size, data);
  pack (&state, digest);
}

void
kab_file_digest_finish (const guint8 *digest, guint8 *sha256)
{
  struct sha256_ctx state;

  unpack (digest, &state);
  sha256_digest (&state, KAB_FILE_SHA256_BYTES, sha256);
}
