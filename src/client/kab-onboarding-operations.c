/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-onboarding-operations.h"

#include "kab-api-error-private.h"
#include "kab-api-private.h"
#include "kab-history-entry.h"
#include "kab-operation-private.h"
#include "kab-paged-list.h"

void
kab_onboarding_create_async (KabApi *api, const char *form, JsonObject *answers, const char *key,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  KabRequest *request;
  JsonObject *body;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (form != NULL && answers != NULL && key != NULL);

  body = json_object_new ();
  json_object_set_string_member (body, "form", form);
  kab_operation_set_object (body, "answers", answers);
  request = kab_request_new ("POST", "/v1/applications");
  kab_request_take_body (request, body);
  kab_request_set_idempotency_key (request, key);
  kab_operation_start_new (api, request, KAB_TYPE_ONBOARDING, kab_onboarding_create_async,
                           cancellable, callback, user_data);
}

KabOnboarding *
kab_onboarding_create_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish (api, result, kab_onboarding_create_async, error);
}

void
kab_onboarding_load_async (KabApi *api, KabOnboarding *onboarding, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_ONBOARDING (onboarding));

  kab_operation_start_update (
      api, kab_request_new ("GET", "/v1/applications/{}", kab_onboarding_get_id (onboarding)),
      onboarding, kab_onboarding_load_async, cancellable, callback, user_data);
}

gboolean
kab_onboarding_load_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish_boolean (api, result, kab_onboarding_load_async, error);
}

void
kab_onboarding_save_async (KabApi *api, KabOnboarding *onboarding, JsonObject *answers,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  KabRequest *request;
  JsonObject *body;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_ONBOARDING (onboarding));
  g_return_if_fail (answers != NULL);

  body = json_object_new ();
  kab_operation_set_object (body, "answers", answers);
  request = kab_request_new ("PUT", "/v1/applications/{}", kab_onboarding_get_id (onboarding));
  kab_request_take_body (request, body);
  kab_request_set_if_match (request, kab_onboarding_get_version (onboarding));
  kab_operation_start_update (api, request, onboarding, kab_onboarding_save_async, cancellable,
                              callback, user_data);
}

gboolean
kab_onboarding_save_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish_boolean (api, result, kab_onboarding_save_async, error);
}

void
kab_onboarding_submit_async (KabApi *api, KabOnboarding *onboarding, const char *key,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  KabRequest *request;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_ONBOARDING (onboarding));
  g_return_if_fail (key != NULL);

  request = kab_request_new ("POST", "/v1/applications/{}/submission",
                             kab_onboarding_get_id (onboarding));
  kab_request_set_idempotency_key (request, key);
  kab_request_set_if_match (request, kab_onboarding_get_version (onboarding));
  kab_operation_start_update (api, request, onboarding, kab_onboarding_submit_async, cancellable,
                              callback, user_data);
}

gboolean
kab_onboarding_submit_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish_boolean (api, result, kab_onboarding_submit_async, error);
}

GListModel *
kab_onboarding_new_history (KabApi *api, KabOnboarding *onboarding)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (KAB_IS_API (api), NULL);
  g_return_val_if_fail (KAB_IS_ONBOARDING (onboarding), NULL);

  path = g_strdup_printf ("/v1/applications/%s/history", kab_onboarding_get_id (onboarding));

  return G_LIST_MODEL (kab_paged_list_new (api, path, KAB_TYPE_HISTORY_ENTRY));
}

/* The link goes to the browser: nothing but https may, or http on this computer for the demo bank. */
static gpointer
read_link (KabApi *api, KabReply *reply, gpointer target, GError **error)
{
  JsonObject *object = kab_operation_get_object (reply, error);
  JsonNode *node = object ? json_object_get_member (object, "url") : NULL;

  if (object == NULL)
    return NULL;
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_STRING
      && kab_api_is_safe_address (json_node_get_string (node)))
    return json_node_dup_string (node);

  g_propagate_error (error, kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL,
                                               "The link isn't an https address"));

  return NULL;
}

void
kab_identification_link_async (KabApi *api, KabIdentification *identification, const char *key,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  KabRequest *request;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_IDENTIFICATION (identification));
  g_return_if_fail (key != NULL);

  request = kab_request_new ("POST", "/v1/identifications/{}/link",
                             kab_identification_get_id (identification));
  kab_request_set_idempotency_key (request, key);
  kab_operation_start (api, request, NULL, read_link, g_free, kab_identification_link_async,
                       cancellable, callback, user_data);
}

char *
kab_identification_link_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish (api, result, kab_identification_link_async, error);
}
