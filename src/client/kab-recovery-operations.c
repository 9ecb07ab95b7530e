/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-recovery-operations.h"

#include "kab-operation-private.h"

void
kab_recovery_create_async (KabApi *api, const char *login, const char *key,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  KabRequest *request;
  JsonObject *body;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (login != NULL && key != NULL);

  body = json_object_new ();
  json_object_set_string_member (body, "login", login);
  request = kab_request_new ("POST", "/v1/recoveries");
  kab_request_take_body (request, body);
  kab_request_set_idempotency_key (request, key);
  kab_operation_start_new (api, request, KAB_TYPE_CHALLENGE, kab_recovery_create_async,
                           cancellable, callback, user_data);
}

KabChallenge *
kab_recovery_create_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish (api, result, kab_recovery_create_async, error);
}

void
kab_recovery_confirm_async (KabApi *api, KabChallenge *challenge, const char *code,
                            const char *key, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  KabRequest *request;
  JsonObject *body;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_CHALLENGE (challenge));
  g_return_if_fail (code != NULL && key != NULL);

  body = json_object_new ();
  json_object_set_string_member (body, "code", code);
  request = kab_request_new ("POST", "/v1/recoveries/{}/confirmation",
                             kab_challenge_get_id (challenge));
  kab_request_take_body (request, body);
  kab_request_set_idempotency_key (request, key);
  kab_operation_start_plain (api, request, kab_recovery_confirm_async, cancellable, callback,
                             user_data);
}

gboolean
kab_recovery_confirm_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish_boolean (api, result, kab_recovery_confirm_async, error);
}
