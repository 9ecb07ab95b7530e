/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-draft-cipher.h"

#include <sodium.h>
#include <string.h>

#include "kab-request-private.h"
#include "kab-secret-memory.h"

#define MAGIC       "KABDRAFT1"
#define MAGIC_BYTES 9
#define KEY_BYTES   crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES   crypto_aead_xchacha20poly1305_ietf_ABYTES
#define HEAD_BYTES  (MAGIC_BYTES + NONCE_BYTES)
#define NAME_BYTES  16

struct _KabDraftCipher
{
  guchar key[KEY_BYTES];
};

KabDraftCipher *
kab_draft_cipher_new (const char *key)
{
  KabDraftCipher *self;
  gsize length = 0;

  g_return_val_if_fail (key != NULL, NULL);

  if (sodium_init () < 0)
    return NULL;

  self = sodium_malloc (sizeof *self);
  if (self == NULL)
    return NULL;
  if (sodium_hex2bin (self->key, KEY_BYTES, key, strlen (key), NULL, &length, NULL) != 0
      || length != KEY_BYTES)
    {
      sodium_free (self);
      return NULL;
    }

  return self;
}

void
kab_draft_cipher_free (KabDraftCipher *self)
{
  sodium_free (self);
}

char *
kab_draft_cipher_make_key (void)
{
  guchar key[KEY_BYTES];
  char hex[2 * KEY_BYTES + 1];
  char *text;

  crypto_aead_xchacha20poly1305_ietf_keygen (key);
  text = kab_secret_dup (sodium_bin2hex (hex, sizeof hex, key, sizeof key));
  sodium_memzero (key, sizeof key);
  sodium_memzero (hex, sizeof hex);

  return text;
}

char *
kab_draft_cipher_make_name (KabDraftCipher *self, const char *key)
{
  guchar hash[NAME_BYTES];
  char *name = g_malloc (2 * NAME_BYTES + 1);

  crypto_generichash (hash, sizeof hash, (const guchar *) key, strlen (key), self->key,
                      KEY_BYTES);

  return sodium_bin2hex (name, 2 * NAME_BYTES + 1, hash, sizeof hash);
}

GBytes *
kab_draft_cipher_seal (KabDraftCipher *self, const char *name, GBytes *plain)
{
  gsize length;
  const guchar *data = g_bytes_get_data (plain, &length);
  guchar *sealed = g_malloc (HEAD_BYTES + length + TAG_BYTES);

  memcpy (sealed, MAGIC, MAGIC_BYTES);
  randombytes_buf (sealed + MAGIC_BYTES, NONCE_BYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + HEAD_BYTES, NULL, data, length,
                                              (const guchar *) name, strlen (name), NULL,
                                              sealed + MAGIC_BYTES, self->key);

  return g_bytes_new_take (sealed, HEAD_BYTES + length + TAG_BYTES);
}

GBytes *
kab_draft_cipher_open (KabDraftCipher *self, const char *name, GBytes *sealed)
{
  gsize length;
  const guchar *data = g_bytes_get_data (sealed, &length);
  guchar *plain;

  if (length < HEAD_BYTES + TAG_BYTES || memcmp (data, MAGIC, MAGIC_BYTES) != 0)
    return NULL;

  length -= HEAD_BYTES + TAG_BYTES;
  plain = g_malloc (length + 1);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (plain, NULL, NULL, data + HEAD_BYTES,
                                                  length + TAG_BYTES, (const guchar *) name,
                                                  strlen (name), data + MAGIC_BYTES, self->key)
      != 0)
    {
      g_free (plain);
      return NULL;
    }

  return kab_bytes_new_wiped ((char *) plain, length);
}
