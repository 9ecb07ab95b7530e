/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-operation-private.h"

#include "kab-api-error-private.h"

typedef struct
{
  /* inputs */
  gpointer target;        /* (owned) (nullable) */
  KabReplyReader read;
  GDestroyNotify destroy; /* (nullable) */
} Operation;

static void
operation_free (Operation *operation)
{
  g_clear_object (&operation->target);
  g_free (operation);
}

static gpointer
read_new (KabApi *api, KabReply *reply, gpointer target, GError **error)
{
  JsonObject *object = kab_operation_get_object (reply, error);

  if (object == NULL || !kab_record_update_from_json (target, object, error))
    return NULL;

  return g_object_ref (target);
}

static gpointer
read_update (KabApi *api, KabReply *reply, gpointer target, GError **error)
{
  JsonObject *object = kab_operation_get_object (reply, error);

  if (object == NULL || !kab_record_update_from_json (target, object, error))
    return NULL;

  return target;
}

static gpointer
read_plain (KabApi *api, KabReply *reply, gpointer target, GError **error)
{
  return reply;
}

static gpointer
read_bytes (KabApi *api, KabReply *reply, gpointer target, GError **error)
{
  return g_bytes_ref (kab_reply_get_bytes (reply));
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Operation *operation = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabReply) reply = kab_api_call_finish (KAB_API (source), result, &error);
  gpointer value = NULL;

  if (reply != NULL)
    value = operation->read (KAB_API (source), reply, operation->target, &error);
  if (value == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, value, operation->destroy);
}

void
kab_operation_start (KabApi *api, KabRequest *request, gpointer target, KabReplyReader read,
                     GDestroyNotify destroy, gpointer source_tag, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (KabRequest) owned_request = request;
  g_autoptr (GTask) task = g_task_new (api, cancellable, callback, user_data);
  Operation *operation = g_new0 (Operation, 1);

  g_task_set_source_tag (task, source_tag);
  operation->target = target ? g_object_ref (target) : NULL;
  operation->read = read;
  operation->destroy = destroy;
  g_task_set_task_data (task, operation, (GDestroyNotify) operation_free);

  kab_api_call_async (api, owned_request, cancellable, called_cb, g_steal_pointer (&task));
}

void
kab_operation_start_new (KabApi *api, KabRequest *request, GType record_type, gpointer source_tag,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GObject) record = g_object_new (record_type, NULL);

  kab_operation_start (api, request, record, read_new, g_object_unref, source_tag, cancellable,
                       callback, user_data);
}

void
kab_operation_start_update (KabApi *api, KabRequest *request, gpointer record, gpointer source_tag,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  kab_operation_start (api, request, record, read_update, NULL, source_tag, cancellable, callback,
                       user_data);
}

void
kab_operation_start_plain (KabApi *api, KabRequest *request, gpointer source_tag,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  kab_operation_start (api, request, NULL, read_plain, NULL, source_tag, cancellable, callback,
                       user_data);
}

void
kab_operation_start_bytes (KabApi *api, KabRequest *request, const char *media_type,
                           gpointer source_tag, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  kab_request_expect_bytes (request, media_type);
  kab_operation_start (api, request, NULL, read_bytes, (GDestroyNotify) g_bytes_unref, source_tag,
                       cancellable, callback, user_data);
}

gpointer
kab_operation_finish (KabApi *api, GAsyncResult *result, gpointer source_tag, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, api), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, source_tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
kab_operation_finish_boolean (KabApi *api, GAsyncResult *result, gpointer source_tag,
                              GError **error)
{
  return kab_operation_finish (api, result, source_tag, error) != NULL;
}

JsonObject *
kab_operation_get_object (KabReply *reply, GError **error)
{
  JsonObject *object = kab_reply_get_object (reply);

  if (object == NULL)
    g_propagate_error (error, kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL,
                                                 "The answer is empty"));

  return object;
}

void
kab_operation_set_object (JsonObject *body, const char *member, JsonObject *object)
{
  g_autoptr (JsonNode) node = NULL;

  if (object == NULL)
    return;

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, object);
  json_object_set_member (body, member, json_node_copy (node));
}

void
kab_operation_set_strings (JsonObject *body, const char *member, const char *const *values)
{
  JsonArray *array;

  if (values == NULL)
    return;

  array = json_array_new ();
  for (guint i = 0; values[i] != NULL; i++)
    json_array_add_string_element (array, values[i]);
  json_object_set_array_member (body, member, array);
}
