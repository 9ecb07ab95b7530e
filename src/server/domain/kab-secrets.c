/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-secrets.h"

#include <sodium.h>
#include <string.h>

#define TOKEN_BYTES 32

/**
 * kab_secrets_new_token:
 * @kind: `s` for a session, `r` for a registration
 *
 * A bearer token of 256 random bits (ASVS 7.2.3), led by its kind so that it is looked for in
 * one place only.
 *
 * Returns: (transfer full): the token; free it with kab_secrets_free_text()
 */
char *
kab_secrets_new_token (char kind)
{
  guint8 bytes[TOKEN_BYTES];
  char text[sodium_base64_ENCODED_LEN (TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
  char *token;

  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2base64 (text, sizeof text, bytes, sizeof bytes,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  token = g_strdup_printf ("%c_%s", kind, text);
  sodium_memzero (bytes, sizeof bytes);
  sodium_memzero (text, sizeof text);
  return token;
}

/**
 * kab_secrets_hash_token:
 *
 * Returns: (transfer full): what is stored of a token; without a key, because a token has too many
 *   bits to be guessed
 */
GBytes *
kab_secrets_hash_token (const char *token)
{
  guint8 hash[crypto_generichash_BYTES];

  crypto_generichash (hash, sizeof hash, (const guint8 *) token, strlen (token), NULL, 0);
  return g_bytes_new (hash, sizeof hash);
}

/**
 * kab_secrets_new_code:
 *
 * Returns: (transfer full): six random digits (A2)
 */
char *
kab_secrets_new_code (void)
{
  return g_strdup_printf ("%06u", randombytes_uniform (1000000));
}

/**
 * kab_secrets_hash_code:
 * @key: the server's key: six digits are guessed in no time without one
 * @purpose: what the code is for, such as `registration`
 * @subject: the object that it belongs to
 * @channel: `email` or `phone`
 *
 * Returns: (transfer full): what is stored of a code; bound to purpose, subject and channel, so
 * that it is good for nothing else
 */
GBytes *
kab_secrets_hash_code (GBytes *key,
                       const char *purpose,
                       const char *subject,
                       const char *channel,
                       const char *code)
{
  const char *parts[] = { purpose, subject, channel, code };
  guint8 hash[crypto_generichash_BYTES];
  crypto_generichash_state state;
  gsize key_size;
  const guint8 *key_data = g_bytes_get_data (key, &key_size);

  crypto_generichash_init (&state, key_data, key_size, sizeof hash);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    crypto_generichash_update (&state, (const guint8 *) parts[i], strlen (parts[i]) + 1);
  crypto_generichash_final (&state, hash, sizeof hash);
  return g_bytes_new (hash, sizeof hash);
}

/**
 * kab_secrets_new_temporary_password:
 *
 * A password for one sign-in (RCV-6): 16 characters that can't be mistaken for one another, with
 * one of each class of CON-6.
 *
 * Returns: (transfer full): the password; free it with kab_secrets_free_text()
 */
char *
kab_secrets_new_temporary_password (void)
{
  static const char *const classes[] = { "23456789", "abcdefghijkmnpqrstuvwxyz",
                                         "ABCDEFGHJKLMNPQRSTUVWXYZ", "+-=?#" };
  char password[17] = { 0 };

  for (guint i = 0; i < 16; i++)
    {
      const char *letters = classes[i < G_N_ELEMENTS (classes) ? i : randombytes_uniform (3)];
      password[i] = letters[randombytes_uniform (strlen (letters))];
    }
  for (guint i = 15; i > 0; i--)
    {
      guint other = randombytes_uniform (i + 1);
      char letter = password[i];
      password[i] = password[other];
      password[other] = letter;
    }
  return g_strdup (password);
}

/**
 * kab_secrets_derive_key:
 * @key: a secret
 * @purpose: what the result is for
 * @derived: (out caller-allocates): %KAB_SECRETS_KEY_SIZE bytes
 *
 * One secret for several purposes, none of which reveals another.
 */
void
kab_secrets_derive_key (gconstpointer key, gsize key_size, const char *purpose, guint8 *derived)
{
  crypto_generichash (derived, KAB_SECRETS_KEY_SIZE, key, key_size, (const guint8 *) purpose,
                      strlen (purpose));
}

/**
 * kab_secrets_seal:
 * @key: %KAB_SECRETS_KEY_SIZE bytes
 * @plain: (nullable): what may not lie open in the database
 *
 * Returns: (transfer full): the sealed bytes (XSalsa20-Poly1305 with a random nonce in front)
 */
GBytes *
kab_secrets_seal (const guint8 *key, gconstpointer plain, gsize size)
{
  gsize sealed_size = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + size;
  guint8 *sealed = g_malloc (sealed_size);

  randombytes_buf (sealed, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy (sealed + crypto_secretbox_NONCEBYTES, plain, size, sealed, key);
  return g_bytes_new_take (sealed, sealed_size);
}

/**
 * kab_secrets_unseal:
 * @key: what it was sealed with
 *
 * Returns: (transfer full) (nullable): the plain bytes, or %NULL when the key is another one or the
 *   bytes were changed
 */
GBytes *
kab_secrets_unseal (const guint8 *key, GBytes *sealed)
{
  const gsize overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  gsize size;
  const guint8 *data = g_bytes_get_data (sealed, &size);
  g_autofree guint8 *plain = NULL;

  if (size < overhead)
    return NULL;
  plain = g_malloc (size - overhead + 1);
  if (crypto_secretbox_open_easy (plain, data + crypto_secretbox_NONCEBYTES,
                                  size - crypto_secretbox_NONCEBYTES, data, key) != 0)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&plain), size - overhead);
}

/**
 * kab_secrets_free_text:
 * @text: (transfer full) (nullable): a secret
 *
 * Overwrites and frees it.
 */
void
kab_secrets_free_text (char *text)
{
  if (text == NULL)
    return;
  sodium_memzero (text, strlen (text));
  g_free (text);
}
