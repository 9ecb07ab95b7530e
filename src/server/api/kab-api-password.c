/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The password's change (SET-4, RCV-8…10). */

#include "kab-api-json.h"
#include "kab-api-password.h"
#include "kab-api-session.h"
#include "kab-api.h"
#include "kab-authenticator.h"
#include "kab-log.h"
#include "kab-password-policy.h"
#include "kab-passwords.h"
#include "kab-secrets.h"

#define PASSWORD_CHARS_MAX 1024

typedef struct
{
  const char *id;
  KabUser *user;
} Lookup;

typedef struct
{
  KabUser *user;
  char *current;
  char *new;
  char *new_hash;
} Change;

static void
change_clear (Change *self)
{
  g_clear_pointer (&self->user, kab_user_free);
  kab_secrets_free_text (self->current);
  kab_secrets_free_text (self->new);
  g_free (self->new_hash);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Change, change_clear)

static gboolean
look_up (KabTransaction *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;

  g_clear_pointer (&lookup->user, kab_user_free);
  lookup->user = kab_users_get (tx, lookup->id, error);
  return lookup->user != NULL;
}

/**
 * kab_api_password_confirm:
 * @caller: somebody with a session
 * @password: what was typed, normalised
 * @pointer: where it stands in the body
 *
 * Asks for the password again before something that a session alone may not do (ASVS 7.5.1). Wrong
 * ones are counted as at sign-in.
 *
 * Returns: (transfer full): the user, or %NULL with `password-wrong` at @pointer,
 *   %KAB_PROBLEM_TOO_MANY_REQUESTS or another error
 */
KabUser *
kab_api_password_confirm (const KabApiContext *context,
                          const KabCaller *caller,
                          const char *password,
                          const char *pointer,
                          GError **error)
{
  Lookup lookup = { caller->id, NULL };
  g_autoptr (KabUser) user = NULL;
  gboolean is_right;

  if (!kab_throttle_take (context->login_throttle, caller->id, error) ||
      !kab_store_read (context->store, look_up, &lookup, error))
    return NULL;
  user = lookup.user;
  if (caller->kind == KAB_CALLER_PASSWORD_CHANGE)
    is_right = kab_passwords_is_temporary (user, context->codes.key, password,
                                           kab_store_get_now (context->store));
  else if (!kab_password_pool_verify (context->passwords, user->password_hash, password, &is_right,
                                      error))
    return NULL;
  if (is_right)
    {
      kab_throttle_forgive (context->login_throttle, caller->id);
      return g_steal_pointer (&user);
    }
  kab_log (KAB_LOG_INFO, "password-refused", NULL);
  kab_api_json_refuse (error, pointer, "password-wrong");
  return NULL;
}

static gboolean
read_change (KabRequest *request, Change *change, GError **error)
{
  static const char *const members[] = { "current", "new", NULL };
  const char *current;
  const char *new;
  KabCheck check;

  if (!kab_api_json_check (request, members, error))
    return FALSE;
  current = kab_api_json_get_text (request, "current", PASSWORD_CHARS_MAX, error);
  if (current == NULL)
    return FALSE;
  new = kab_api_json_get_text (request, "new", PASSWORD_CHARS_MAX, error);
  if (new == NULL)
    return FALSE;
  check = kab_password_policy_check (new);
  if (check != KAB_CHECK_OK)
    return kab_api_json_refuse (error, "/new", kab_check_code (check));
  change->current = kab_password_policy_normalise (current);
  change->new = kab_password_policy_normalise (new);
  return change->current != NULL || kab_api_json_refuse (error, "/current", "password-wrong");
}

/* RCV-9: another one than the last, and than the temporary one. */
static gboolean
check_differs (const KabApiContext *context, const Change *change, GError **error)
{
  gboolean is_same;

  if (!kab_password_pool_verify (context->passwords, change->user->password_hash, change->new,
                                 &is_same, error))
    return FALSE;
  if (is_same || g_str_equal (change->new, change->current))
    return kab_api_json_refuse (error, "/new", "password-same");
  return TRUE;
}

static KabResponse *
run_change (KabTransaction *tx,
            const KabCaller *caller,
            KabRequest *request,
            const KabApiContext *context,
            gpointer data,
            GError **error)
{
  const Change *change = data;
  g_autofree char *device = kab_sessions_dup_device (tx, caller->session, error);

  if (device == NULL || !kab_passwords_replace (tx, change->user, change->new_hash, error))
    return NULL;
  return kab_api_session_start (tx, context, 200, change->user->id, device, FALSE, error);
}

static KabResponse *
change_password (KabRequest *request, gpointer user_data, GError **error)
{
  const KabApiContext *context = user_data;
  const KabCaller *caller = kab_authenticator_get_caller (request);
  g_auto (Change) change = { 0 };

  if (!read_change (request, &change, error))
    return NULL;
  change.user = kab_api_password_confirm (context, caller, change.current, "/current", error);
  if (change.user == NULL || !check_differs (context, &change, error))
    return NULL;
  change.new_hash = kab_password_pool_hash (context->passwords, change.new, error);
  if (change.new_hash == NULL)
    return NULL;
  return kab_api_write (context, request, run_change, &change, error);
}

void
kab_api_password_add_routes (KabRouter *router, const KabApiContext *context)
{
  static const KabRoute routes[] = {
    { KAB_METHOD_PUT, "/v1/password", "changePassword", change_password,
      KAB_ACCESS_CLIENT | KAB_ACCESS_STAFF | KAB_ACCESS_PASSWORD_CHANGE, KAB_ROUTE_PLAIN,
      KAB_BODY_JSON, KAB_ANSWER_JSON },
  };

  kab_router_add (router, routes, G_N_ELEMENTS (routes), (gpointer) context);
}
