/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-sessions.h"

#include "kab-events.h"
#include "kab-secrets.h"
#include "kab-store.h"

/**
 * kab_sessions_start:
 * @limits: how long it may last
 * @user: whose it is
 * @device: what the user calls the device
 * @must_change_password: whether nothing else is allowed before
 * @id: (out) (transfer full): the session's id
 * @expires_at: (out): its end in any case, microseconds since 1970
 *
 * Returns: (transfer full): the token, which is stored as a hash only, or %NULL with an error of
 *   %KAB_STORE_ERROR
 */
char *
kab_sessions_start (KabTransaction *tx,
                    const KabSessionLimits *limits,
                    const char *user,
                    const char *device,
                    gboolean must_change_password,
                    char **id,
                    gint64 *expires_at,
                    GError **error)
{
  g_autofree char *session = kab_store_make_id ();
  char *token = kab_secrets_new_token ('s');
  g_autoptr (GBytes) hash = kab_secrets_hash_token (token);
  gint64 now = kab_tx_get_now (tx);

  *expires_at = now + limits->absolute;
  if (!kab_tx_exec (
          tx, error,
          "INSERT INTO sessions (id, token_hash, user_id, device, must_change_password,"
          " created_at, last_used_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)",
          KAB_TEXT (session), KAB_BLOB (hash), KAB_TEXT (user), KAB_TEXT (device),
          KAB_BOOL (must_change_password), KAB_INT (now), KAB_INT (*expires_at)))
    {
      kab_secrets_free_text (token);
      return NULL;
    }
  *id = g_steal_pointer (&session);
  return token;
}

static KabCallerKind
kind_of (KabRows *rows)
{
  if (kab_rows_bool (rows, "must_change_password"))
    return KAB_CALLER_PASSWORD_CHANGE;
  return g_str_equal (kab_rows_text (rows, "role"), "staff") ? KAB_CALLER_STAFF : KAB_CALLER_CLIENT;
}

/**
 * kab_sessions_find:
 * @token: what the caller holds
 * @last_used_at: (out): for kab_sessions_touch(), which is not worth a write each time
 *
 * Returns: (transfer full): whose live session it is, or %NULL with an error, which is
 *   %KAB_STORE_ERROR_NOT_FOUND when there is none or it has ended
 */
KabCaller *
kab_sessions_find (KabTransaction *tx,
                   const KabSessionLimits *limits,
                   const char *token,
                   gint64 *last_used_at,
                   GError **error)
{
  g_autoptr (GBytes) hash = kab_secrets_hash_token (token);
  gint64 now = kab_tx_get_now (tx);
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error,
      "SELECT s.id, s.user_id, s.last_used_at, s.must_change_password, u.role, u.name, u.language"
      " FROM sessions s JOIN users u ON u.id = s.user_id"
      " WHERE s.token_hash = ? AND s.expires_at > ? AND s.last_used_at > ?",
      KAB_BLOB (hash), KAB_INT (now), KAB_INT (now - limits->idle));
  KabCaller *caller;

  if (rows == NULL)
    return NULL;
  *last_used_at = kab_rows_int (rows, "last_used_at");
  caller = g_new0 (KabCaller, 1);
  caller->kind = kind_of (rows);
  caller->id = kab_rows_dup_text (rows, "user_id");
  caller->session = kab_rows_dup_text (rows, "id");
  caller->name = kab_rows_dup_text (rows, "name");
  caller->language = kab_rows_dup_text (rows, "language");
  return caller;
}

/**
 * kab_sessions_is_live:
 * @is_live: (out): whether the session goes on; it has neither ended nor run out
 */
gboolean
kab_sessions_is_live (KabTransaction *tx,
                      const KabSessionLimits *limits,
                      const char *session,
                      gboolean *is_live,
                      GError **error)
{
  gint64 now = kab_tx_get_now (tx);
  gint64 n;

  if (!kab_tx_query_int (tx, &n, error,
                         "SELECT COUNT(*) FROM sessions WHERE id = ? AND expires_at > ?"
                         " AND last_used_at > ?",
                         KAB_TEXT (session), KAB_INT (now), KAB_INT (now - limits->idle)))
    return FALSE;
  *is_live = n > 0;
  return TRUE;
}

