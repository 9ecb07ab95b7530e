/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-users.h"

#include "kab-addresses.h"
#include "kab-history.h"
#include "kab-problem.h"
#include "kab-secrets.h"
#include "kab-store.h"
#include "kab-trace.h"

#define USER_COLUMNS                                                                               \
  "id, role, client_type, email, phone, name, password_hash, temporary_hash,"                      \
  " temporary_expires_at, temporary_used, language, citizenships, notices, version"

static KabUser *
read_user (KabRows *rows)
{
  KabUser *user = g_new0 (KabUser, 1);

  user->id = kab_rows_dup_text (rows, "id");
  user->role = kab_rows_dup_text (rows, "role");
  user->client_type = kab_rows_dup_text (rows, "client_type");
  user->email = kab_rows_dup_text (rows, "email");
  user->phone = kab_rows_dup_text (rows, "phone");
  user->name = kab_rows_dup_text (rows, "name");
  user->password_hash = kab_rows_dup_text (rows, "password_hash");
  user->temporary_hash =
      kab_rows_is_null (rows, "temporary_hash") ? NULL : kab_rows_blob (rows, "temporary_hash");
  user->temporary_expires_at = kab_rows_int (rows, "temporary_expires_at");
  user->temporary_used = kab_rows_bool (rows, "temporary_used");
  user->language = kab_rows_dup_text (rows, "language");
  user->citizenships = kab_rows_dup_text (rows, "citizenships");
  user->notices = kab_rows_dup_text (rows, "notices");
  user->version = kab_rows_int (rows, "version");
  return user;
}

void
kab_user_free (KabUser *self)
{
  g_free (self->id);
  g_free (self->role);
  g_free (self->client_type);
  g_free (self->email);
  g_free (self->phone);
  g_free (self->name);
  kab_secrets_free_text (self->password_hash);
  g_clear_pointer (&self->temporary_hash, g_bytes_unref);
  g_free (self->language);
  g_free (self->citizenships);
  g_free (self->notices);
  g_free (self);
}

void
kab_consent_free (KabConsent *self)
{
  g_free (self->document);
  g_free (self->version);
  g_free (self);
}

/**
 * kab_users_get:
 *
 * Returns: (transfer full): the user, or %NULL with %KAB_STORE_ERROR_NOT_FOUND
 */
KabUser *
kab_users_get (KabTransaction *tx, const char *id, GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error, "SELECT " USER_COLUMNS " FROM users WHERE id = ?", KAB_TEXT (id));

  return rows != NULL ? read_user (rows) : NULL;
}

/**
 * kab_users_find:
 * @channel: `email` or `phone`
 * @address: as typed (AUT-2)
 *
 * Returns: (transfer full): whose address it is, or %NULL with %KAB_STORE_ERROR_NOT_FOUND
 */
KabUser *
kab_users_find (KabTransaction *tx, const char *channel, const char *address, GError **error)
{
  g_autofree char *key = kab_address_key (channel, address);
  g_autoptr (KabRows) rows = NULL;

  if (g_str_equal (channel, KAB_CHANNEL_EMAIL))
    rows = kab_tx_query_one (tx, error, "SELECT " USER_COLUMNS " FROM users WHERE email_key = ?",
                             KAB_TEXT (key));
  else
    rows = kab_tx_query_one (tx, error, "SELECT " USER_COLUMNS " FROM users WHERE phone = ?",
                             KAB_TEXT (key));
  return rows != NULL ? read_user (rows) : NULL;
}

/**
 * kab_user_get_address:
 * @channel: `email` or `phone`
 *
 * Returns: (nullable): the user's own address there. What is for the user goes to it, not to what
 *   somebody typed that is merely compared as equal.
 */
const char *
kab_user_get_address (const KabUser *self, const char *channel)
{
  return g_str_equal (channel, KAB_CHANNEL_EMAIL) ? self->email : self->phone;
}

/**
 * kab_users_add:
 *
 * Returns: (transfer full): the new user's id, or %NULL with %KAB_PROBLEM_ADDRESS_TAKEN, after
 *   which the transaction can go on
 */
char *
kab_users_add (KabTransaction *tx, const KabUserNew *user, GError **error)
{
  g_autofree char *id = kab_store_make_id ();
  g_autofree char *email_key = kab_address_key (KAB_CHANNEL_EMAIL, user->email);

  if (!kab_tx_exec (tx, error,
                    "INSERT INTO users (id, role, client_type, email, email_key, phone, name,"
                    " password_hash, language, citizenships, created_at)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    KAB_TEXT (id), KAB_TEXT (user->role), KAB_TEXT (user->client_type),
                    KAB_TEXT (user->email), KAB_TEXT (email_key), KAB_TEXT (user->phone),
                    KAB_TEXT (user->name), KAB_TEXT (user->password_hash),
                    KAB_TEXT (user->language), KAB_TEXT (user->citizenships),
                    KAB_INT (kab_tx_get_now (tx))))
    return NULL;
  if (kab_tx_get_changed (tx) == 1)
    return g_steal_pointer (&id);
  kab_problem_set (error, KAB_PROBLEM_ADDRESS_TAKEN, NULL);
  return NULL;
}

