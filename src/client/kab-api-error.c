/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-api-error.h"

#include "kab-api-error-private.h"

typedef struct
{
  KabProblem *problem; /* (owned) (nullable) */
} KabApiErrorPrivate;

static void
kab_api_error_private_init (KabApiErrorPrivate *priv)
{
  priv->problem = NULL;
}

static void
kab_api_error_private_copy (const KabApiErrorPrivate *from, KabApiErrorPrivate *to)
{
  to->problem = from->problem ? kab_problem_ref (from->problem) : NULL;
}

static void
kab_api_error_private_clear (KabApiErrorPrivate *priv)
{
  g_clear_pointer (&priv->problem, kab_problem_unref);
}

G_DEFINE_EXTENDED_ERROR (KabApiError, kab_api_error)

GError *
kab_api_error_new (KabApiError code, KabProblem *problem, const char *format, ...)
{
  va_list arguments;
  GError *error;

  va_start (arguments, format);
  error = g_error_new_valist (KAB_API_ERROR, code, format, arguments);
  va_end (arguments);
  kab_api_error_get_private (error)->problem = problem;

  return error;
}

KabProblem *
kab_api_problem_from_error (const GError *error)
{
  if (error == NULL || error->domain != KAB_API_ERROR)
    return NULL;

  return kab_api_error_get_private (error)->problem;
}

gboolean
kab_api_error_is_connection (const GError *error)
{
  return g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_OFFLINE)
         || g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_UNREACHABLE)
         || g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_TIMEOUT);
}
