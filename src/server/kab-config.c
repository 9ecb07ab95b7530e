/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-config.h"

#include <sodium.h>
#include <stdarg.h>

#include "kab-config-private.h"

G_DEFINE_QUARK (kab - config - error - quark, kab_config_error)

static char **
get_string (KabConfig *self, const KabConfigKey *key)
{
  return G_STRUCT_MEMBER_P (self, key->offset);
}

static gboolean
is_choice (const char *choices, const char *value)
{
  g_autofree char *wanted = g_strdup_printf ("|%s|", value);

  return !choices || (strstr (choices, wanted) && !strchr (value, '|'));
}

static gboolean
fail_choice (KabConfig *self, const KabConfigKey *key, const char *value, GError **error)
{
  g_auto (GStrv) choices = g_strsplit (key->choices + 1, "|", -1);
  g_autofree char *list = NULL;

  g_clear_pointer (&choices[g_strv_length (choices) - 1], g_free);
  list = g_strjoinv (", ", choices);
  return kab_config_fail (self, key->group, key->key, KAB_CONFIG_ERROR_INVALID, error,
                          "“%s” is none of %s", value, list);
}

static gboolean
set_strings (KabConfig *self, const KabConfigKey *key, const char *value, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (value, ";", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; parts[i]; i++)
    {
      const char *part = g_strstrip (parts[i]);

      if (!*part)
        continue;
      if (!is_choice (key->choices, part))
        return fail_choice (self, key, part, error);
      g_strv_builder_add (builder, part);
    }
  *(char ***) G_STRUCT_MEMBER_P (self, key->offset) = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
set_integer (KabConfig *self, const KabConfigKey *key, const char *value, GError **error)
{
  gint64 *member = G_STRUCT_MEMBER_P (self, key->offset);

  return g_ascii_string_to_signed (value, 10, key->minimum, key->maximum, member, NULL) ||
         kab_config_fail (self, key->group, key->key, KAB_CONFIG_ERROR_INVALID, error,
                          "“%s” is no whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                          value, key->minimum, key->maximum);
}

static gboolean
set_boolean (KabConfig *self, const KabConfigKey *key, const char *value, GError **error)
{
  gboolean *member = G_STRUCT_MEMBER_P (self, key->offset);

  *member = g_str_equal (value, "true");
  return *member || g_str_equal (value, "false") ||
         kab_config_fail (self, key->group, key->key, KAB_CONFIG_ERROR_INVALID, error,
                          "“%s” is neither true nor false", value);
}

static gboolean
set_url (KabConfig *self, const KabConfigKey *key, const char *value, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (value, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri ? g_uri_get_scheme (uri) : "";

  *get_string (self, key) = g_strdup (value);
  if ((g_str_equal (scheme, "https") || g_str_equal (scheme, "http")) && g_uri_get_host (uri) &&
      *g_uri_get_host (uri) && !g_uri_get_userinfo (uri) && !g_uri_get_fragment (uri))
    return TRUE;
  return kab_config_fail (self, key->group, key->key, KAB_CONFIG_ERROR_INVALID, error,
                          "“%s” is no address of the form https://host/path", value);
}

static gboolean
set_path (KabConfig *self, const KabConfigKey *key, const char *value, GError **error)
{
  *get_string (self, key) = g_strdup (value);
  return !*value || g_path_is_absolute (value) ||
         kab_config_fail (self, key->group, key->key, KAB_CONFIG_ERROR_INVALID, error,
                          "“%s” is no absolute path", value);
}

static gboolean
set_choice (KabConfig *self, const KabConfigKey *key, const char *value, GError **error)
{
  if (!is_choice (key->choices, value))
    return fail_choice (self, key, value, error);
  if (key->offset == 0)
    self->is_production = g_str_equal (value, "production");
  else
    *get_string (self, key) = g_strdup (value);
  return TRUE;
}

static gboolean
set_value (KabConfig *self, const KabConfigKey *key, const char *value, GError **error)
{
  switch (key->type)
    {
    case KAB_CONFIG_STRINGS:
      return set_strings (self, key, value, error);
    case KAB_CONFIG_INTEGER:
      return set_integer (self, key, value, error);
    case KAB_CONFIG_BOOLEAN:
      return set_boolean (self, key, value, error);
    case KAB_CONFIG_URL:
      return set_url (self, key, value, error);
    case KAB_CONFIG_PATH:
      return set_path (self, key, value, error);
    case KAB_CONFIG_CHOICE:
      return set_choice (self, key, value, error);
    case KAB_CONFIG_STRING:
    case KAB_CONFIG_SECRET:
    default:
      *get_string (self, key) = g_strdup (value);
      return TRUE;
    }
}

static gboolean
read_key (KabConfig *self, GKeyFile *key_file, const KabConfigKey *key, GError **error)
{
  g_autoptr (GError) error_local = NULL;
  g_autofree char *value = g_key_file_get_string (key_file, key->group, key->key, NULL);

  if (value)
    g_strstrip (value);
  if (key->type == KAB_CONFIG_SECRET)
    {
      g_autofree char *secret = kab_config_read_secret (self, key, value, &error_local);

      if (error_local)
        {
          g_propagate_error (error, g_steal_pointer (&error_local));
          return FALSE;
        }
      g_free (value);
      value = g_steal_pointer (&secret);
    }
  if (!value && !key->fallback)
    return kab_config_fail (self, key->group, key->key, KAB_CONFIG_ERROR_MISSING, error,
                            "this key is needed");
  return set_value (self, key, value ? value : key->fallback, error);
}

static gboolean
is_known (const char *group, const char *key)
{
  gsize n_keys;
  const KabConfigKey *keys = kab_config_get_keys (&n_keys);

  for (gsize i = 0; i < n_keys; i++)
    if (g_str_equal (keys[i].group, group) && (!key || g_str_equal (keys[i].key, key)))
      return TRUE;
  return FALSE;
}

static gboolean
check_names (KabConfig *self, GKeyFile *key_file, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (key_file, NULL);

  for (gsize i = 0; groups[i]; i++)
    {
      g_auto (GStrv) names = g_key_file_get_keys (key_file, groups[i], NULL, NULL);

      if (!is_known (groups[i], NULL))
        return kab_config_fail (self, groups[i], NULL, KAB_CONFIG_ERROR_UNKNOWN, error,
                                "there is no such group");
      for (gsize j = 0; names && names[j]; j++)
        if (!is_known (groups[i], names[j]))
          return kab_config_fail (self, groups[i], names[j], KAB_CONFIG_ERROR_UNKNOWN, error,
                                  "there is no such key");
    }
  return TRUE;
}

static gboolean
read_keys (KabConfig *self, GKeyFile *key_file, GError **error)
{
  gsize n_keys;
  const KabConfigKey *keys = kab_config_get_keys (&n_keys);

  for (gsize i = 0; i < n_keys; i++)
    if (!read_key (self, key_file, &keys[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
check_networks (const KabConfig *self, const char *key, char **networks, GError **error)
{
  for (gsize i = 0; networks[i]; i++)
    {
      g_autoptr (GError) error_local = NULL;
      g_autoptr (GInetAddressMask) mask =
          g_inet_address_mask_new_from_string (networks[i], &error_local);

      if (!mask)
        return kab_config_fail (self, "server", key, KAB_CONFIG_ERROR_INVALID, error, "“%s”: %s",
                                networks[i], error_local->message);
    }
  return TRUE;
}

static gboolean
check_values (const KabConfig *self, GError **error)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (self->server.address);

  if (!address)
    return kab_config_fail (self, "server", "address", KAB_CONFIG_ERROR_INVALID, error,
                            "“%s” is no IP address", self->server.address);
  if (!g_str_has_prefix (self->store.url, "sqlite:/") &&
      !g_str_has_prefix (self->store.url, "postgresql://"))
    return kab_config_fail (self, "store", "url", KAB_CONFIG_ERROR_INVALID, error,
                            "write sqlite:/absolute/path or postgresql://…");
  if (!check_networks (self, "trusted-proxies", self->server.trusted_proxies, error) ||
      !check_networks (self, "metrics-from", self->server.metrics_from, error))
    return FALSE;
  if (self->session.idle > self->session.absolute)
    return kab_config_fail (self, "session", "idle", KAB_CONFIG_ERROR_INVALID, error,
                            "it is longer than “absolute”");
  return TRUE;
}

/*
 * kab_config_fail:
 * @key: (nullable): %NULL when the group is meant
 *
 * Sets an error that names the place. Returns: %FALSE
 */
gboolean
kab_config_fail (const KabConfig *self,
                 const char *group,
                 const char *key,
                 KabConfigError code,
                 GError **error,
                 const char *format,
                 ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (key)
    g_set_error (error, KAB_CONFIG_ERROR, (int) code, "%s: [%s] %s: %s", self->file, group, key,
                 reason);
  else
    g_set_error (error, KAB_CONFIG_ERROR, (int) code, "%s: [%s]: %s", self->file, group, reason);
  return FALSE;
}

/**
 * kab_config_load:
 * @file: a key file
 *
 * Reads and checks a configuration, secrets included.
 *
 * Returns: (transfer full): the configuration, or %NULL with a %KAB_CONFIG_ERROR
 */
KabConfig *
kab_config_load (const char *file, GError **error)
{
  g_autoptr (KabConfig) self = g_new0 (KabConfig, 1);
  g_autoptr (GKeyFile) key_file = g_key_file_new ();
  g_autoptr (GError) error_local = NULL;

  self->file = g_strdup (file);
  if (!g_key_file_load_from_file (key_file, file, G_KEY_FILE_NONE, &error_local))
    {
      g_set_error (error, KAB_CONFIG_ERROR, KAB_CONFIG_ERROR_UNREADABLE, "%s: %s", file,
                   error_local->message);
      return NULL;
    }
  if (!check_names (self, key_file, error) || !read_keys (self, key_file, error) ||
      !check_values (self, error) ||
      (self->is_production && !kab_config_check_production (self, error)))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * kab_config_free:
 *
 * Frees the configuration and wipes its secrets.
 */
void
kab_config_free (KabConfig *self)
{
  gsize n_keys;
  const KabConfigKey *keys = kab_config_get_keys (&n_keys);

  for (gsize i = 0; i < n_keys; i++)
    {
      if (keys[i].offset == 0 || keys[i].type == KAB_CONFIG_INTEGER ||
          keys[i].type == KAB_CONFIG_BOOLEAN)
        continue;
      if (keys[i].type == KAB_CONFIG_STRINGS)
        {
          g_clear_pointer ((char ***) G_STRUCT_MEMBER_P (self, keys[i].offset), g_strfreev);
          continue;
        }
      if (keys[i].type == KAB_CONFIG_SECRET && *get_string (self, &keys[i]))
        sodium_memzero (*get_string (self, &keys[i]), strlen (*get_string (self, &keys[i])));
      g_clear_pointer (get_string (self, &keys[i]), g_free);
    }
  g_free (self->file);
  g_free (self);
}
