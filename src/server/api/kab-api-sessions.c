/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sessions: signing in (AUT-2…4), seeing and ending them. */

#include "kab-addresses.h"
#include "kab-api-json.h"
#include "kab-api-session.h"
#include "kab-api.h"
#include "kab-authenticator.h"
#include "kab-history.h"
#include "kab-json.h"
#include "kab-log.h"
#include "kab-password-policy.h"
#include "kab-passwords.h"
#include "kab-secrets.h"

#define LOGIN_CHARS_MAX    320
#define PASSWORD_CHARS_MAX 1024
#define DEVICE_CHARS_MAX   100

#define ANY_SESSION (KAB_ACCESS_CLIENT | KAB_ACCESS_STAFF)

/* One try to sign in, on its way. */
typedef struct
{
  const char *login;
  const char *channel;
  char *key; /* what logins are compared by; empty for what can be no login */
  char *password;
  char *device;
  KabUser *user; /* (nullable) */
  gboolean is_known_network;
  gboolean is_temporary;
  char *new_hash; /* (nullable): with today's parameters */
} SignIn;

static void
sign_in_clear (SignIn *self)
{
  g_free (self->key);
  kab_secrets_free_text (self->password);
  g_free (self->device);
  g_clear_pointer (&self->user, kab_user_free);
  g_free (self->new_hash);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SignIn, sign_in_clear)

static gboolean
read_sign_in (KabRequest *request, SignIn *sign_in, GError **error)
{
  static const char *const members[] = { "login", "password", "device", NULL };
  const char *password;
  const char *device = "";

  if (!kab_api_json_check (request, members, error))
    return FALSE;
  sign_in->login = kab_api_json_get_text (request, "login", LOGIN_CHARS_MAX, error);
  if (sign_in->login == NULL)
    return FALSE;
  password = kab_api_json_get_text (request, "password", PASSWORD_CHARS_MAX, error);
  if (password == NULL)
    return FALSE;
  if (kab_json_has (kab_request_get_json (request), "device"))
    device = kab_api_json_get_text (request, "device", DEVICE_CHARS_MAX, error);
  if (device == NULL)
    return FALSE;
  sign_in->channel = kab_address_channel_of (sign_in->login);
  sign_in->key = kab_address_key (sign_in->channel, sign_in->login);
  if (sign_in->key == NULL)
    sign_in->key = g_strdup ("");
  sign_in->password = kab_password_policy_normalise (password);
  sign_in->device = g_strdup (device);
  return TRUE;
}

static GBytes *
hash_network (const KabApiContext *context, const char *user, const char *network)
{
  return kab_secrets_hash_code (context->codes.key, "network", user, "", network);
}

typedef struct
{
  const KabApiContext *context;
  const char *network;
  SignIn *sign_in;
} Lookup;

static gboolean
look_up (KabTransaction *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  SignIn *sign_in = lookup->sign_in;
  g_autoptr (GBytes) network_hash = NULL;

  g_clear_pointer (&sign_in->user, kab_user_free);
  sign_in->user = kab_users_find (tx, sign_in->channel, sign_in->key, error);
  if (sign_in->user == NULL)
    return FALSE;
  network_hash = hash_network (lookup->context, sign_in->user->id, lookup->network);
  return kab_users_knows_network (tx, sign_in->user->id, network_hash, &sign_in->is_known_network,
                                  error);
}

