/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-file-refusal.h"

#include <glib/gi18n.h>

#include "common/kab-api-error-text.h"
#include "common/kab-error-text.h"
#include "kab-api-error.h"

/* The file that the bank calls the @number-th, which is the one of those that it was told of. */
static const char *
find_name (KabAttachments *files, guint64 number)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (files)); i++)
    {
      g_autoptr (KabAttachment) file = g_list_model_get_item (G_LIST_MODEL (files), i);

      if (kab_attachment_get_id (file) != NULL && number-- == 0)
        return kab_attachment_get_name (file);
    }

  return NULL;
}

/* Such as `/attachments/2` of a message or `/files/2` of a document. */
static const char *
find_refused (KabAttachments *files, const char *pointer)
{
  const char *number = strrchr (pointer, '/');
  guint64 position;

  if (!g_str_has_prefix (pointer, "/attachments/") && !g_str_has_prefix (pointer, "/files/"))
    return NULL;

  return g_ascii_string_to_unsigned (number + 1, 10, 0, G_MAXUINT, &position, NULL)
             ? find_name (files, position)
             : NULL;
}

/**
 * kab_file_refusal_text:
 * @files: what went to the bank with something else
 * @error: how that ended, not cancelled
 *
 * Where the bank refused one of the files it is named, since there is no field to mark.
 *
 * Returns: (transfer full): what is wrong and what to do, in the current language
 */
char *
kab_file_refusal_text (KabAttachments *files, const GError *error)
{
  KabProblem *problem = kab_api_problem_from_error (error);
  g_autofree char *text = NULL;
  const char *name;

  g_return_val_if_fail (KAB_IS_ATTACHMENTS (files), NULL);

  if (problem == NULL || kab_problem_get_n_errors (problem) == 0)
    return kab_api_error_text (error);

  text =
      kab_error_text (kab_problem_get_error_code (problem, 0), kab_problem_get_params (problem, 0));
  name = find_refused (files, kab_problem_get_pointer (problem, 0));

  /* Translators: the name of a file, and what is wrong with it */
  return name != NULL ? g_strdup_printf (_("“%s”: %s"), name, text) : g_steal_pointer (&text);
}
