/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-passwords.h"

#include <sodium.h>

#include "kab-history.h"
#include "kab-notices.h"
#include "kab-problem.h"
#include "kab-secrets.h"
#include "kab-sessions.h"

/* A temporary password is short-lived (ASVS 6.4.1). */
#define TEMPORARY_LIFETIME G_TIME_SPAN_HOUR

/* It has too many bits to be guessed, so a keyed hash is enough, and trying it takes no time that
 * would tell whether there is one. */
static GBytes *
hash_temporary (GBytes *key, const char *user, const char *password)
{
  return kab_secrets_hash_code (key, "temporary-password", user, "", password);
}

/**
 * kab_passwords_is_temporary:
 * @key: the server's key
 * @password: what was typed
 * @now: microseconds since 1970
 *
 * Returns: whether it is the user's temporary password, used or not
 */
gboolean
kab_passwords_is_temporary (const KabUser *user, GBytes *key, const char *password, gint64 now)
{
  g_autoptr (GBytes) hash = NULL;

  if (user->temporary_hash == NULL || user->temporary_expires_at <= now)
    return FALSE;
  hash = hash_temporary (key, user->id, password);
  return g_bytes_get_size (hash) == g_bytes_get_size (user->temporary_hash) &&
         sodium_memcmp (g_bytes_get_data (hash, NULL),
                        g_bytes_get_data (user->temporary_hash, NULL),
                        g_bytes_get_size (hash)) == 0;
}

/**
 * kab_passwords_set_temporary:
 * @key: the server's key
 * @user: whose it becomes
 * @expires_at: (out): until when it is good
 *
 * Gives the user a temporary password beside the last one (RCV-6); an earlier temporary one is
 * void.
 */
gboolean
kab_passwords_set_temporary (KabTransaction *tx,
                             GBytes *key,
                             const char *user,
                             const char *password,
                             gint64 *expires_at,
                             GError **error)
{
  g_autoptr (GBytes) hash = hash_temporary (key, user, password);

  *expires_at = kab_tx_get_now (tx) + TEMPORARY_LIFETIME;
  return kab_tx_change_one (tx, error,
                            "UPDATE users SET temporary_hash = ?, temporary_expires_at = ?,"
                            " temporary_used = 0 WHERE id = ?",
                            KAB_BLOB (hash), KAB_INT (*expires_at), KAB_TEXT (user));
}

/**
 * kab_passwords_take_temporary:
 * @user: who signs in with it, as kab_passwords_is_temporary() was asked about
 *
 * Uses the temporary password up: it is good for one sign-in.
 *
 * Returns: %FALSE with %KAB_PROBLEM_CREDENTIALS_WRONG when somebody was faster
 */
gboolean
kab_passwords_take_temporary (KabTransaction *tx, const KabUser *user, GError **error)
{
  if (!kab_tx_exec (tx, error,
                    "UPDATE users SET temporary_used = 1"
                    " WHERE id = ? AND temporary_hash = ? AND temporary_used = 0",
                    KAB_TEXT (user->id), KAB_BLOB (user->temporary_hash)))
    return FALSE;
  if (kab_tx_get_changed (tx) == 1)
    return TRUE;
  kab_problem_set (error, KAB_PROBLEM_CREDENTIALS_WRONG, NULL);
  return FALSE;
}

/**
 * kab_passwords_rehash:
 * @user: who has just proved to know the password
 * @hash: of the same password with today's parameters
 *
 * Returns: %FALSE with %KAB_PROBLEM_CREDENTIALS_WRONG when the password was changed meanwhile
 */
gboolean
kab_passwords_rehash (KabTransaction *tx, const KabUser *user, const char *hash, GError **error)
{
  if (!kab_tx_exec (tx, error,
                    "UPDATE users SET password_hash = ? WHERE id = ? AND password_hash = ?",
                    KAB_TEXT (hash), KAB_TEXT (user->id), KAB_TEXT (user->password_hash)))
    return FALSE;
  if (kab_tx_get_changed (tx) == 1)
    return TRUE;
  kab_problem_set (error, KAB_PROBLEM_CREDENTIALS_WRONG, NULL);
  return FALSE;
}

/**
 * kab_passwords_replace:
 * @user: who has just proved to know the present password
 * @hash: of the new one
 *
 * Sets a new password, ends every session of the user (ASVS 7.4.3) and tells the user. The old
 * password and a temporary one are void.
 *
 * Returns: %FALSE with %KAB_PROBLEM_CREDENTIALS_WRONG when the password was changed meanwhile
 */
gboolean
kab_passwords_replace (KabTransaction *tx, const KabUser *user, const char *hash, GError **error)
{
  return kab_passwords_rehash (tx, user, hash, error) &&
         kab_tx_exec (tx, error,
                      "UPDATE users SET temporary_hash = NULL, temporary_used = 0 WHERE id = ?",
                      KAB_TEXT (user->id)) &&
         kab_sessions_end_others (tx, user->id, NULL, error) &&
         kab_notices_add (tx, KAB_NOTICE_PASSWORD_CHANGED, user->id, error) &&
         kab_history_append (tx,
                             &(KabHistoryEntry) { .actor_kind = user->role,
                                                  .actor_id = user->id,
                                                  .subject_id = user->id,
                                                  .action = "password-changed",
                                                  .object_kind = "user",
                                                  .object_id = user->id },
                             error);
}
