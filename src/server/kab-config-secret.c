/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-config-private.h"

#include <glib/gstdio.h>

#define SECRET_BYTES_MAX (16 * 1024)

/* "token-file" of [sms] is the credential "sms-token". */
static char *
make_credential_path (const KabConfigKey *key, const char *name)
{
  const char *directory = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree char *own = g_strdup_printf ("%s-%s", key->group, key->key);

  if (!directory)
    return NULL;
  if (g_str_has_suffix (own, "-file"))
    own[strlen (own) - strlen ("-file")] = 0;
  return g_build_filename (directory, name ? name : own, NULL);
}

/* Returns: (transfer full) (nullable): the file to read; an absent value is an absent credential */
static char *
find_secret (const KabConfig *self, const KabConfigKey *key, const char *value, GError **error)
{
  g_autofree char *path = NULL;

  if (value && g_path_is_absolute (value))
    return g_strdup (value);
  path = make_credential_path (key, value);
  if (value && strchr (value, '/'))
    kab_config_fail (self, key->group, key->key, KAB_CONFIG_ERROR_INVALID, error,
                     "“%s” is neither an absolute path nor a credential's name", value);
  else if (value && !path)
    kab_config_fail (
        self, key->group, key->key, KAB_CONFIG_ERROR_INVALID, error,
        "the credential “%s” can't be found: $CREDENTIALS_DIRECTORY isn't set. Give an "
        "absolute path, or start the server with LoadCredential=",
        value);
  else if (value || (path && g_file_test (path, G_FILE_TEST_EXISTS)))
    return g_steal_pointer (&path);
  return NULL;
}

/*
 * kab_config_read_secret:
 * @value: (nullable): what the key says
 *
 * Returns: (transfer full): the secret without a final line break; %NULL with an error, or without
 *   one when there is neither a value nor a credential of that name
 */
char *
kab_config_read_secret (const KabConfig *self,
                        const KabConfigKey *key,
                        const char *value,
                        GError **error)
{
  g_autofree char *path = find_secret (self, key, value && *value ? value : NULL, error);
  g_autoptr (GError) error_local = NULL;
  g_autofree char *content = NULL;
  GStatBuf status;
  gsize length;

  if (!path)
    return NULL;
  if (g_stat (path, &status) == 0 && (status.st_mode & 07) != 0)
    {
      kab_config_fail (self, key->group, key->key, KAB_CONFIG_ERROR_UNSAFE, error,
                       "everybody can open %s. Run “chmod o= %s”", path, path);
      return NULL;
    }
  if (!g_file_get_contents (path, &content, &length, &error_local))
    {
      kab_config_fail (self, key->group, key->key, KAB_CONFIG_ERROR_UNREADABLE, error, "%s",
                       error_local->message);
      return NULL;
    }
  if (length > SECRET_BYTES_MAX || strlen (content) != length)
    {
      kab_config_fail (self, key->group, key->key, KAB_CONFIG_ERROR_INVALID, error,
                       "%s holds no secret: it is too long or has a NUL", path);
      return NULL;
    }
  return g_strdup (g_strchomp (content));
}
