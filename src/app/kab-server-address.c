/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-server-address.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/kab-error-text.h"

/* Below each of the system's configuration folders, usually /etc/xdg. */
#define POLICY_FILE  "kabinets/policy.conf"
#define POLICY_GROUP "Bank"
#define POLICY_KEY   "Server"

G_DEFINE_QUARK (kab - server - address - error - quark, kab_server_address_error)

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_str_equal (host, "localhost") ||
         (address != NULL && g_inet_address_get_is_loopback (address));
}

/* GLib takes anything for a host; letters of every script may be in one. */
static gboolean
is_host (const char *host)
{
  if (host == NULL || host[0] == '\0')
    return FALSE;

  for (const char *p = host; *p != '\0'; p++)
    {
      if (g_ascii_isprint (*p) ? !g_ascii_isalnum (*p) && strchr (".-:", *p) == NULL
                               : (guchar) *p < 0x80)
        return FALSE;
    }

  return TRUE;
}

/**
 * kab_server_address_normalize:
 * @text: what somebody typed: "https://bank.example" or just "bank.example"
 * @error: set to a #KabServerAddressError
 *
 * Returns: (transfer full): the URL without a slash at its end. Plain HTTP is taken for this
 *   computer only, where the demo bank and tests live.
 */
char *
kab_server_address_normalize (const char *text, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *address = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *scheme;
  gsize length;

  if (trimmed[0] != '\0' && strstr (trimmed, "://") == NULL)
    address = g_strconcat ("https://", trimmed, NULL);
  else
    address = g_strdup (trimmed);

  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  if ((!g_str_equal (scheme, "https") && !g_str_equal (scheme, "http")) ||
      !is_host (g_uri_get_host (uri)) || g_uri_get_userinfo (uri) != NULL ||
      g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    {
      g_set_error_literal (error, KAB_SERVER_ADDRESS_ERROR, KAB_SERVER_ADDRESS_ERROR_INVALID,
                           "address-invalid");
      return NULL;
    }
  if (g_str_equal (scheme, "http") && !is_loopback (g_uri_get_host (uri)))
    {
      g_set_error_literal (error, KAB_SERVER_ADDRESS_ERROR, KAB_SERVER_ADDRESS_ERROR_INSECURE,
                           "address-insecure");
      return NULL;
    }

  for (length = strlen (address); address[length - 1] == '/'; length--)
    address[length - 1] = '\0';

  return g_steal_pointer (&address);
}

/* As kab_server_address_normalize(), with an error that says where the address stands. */
static char *
read_address (const char *text, const char *place, gboolean is_policy, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sentence = NULL;
  char *address = kab_server_address_normalize (text, &local_error);

  if (address != NULL)
    return address;

  sentence = kab_error_text (local_error->message, NULL);
  g_set_error (error, KAB_SERVER_ADDRESS_ERROR,
               is_policy ? KAB_SERVER_ADDRESS_ERROR_POLICY : local_error->code, "%s: “%s”: %s",
               place, text, sentence);

  return NULL;
}

/* The address that the computer's administrator set; NULL without an error
 * when there is no policy. */
static char *
find_policy (GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local_error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *place = NULL;

  if (!g_key_file_load_from_dirs (file, POLICY_FILE, (const char **) g_get_system_config_dirs (),
                                  &path, G_KEY_FILE_NONE, &local_error))
    {
      if (g_error_matches (local_error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_NOT_FOUND) ||
          g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return NULL;

      g_set_error (error, KAB_SERVER_ADDRESS_ERROR, KAB_SERVER_ADDRESS_ERROR_POLICY, "%s: %s",
                   path != NULL ? path : POLICY_FILE, local_error->message);
      return NULL;
    }

  text = g_key_file_get_string (file, POLICY_GROUP, POLICY_KEY, &local_error);
  place = g_strdup_printf ("%s: [%s] %s", path, POLICY_GROUP, POLICY_KEY);
  if (text == NULL)
    {
      g_set_error (error, KAB_SERVER_ADDRESS_ERROR, KAB_SERVER_ADDRESS_ERROR_POLICY, "%s: %s",
                   place, local_error->message);
      return NULL;
    }

  return read_address (text, place, TRUE, error);
}

/**
 * kab_server_address_has_policy:
 *
 * Returns: whether the computer's administrator chose the bank, so that nobody else can
 */
gboolean
kab_server_address_has_policy (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *policy = find_policy (&error);

  return policy != NULL || error != NULL;
}

/**
 * kab_server_address_find:
 * @command_line: (nullable): the value of `--server`
 * @settings: the application's settings, with the key `server`
 * @error: set to a #KabServerAddressError; its message says in the user's language what is wrong,
 *   and where: the option, file, group and key of the policy, or schema and key of the settings
 *
 * Which bank this is: the command line's, else the policy file's, else the settings'.
 *
 * Returns: (transfer full) (nullable): the URL; %NULL without @error when no bank is configured
 */
char *
kab_server_address_find (const char *command_line, GSettings *settings, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *policy = NULL;
  g_autofree char *chosen = NULL;
  g_autofree char *schema = NULL;
  g_autofree char *place = NULL;

  if (command_line != NULL)
    return read_address (command_line, "--server", FALSE, error);

  policy = find_policy (&local_error);
  if (policy != NULL)
    return g_steal_pointer (&policy);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  chosen = g_settings_get_string (settings, "server");

  if (chosen[0] == '\0')
    return NULL;

  g_object_get (settings, "schema-id", &schema, NULL);
  place = g_strdup_printf (_("setting %s server"), schema);

  return read_address (chosen, place, FALSE, error);
}
