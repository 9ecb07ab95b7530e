/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-profile-operations.h"

#include "kab-operation-private.h"

void
kab_profile_load_async (KabApi *api, KabProfile *profile, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_PROFILE (profile));

  kab_operation_start_update (api, kab_request_new ("GET", "/v1/profile"), profile,
                              kab_profile_load_async, cancellable, callback, user_data);
}

gboolean
kab_profile_load_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish_boolean (api, result, kab_profile_load_async, error);
}

void
kab_profile_save_async (KabApi *api, KabProfile *profile, const char *language,
                        JsonObject *notices, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  KabRequest *request;
  JsonObject *body;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_PROFILE (profile));
  g_return_if_fail (language != NULL && notices != NULL);

  body = json_object_new ();
  json_object_set_string_member (body, "language", language);
  kab_operation_set_object (body, "notices", notices);
  request = kab_request_new ("PUT", "/v1/profile");
  kab_request_take_body (request, body);
  kab_request_set_if_match (request, kab_profile_get_version (profile));
  kab_operation_start_update (api, request, profile, kab_profile_save_async, cancellable,
                              callback, user_data);
}

gboolean
kab_profile_save_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish_boolean (api, result, kab_profile_save_async, error);
}

void
kab_profile_change_address_async (KabApi *api, const char *channel, const char *address,
                                  const char *password, const char *key,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  KabRequest *request;
  JsonObject *body;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (channel != NULL && address != NULL && password != NULL && key != NULL);

  body = json_object_new ();
  json_object_set_string_member (body, "channel", channel);
  json_object_set_string_member (body, "address", address);
  json_object_set_string_member (body, "password", password);
  request = kab_request_new ("POST", "/v1/profile/address-changes");
  kab_request_take_body (request, body);
  kab_request_set_idempotency_key (request, key);
  kab_operation_start_new (api, request, KAB_TYPE_CHALLENGE, kab_profile_change_address_async,
                           cancellable, callback, user_data);
}

KabChallenge *
kab_profile_change_address_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish (api, result, kab_profile_change_address_async, error);
}

void
kab_profile_confirm_address_async (KabApi *api, KabProfile *profile, KabChallenge *challenge,
                                   const char *code, const char *key, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  KabRequest *request;
  JsonObject *body;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_PROFILE (profile));
  g_return_if_fail (KAB_IS_CHALLENGE (challenge));
  g_return_if_fail (code != NULL && key != NULL);

  body = json_object_new ();
  json_object_set_string_member (body, "code", code);
  request = kab_request_new ("POST", "/v1/profile/address-changes/{}/confirmation",
                             kab_challenge_get_id (challenge));
  kab_request_take_body (request, body);
  kab_request_set_idempotency_key (request, key);
  kab_operation_start_update (api, request, profile, kab_profile_confirm_address_async,
                              cancellable, callback, user_data);
}

gboolean
kab_profile_confirm_address_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish_boolean (api, result, kab_profile_confirm_address_async, error);
}