static gboolean
append_history (KabTransaction *tx,
                const KabCaller *caller,
                const char *action,
                gint64 version,
                GError **error)
{
  return kab_history_append (tx,
                             &(KabHistoryEntry) { .actor_kind = kab_caller_get_actor_kind (caller),
                                                  .actor_id = caller->id,
                                                  .subject_id = caller->id,
                                                  .action = action,
                                                  .object_kind = "user",
                                                  .object_id = caller->id,
                                                  .version = version },
                             error);
}

/**
 * kab_users_save_profile:
 * @version: the one that the user has seen
 * @notices: JSON that kab_notice_preferences_check() has nothing against
 *
 * Returns: %FALSE with %KAB_PROBLEM_VERSION_CONFLICT when the profile has changed meanwhile
 */
gboolean
kab_users_save_profile (KabTransaction *tx,
                        const KabCaller *caller,
                        gint64 version,
                        const char *language,
                        const char *notices,
                        GError **error)
{
  if (!kab_tx_exec (tx, error,
                    "UPDATE users SET language = ?, notices = ?, version = version + 1"
                    " WHERE id = ? AND version = ?",
                    KAB_TEXT (language), KAB_TEXT (notices), KAB_TEXT (caller->id),
                    KAB_INT (version)))
    return FALSE;
  if (kab_tx_get_changed (tx) == 1)
    return append_history (tx, caller, "profile-changed", version + 1, error) &&
           kab_trace_tell (tx, caller->id, "profile-changed", "user", caller->id, version + 1,
                           error);
  kab_problem_set (error, KAB_PROBLEM_VERSION_CONFLICT, NULL);
  return FALSE;
}

/**
 * kab_users_set_address:
 * @address: one that its owner has confirmed and that is nobody else's
 *
 * Replaces a user's e-mail address or phone number (SET-7).
 */
gboolean
kab_users_set_address (KabTransaction *tx,
                       const KabCaller *caller,
                       const char *channel,
                       const char *address,
                       GError **error)
{
  g_autofree char *key = kab_address_key (channel, address);
  g_autoptr (KabRows) rows = NULL;
  gint64 version;

  if (g_str_equal (channel, KAB_CHANNEL_EMAIL))
    rows = kab_tx_query_one (tx, error,
                             "UPDATE users SET email = ?, email_key = ?, version = version + 1"
                             " WHERE id = ? RETURNING version",
                             KAB_TEXT (address), KAB_TEXT (key), KAB_TEXT (caller->id));
  else
    rows = kab_tx_query_one (
        tx, error,
        "UPDATE users SET phone = ?, version = version + 1 WHERE id = ? RETURNING version",
        KAB_TEXT (key), KAB_TEXT (caller->id));
  if (rows == NULL)
    return FALSE;
  version = kab_rows_int (rows, "version");
  g_clear_pointer (&rows, kab_rows_free);
  return append_history (tx, caller, "address-changed", 0, error) &&
         kab_trace_tell (tx, caller->id, "profile-changed", "user", caller->id, version, error);
}

/**
 * kab_users_list_consents:
 *
 * Returns: (transfer full) (element-type KabConsent): what the user has accepted, by document
 */
GPtrArray *
kab_users_list_consents (KabTransaction *tx, const char *id, GError **error)
{
  g_autoptr (GPtrArray) consents =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kab_consent_free);
  g_autoptr (KabRows) rows =
      kab_tx_query (tx, error,
                    "SELECT document, version, accepted_at FROM consents WHERE user_id = ?"
                    " ORDER BY document, accepted_at",
                    KAB_TEXT (id));

  if (rows == NULL)
    return NULL;
  while (kab_rows_next (rows))
    {
      KabConsent *consent = g_new0 (KabConsent, 1);

      consent->document = kab_rows_dup_text (rows, "document");
      consent->version = kab_rows_dup_text (rows, "version");
      consent->accepted_at = kab_rows_int (rows, "accepted_at");
      g_ptr_array_add (consents, consent);
    }
  return g_steal_pointer (&consents);
}

/**
 * kab_users_know_network:
 * @network_hash: of the network that the user has just signed in from
 */
gboolean
kab_users_know_network (KabTransaction *tx, const char *id, GBytes *network_hash, GError **error)
{
  return kab_tx_exec (tx, error,
                      "INSERT INTO known_networks (user_id, network_hash, last_used_at)"
                      " VALUES (?1, ?2, ?3) ON CONFLICT (user_id, network_hash)"
                      " DO UPDATE SET last_used_at = ?3",
                      KAB_TEXT (id), KAB_BLOB (network_hash), KAB_INT (kab_tx_get_now (tx)));
}

/**
 * kab_users_knows_network:
 * @is_known: (out): whether the user has signed in from there before
 */
gboolean
kab_users_knows_network (KabTransaction *tx,
                         const char *id,
                         GBytes *network_hash,
                         gboolean *is_known,
                         GError **error)
{
  gint64 n_rows;

  if (!kab_tx_query_int (tx, &n_rows, error,
                         "SELECT COUNT (*) FROM known_networks"
                         " WHERE user_id = ? AND network_hash = ?",
                         KAB_TEXT (id), KAB_BLOB (network_hash)))
    return FALSE;
  *is_known = n_rows > 0;
  return TRUE;
}
