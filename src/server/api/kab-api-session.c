/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-api-session.h"

#include "kab-api-json.h"
#include "kab-secrets.h"

/**
 * kab_api_user_to_json:
 *
 * Returns: (transfer full): `User` of docs/openapi.yaml
 */
JsonObject *
kab_api_user_to_json (const KabUser *user)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", user->id);
  json_object_set_string_member (object, "role", user->role);
  if (user->client_type != NULL)
    json_object_set_string_member (object, "clientType", user->client_type);
  json_object_set_string_member (object, "name", user->name);
  json_object_set_string_member (object, "language", user->language);
  return object;
}

/**
 * kab_api_session_start:
 * @status: of the answer
 * @user: the id of whose session it becomes
 * @device: what the user calls the device
 * @must_change_password: whether nothing else is allowed before
 *
 * Starts a session and answers with `Session` of docs/openapi.yaml: the only place where its token
 * is ever written.
 *
 * Returns: (transfer full): the answer, or %NULL with an error
 */
KabResponse *
kab_api_session_start (KabTransaction *tx,
                       const KabApiContext *context,
                       guint status,
                       const char *user,
                       const char *device,
                       gboolean must_change_password,
                       GError **error)
{
  g_autoptr (KabUser) owner = kab_users_get (tx, user, error);
  g_autofree char *session = NULL;
  JsonObject *object;
  gint64 expires_at;
  char *token;

  if (owner == NULL)
    return NULL;
  token = kab_sessions_start (tx, &context->session_limits, user, device, must_change_password,
                              &session, &expires_at, error);
  if (token == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "token", token);
  json_object_set_string_member (object, "session", session);
  json_object_set_object_member (object, "user", kab_api_user_to_json (owner));
  json_object_set_boolean_member (object, "mustChangePassword", must_change_password);
  json_object_set_int_member (object, "idleSeconds",
                              context->session_limits.idle / G_TIME_SPAN_SECOND);
  kab_api_json_set_time (object, "expiresAt", expires_at);
  kab_secrets_free_text (token);
  return kab_response_new_json (status, object);
}
