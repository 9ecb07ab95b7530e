/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-certificate.h"

#include <gnutls/crypto.h>
#include <gnutls/x509.h>

#define DAY (24 * 60 * 60)

/* A certificate with its key. */
typedef struct
{
  gnutls_x509_crt_t certificate;
  gnutls_x509_privkey_t key;
} Identity;

static void
clear_identity (Identity *identity)
{
  if (identity->certificate)
    gnutls_x509_crt_deinit (identity->certificate);
  if (identity->key)
    gnutls_x509_privkey_deinit (identity->key);
}

/* What both certificates have in common; 0 or a negative code of GnuTLS. */
static int
prepare (Identity *identity, const char *name)
{
  guint8 serial[16], id[20];
  gsize id_length = sizeof id;
  time_t now = time (NULL);
  int code;

  if ((code = gnutls_x509_privkey_init (&identity->key)) < 0 ||
      (code = gnutls_x509_crt_init (&identity->certificate)) < 0 ||
      (code = gnutls_x509_privkey_generate (identity->key, GNUTLS_PK_ECDSA,
                                            GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0)) <
          0 ||
      (code = gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof serial)) < 0)
    return code;
  serial[0] &= 0x7f;
  serial[0] |= 0x01;
  if ((code = gnutls_x509_crt_set_version (identity->certificate, 3)) < 0 ||
      (code = gnutls_x509_crt_set_serial (identity->certificate, serial, sizeof serial)) < 0 ||
      (code = gnutls_x509_crt_set_dn (identity->certificate, name, NULL)) < 0 ||
      (code = gnutls_x509_crt_set_key (identity->certificate, identity->key)) < 0 ||
      (code = gnutls_x509_crt_set_activation_time (identity->certificate, now - DAY)) < 0 ||
      (code = gnutls_x509_crt_set_expiration_time (identity->certificate, now + 365 * DAY)) < 0 ||
      (code = gnutls_x509_crt_get_key_id (identity->certificate, 0, id, &id_length)) < 0)
    return code;
  return gnutls_x509_crt_set_subject_key_id (identity->certificate, id, id_length);
}

static int
make_authority (Identity *authority)
{
  int code;

  if ((code = prepare (authority, "CN=Kabinets sandbox authority")) < 0 ||
      (code = gnutls_x509_crt_set_basic_constraints (authority->certificate, 1, 0)) < 0 ||
      (code = gnutls_x509_crt_set_key_usage (authority->certificate, GNUTLS_KEY_KEY_CERT_SIGN)) < 0)
    return code;
  return gnutls_x509_crt_sign2 (authority->certificate, authority->certificate, authority->key,
                                GNUTLS_DIG_SHA256, 0);
}

static int
make_host (Identity *host, Identity *authority)
{
  static const guint8 loopback[] = { 127, 0, 0, 1 };
  guint8 id[20];
  gsize id_length = sizeof id;
  int code;

  if ((code = prepare (host, "CN=localhost")) < 0 ||
      (code = gnutls_x509_crt_set_subject_alt_name (host->certificate, GNUTLS_SAN_DNSNAME,
                                                    "localhost", 9, GNUTLS_FSAN_SET)) < 0 ||
      (code =
           gnutls_x509_crt_set_subject_alt_name (host->certificate, GNUTLS_SAN_IPADDRESS, loopback,
                                                 sizeof loopback, GNUTLS_FSAN_APPEND)) < 0 ||
      (code = gnutls_x509_crt_set_basic_constraints (host->certificate, 0, -1)) < 0 ||
      (code = gnutls_x509_crt_set_key_usage (host->certificate, GNUTLS_KEY_DIGITAL_SIGNATURE)) <
          0 ||
      (code = gnutls_x509_crt_set_key_purpose_oid (host->certificate, GNUTLS_KP_TLS_WWW_SERVER,
                                                   0)) < 0 ||
      (code = gnutls_x509_crt_get_subject_key_id (authority->certificate, id, &id_length, NULL)) <
          0 ||
      (code = gnutls_x509_crt_set_authority_key_id (host->certificate, id, id_length)) < 0)
    return code;
  return gnutls_x509_crt_sign2 (host->certificate, authority->certificate, authority->key,
                                GNUTLS_DIG_SHA256, 0);
}

static char *
export_certificate (Identity *identity)
{
  gnutls_datum_t text = { NULL, 0 };
  char *copy = NULL;

  if (gnutls_x509_crt_export2 (identity->certificate, GNUTLS_X509_FMT_PEM, &text) >= 0)
    copy = g_strndup ((const char *) text.data, text.size);
  gnutls_free (text.data);
  return copy;
}

static char *
export_key (Identity *identity)
{
  gnutls_datum_t text = { NULL, 0 };
  char *copy = NULL;

  if (gnutls_x509_privkey_export2_pkcs8 (identity->key, GNUTLS_X509_FMT_PEM, NULL,
                                         GNUTLS_PKCS_PLAIN, &text) >= 0)
    copy = g_strndup ((const char *) text.data, text.size);
  gnutls_free (text.data);
  return copy;
}

/**
 * kab_sandbox_certificate_new:
 * @authority: (out) (transfer full): the authority's certificate in PEM, to be trusted
 * @error: of GnuTLS or GIO
 *
 * Makes an authority and, signed by it, a certificate for localhost and 127.0.0.1 that is valid
 * for a year. Nobody has the authority's key afterwards.
 *
 * Returns: (transfer full) (nullable): the host's certificate with its key
 */
GTlsCertificate *
kab_sandbox_certificate_new (char **authority, GError **error)
{
  Identity root = { NULL, NULL }, host = { NULL, NULL };
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  g_autofree char *both = NULL;
  int code = make_authority (&root);

  if (code >= 0)
    code = make_host (&host, &root);
  if (code >= 0)
    {
      *authority = export_certificate (&root);
      certificate = export_certificate (&host);
      key = export_key (&host);
    }
  clear_identity (&host);
  clear_identity (&root);
  if (code < 0 || !*authority || !certificate || !key)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "No certificate could be made: %s",
                   gnutls_strerror (code));
      return NULL;
    }
  both = g_strconcat (certificate, key, NULL);
  return g_tls_certificate_new_from_pem (both, -1, error);
}
