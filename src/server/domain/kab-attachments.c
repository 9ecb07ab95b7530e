/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-attachments.h"

#include "kab-file-rules.h"
#include "kab-files.h"
#include "kab-problem.h"

static gboolean
refuse (const char *pointer, const char *code, GError **error)
{
  return kab_problem_set_field (error, KAB_PROBLEM_VALIDATION_FAILED, pointer, code);
}

/**
 * kab_attachment_check:
 * @owner: who attaches it
 * @file: its id
 * @pointer: where it stands in the body
 *
 * A file may be attached that the person has uploaded to the end (LGA-10…12); it is kept from then
 * on. Somebody else's file is as unknown as one that isn't there.
 */
gboolean
kab_attachment_check (KabTransaction *tx,
                      const char *owner,
                      const char *file,
                      const char *pointer,
                      GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (KabFile) found = kab_file_get (tx, file, &local_error);

  if (found == NULL && !g_error_matches (local_error, KAB_STORE_ERROR, KAB_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (found == NULL || g_strcmp0 (found->owner_id, owner) != 0)
    return refuse (pointer, "file-unknown", error);
  if (!found->is_complete)
    return refuse (pointer, "file-unfinished", error);
  return kab_file_keep (tx, file, error);
}

/**
 * kab_attachments_check:
 * @owner: who attaches them
 * @files: their ids
 * @known: (nullable): a set of those that are attached already, whosever they are
 * @pointer: where the list stands in the body
 *
 * At most %KAB_FILE_COUNT_MAX files, each once, each known or good by kab_attachment_check().
 */
gboolean
kab_attachments_check (KabTransaction *tx,
                       const char *owner,
                       const char *const *files,
                       GHashTable *known,
                       const char *pointer,
                       GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *place = g_strdup_printf ("%s/%u", pointer, i);

      if (i >= KAB_FILE_COUNT_MAX)
        return refuse (place, kab_check_code (KAB_CHECK_FILE_TOO_MANY), error);
      if (!g_hash_table_add (seen, (gpointer) files[i]))
        return refuse (place, "duplicate", error);
      if (known != NULL && g_hash_table_contains (known, files[i]))
        continue;
      if (!kab_attachment_check (tx, owner, files[i], place, error))
        return FALSE;
    }
  return TRUE;
}
