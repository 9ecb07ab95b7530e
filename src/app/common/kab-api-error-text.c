/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-api-error-text.h"

#include <string.h>

#include "common/kab-error-text.h"
#include "common/kab-field-row.h"
#include "kab-api-error.h"

/**
 * kab_outage_from_error:
 * @error: (nullable): how a call of the bank ended
 *
 * Returns: why the bank was not reached, %KAB_OUTAGE_NONE when it was
 */
KabOutage
kab_outage_from_error (const GError *error)
{
  if (error == NULL || error->domain != KAB_API_ERROR)
    return KAB_OUTAGE_NONE;

  switch ((KabApiError) error->code)
    {
    case KAB_API_ERROR_OFFLINE:
      return KAB_OUTAGE_NO_NETWORK;
    case KAB_API_ERROR_UNREACHABLE:
      return KAB_OUTAGE_SERVER_DOWN;
    case KAB_API_ERROR_FAILED:
      return KAB_OUTAGE_FAILED;
    case KAB_API_ERROR_TIMEOUT:
      return KAB_OUTAGE_SLOW;
    case KAB_API_ERROR_UNTRUSTED:
      return KAB_OUTAGE_UNTRUSTED;
    case KAB_API_ERROR_ADDRESS:
    case KAB_API_ERROR_GARBAGE:
    case KAB_API_ERROR_NOT_FOUND:
      return KAB_OUTAGE_GARBAGE;
    case KAB_API_ERROR_BUSY:
      return KAB_OUTAGE_OVERLOADED;
    case KAB_API_ERROR_UNAUTHORIZED:
    case KAB_API_ERROR_PASSWORD_CHANGE_REQUIRED:
    case KAB_API_ERROR_REFUSED:
    case KAB_API_ERROR_CONFLICT:
    default:
      return KAB_OUTAGE_NONE;
    }
}

static const char *
get_code (const GError *error)
{
  KabProblem *problem = kab_api_problem_from_error (error);
  const char *reason = problem != NULL ? kab_problem_get_reason (problem) : NULL;

  if (reason != NULL && kab_error_text_is_known (reason))
    return reason;
  if (problem != NULL && kab_error_text_is_known (kab_problem_get_code (problem)))
    return kab_problem_get_code (problem);
  if (error->domain != KAB_API_ERROR)
    return NULL;
  if (error->code == KAB_API_ERROR_UNAUTHORIZED)
    return "unauthenticated";
  if (error->code == KAB_API_ERROR_CONFLICT)
    return "version-conflict";
  if (error->code == KAB_API_ERROR_NOT_FOUND)
    return "not-found";

  return problem != NULL && *kab_problem_get_code (problem) != '\0' ? kab_problem_get_code (problem)
                                                                    : NULL;
}

/**
 * kab_api_error_text:
 * @error: how a call of the bank ended, not cancelled
 *
 * Returns: (transfer full): what is wrong and what to do, in the current language
 */
char *
kab_api_error_text (const GError *error)
{
  const char *code;
  KabOutage outage;

  g_return_val_if_fail (error != NULL, NULL);

  code = get_code (error);
  if (code != NULL)
    return kab_error_text (code, NULL);

  outage = kab_outage_from_error (error);
  if (outage != KAB_OUTAGE_NONE)
    return g_strdup_printf ("%s. %s", kab_outage_get_title (outage),
                            kab_outage_get_remedy (outage));

  return kab_error_text ("internal", NULL);
}

static GtkWidget *
find_row (const char *pointer, const KabErrorField *fields, gsize n_fields)
{
  for (gsize i = 0; i < n_fields; i++)
    {
      gsize length = strlen (fields[i].pointer);

      if (strncmp (pointer, fields[i].pointer, length) == 0 &&
          (pointer[length] == '\0' || pointer[length] == '/'))
        return fields[i].row;
    }

  return NULL;
}

/**
 * kab_api_error_mark:
 * @error: how a call of the bank ended
 * @fields: (array length=n_fields): which field is where
 * @n_fields: how many
 *
 * Marks every field that the bank refused. kab_field_row_focus_first_error() comes next.
 *
 * Returns: whether every error has its field; otherwise show kab_api_error_text() as well
 */
gboolean
kab_api_error_mark (const GError *error, const KabErrorField *fields, gsize n_fields)
{
  KabProblem *problem = kab_api_problem_from_error (error);
  guint n_errors = problem != NULL ? kab_problem_get_n_errors (problem) : 0;
  guint n_marked = 0;

  for (guint i = 0; i < n_errors; i++)
    {
      GtkWidget *row = find_row (kab_problem_get_pointer (problem, i), fields, n_fields);
      g_autofree char *text = NULL;

      if (row == NULL)
        continue;

      text = kab_error_text (kab_problem_get_error_code (problem, i),
                             kab_problem_get_params (problem, i));
      kab_field_row_mark_error (row, text);
      n_marked++;
    }

  return n_errors > 0 && n_marked == n_errors;
}
