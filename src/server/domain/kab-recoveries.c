/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-recoveries.h"

#include "kab-history.h"
#include "kab-notices.h"
#include "kab-passwords.h"
#include "kab-secrets.h"
#include "kab-store.h"
#include "kab-users.h"

#define PURPOSE "recovery"

/* Of an address that is nobody's; nothing is ever written to it. */
#define NO_LANGUAGE "en"

/**
 * kab_recoveries_create:
 * @channel: `email` or `phone`
 * @address: normalised
 * @expires_at: (out): until when the code is good
 *
 * Begins a recovery and sends a code to the address if it is somebody's (RCV-2…4). When it is
 * nobody's, everything is the same but that nothing is sent (ASVS 6.3.8).
 *
 * Returns: (transfer full): the id, or %NULL with %KAB_PROBLEM_TOO_MANY_CODES or an error of
 *   %KAB_STORE_ERROR
 */
char *
kab_recoveries_create (KabTransaction *tx,
                       const KabCodes *codes,
                       const char *channel,
                       const char *address,
                       gint64 *expires_at,
                       GError **error)
{
  g_autofree char *id = kab_store_make_id ();
  const KabCodeSlot slot = { PURPOSE, id, channel };
  g_autoptr (GError) local_error = NULL;
  g_autoptr (KabUser) user = kab_users_find (tx, channel, address, &local_error);
  gint64 now = kab_tx_get_now (tx);
  gboolean is_sent = TRUE;
  const char *target;
  char *code;

  if (user == NULL && !g_error_matches (local_error, KAB_STORE_ERROR, KAB_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  target = user != NULL ? kab_user_get_address (user, channel) : address;
  *expires_at = now + codes->lifetime;
  if (!kab_tx_exec (tx, error,
                    "INSERT INTO recoveries (id, user_id, channel, target, language, created_at,"
                    " expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    KAB_TEXT (id), KAB_TEXT (user != NULL ? user->id : NULL), KAB_TEXT (channel),
                    KAB_TEXT (target), KAB_TEXT (user != NULL ? user->language : NO_LANGUAGE),
                    KAB_INT (now), KAB_INT (*expires_at)))
    return NULL;
  code = kab_codes_issue (tx, codes, &slot, address, error);
  if (code == NULL)
    return NULL;
  if (user != NULL)
    is_sent = kab_notices_add_to (tx, KAB_NOTICE_RECOVERY_CODE, channel, target, user->language,
                                  &(KabNoticeSecret) { codes->key, code, *expires_at }, error);
  kab_secrets_free_text (code);
  return is_sent ? g_steal_pointer (&id) : NULL;
}

static gboolean
send_temporary_password (KabTransaction *tx,
                         const KabCodes *codes,
                         const char *user,
                         const char *channel,
                         const char *address,
                         const char *language,
                         GError **error)
{
  char *password = kab_secrets_new_temporary_password ();
  KabNoticeSecret secret = { codes->key, password, 0 };
  gboolean is_sent =
      kab_passwords_set_temporary (tx, codes->key, user, password, &secret.expires_at, error) &&
      kab_notices_add_to (tx, KAB_NOTICE_TEMPORARY_PASSWORD, channel, address, language, &secret,
                          error) &&
      kab_history_append (tx,
                          &(KabHistoryEntry) { .actor_kind = "client",
                                               .actor_id = user,
                                               .subject_id = user,
                                               .action = "temporary-password-sent",
                                               .object_kind = "user",
                                               .object_id = user },
                          error);

  kab_secrets_free_text (password);
  return is_sent;
}

/**
 * kab_recoveries_confirm:
 * @code: what was typed
 * @verdict: (out): what it is
 * @tries_left: (out): how often it may still be tried
 *
 * With the right code a temporary password goes to the same channel (RCV-5, RCV-6). The try
 * counts, so the transaction has to be kept even when the code was wrong.
 */
gboolean
kab_recoveries_confirm (KabTransaction *tx,
                        const KabCodes *codes,
                        const char *id,
                        const char *code,
                        KabCodeVerdict *verdict,
                        gint64 *tries_left,
                        GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error,
      "SELECT user_id, channel, target, language FROM recoveries WHERE id = ? AND used_at IS NULL",
      KAB_TEXT (id));
  g_autofree char *user = NULL;
  g_autofree char *channel = NULL;
  g_autofree char *target = NULL;
  g_autofree char *language = NULL;

  if (rows == NULL)
    return FALSE;
  user = kab_rows_dup_text (rows, "user_id");
  channel = kab_rows_dup_text (rows, "channel");
  target = kab_rows_dup_text (rows, "target");
  language = kab_rows_dup_text (rows, "language");
  g_clear_pointer (&rows, kab_rows_free);
  if (!kab_codes_try (tx, codes, &(KabCodeSlot) { PURPOSE, id, channel }, code, verdict, tries_left,
                      error))
    return FALSE;
  if (*verdict != KAB_CODE_RIGHT)
    return TRUE;
  if (user != NULL && !send_temporary_password (tx, codes, user, channel, target, language, error))
    return FALSE;
  return kab_tx_change_one (tx, error, "UPDATE recoveries SET used_at = ? WHERE id = ?",
                            KAB_INT (kab_tx_get_now (tx)), KAB_TEXT (id)) &&
         kab_codes_forget (tx, PURPOSE, id, error);
}
