/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The demo bank's configuration, which nobody writes: it follows from the sandbox's. */

#include <json-glib/json-glib.h>
#include <sodium.h>

#include "kab-config.h"
#include "kab-json.h"

#define SANDBOX_FILE   "sandbox.json"
#define FILE_BYTES_MAX (64 * 1024)

#define SECRET_KEY_FILE  "server-key"
#define SECRET_KEY_BYTES 32

static gboolean
fail (GError **error, const char *file, const char *group, const char *member, const char *reason)
{
  g_set_error (error, KAB_CONFIG_ERROR, KAB_CONFIG_ERROR_INVALID, "%s: [%s] %s: %s", file, group,
               member, reason);
  return FALSE;
}

static gboolean
read_text (JsonObject *root,
           const char *file,
           const char *group,
           const char *member,
           char **value,
           GError **error)
{
  JsonNode *part = json_object_get_member (root, group);
  JsonNode *node = part && JSON_NODE_HOLDS_OBJECT (part)
                       ? json_object_get_member (json_node_get_object (part), member)
                       : NULL;

  if (!node || json_node_get_value_type (node) != G_TYPE_STRING)
    return fail (error, file, group, member, "a text is needed");
  *value = json_node_dup_string (node);
  return TRUE;
}

static gboolean
read_port (JsonObject *root, const char *file, gint64 *port, GError **error)
{
  JsonObject *smtp = json_object_get_object_member (root, "smtp");
  JsonNode *node = json_object_get_member (smtp, "port");

  *port = node && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;
  return (*port > 0 && *port <= 65535) || fail (error, file, "smtp", "port", "a port is needed");
}

static gboolean
read_sandbox (KabConfig *self, JsonObject *root, GError **error)
{
  const char *file = self->file;

  return read_text (root, file, "sumsub", "baseUrl", &self->sumsub.base_url, error) &&
         read_text (root, file, "sumsub", "token", &self->sumsub.token, error) &&
         read_text (root, file, "sumsub", "secret", &self->sumsub.secret, error) &&
         read_text (root, file, "sumsub", "webhookSecret", &self->sumsub.webhook_secret, error) &&
         read_text (root, file, "sumsub", "photoLevel", &self->sumsub.level_photo, error) &&
         read_text (root, file, "sumsub", "videoLevel", &self->sumsub.level_video, error) &&
         read_text (root, file, "sms", "url", &self->sms.url, error) &&
         read_text (root, file, "sms", "token", &self->sms.token, error) &&
         read_text (root, file, "smtp", "host", &self->mail.host, error) &&
         read_text (root, file, "smtp", "caFile", &self->mail.ca_file, error) &&
         read_text (root, file, "smtp", "user", &self->mail.user, error) &&
         read_text (root, file, "smtp", "password", &self->mail.password, error) &&
         read_port (root, file, &self->mail.port, error);
}

static void
set_demo_values (KabConfig *self, const char *directory)
{
  g_autofree char *absolute = g_canonicalize_filename (directory, NULL);
  static const char *const NONE[] = { NULL };
  static const char *const ALGORITHMS[] = { "HMAC_SHA1_HEX", "HMAC_SHA256_HEX", "HMAC_SHA512_HEX",
                                            NULL };

  self->server.address = g_strdup ("127.0.0.1");
  self->server.public_url = g_strdup ("");
  self->server.trusted_proxies = g_strdupv ((char **) NONE);
  self->server.metrics_from = g_strdupv ((char **) NONE);
  self->server.http_threads = 2;
  self->server.workers = 4;
  self->store.url = g_strdup_printf ("sqlite:%s/bank.sqlite3", absolute);
  self->store.history_key = g_strdup ("");
  self->mail.starttls = TRUE;
  self->mail.from = g_strdup ("bank@demo.kabinets.invalid");
  self->sms.sender = g_strdup ("Demo Banka");
  self->sumsub.webhook_algorithms = g_strdupv ((char **) ALGORITHMS);
  self->sumsub.sandbox_mode = TRUE;
  self->bank.data_directory = g_strdup (KAB_BANK_DIRECTORY);
  self->limits.connections = 1000;
  /* Everything comes from this machine. */
  self->limits.connections_per_peer = 1000;
  self->limits.requests_per_minute = 6000;
  self->limits.queue = 256;
  self->limits.password_memory = 64;
  self->limits.password_passes = 3;
  self->session.idle = 300;
  self->session.absolute = 8 * 3600;
  self->application.patience = 180;
  self->codes.lifetime = 10;
  self->codes.resend_after = 60;
  self->codes.tries = 5;
  self->codes.per_hour = 5;
  self->log.level = g_strdup ("info");
}

/* The demo bank's secret key is made at its first start and stays with its data. */
static gboolean
read_secret_key (KabConfig *self, const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, SECRET_KEY_FILE, NULL);
  guint8 bytes[SECRET_KEY_BYTES];
  char text[2 * sizeof bytes + 1];

  if (g_file_get_contents (path, &self->server.secret_key, NULL, NULL) &&
      strlen (self->server.secret_key) == 2 * SECRET_KEY_BYTES)
    return TRUE;
  g_free (self->server.secret_key);
  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2hex (text, sizeof text, bytes, sizeof bytes);
  self->server.secret_key = g_strdup (text);
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
    return TRUE;
  g_set_error (error, KAB_CONFIG_ERROR, KAB_CONFIG_ERROR_UNREADABLE,
               "%s: the demo bank's folder can't be written to", path);
  return FALSE;
}

/**
 * kab_config_new_for_demo:
 * @directory: the demo bank's folder, with the sandbox.json that kabinets-sandbox wrote
 *
 * Returns: (transfer full): a configuration on 127.0.0.1 and any free port, with SQLite in that
 *   folder, or %NULL with a %KAB_CONFIG_ERROR
 */
KabConfig *
kab_config_new_for_demo (const char *directory, GError **error)
{
  g_autoptr (KabConfig) self = g_new0 (KabConfig, 1);
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (GError) error_local = NULL;
  g_autofree char *text = NULL;
  gsize length;

  self->file = g_build_filename (directory, SANDBOX_FILE, NULL);
  if (g_file_get_contents (self->file, &text, &length, &error_local))
    root = kab_json_parse_object (text, length, FILE_BYTES_MAX, 8, &error_local);
  if (!root)
    {
      g_set_error (error, KAB_CONFIG_ERROR, KAB_CONFIG_ERROR_UNREADABLE,
                   "%s: %s. Start kabinets-sandbox first: it writes this file", self->file,
                   error_local->message);
      return NULL;
    }
  set_demo_values (self, directory);
  if (!read_sandbox (self, root, error) || !read_secret_key (self, directory, error))
    return NULL;
  return g_steal_pointer (&self);
}
