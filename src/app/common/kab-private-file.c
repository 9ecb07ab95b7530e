/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-private-file.h"

#include <errno.h>
#include <glib/gstdio.h>

#define DATA_KEY "kab-private-file"

/**
 * kab_private_file_new:
 * @name: its name, without folders
 * @error: return location for a #GFileError
 *
 * A place for a file that nobody else may read and that is not to outlive the session: in the
 * user's runtime folder, which is memory as a rule. Nothing is there yet.
 *
 * Returns: (transfer full) (nullable): the place, in a folder of its own
 */
GFile *
kab_private_file_new (const char *name, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "kabinets-XXXXXX", NULL);

  if (g_mkdtemp_full (folder, 0700) == NULL)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", folder,
                   g_strerror (code));
      return NULL;
    }

  return g_file_new_build_filename (folder, name, NULL);
}

/**
 * kab_private_file_delete:
 * @file: of kab_private_file_new()
 *
 * Deletes it and its folder.
 */
void
kab_private_file_delete (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);

  g_remove (g_file_peek_path (file));
  g_rmdir (g_file_peek_path (folder));
}

static void
delete_and_unref (gpointer file)
{
  kab_private_file_delete (file);
  g_object_unref (file);
}

/**
 * kab_private_file_bind:
 * @file: from kab_private_file_new()
 * @owner: who uses it
 *
 * Deletes @file when @owner is gone.
 */
void
kab_private_file_bind (GFile *file, GObject *owner)
{
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (G_IS_OBJECT (owner));

  g_object_set_data_full (owner, DATA_KEY, g_object_ref (file), delete_and_unref);
}

/* Returns: whether a file goes with @owner. */
gboolean
kab_private_file_is_bound (GObject *owner)
{
  g_return_val_if_fail (G_IS_OBJECT (owner), FALSE);

  return g_object_get_data (owner, DATA_KEY) != NULL;
}