/* Finds the user; that there is none is no error yet. */
static gboolean
find_user (const KabApiContext *context, const char *network, SignIn *sign_in, GError **error)
{
  Lookup lookup = { context, network, sign_in };
  g_autoptr (GError) local_error = NULL;

  if (kab_store_read (context->store, look_up, &lookup, &local_error) ||
      g_error_matches (local_error, KAB_STORE_ERROR, KAB_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* A network that the user has come from before has a bucket of its own, so that neither strangers'
 * wrong passwords nor a neighbour's many tries lock the user out (ASVS 6.1.1); all others share
 * theirs. */
static gboolean
take_try (const KabApiContext *context, const char *network, const SignIn *sign_in, GError **error)
{
  g_autofree char *key = g_strdup_printf ("%s %s", network, sign_in->key);

  return kab_throttle_take (context->login_throttle, key, error) &&
         (sign_in->is_known_network ||
          (kab_throttle_take (context->door_throttle, network, error) &&
           kab_throttle_take (context->account_throttle, sign_in->key, error)));
}

static void
forgive_tries (const KabApiContext *context, const char *network, const SignIn *sign_in)
{
  g_autofree char *key = g_strdup_printf ("%s %s", network, sign_in->key);

  kab_throttle_forgive (context->login_throttle, key);
}

/* The same work whether or not there is such a user (ASVS 6.3.8). */
static gboolean
verify (const KabApiContext *context, SignIn *sign_in, GError **error)
{
  const KabUser *user = sign_in->user;
  gboolean is_right;

  if (sign_in->password == NULL)
    sign_in->password = g_strdup ("");
  if (!kab_password_pool_verify (context->passwords, user != NULL ? user->password_hash : NULL,
                                 sign_in->password, &is_right, error))
    return FALSE;
  sign_in->is_temporary = user != NULL && !is_right &&
                          kab_passwords_is_temporary (user, context->codes.key, sign_in->password,
                                                      kab_store_get_now (context->store));
  if (is_right && kab_password_pool_needs_rehash (context->passwords, user->password_hash))
    {
      sign_in->new_hash = kab_password_pool_hash (context->passwords, sign_in->password, error);
      return sign_in->new_hash != NULL;
    }
  if (is_right || sign_in->is_temporary)
    return TRUE;
  kab_log (KAB_LOG_INFO, "sign-in-refused", NULL);
  kab_problem_set (error, KAB_PROBLEM_CREDENTIALS_WRONG, NULL);
  return FALSE;
}

/* Passwords may have changed since they were compared: the row decides. */
static gboolean
take_password (KabTransaction *tx, const SignIn *sign_in, GError **error)
{
  const KabUser *user = sign_in->user;

  if (sign_in->is_temporary)
    return kab_passwords_take_temporary (tx, user, error);
  return kab_passwords_rehash (
      tx, user, sign_in->new_hash != NULL ? sign_in->new_hash : user->password_hash, error);
}

static gboolean
append_history (KabTransaction *tx, const KabUser *user, const char *action, GError **error)
{
  return kab_history_append (tx,
                             &(KabHistoryEntry) { .actor_kind = user->role,
                                                  .actor_id = user->id,
                                                  .subject_id = user->id,
                                                  .action = action,
                                                  .object_kind = "user",
                                                  .object_id = user->id },
                             error);
}

static KabResponse *
run_sign_in (KabTransaction *tx,
             const KabCaller *caller,
             KabRequest *request,
             const KabApiContext *context,
             gpointer data,
             GError **error)
{
  const SignIn *sign_in = data;
  const KabUser *user = sign_in->user;
  g_autoptr (GBytes) network_hash =
      hash_network (context, user->id, kab_request_get_client_network (request));

  if (!take_password (tx, sign_in, error) ||
      !kab_users_know_network (tx, user->id, network_hash, error) ||
      !append_history (tx, user, "signed-in", error))
    return NULL;
  return kab_api_session_start (tx, context, 201, user->id, sign_in->device, sign_in->is_temporary,
                                error);
}

static KabResponse *
sign_in (KabRequest *request, gpointer user_data, GError **error)
{
  const KabApiContext *context = user_data;
  const char *network = kab_request_get_client_network (request);
  g_auto (SignIn) attempt = { 0 };
  KabResponse *response;

  if (!read_sign_in (request, &attempt, error) || !find_user (context, network, &attempt, error) ||
      !take_try (context, network, &attempt, error) || !verify (context, &attempt, error))
    return NULL;
  response = kab_api_write (context, request, run_sign_in, &attempt, error);
  if (response != NULL)
    forgive_tries (context, network, &attempt);
  return response;
}

static JsonObject *
info_to_json (const KabSessionInfo *info, const char *current)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", info->id);
  json_object_set_boolean_member (object, "current", g_str_equal (info->id, current));
  json_object_set_string_member (object, "device", info->device);
  kab_api_json_set_time (object, "createdAt", info->created_at);
  kab_api_json_set_time (object, "lastUsedAt", info->last_used_at);
  kab_api_json_set_time (object, "expiresAt", info->expires_at);
  return object;
}

static KabResponse *
run_list (KabTransaction *tx,
          const KabCaller *caller,
          KabRequest *request,
          const KabApiContext *context,
          gpointer data,
          GError **error)
{
  g_autoptr (GPtrArray) sessions =
      kab_sessions_list (tx, &context->session_limits, caller->id, error);
  JsonObject *object;
  JsonArray *items;

  if (sessions == NULL)
    return NULL;
  items = json_array_new ();
  for (guint i = 0; i < sessions->len; i++)
    json_array_add_object_element (items, info_to_json (sessions->pdata[i], caller->session));
  object = json_object_new ();
  json_object_set_array_member (object, "items", items);
  return kab_response_new_json (200, object);
}

static KabResponse *
list_sessions (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_read (user_data, request, run_list, NULL, error);
}

static const KabSessionInfo *
find_info (GPtrArray *sessions, const char *id)
{
  for (guint i = 0; i < sessions->len; i++)
    if (g_str_equal (((const KabSessionInfo *) sessions->pdata[i])->id, id))
      return sessions->pdata[i];
  return NULL;
}

static KabResponse *
run_get (KabTransaction *tx,
         const KabCaller *caller,
         KabRequest *request,
         const KabApiContext *context,
         gpointer data,
         GError **error)
{
  g_autoptr (KabUser) user = kab_users_get (tx, caller->id, error);
  g_autoptr (GPtrArray) sessions = NULL;
  const KabSessionInfo *info;
  JsonObject *object;

  if (user == NULL)
    return NULL;
  sessions = kab_sessions_list (tx, &context->session_limits, caller->id, error);
  if (sessions == NULL)
    return NULL;
  info = find_info (sessions, caller->session);
  if (info == NULL)
    {
      kab_problem_set (error, KAB_PROBLEM_UNAUTHENTICATED, NULL);
      return NULL;
    }
  object = info_to_json (info, caller->session);
  json_object_set_object_member (object, "user", kab_api_user_to_json (user));
  json_object_set_boolean_member (object, "mustChangePassword", FALSE);
  json_object_set_int_member (object, "idleSeconds",
                              context->session_limits.idle / G_TIME_SPAN_SECOND);
  return kab_response_new_json (200, object);
}

static KabResponse *
get_session (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_read (user_data, request, run_get, NULL, error);
}

static KabResponse *
run_end (KabTransaction *tx,
         const KabCaller *caller,
         KabRequest *request,
         const KabApiContext *context,
         gpointer data,
         GError **error)
{
  const char *session = data;
  g_autoptr (KabUser) user = kab_users_get (tx, caller->id, error);

  if (user == NULL || !kab_sessions_end (tx, caller->id, session, error) ||
      !append_history (tx, user, "session-ended", error))
    return NULL;
  return kab_response_new_empty (204);
}

static KabResponse *
sign_out (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_write (user_data, request, run_end,
                        kab_authenticator_get_caller (request)->session, error);
}

static KabResponse *
end_session (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_write (user_data, request, run_end,
                        (gpointer) kab_request_get_parameter (request, "id"), error);
}

static KabResponse *
run_end_others (KabTransaction *tx,
                const KabCaller *caller,
                KabRequest *request,
                const KabApiContext *context,
                gpointer data,
                GError **error)
{
  g_autoptr (KabUser) user = kab_users_get (tx, caller->id, error);

  if (user == NULL || !kab_sessions_end_others (tx, caller->id, caller->session, error) ||
      !append_history (tx, user, "other-sessions-ended", error))
    return NULL;
  return kab_response_new_empty (204);
}

static KabResponse *
end_other_sessions (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_api_write (user_data, request, run_end_others, NULL, error);
}

void
kab_api_sessions_add_routes (KabRouter *router, const KabApiContext *context)
{
  static const KabRoute routes[] = {
    { KAB_METHOD_POST, "/v1/sessions", "signIn", sign_in, KAB_ACCESS_PUBLIC,
      KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY, KAB_BODY_JSON, KAB_ANSWER_JSON },
    { KAB_METHOD_GET, "/v1/sessions", "listSessions", list_sessions, ANY_SESSION,
      .answer = KAB_ANSWER_JSON },
    { KAB_METHOD_DELETE, "/v1/sessions", "endOtherSessions", end_other_sessions, ANY_SESSION },
    { KAB_METHOD_GET, "/v1/sessions/current", "getSession", get_session, ANY_SESSION,
      .answer = KAB_ANSWER_JSON },
    { KAB_METHOD_DELETE, "/v1/sessions/current", "signOut", sign_out,
      ANY_SESSION | KAB_ACCESS_PASSWORD_CHANGE },
    { KAB_METHOD_DELETE, "/v1/sessions/{id}", "endSession", end_session, ANY_SESSION },
  };

  kab_router_add (router, routes, G_N_ELEMENTS (routes), (gpointer) context);
}
