/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-config-private.h"

#define AT(member) G_STRUCT_OFFSET (KabConfig, member)
#define ALGORITHMS "|HMAC_SHA1_HEX|HMAC_SHA256_HEX|HMAC_SHA512_HEX|"
#define MODES      "|production|demo|"
#define LEVELS     "|error|warning|info|debug|"

/* Every key there is; docs/configuration.md explains each, and a test compares. */
static const KabConfigKey KEYS[] = {
  { "server", "mode", KAB_CONFIG_CHOICE, 0, "production", .choices = MODES },
  { "server", "address", KAB_CONFIG_STRING, AT (server.address), "127.0.0.1" },
  { "server", "port", KAB_CONFIG_INTEGER, AT (server.port), "8080", 0, 65535 },
  { "server", "public-url", KAB_CONFIG_URL, AT (server.public_url), NULL },
  { "server", "trusted-proxies", KAB_CONFIG_STRINGS, AT (server.trusted_proxies), "" },
  { "server", "metrics-from", KAB_CONFIG_STRINGS, AT (server.metrics_from), "127.0.0.0/8;::1" },
  { "server", "http-threads", KAB_CONFIG_INTEGER, AT (server.http_threads), "2", 1, 64 },
  { "server", "workers", KAB_CONFIG_INTEGER, AT (server.workers), "8", 1, 256 },
  { "server", "secret-key-file", KAB_CONFIG_SECRET, AT (server.secret_key), NULL },
  { "store", "url", KAB_CONFIG_STRING, AT (store.url), NULL },
  { "store", "history-key-file", KAB_CONFIG_SECRET, AT (store.history_key), "" },
  { "mail", "host", KAB_CONFIG_STRING, AT (mail.host), NULL },
  { "mail", "port", KAB_CONFIG_INTEGER, AT (mail.port), "587", 1, 65535 },
  { "mail", "starttls", KAB_CONFIG_BOOLEAN, AT (mail.starttls), "true" },
  { "mail", "ca-file", KAB_CONFIG_PATH, AT (mail.ca_file), "" },
  { "mail", "user", KAB_CONFIG_STRING, AT (mail.user), "" },
  { "mail", "password-file", KAB_CONFIG_SECRET, AT (mail.password), "" },
  { "mail", "from", KAB_CONFIG_STRING, AT (mail.from), NULL },
  { "sms", "url", KAB_CONFIG_URL, AT (sms.url), NULL },
  { "sms", "token-file", KAB_CONFIG_SECRET, AT (sms.token), NULL },
  { "sms", "sender", KAB_CONFIG_STRING, AT (sms.sender), NULL },
  { "sumsub", "base-url", KAB_CONFIG_URL, AT (sumsub.base_url), "https://api.sumsub.com" },
  { "sumsub", "token-file", KAB_CONFIG_SECRET, AT (sumsub.token), NULL },
  { "sumsub", "secret-file", KAB_CONFIG_SECRET, AT (sumsub.secret), NULL },
  { "sumsub", "level-photo", KAB_CONFIG_STRING, AT (sumsub.level_photo), NULL },
  { "sumsub", "level-video", KAB_CONFIG_STRING, AT (sumsub.level_video), NULL },
  { "sumsub", "webhook-secret-file", KAB_CONFIG_SECRET, AT (sumsub.webhook_secret), NULL },
  { "sumsub", "webhook-algorithms", KAB_CONFIG_STRINGS, AT (sumsub.webhook_algorithms),
    "HMAC_SHA256_HEX;HMAC_SHA512_HEX", .choices = ALGORITHMS },
  { "sumsub", "sandbox-mode", KAB_CONFIG_BOOLEAN, AT (sumsub.sandbox_mode), "false" },
  { "bank", "data-directory", KAB_CONFIG_PATH, AT (bank.data_directory), KAB_BANK_DIRECTORY },
  { "limits", "connections", KAB_CONFIG_INTEGER, AT (limits.connections), "1000", 10, 100000 },
  { "limits", "connections-per-peer", KAB_CONFIG_INTEGER, AT (limits.connections_per_peer), "64", 1,
    100000 },
  { "limits", "requests-per-minute", KAB_CONFIG_INTEGER, AT (limits.requests_per_minute), "600", 10,
    1000000 },
  { "limits", "queue", KAB_CONFIG_INTEGER, AT (limits.queue), "256", 1, 100000 },
  { "limits", "password-memory", KAB_CONFIG_INTEGER, AT (limits.password_memory), "64", 19, 1024 },
  { "limits", "password-passes", KAB_CONFIG_INTEGER, AT (limits.password_passes), "3", 2, 16 },
  { "session", "idle", KAB_CONFIG_INTEGER, AT (session.idle), "300", 60, 3600 },
  { "session", "absolute", KAB_CONFIG_INTEGER, AT (session.absolute), "28800", 300, 86400 },
  { "application", "patience", KAB_CONFIG_INTEGER, AT (application.patience), "180", 0, 3650 },
  { "codes", "lifetime", KAB_CONFIG_INTEGER, AT (codes.lifetime), "10", 2, 60 },
  { "codes", "resend-after", KAB_CONFIG_INTEGER, AT (codes.resend_after), "60", 10, 600 },
  { "codes", "tries", KAB_CONFIG_INTEGER, AT (codes.tries), "5", 1, 10 },
  { "codes", "per-hour", KAB_CONFIG_INTEGER, AT (codes.per_hour), "5", 1, 20 },
  { "log", "level", KAB_CONFIG_CHOICE, AT (log.level), "info", .choices = LEVELS },
};

/*
 * kab_config_get_keys:
 * @n_keys: (out): how many
 *
 * Returns: (array length=n_keys): every key that a configuration can have
 */
const KabConfigKey *
kab_config_get_keys (gsize *n_keys)
{
  *n_keys = G_N_ELEMENTS (KEYS);
  return KEYS;
}
