/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-file-saver.h"

#include <glib/gi18n.h>

#include "common/kab-error-text.h"
#include "common/kab-toast.h"
#include "kab-api-error.h"
#include "kab-file-rules.h"

/* Saves a file of the bank where the user wants it, and tells how that went. */

/**
 * kab_download_dup_problem:
 * @error: why a download failed
 *
 * Returns: (transfer full): that and what to do, in the current language
 */
char *
kab_download_dup_problem (const GError *error)
{
  KabProblem *problem = kab_api_problem_from_error (error);

  if (problem != NULL && *kab_problem_get_code (problem) != '\0')
    return kab_error_text (kab_problem_get_code (problem), NULL);
  if (kab_api_error_is_connection (error))
    return g_strdup (_("The connection was lost. Try again when it is back."));
  if (g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_GARBAGE))
    return g_strdup (_("The file was damaged on its way. Try again."));
  if (error->domain == G_IO_ERROR)
    return g_strdup (
        _("The file could not be saved there. Choose another folder or free some space."));

  return g_strdup (_("The file could not be fetched. Try again."));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  KabDownload *download = KAB_DOWNLOAD (source);
  const char *name = kab_file_get_name (kab_download_get_file (download));
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (kab_download_save_finish (download, result, &error))
    message = g_strdup_printf (_("“%s” is saved"), name);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    message = kab_download_dup_problem (error);
  if (message != NULL)
    kab_toast_tell (widget, message);
}

/**
 * kab_file_saver_save:
 * @widget: what the message about it is shown by
 * @download: the file, not active
 * @target: where to
 */
void
kab_file_saver_save (GtkWidget *widget, KabDownload *download, GFile *target)
{
  kab_download_save_async (download, target, saved_cb, g_object_ref (widget));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) target = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GtkWidget) widget = user_data;
  KabDownload *download = g_object_get_data (source, "download");

  if (target != NULL && !kab_download_get_active (download))
    kab_file_saver_save (widget, download, target);
}

/**
 * kab_file_saver_choose:
 * @widget: what asked for it
 * @download: the file
 *
 * Asks where to save the file, and saves it. Nothing when it is being fetched already.
 */
void
kab_file_saver_choose (GtkWidget *widget, KabDownload *download)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *name =
      kab_file_rules_safe_name (kab_file_get_name (kab_download_get_file (download)));

  if (kab_download_get_active (download))
    return;

  gtk_file_dialog_set_title (dialog, _("Save a copy"));
  gtk_file_dialog_set_initial_name (dialog, name);
  g_object_set_data_full (G_OBJECT (dialog), "download", g_object_ref (download), g_object_unref);
  gtk_file_dialog_save (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, chosen_cb,
                        g_object_ref (widget));
}
