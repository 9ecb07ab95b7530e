/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-session-operations.h"

#include "kab-api-error-private.h"
#include "kab-api-private.h"
#include "kab-operation-private.h"
#include "kab-record-list.h"
#include "kab-secret-memory.h"
#include "kab-secret-store.h"
#include "kab-session-operations-private.h"

static const char *
get_string (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* Where there is no secret service the user signs in again next time; that is all. */
static void
remember (KabApi *api, const char *token)
{
  kab_secret_store_async (KAB_SECRET_SESSION, kab_api_get_bank_key (api), token, NULL, NULL, NULL);
}

gpointer
kab_session_read_new (KabApi *api, KabReply *reply, gpointer target, GError **error)
{
  JsonObject *object = kab_operation_get_object (reply, error);
  g_autoptr (KabSession) session = kab_session_new ();

  if (object == NULL || !kab_record_update_from_json (KAB_RECORD (session), object, error))
    return NULL;
  if (get_string (object, "token") == NULL)
    {
      g_propagate_error (error, kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL,
                                                   "The session has no token"));
      return NULL;
    }

  kab_api_set_token (api, get_string (object, "token"));

  return g_steal_pointer (&session);
}

static gpointer
read_lasting (KabApi *api, KabReply *reply, gpointer target, GError **error)
{
  gpointer session = kab_session_read_new (api, reply, target, error);

  if (session != NULL)
    remember (api, get_string (kab_reply_get_object (reply), "token"));

  return session;
}

static gpointer
read_passing (KabApi *api, KabReply *reply, gpointer target, GError **error)
{
  gpointer session = kab_session_read_new (api, reply, target, error);

  if (session != NULL)
    remember (api, NULL);

  return session;
}

void
kab_session_sign_in_async (KabApi *api, const char *login, const char *password,
                           const char *device, gboolean stay, const char *key,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  KabRequest *request;
  JsonObject *body;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (login != NULL && password != NULL && key != NULL);

  body = json_object_new ();
  json_object_set_string_member (body, "login", login);
  json_object_set_string_member (body, "password", password);
  if (device != NULL)
    json_object_set_string_member (body, "device", device);
  request = kab_request_new ("POST", "/v1/sessions");
  kab_request_take_body (request, body);
  kab_request_set_idempotency_key (request, key);

  /* An old token has no part in this: 401 is about the password. */
  kab_api_set_token (api, NULL);
  kab_operation_start (api, request, NULL, stay ? read_lasting : read_passing, g_object_unref,
                       kab_session_sign_in_async, cancellable, callback, user_data);
}

KabSession *
kab_session_sign_in_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish (api, result, kab_session_sign_in_async, error);
}

/* What GET /v1/sessions/current says in the words of a new session. */
static gpointer
read_current (KabApi *api, KabReply *reply, gpointer target, GError **error)
{
  JsonObject *object = kab_operation_get_object (reply, error);
  g_autoptr (JsonObject) words = NULL;
  g_autoptr (KabSession) session = kab_session_new ();
  g_autoptr (GList) members = NULL;

  if (object == NULL)
    return NULL;

  words = json_object_new ();
  members = json_object_get_members (object);
  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (words, g_str_equal (l->data, "id") ? "session" : l->data,
                            json_object_dup_member (object, l->data));
  if (!kab_record_update_from_json (KAB_RECORD (session), words, error))
    return NULL;

  return g_steal_pointer (&session);
}

static void
current_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  KabApi *api = KAB_API (source);
  const char *token = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  KabSession *session = kab_operation_finish (api, result, current_read_cb, &error);

  if (session != NULL)
    {
      kab_api_set_token (api, token);
      g_task_return_pointer (task, session, g_object_unref);
    }
  else if (g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_UNAUTHORIZED))
    {
      remember (api, NULL);
      g_task_return_pointer (task, NULL, NULL);
    }
  else
    {
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

static void
token_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  KabApi *api = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  char *token = kab_secret_lookup_finish (result, &error);
  KabRequest *request;

  if (g_task_return_error_if_cancelled (task))
    {
      kab_secret_free (token);
      return;
    }
  if (token == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  request = kab_request_new ("GET", "/v1/sessions/current");
  kab_request_set_token (request, token);
  g_task_set_task_data (task, token, (GDestroyNotify) kab_secret_free);
  kab_operation_start (api, request, NULL, read_current, g_object_unref, current_read_cb,
                       g_task_get_cancellable (task), current_read_cb, g_object_ref (task));
}

void
kab_session_restore_async (KabApi *api, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (KAB_IS_API (api));

  task = g_task_new (api, cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_session_restore_async);
  kab_secret_lookup_async (KAB_SECRET_SESSION, kab_api_get_bank_key (api), cancellable,
                           token_found_cb, g_steal_pointer (&task));
}

KabSession *
kab_session_restore_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish (api, result, kab_session_restore_async, error);
}

void
kab_session_sign_out_async (KabApi *api, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  KabRequest *request;

  g_return_if_fail (KAB_IS_API (api));

  request = kab_request_new ("DELETE", "/v1/sessions/current");
  kab_request_keep_token (request, api);
  kab_api_set_token (api, NULL);
  remember (api, NULL);
  kab_operation_start_plain (api, request, kab_session_sign_out_async, cancellable, callback,
                             user_data);
}

gboolean
kab_session_sign_out_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish_boolean (api, result, kab_session_sign_out_async, error);
}

void
kab_session_change_password_async (KabApi *api, const char *current_password,
                                   const char *new_password, gboolean stay,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  KabRequest *request;
  JsonObject *body;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (current_password != NULL && new_password != NULL);

  body = json_object_new ();
  json_object_set_string_member (body, "current", current_password);
  json_object_set_string_member (body, "new", new_password);
  request = kab_request_new ("PUT", "/v1/password");
  kab_request_take_body (request, body);
  kab_operation_start (api, request, NULL, stay ? read_lasting : read_passing, g_object_unref,
                       kab_session_change_password_async, cancellable, callback, user_data);
}

KabSession *
kab_session_change_password_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish (api, result, kab_session_change_password_async, error);
}

static gpointer
read_sessions (KabApi *api, KabReply *reply, gpointer target, GError **error)
{
  JsonObject *object = kab_operation_get_object (reply, error);
  JsonNode *items = object ? json_object_get_member (object, "items") : NULL;
  g_autoptr (KabRecordList) list = kab_record_list_new (KAB_TYPE_SESSION_INFO);

  if (object == NULL)
    return NULL;
  if (items == NULL || !JSON_NODE_HOLDS_ARRAY (items))
    {
      g_propagate_error (error, kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL,
                                                   "The list has no items"));
      return NULL;
    }
  if (!kab_record_list_update (list, json_node_get_array (items), error))
    return NULL;

  return g_steal_pointer (&list);
}

void
kab_session_list_async (KabApi *api, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (KAB_IS_API (api));

  kab_operation_start (api, kab_request_new ("GET", "/v1/sessions"), NULL, read_sessions,
                       g_object_unref, kab_session_list_async, cancellable, callback, user_data);
}

GListModel *
kab_session_list_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish (api, result, kab_session_list_async, error);
}

void
kab_session_end_async (KabApi *api, KabSessionInfo *session, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_SESSION_INFO (session));

  kab_operation_start_plain (
      api, kab_request_new ("DELETE", "/v1/sessions/{}", kab_session_info_get_id (session)),
      kab_session_end_async, cancellable, callback, user_data);
}

gboolean
kab_session_end_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish_boolean (api, result, kab_session_end_async, error);
}
