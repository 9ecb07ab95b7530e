/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-notice-payload.h"

#include <gio/gio.h>
#include <string.h>

#include "kab-json.h"
#include "kab-notice-texts.h"
#include "kab-secrets.h"

#define PAYLOAD_BYTES_MAX 8192
#define PAYLOAD_DEPTH_MAX 2
#define TEXT_CHARS_MAX    1024

static char *
seal (const KabNoticeSecret *secret)
{
  guint8 key[KAB_SECRETS_KEY_SIZE];
  gsize size;
  gconstpointer data = g_bytes_get_data (secret->key, &size);
  g_autoptr (GBytes) sealed = NULL;

  kab_secrets_derive_key (data, size, "outbox", key);
  sealed = kab_secrets_seal (key, secret->secret, strlen (secret->secret));
  return g_base64_encode (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
}

static char *
unseal (GBytes *server_key, const char *text)
{
  guint8 key[KAB_SECRETS_KEY_SIZE];
  gsize size;
  gconstpointer data = g_bytes_get_data (server_key, &size);
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) plain = NULL;
  gsize sealed_size;
  guint8 *decoded = g_base64_decode (text, &sealed_size);

  kab_secrets_derive_key (data, size, "outbox", key);
  sealed = g_bytes_new_take (decoded, sealed_size);
  plain = kab_secrets_unseal (key, sealed);
  if (plain == NULL)
    return NULL;
  return g_strndup (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
}

/**
 * kab_notice_payload_write:
 * @secret: (nullable): what is sealed
 *
 * Returns: (transfer full): the payload of an outbox message
 */
char *
kab_notice_payload_write (KabNoticeKind kind,
                          const char *address,
                          const char *language,
                          const KabNoticeSecret *secret)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "notice", kab_notice_texts_get_name (kind));
  json_object_set_string_member (object, "address", address);
  json_object_set_string_member (object, "language", language);
  if (secret != NULL)
    {
      g_autofree char *sealed = seal (secret);

      json_object_set_string_member (object, "sealed", sealed);
      json_object_set_int_member (object, "expires", secret->expires_at);
    }
  json_node_take_object (root, object);
  return json_to_string (root, FALSE);
}

static gboolean
read_secret (KabNoticePayload *self, JsonObject *object, GBytes *key, GError **error)
{
  const char *sealed;

  if (!kab_json_has (object, "sealed"))
    return TRUE;
  sealed = kab_json_get_string (object, "sealed", TEXT_CHARS_MAX, error);
  if (sealed == NULL ||
      !kab_json_get_integer (object, "expires", 0, KAB_JSON_INTEGER_MAX, &self->expires_at, error))
    return FALSE;
  self->secret = unseal (key, sealed);
  if (self->secret != NULL)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "The secret was sealed with another key");
  return FALSE;
}

/**
 * kab_notice_payload_read:
 * @key: the server's key
 *
 * Returns: (transfer full): what kab_notice_payload_write() was given, or %NULL with an error
 */
KabNoticePayload *
kab_notice_payload_read (const char *text, GBytes *key, GError **error)
{
  g_autoptr (JsonObject) object =
      kab_json_parse_object (text, strlen (text), PAYLOAD_BYTES_MAX, PAYLOAD_DEPTH_MAX, error);
  g_autoptr (KabNoticePayload) self = g_new0 (KabNoticePayload, 1);
  const char *name;

  if (object == NULL)
    return NULL;
  name = kab_json_get_string (object, "notice", TEXT_CHARS_MAX, error);
  self->address =
      g_strdup (name ? kab_json_get_string (object, "address", TEXT_CHARS_MAX, error) : NULL);
  if (self->address != NULL)
    self->language = g_strdup (kab_json_get_string (object, "language", TEXT_CHARS_MAX, error));
  if (self->language == NULL || !read_secret (self, object, key, error))
    return NULL;
  if (kab_notice_texts_find (name, &self->kind))
    return g_steal_pointer (&self);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "There is no notice '%s'", name);
  return NULL;
}

void
kab_notice_payload_free (KabNoticePayload *self)
{
  g_free (self->address);
  g_free (self->language);
  kab_secrets_free_text (self->secret);
  g_free (self);
}
