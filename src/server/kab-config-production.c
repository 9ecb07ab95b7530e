/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a bank must not go into service with: the demo bank's stand-ins, plain HTTP, no secrets. */

#include "kab-config-private.h"

#define SECRET_KEY_BYTES_MIN 32

static gboolean
refuse (const KabConfig *self, const char *group, const char *key, GError **error, const char *what)
{
  return kab_config_fail (self, group, key, KAB_CONFIG_ERROR_UNSAFE, error,
                          "mode=production doesn't start with %s", what);
}

static gboolean
is_local_host (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address)
    return g_inet_address_get_is_loopback (address) || g_inet_address_get_is_any (address);
  return g_ascii_strcasecmp (host, "localhost") == 0 || g_str_has_suffix (host, ".localhost") ||
         g_ascii_strcasecmp (host, "localhost.") == 0;
}

static gboolean
check_provider (const KabConfig *self,
                const char *group,
                const char *key,
                const char *url,
                GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  if (is_local_host (g_uri_get_host (uri)))
    return refuse (self, group, key, error,
                   "a sandbox on this machine. Set the provider's own address");
  if (!g_str_equal (g_uri_get_scheme (uri), "https"))
    return refuse (self, group, key, error, "plain HTTP. Set an address that begins with https://");
  return TRUE;
}

static gboolean
check_secret (const KabConfig *self,
              const char *group,
              const char *key,
              const char *secret,
              GError **error)
{
  return *secret || refuse (self, group, key, error,
                            "an empty secret. Put the provider's secret into the file");
}

/* Enough of it that it can't be guessed. */
static gboolean
check_secret_key (const KabConfig *self, GError **error)
{
  return strlen (self->server.secret_key) >= SECRET_KEY_BYTES_MIN ||
         refuse (self, "server", "secret-key-file", error,
                 "a secret key of less than 32 characters. Run “openssl rand -base64 32”");
}

static gboolean
check_server (const KabConfig *self, GError **error)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (self->server.address);

  if (!g_str_has_prefix (self->server.public_url, "https://"))
    return refuse (self, "server", "public-url", error,
                   "plain HTTP. Set the address that customers use, with https://");
  if (!g_inet_address_get_is_loopback (address) && !self->server.trusted_proxies[0])
    return refuse (self, "server", "trusted-proxies", error,
                   "an open plain HTTP port. Put nginx or haproxy with TLS before it and name its "
                   "address here, or listen on 127.0.0.1");
  return TRUE;
}

static gboolean
check_mail (const KabConfig *self, GError **error)
{
  if (is_local_host (self->mail.host))
    return refuse (self, "mail", "host", error,
                   "a sandbox on this machine. Set the bank's mail server");
  if (!self->mail.starttls)
    return refuse (self, "mail", "starttls", error, "unencrypted mail. Set it to true");
  if (*self->mail.user)
    return check_secret (self, "mail", "password-file", self->mail.password, error);
  return TRUE;
}

static gboolean
check_sumsub (const KabConfig *self, GError **error)
{
  if (!check_provider (self, "sumsub", "base-url", self->sumsub.base_url, error) ||
      !check_secret (self, "sumsub", "token-file", self->sumsub.token, error) ||
      !check_secret (self, "sumsub", "secret-file", self->sumsub.secret, error) ||
      !check_secret (self, "sumsub", "webhook-secret-file", self->sumsub.webhook_secret, error))
    return FALSE;
  if (g_str_has_prefix (self->sumsub.token, "sbx:"))
    return refuse (self, "sumsub", "token-file", error,
                   "a sandbox token (sbx:). Set a production token (prd:)");
  if (self->sumsub.sandbox_mode)
    return refuse (self, "sumsub", "sandbox-mode", error,
                   "the provider's sandbox. Set it to false");
  if (g_str_equal (self->sumsub.webhook_secret, self->sumsub.secret))
    return refuse (self, "sumsub", "webhook-secret-file", error,
                   "the API's secret as the webhook's. Set the secret of the webhook");
  if (!self->sumsub.webhook_algorithms[0])
    return refuse (self, "sumsub", "webhook-algorithms", error,
                   "no digest at all. Set HMAC_SHA256_HEX or leave the key out");
  return TRUE;
}

/*
 * kab_config_check_production:
 *
 * Returns: %TRUE, or %FALSE with %KAB_CONFIG_ERROR_UNSAFE and what to set
 */
gboolean
kab_config_check_production (const KabConfig *self, GError **error)
{
  return check_server (self, error) && check_secret_key (self, error) && check_mail (self, error) &&
         check_provider (self, "sms", "url", self->sms.url, error) &&
         check_secret (self, "sms", "token-file", self->sms.token, error) &&
         check_sumsub (self, error);
}
