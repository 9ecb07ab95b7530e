/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-stored-files.h"

#include "kab-problem.h"

/* Whether the file hangs on a message or on a sent document or application. A working copy is its
 * owner's alone (A19). An empty @user stands for anybody's. */
static gboolean
hangs_on_something_of (KabTransaction *tx,
                       const char *id,
                       const char *user,
                       gboolean *found,
                       GError **error)
{
  gint64 n;

  if (!kab_tx_query_int (
          tx, &n, error,
          "SELECT COUNT(*) FROM (SELECT m.user_id FROM message_files f"
          " JOIN messages m ON m.id = f.message_id WHERE f.file_id = ?1"
          " UNION ALL SELECT d.user_id FROM document_files f"
          " JOIN documents d ON d.id = f.document_id WHERE f.file_id = ?1 AND f.revision > 0"
          " UNION ALL SELECT a.user_id FROM application_files f"
          " JOIN applications a ON a.id = f.application_id"
          " WHERE f.file_id = ?1 AND a.submitted_at IS NOT NULL) AS users_of"
          " WHERE user_id = ?2 OR ?2 = ''",
          KAB_TEXT (id), KAB_TEXT (user)))
    return FALSE;
  *found = n > 0;
  return TRUE;
}

/**
 * kab_stored_files_find:
 *
 * Finds a finished file that the caller may read: its owner; the client whose message, document or
 * application it hangs on; an employee, once a client has sent it.
 *
 * Returns: (transfer full): the file, or %NULL with %KAB_PROBLEM_NOT_FOUND, also for a file of
 *   somebody else, or an error of %KAB_STORE_ERROR
 */
KabFile *
kab_stored_files_find (KabTransaction *tx, const KabCaller *caller, const char *id, GError **error)
{
  g_autoptr (KabFile) file = kab_file_get (tx, id, error);
  const char *user = caller->kind == KAB_CALLER_STAFF ? "" : caller->id;
  gboolean is_allowed;

  if (file == NULL)
    return NULL;
  is_allowed = g_strcmp0 (file->owner_id, caller->id) == 0;
  if (!is_allowed && !hangs_on_something_of (tx, id, user, &is_allowed, error))
    return NULL;
  if (is_allowed && file->is_complete)
    return g_steal_pointer (&file);
  kab_problem_set (error, KAB_PROBLEM_NOT_FOUND, NULL);
  return NULL;
}

/**
 * kab_stored_files_release_orphans:
 * @expires_at: until when they stay, microseconds since 1970
 * @limit: how many at most
 * @n_released: (out): how many there were
 *
 * Makes files that were attached once and aren't any more, such as those that a draft lost, uploads
 * again, which can be attached anew until they expire.
 */
gboolean
kab_stored_files_release_orphans (KabTransaction *tx,
                                  gint64 expires_at,
                                  guint limit,
                                  guint *n_released,
                                  GError **error)
{
  if (!kab_tx_exec (tx, error,
                    "UPDATE files SET expires_at = ?1 WHERE id IN (SELECT id FROM files"
                    " WHERE expires_at IS NULL AND owner_id IS NOT NULL"
                    " AND NOT EXISTS (SELECT 1 FROM message_files WHERE file_id = files.id)"
                    " AND NOT EXISTS (SELECT 1 FROM document_files WHERE file_id = files.id)"
                    " AND NOT EXISTS (SELECT 1 FROM application_files WHERE file_id = files.id)"
                    " LIMIT ?2)",
                    KAB_INT (expires_at), KAB_INT (limit)))
    return FALSE;
  *n_released = (guint) kab_tx_get_changed (tx);
  return TRUE;
}
