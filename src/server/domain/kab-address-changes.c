/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-address-changes.h"

#include "kab-addresses.h"
#include "kab-notices.h"
#include "kab-problem.h"
#include "kab-secrets.h"
#include "kab-store.h"
#include "kab-users.h"

#define PURPOSE "address-change"

/* Returns: %FALSE with an error; @owner stays %NULL when the address is nobody's */
static gboolean
find_owner (KabTransaction *tx,
            const char *channel,
            const char *address,
            KabUser **owner,
            GError **error)
{
  g_autoptr (GError) local_error = NULL;

  *owner = kab_users_find (tx, channel, address, &local_error);
  if (*owner != NULL || g_error_matches (local_error, KAB_STORE_ERROR, KAB_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
send_code (KabTransaction *tx,
           const KabCodes *codes,
           const KabCaller *caller,
           const char *id,
           const char *channel,
           const char *address,
           gint64 expires_at,
           GError **error)
{
  const KabCodeSlot slot = { PURPOSE, id, channel };
  g_autoptr (KabUser) owner = NULL;
  gboolean is_sent;
  char *code;

  if (!find_owner (tx, channel, address, &owner, error))
    return FALSE;
  code = kab_codes_issue (tx, codes, &slot, address, error);
  if (code == NULL)
    return FALSE;
  if (owner != NULL && !g_str_equal (owner->id, caller->id))
    is_sent =
        kab_notices_add_to (tx, KAB_NOTICE_ADDRESS_KNOWN, channel,
                            kab_user_get_address (owner, channel), owner->language, NULL, error);
  else
    is_sent = kab_notices_add_to (tx, KAB_NOTICE_ADDRESS_CODE, channel, address, caller->language,
                                  &(KabNoticeSecret) { codes->key, code, expires_at }, error);
  kab_secrets_free_text (code);
  return is_sent;
}

/**
 * kab_address_changes_create:
 * @caller: a client who has just proved to know the password (ASVS 7.5.1)
 * @address: normalised
 * @expires_at: (out): until when the code is good
 *
 * Begins the change of an e-mail address or phone number and sends a code to the new one (SET-7).
 * An address that is somebody else's gets a word to its owner in place of the code.
 *
 * Returns: (transfer full): the id, or %NULL with %KAB_PROBLEM_TOO_MANY_CODES or an error of
 *   %KAB_STORE_ERROR
 */
char *
kab_address_changes_create (KabTransaction *tx,
                            const KabCodes *codes,
                            const KabCaller *caller,
                            const char *channel,
                            const char *address,
                            gint64 *expires_at,
                            GError **error)
{
  g_autofree char *id = kab_store_make_id ();
  gint64 now = kab_tx_get_now (tx);

  *expires_at = now + codes->lifetime;
  if (!kab_tx_exec (tx, error,
                    "INSERT INTO address_changes (id, user_id, channel, address, created_at,"
                    " expires_at) VALUES (?, ?, ?, ?, ?, ?)",
                    KAB_TEXT (id), KAB_TEXT (caller->id), KAB_TEXT (channel), KAB_TEXT (address),
                    KAB_INT (now), KAB_INT (*expires_at)) ||
      !send_code (tx, codes, caller, id, channel, address, *expires_at, error))
    return NULL;
  return g_steal_pointer (&id);
}

/* The new address takes the place of the old one, whose owner is told. */
static gboolean
apply (KabTransaction *tx,
       const KabCaller *caller,
       const char *channel,
       const char *address,
       GError **error)
{
  g_autoptr (KabUser) user = kab_users_get (tx, caller->id, error);
  g_autoptr (KabUser) owner = NULL;
  const char *old;

  if (user == NULL || !find_owner (tx, channel, address, &owner, error))
    return FALSE;
  if (owner != NULL && !g_str_equal (owner->id, user->id))
    {
      kab_problem_set (error, KAB_PROBLEM_ADDRESS_TAKEN, NULL);
      return FALSE;
    }
  old = kab_user_get_address (user, channel);
  if (old != NULL && !kab_notices_add_to (tx, KAB_NOTICE_ADDRESS_CHANGED, channel, old,
                                          user->language, NULL, error))
    return FALSE;
  return kab_users_set_address (tx, caller, channel, address, error);
}

/**
 * kab_address_changes_confirm:
 * @code: what was typed
 * @verdict: (out): what it is
 * @tries_left: (out): how often it may still be tried
 *
 * The try counts, so the transaction has to be kept even when the code was wrong.
 *
 * Returns: %FALSE with %KAB_STORE_ERROR_NOT_FOUND, %KAB_PROBLEM_ADDRESS_TAKEN when somebody else
 *   got the address meanwhile, or another error
 */
gboolean
kab_address_changes_confirm (KabTransaction *tx,
                             const KabCodes *codes,
                             const KabCaller *caller,
                             const char *id,
                             const char *code,
                             KabCodeVerdict *verdict,
                             gint64 *tries_left,
                             GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (tx, error,
                                               "SELECT channel, address FROM address_changes"
                                               " WHERE id = ? AND user_id = ? AND used_at IS NULL",
                                               KAB_TEXT (id), KAB_TEXT (caller->id));
  g_autofree char *channel = NULL;
  g_autofree char *address = NULL;

  if (rows == NULL)
    return FALSE;
  channel = kab_rows_dup_text (rows, "channel");
  address = kab_rows_dup_text (rows, "address");
  g_clear_pointer (&rows, kab_rows_free);
  if (!kab_codes_try (tx, codes, &(KabCodeSlot) { PURPOSE, id, channel }, code, verdict, tries_left,
                      error))
    return FALSE;
  if (*verdict != KAB_CODE_RIGHT)
    return TRUE;
  return apply (tx, caller, channel, address, error) &&
         kab_tx_change_one (tx, error, "UPDATE address_changes SET used_at = ? WHERE id = ?",
                            KAB_INT (kab_tx_get_now (tx)), KAB_TEXT (id)) &&
         kab_codes_forget (tx, PURPOSE, id, error);
}
