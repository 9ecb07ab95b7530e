/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-registration-operations.h"

#include "kab-api-error-private.h"
#include "kab-operation-private.h"
#include "kab-session-operations-private.h"

#define CURRENT "/v1/registrations/current"

static JsonArray *
build_consents (GListModel *legal_documents)
{
  JsonArray *consents = json_array_new ();
  guint n_documents = legal_documents ? g_list_model_get_n_items (legal_documents) : 0;

  for (guint i = 0; i < n_documents; i++)
    {
      g_autoptr (KabLegalDocument) document = g_list_model_get_item (legal_documents, i);
      JsonObject *consent = json_object_new ();

      json_object_set_string_member (consent, "document", kab_legal_document_get_id (document));
      json_object_set_string_member (consent, "version",
                                     kab_legal_document_get_version (document));
      json_array_add_object_element (consents, consent);
    }

  return consents;
}

static KabRequest *
new_current_request (const char *method, const char *path, KabRegistration *registration)
{
  KabRequest *request = kab_request_new (method, path);

  kab_request_set_token (request, kab_registration_get_token (registration));

  return request;
}

static gpointer
read_created (KabApi *api, KabReply *reply, gpointer target, GError **error)
{
  JsonObject *object = kab_operation_get_object (reply, error);
  JsonNode *token = object ? json_object_get_member (object, "token") : NULL;
  g_autoptr (KabRegistration) registration = kab_registration_new ();

  if (object == NULL || !kab_record_update_from_json (KAB_RECORD (registration), object, error))
    return NULL;
  if (token == NULL || !JSON_NODE_HOLDS_VALUE (token)
      || json_node_get_value_type (token) != G_TYPE_STRING)
    {
      g_propagate_error (error, kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL,
                                                   "The registration has no token"));
      return NULL;
    }
  kab_registration_set_token (registration, json_node_get_string (token));

  return g_steal_pointer (&registration);
}

void
kab_registration_create_async (KabApi *api, const KabRegistrationDetails *details,
                               const char *key, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  KabRequest *request;
  JsonObject *body;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (details != NULL && key != NULL);

  body = json_object_new ();
  json_object_set_string_member (body, "clientType", details->client_type);
  kab_operation_set_strings (body, "citizenships", details->citizenships);
  json_object_set_array_member (body, "consents", build_consents (details->legal_documents));
  json_object_set_string_member (body, "email", details->email);
  json_object_set_string_member (body, "phone", details->phone);
  json_object_set_string_member (body, "password", details->password);
  json_object_set_string_member (body, "language", details->language);

  request = kab_request_new ("POST", "/v1/registrations");
  kab_request_take_body (request, body);
  kab_request_set_idempotency_key (request, key);
  kab_operation_start (api, request, NULL, read_created, g_object_unref,
                       kab_registration_create_async, cancellable, callback, user_data);
}

KabRegistration *
kab_registration_create_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish (api, result, kab_registration_create_async, error);
}

void
kab_registration_resume_async (KabApi *api, const char *token, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (KabRegistration) registration = NULL;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (token != NULL);

  registration = kab_registration_new ();
  kab_registration_set_token (registration, token);
  kab_operation_start_update (api, new_current_request ("GET", CURRENT, registration),
                              registration, kab_registration_resume_async, cancellable, callback,
                              user_data);
}

KabRegistration *
kab_registration_resume_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  gpointer registration
      = kab_operation_finish (api, result, kab_registration_resume_async, error);

  /* The operation keeps its target until the result is gone. */
  return registration ? g_object_ref (registration) : NULL;
}

void
kab_registration_resend_async (KabApi *api, KabRegistration *registration, const char *channel,
                               const char *key, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  KabRequest *request;
  JsonObject *body;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_REGISTRATION (registration));
  g_return_if_fail (channel != NULL && key != NULL);

  body = json_object_new ();
  json_object_set_string_member (body, "channel", channel);
  request = new_current_request ("POST", CURRENT "/codes", registration);
  kab_request_take_body (request, body);
  kab_request_set_idempotency_key (request, key);
  kab_operation_start_update (api, request, registration, kab_registration_resend_async,
                              cancellable, callback, user_data);
}

gboolean
kab_registration_resend_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish_boolean (api, result, kab_registration_resend_async, error);
}

void
kab_registration_change_address_async (KabApi *api, KabRegistration *registration,
                                       const char *email, const char *phone,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  KabRequest *request;
  JsonObject *body;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_REGISTRATION (registration));

  body = json_object_new ();
  if (email != NULL)
    json_object_set_string_member (body, "email", email);
  if (phone != NULL)
    json_object_set_string_member (body, "phone", phone);
  request = new_current_request ("PATCH", CURRENT, registration);
  kab_request_take_body (request, body);
  kab_request_set_if_match (request, kab_registration_get_version (registration));
  kab_operation_start_update (api, request, registration, kab_registration_change_address_async,
                              cancellable, callback, user_data);
}

gboolean
kab_registration_change_address_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish_boolean (api, result, kab_registration_change_address_async, error);
}

void
kab_registration_confirm_async (KabApi *api, KabRegistration *registration,
                                const char *email_code, const char *phone_code, const char *key,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  KabRequest *request;
  JsonObject *body;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_REGISTRATION (registration));
  g_return_if_fail (email_code != NULL && phone_code != NULL && key != NULL);

  body = json_object_new ();
  json_object_set_string_member (body, "emailCode", email_code);
  json_object_set_string_member (body, "phoneCode", phone_code);
  request = new_current_request ("POST", CURRENT "/confirmation", registration);
  kab_request_take_body (request, body);
  kab_request_set_idempotency_key (request, key);
  kab_operation_start (api, request, NULL, kab_session_read_new, g_object_unref,
                       kab_registration_confirm_async, cancellable, callback, user_data);
}

KabSession *
kab_registration_confirm_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish (api, result, kab_registration_confirm_async, error);
}
