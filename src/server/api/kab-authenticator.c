/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-authenticator.h"

#include "kab-api-context.h"
#include "kab-problem.h"
#include "kab-registrations.h"
#include "kab-secrets.h"

/* A session's last use is written at most this often: a write for every request costs more than
 * the accuracy is worth. */
#define TOUCH_INTERVAL (15 * G_TIME_SPAN_SECOND)

typedef struct
{
  const KabApiContext *context;
  const char *token;
  KabCaller *caller;
  gint64 last_used_at;
} Lookup;

static gboolean
find_caller (KabTransaction *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;

  g_clear_pointer (&lookup->caller, kab_caller_free);
  if (lookup->token[0] == 'r')
    lookup->caller = kab_registrations_find_caller (tx, lookup->token, error);
  else
    lookup->caller = kab_sessions_find (tx, &lookup->context->session_limits, lookup->token,
                                        &lookup->last_used_at, error);
  return lookup->caller != NULL;
}

static gboolean
touch_session (KabTransaction *tx, gpointer data, GError **error)
{
  return kab_sessions_touch (tx, data, error);
}

static KabAccess
role_of (const KabCaller *caller)
{
  switch (caller->kind)
    {
    case KAB_CALLER_REGISTRATION:
      return KAB_ACCESS_REGISTRATION;
    case KAB_CALLER_CLIENT:
      return KAB_ACCESS_CLIENT;
    case KAB_CALLER_STAFF:
      return KAB_ACCESS_STAFF;
    case KAB_CALLER_PASSWORD_CHANGE:
      return KAB_ACCESS_PASSWORD_CHANGE;
    case KAB_CALLER_NOBODY:
    default:
      return KAB_ACCESS_PUBLIC;
    }
}

/* Whether the request shows that somebody is there; a live stream that comes back by itself
 * doesn't (Reg. (EU) 2018/389, 4(3)(d)). */
static gboolean
is_activity (KabRequest *request)
{
  return g_strcmp0 (kab_request_get_route_path (request), "/v1/events") != 0;
}

/**
 * kab_authenticator_check:
 * @context: a #KabApiContext
 *
 * The server's #KabAuthenticator: finds whose token the request carries.
 */
gboolean
kab_authenticator_check (KabRequest *request, KabAccess *role, gpointer context, GError **error)
{
  const KabApiContext *api = context;
  char *token = kab_request_dup_bearer_token (request);
  Lookup lookup = { api, token, NULL, G_MAXINT64 };
  g_autoptr (GError) local_error = NULL;
  gboolean found;

  *role = KAB_ACCESS_PUBLIC;
  if (token == NULL)
    return TRUE;
  found = kab_store_look_up (api->store, find_caller, &lookup, &local_error);
  kab_secrets_free_text (token);
  if (!found)
    {
      if (!g_error_matches (local_error, KAB_STORE_ERROR, KAB_STORE_ERROR_NOT_FOUND))
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        kab_problem_set (error, KAB_PROBLEM_UNAUTHENTICATED, NULL);
      return FALSE;
    }
  *role = role_of (lookup.caller);
  if (lookup.caller->session != NULL && is_activity (request) &&
      lookup.last_used_at < kab_store_get_now (api->store) - TOUCH_INTERVAL &&
      !kab_store_write (api->store, touch_session, lookup.caller->session, error))
    {
      kab_caller_free (lookup.caller);
      return FALSE;
    }
  kab_request_set_caller (request, lookup.caller, (GDestroyNotify) kab_caller_free);
  return TRUE;
}

/**
 * kab_authenticator_get_caller:
 *
 * Returns: (transfer none): who asks; for a public route one of the kind %KAB_CALLER_NOBODY
 */
const KabCaller *
kab_authenticator_get_caller (KabRequest *request)
{
  static const KabCaller nobody = { .kind = KAB_CALLER_NOBODY, .id = (char *) "" };
  const KabCaller *caller = kab_request_get_caller (request);

  return caller != NULL ? caller : &nobody;
}
