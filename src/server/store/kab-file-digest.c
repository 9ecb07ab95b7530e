/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-file-digest.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT (crypto_hash_sha256_BYTES == KAB_FILE_SHA256_BYTES);
G_STATIC_ASSERT (sizeof (((crypto_hash_sha256_state *) NULL)->buf) == 64);

static void
unpack (const guint8 *digest, crypto_hash_sha256_state *state)
{
  guint64 count;

  for (guint i = 0; i < 8; i++)
    {
      guint32 word;
      memcpy (&word, digest + 4 * i, sizeof word);
      state->state[i] = GUINT32_FROM_BE (word);
    }
  memcpy (&count, digest + 32, sizeof count);
  state->count = GUINT64_FROM_BE (count);
  memcpy (state->buf, digest + 40, sizeof state->buf);
}

static void
pack (const crypto_hash_sha256_state *state, guint8 *digest)
{
  guint64 count = GUINT64_TO_BE (state->count);

  for (guint i = 0; i < 8; i++)
    {
      guint32 word = GUINT32_TO_BE (state->state[i]);
      memcpy (digest + 4 * i, &word, sizeof word);
    }
  memcpy (digest + 32, &count, sizeof count);
  memcpy (digest + 40, state->buf, sizeof state->buf);
}

void
kab_file_digest_start (guint8 *digest)
{
  crypto_hash_sha256_state state = { 0 };

  crypto_hash_sha256_init (&state);
  pack (&state, digest);
}

void
kab_file_digest_update (guint8 *digest, gconstpointer data, gsize size)
{
  crypto_hash_sha256_state state;

  unpack (digest, &state);
  crypto_hash_sha256_update (&state, data, size);
  pack (&state, digest);
}

void
kab_file_digest_finish (const guint8 *digest, guint8 *sha256)
{
  crypto_hash_sha256_state state;

  unpack (digest, &state);
  crypto_hash_sha256_final (&state, sha256);
}
