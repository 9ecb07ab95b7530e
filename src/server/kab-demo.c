/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-demo.h"

#include <json-glib/json-glib.h>

#include "kab-addresses.h"
#include "kab-passwords.h"
#include "kab-secrets.h"
#include "kab-users.h"

#define CLERK_FILE     "clerk.json"
#define CLERK_LOGIN    "clerk@demo.kabinets.invalid"
#define CLERK_NAME     "Ilze Bērziņa"
#define CLERK_LANGUAGE "lv"

typedef struct
{
  const char *hash; /* (nullable): %NULL only looks */
  gboolean exists;
} Clerk;

static gboolean
replace_password (KabTransaction *tx, const KabUser *user, const char *hash, GError **error)
{
  return hash == NULL || kab_passwords_replace (tx, user, hash, error);
}

static gboolean
add_clerk (KabTransaction *tx, const char *hash, GError **error)
{
  g_autofree char *id = NULL;

  if (hash == NULL)
    return TRUE;
  id = kab_users_add (tx,
                      &(KabUserNew) { .role = "staff",
                                      .email = CLERK_LOGIN,
                                      .name = CLERK_NAME,
                                      .password_hash = hash,
                                      .language = CLERK_LANGUAGE,
                                      .citizenships = "[]" },
                      error);
  return id != NULL;
}

static gboolean
find_or_set_clerk (KabTransaction *tx, gpointer data, GError **error)
{
  Clerk *clerk = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (KabUser) user = kab_users_find (tx, KAB_CHANNEL_EMAIL, CLERK_LOGIN, &local_error);

  clerk->exists = user != NULL;
  if (user != NULL)
    return replace_password (tx, user, clerk->hash, error);
  if (g_error_matches (local_error, KAB_STORE_ERROR, KAB_STORE_ERROR_NOT_FOUND))
    return add_clerk (tx, clerk->hash, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
write_clerk (const char *path, const char *password, GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  gboolean is_written;
  char *text;

  json_object_set_string_member (object, "login", CLERK_LOGIN);
  json_object_set_string_member (object, "password", password);
  json_node_take_object (node, object);
  text = json_to_string (node, FALSE);
  is_written =
      g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
  kab_secrets_free_text (text);
  return is_written;
}

/**
 * kab_demo_prepare:
 * @directory: of the demo bank
 *
 * Employs the demo bank's clerk and leaves the name and a random password in `clerk.json`, for
 * whoever plays the clerk. A clerk whose file is lost gets another password.
 */
gboolean
kab_demo_prepare (const KabApiContext *context, const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, CLERK_FILE, NULL);
  g_autofree char *hash = NULL;
  Clerk clerk = { 0 };
  gboolean is_done;
  char *password;

  if (!kab_store_read (context->store, find_or_set_clerk, &clerk, error))
    return FALSE;
  if (clerk.exists && g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  password = kab_secrets_new_temporary_password ();
  hash = kab_password_pool_hash (context->passwords, password, error);
  clerk.hash = hash;
  is_done = hash != NULL && kab_store_write (context->store, find_or_set_clerk, &clerk, error) &&
            write_clerk (path, password, error);
  kab_secrets_free_text (password);
  return is_done;
}