/**
 * kab_sessions_touch:
 *
 * Notes that the session was used now.
 */
gboolean
kab_sessions_touch (KabTransaction *tx, const char *session, GError **error)
{
  return kab_tx_exec (tx, error, "UPDATE sessions SET last_used_at = ? WHERE id = ?",
                      KAB_INT (kab_tx_get_now (tx)), KAB_TEXT (session));
}

void
kab_session_info_free (KabSessionInfo *self)
{
  g_free (self->id);
  g_free (self->device);
  g_free (self);
}

/**
 * kab_sessions_list:
 *
 * Returns: (transfer full) (element-type KabSessionInfo): the user's live sessions, the last used
 *   first (ASVS 7.5.2)
 */
GPtrArray *
kab_sessions_list (KabTransaction *tx,
                   const KabSessionLimits *limits,
                   const char *user,
                   GError **error)
{
  gint64 now = kab_tx_get_now (tx);
  g_autoptr (GPtrArray) sessions =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kab_session_info_free);
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error,
      "SELECT id, device, created_at, last_used_at, expires_at FROM sessions"
      " WHERE user_id = ? AND expires_at > ? AND last_used_at > ? ORDER BY last_used_at DESC, id",
      KAB_TEXT (user), KAB_INT (now), KAB_INT (now - limits->idle));

  if (rows == NULL)
    return NULL;
  while (kab_rows_next (rows))
    {
      KabSessionInfo *info = g_new0 (KabSessionInfo, 1);

      info->id = kab_rows_dup_text (rows, "id");
      info->device = kab_rows_dup_text (rows, "device");
      info->created_at = kab_rows_int (rows, "created_at");
      info->last_used_at = kab_rows_int (rows, "last_used_at");
      info->expires_at = kab_rows_int (rows, "expires_at");
      g_ptr_array_add (sessions, info);
    }
  return g_steal_pointer (&sessions);
}

/**
 * kab_sessions_dup_device:
 *
 * Returns: (transfer full): what the user calls the session's device, or %NULL with
 *   %KAB_STORE_ERROR_NOT_FOUND
 */
char *
kab_sessions_dup_device (KabTransaction *tx, const char *session, GError **error)
{
  g_autoptr (KabRows) rows =
      kab_tx_query_one (tx, error, "SELECT device FROM sessions WHERE id = ?", KAB_TEXT (session));

  return rows != NULL ? kab_rows_dup_text (rows, "device") : NULL;
}

/**
 * kab_sessions_end:
 * @user: only a session of this user
 *
 * Ends a session at once; its live streams are told.
 *
 * Returns: %FALSE with %KAB_STORE_ERROR_NOT_FOUND when the user has no such session
 */
gboolean
kab_sessions_end (KabTransaction *tx, const char *user, const char *session, GError **error)
{
  return kab_tx_change_one (tx, error, "DELETE FROM sessions WHERE id = ? AND user_id = ?",
                            KAB_TEXT (session), KAB_TEXT (user)) &&
         kab_events_append (tx, user, "session-ended", "session", session, NULL, error);
}

/**
 * kab_sessions_end_others:
 * @kept: (nullable): the session that goes on
 *
 * Ends every other session of the user (ASVS 7.4.3).
 */
gboolean
kab_sessions_end_others (KabTransaction *tx, const char *user, const char *kept, GError **error)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KabRows) rows =
      kab_tx_query (tx, error, "SELECT id FROM sessions WHERE user_id = ? AND id <> ?",
                    KAB_TEXT (user), KAB_TEXT (kept != NULL ? kept : ""));

  if (rows == NULL)
    return FALSE;
  while (kab_rows_next (rows))
    g_ptr_array_add (others, kab_rows_dup_text (rows, "id"));
  g_clear_pointer (&rows, kab_rows_free);
  for (guint i = 0; i < others->len; i++)
    if (!kab_sessions_end (tx, user, others->pdata[i], error))
      return FALSE;
  return TRUE;
}
