/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-message-operations.h"

#include "kab-operation-private.h"

void
kab_message_send_async (KabApi *api, const char *text, const char *const *attachments,
                        const char *key, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  KabRequest *request;
  JsonObject *body;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (text != NULL && key != NULL);

  body = json_object_new ();
  json_object_set_string_member (body, "text", text);
  kab_operation_set_strings (body, "attachments", attachments);
  request = kab_request_new ("POST", "/v1/messages");
  kab_request_take_body (request, body);
  kab_request_set_idempotency_key (request, key);
  kab_operation_start_new (api, request, KAB_TYPE_MESSAGE, kab_message_send_async, cancellable,
                           callback, user_data);
}

KabMessage *
kab_message_send_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish (api, result, kab_message_send_async, error);
}

void
kab_message_mark_read_async (KabApi *api, KabMessage *message, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  KabRequest *request;
  JsonObject *body;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_MESSAGE (message));

  body = json_object_new ();
  json_object_set_string_member (body, "upTo", kab_message_get_id (message));
  request = kab_request_new ("PUT", "/v1/messages/read-mark");
  kab_request_take_body (request, body);
  kab_operation_start_plain (api, request, kab_message_mark_read_async, cancellable, callback,
                             user_data);
}

gboolean
kab_message_mark_read_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish_boolean (api, result, kab_message_mark_read_async, error);
}
