/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-request.h"

#include <sodium.h>
#include <string.h>

#include "kab-request-private.h"
#include "kab-secret-memory.h"

typedef struct
{
  char *data;
  gsize length;
} Wiped;

static void
wiped_free (gpointer data)
{
  Wiped *wiped = data;

  sodium_memzero (wiped->data, wiped->length);
  g_free (wiped->data);
  g_free (wiped);
}

static void
kab_request_clear (KabRequest *self)
{
  g_string_free (self->path, TRUE);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->idempotency_key);
  g_free (self->if_match);
  g_free (self->if_none_match);
  g_free (self->media_type);
  kab_secret_free (self->token);
}

GBytes *
kab_bytes_new_wiped (char *data, gsize length)
{
  Wiped *wiped = g_new (Wiped, 1);

  wiped->data = data;
  wiped->length = length;

  return g_bytes_new_with_free_func (data, length, wiped_free, wiped);
}

KabRequest *
kab_request_new (const char *method, const char *path, ...)
{
  KabRequest *self;
  va_list segments;

  g_return_val_if_fail (method != NULL, NULL);
  g_return_val_if_fail (path != NULL && *path == '/', NULL);

  self = g_rc_box_new0 (KabRequest);
  self->method = g_intern_string (method);
  self->path = g_string_new (NULL);

  va_start (segments, path);
  for (const char *p = path; *p != '\0'; p++)
    {
      if (!g_str_has_prefix (p, "{}"))
        {
          g_string_append_c (self->path, *p);
          continue;
        }
      g_string_append_uri_escaped (self->path, va_arg (segments, const char *), NULL, FALSE);
      p++;
    }
  va_end (segments);

  return self;
}

KabRequest *
kab_request_ref (KabRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
kab_request_unref (KabRequest *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, (GDestroyNotify) kab_request_clear);
}

void
kab_request_add_query (KabRequest *self, const char *name, const char *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  if (value == NULL)
    return;

  g_string_append_c (self->path, strchr (self->path->str, '?') ? '&' : '?');
  g_string_append_uri_escaped (self->path, name, NULL, FALSE);
  g_string_append_c (self->path, '=');
  g_string_append_uri_escaped (self->path, value, NULL, FALSE);
}

void
kab_request_take_body (KabRequest *self, JsonObject *body)
{
  g_autoptr (JsonNode) node = NULL;
  char *data;

  g_return_if_fail (self != NULL);
  g_return_if_fail (body != NULL);

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, body);
  data = json_to_string (node, FALSE);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = kab_bytes_new_wiped (data, strlen (data));
}

void
kab_request_set_idempotency_key (KabRequest *self, const char *key)
{
  g_return_if_fail (self != NULL);

  g_set_str (&self->idempotency_key, key);
}

void
kab_request_set_if_match (KabRequest *self, gint64 version)
{
  g_return_if_fail (self != NULL);

  g_free (self->if_match);
  self->if_match = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", version);
}

KabRequest *
kab_request_new_step (const char *path, const char *id, gint64 version, const char *key)
{
  KabRequest *self;

  g_return_val_if_fail (key != NULL, NULL);

  self = kab_request_new ("POST", path, id);
  kab_request_set_idempotency_key (self, key);
  kab_request_set_if_match (self, version);

  return self;
}

void
kab_request_set_if_none_match (KabRequest *self, const char *etag)
{
  g_return_if_fail (self != NULL);

  g_set_str (&self->if_none_match, etag);
}

void
kab_request_set_token (KabRequest *self, const char *token)
{
  g_return_if_fail (self != NULL);

  kab_secret_take (&self->token, token);
}

void
kab_request_expect_bytes (KabRequest *self, const char *media_type)
{
  g_return_if_fail (self != NULL);

  self->expects_bytes = TRUE;
  g_set_str (&self->media_type, media_type);
}

char *
kab_idempotency_key_new (void)
{
  guchar random[16];
  char *key = g_malloc (2 * sizeof random + 1);

  randombytes_buf (random, sizeof random);

  return sodium_bin2hex (key, 2 * sizeof random + 1, random, sizeof random);
}
