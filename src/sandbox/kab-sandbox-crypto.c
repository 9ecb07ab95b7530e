/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-crypto.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

static char *
encode_base64url (gconstpointer data, gsize length)
{
  char *text = g_base64_encode (data, length);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

/**
 * kab_sandbox_hmac_hex:
 * @algorithm: SHA-1, SHA-256 or SHA-512
 * @key: the secret as raw text
 * @message: the bytes to authenticate
 *
 * Returns: (transfer full): the HMAC in lower-case hexadecimal digits
 */
char *
kab_sandbox_hmac_hex (GChecksumType algorithm, const char *key, GBytes *message)
{
  g_autoptr (GBytes) secret = g_bytes_new (key, strlen (key));

  return g_compute_hmac_for_bytes (algorithm, secret, message);
}

/**
 * kab_sandbox_request_digest:
 * @secret: secret of the application token
 * @timestamp: Unix seconds, as sent
 * @method: upper-case method
 * @target: path with query, exactly as in the request line
 * @body: the body's bytes; empty for none
 *
 * What the identification provider expects in X-App-Access-Sig (Sumsub, "Authentication").
 *
 * Returns: (transfer full): HMAC-SHA256 in lower-case hexadecimal digits
 */
char *
kab_sandbox_request_digest (const char *secret,
                            const char *timestamp,
                            const char *method,
                            const char *target,
                            GBytes *body)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret));
  gsize length;
  const guchar *bytes = g_bytes_get_data (body, &length);

  g_hmac_update (hmac, (const guchar *) timestamp, -1);
  g_hmac_update (hmac, (const guchar *) method, -1);
  g_hmac_update (hmac, (const guchar *) target, -1);
  if (length > 0)
    g_hmac_update (hmac, bytes, length);
  return g_strdup (g_hmac_get_string (hmac));
}

/**
 * kab_sandbox_jwt_hs256:
 * @header: the JOSE header as JSON text
 * @claims: the claims as JSON text
 * @key: the key as raw text
 *
 * The signed token that comes back with the browser (RFC 7519, HS256).
 *
 * Returns: (transfer full): the compact form
 */
char *
kab_sandbox_jwt_hs256 (const char *header, const char *claims, const char *key)
{
  g_autofree char *first = encode_base64url (header, strlen (header));
  g_autofree char *second = encode_base64url (claims, strlen (claims));
  g_autofree char *text = g_strdup_printf ("%s.%s", first, second);
  g_autofree char *third = NULL;
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) key, strlen (key));

  g_hmac_update (hmac, (const guchar *) text, -1);
  g_hmac_get_digest (hmac, digest, &length);
  third = encode_base64url (digest, length);
  return g_strdup_printf ("%s.%s", text, third);
}

/**
 * kab_sandbox_equal:
 * @a: (nullable): a secret or digest
 * @b: (nullable): what was received
 *
 * Compares without telling by the time where the texts differ. %NULL equals nothing.
 *
 * Returns: whether both are the same text
 */
gboolean
kab_sandbox_equal (const char *a, const char *b)
{
  gsize length;

  if (!a || !b)
    return FALSE;
  length = strlen (a);
  return length == strlen (b) && gnutls_memcmp (a, b, length) == 0;
}

/**
 * kab_sandbox_random_hex:
 * @n_bytes: amount of randomness, 1…64
 *
 * Returns: (transfer full): twice @n_bytes hexadecimal digits
 */
char *
kab_sandbox_random_hex (gsize n_bytes)
{
  guint8 bytes[64];
  GString *text = g_string_new (NULL);

  g_assert (n_bytes > 0 && n_bytes <= sizeof bytes);
  if (gnutls_rnd (GNUTLS_RND_KEY, bytes, n_bytes) < 0)
    g_error ("The system gives no random bytes");
  for (gsize i = 0; i < n_bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free_and_steal (text);
}

/**
 * kab_sandbox_random_token:
 * @n_bytes: amount of randomness, 1…64
 *
 * Returns: (transfer full): @n_bytes in base64url without padding
 */
char *
kab_sandbox_random_token (gsize n_bytes)
{
  guint8 bytes[64];

  g_assert (n_bytes > 0 && n_bytes <= sizeof bytes);
  if (gnutls_rnd (GNUTLS_RND_KEY, bytes, n_bytes) < 0)
    g_error ("The system gives no random bytes");
  return encode_base64url (bytes, n_bytes);
}
