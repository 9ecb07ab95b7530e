/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-onboarding-operations.h"

#include "kab-api-error-private.h"
#include "kab-api-private.h"
#include "kab-history-entry.h"
#include "kab-operation-private.h"
#include "kab-paged-list.h"

void
kab_onboarding_create_async (KabApi *api,
                             const char *form,
                             JsonObject *answers,
                             const char *key,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
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
kab_onboarding_load_async (KabApi *api,
                           KabOnboarding *onboarding,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
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
kab_onboarding_save_async (KabApi *api,
                           KabOnboarding *onboarding,
                           JsonObject *answers,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
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
kab_onboarding_submit_async (KabApi *api,
                             KabOnboarding *onboarding,
                             const char *key,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_ONBOARDING (onboarding));

  kab_operation_start_update (
      api,
      kab_request_new_step ("/v1/applications/{}/submission", kab_onboarding_get_id (onboarding),
                            kab_onboarding_get_version (onboarding), key),
      onboarding, kab_onboarding_submit_async, cancellable, callback, user_data);
}

gboolean
kab_onboarding_submit_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish_boolean (api, result, kab_onboarding_submit_async, error);
}

void
kab_onboarding_withdraw_async (KabApi *api,
                               KabOnboarding *onboarding,
                               const char *key,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_ONBOARDING (onboarding));

  kab_operation_start_update (
      api,
      kab_request_new_step ("/v1/applications/{}/withdrawal", kab_onboarding_get_id (onboarding),
                            kab_onboarding_get_version (onboarding), key),
      onboarding, kab_onboarding_withdraw_async, cancellable, callback, user_data);
}

gboolean
kab_onboarding_withdraw_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish_boolean (api, result, kab_onboarding_withdraw_async, error);
}

typedef struct
{
  char *url;             /* (owned) */
  GDateTime *expires_at; /* (owned) */
} Link;

static void
link_free (Link *link)
{
  g_free (link->url);
  g_clear_pointer (&link->expires_at, g_date_time_unref);
  g_free (link);
}

static const char *
get_string (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* The link goes to the browser: only https may, or http on this computer for the demo bank. */
static gpointer
read_link (KabApi *api, KabReply *reply, gpointer target, GError **error)
{
  JsonObject *object = kab_operation_get_object (reply, error);
  const char *url = object != NULL ? get_string (object, "url") : NULL;
  const char *expires_at = object != NULL ? get_string (object, "expiresAt") : NULL;
  g_autoptr (GDateTime) time = NULL;
  Link *link;

  if (object == NULL)
    return NULL;
  if (expires_at != NULL)
    time = g_date_time_new_from_iso8601 (expires_at, NULL);
  if (url == NULL || time == NULL || !kab_api_is_safe_address (url))
    {
      g_propagate_error (
          error, kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL, "No https address with an end"));
      return NULL;
    }

  link = g_new0 (Link, 1);
  link->url = g_strdup (url);
  link->expires_at = g_steal_pointer (&time);

  return link;
}

void
kab_identification_link_async (KabApi *api,
                               KabIdentification *identification,
                               const char *key,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  KabRequest *request;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_IDENTIFICATION (identification));
  g_return_if_fail (key != NULL);

  request = kab_request_new ("POST", "/v1/identifications/{}/link",
                             kab_identification_get_id (identification));
  kab_request_set_idempotency_key (request, key);
  kab_operation_start (api, request, NULL, read_link, (GDestroyNotify) link_free,
                       kab_identification_link_async, cancellable, callback, user_data);
}

char *
kab_identification_link_finish (KabApi *api,
                                GAsyncResult *result,
                                GDateTime **expires_at,
                                GError **error)
{
  Link *link = kab_operation_finish (api, result, kab_identification_link_async, error);
  char *url;

  if (link == NULL)
    return NULL;

  url = g_steal_pointer (&link->url);
  if (expires_at != NULL)
    *expires_at = g_steal_pointer (&link->expires_at);
  link_free (link);

  return url;
}
