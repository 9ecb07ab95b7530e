/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-bank-operations.h"

#include "kab-api-error-private.h"
#include "kab-operation-private.h"
#include "kab-request-private.h"

/* A form that was read, kept beside the API so that it opens without a line too. */
typedef struct
{
  char *etag;         /* (owned) (nullable) */
  JsonObject *object; /* (owned) */
} Form;

typedef struct
{
  /* inputs */
  char *id; /* (owned) */
} FormLoad;

static void
form_free (Form *form)
{
  g_free (form->etag);
  json_object_unref (form->object);
  g_free (form);
}

static void
form_load_free (FormLoad *load)
{
  g_free (load->id);
  g_free (load);
}

static GHashTable *
get_forms (KabApi *api)
{
  GHashTable *forms = g_object_get_data (G_OBJECT (api), "kab-forms");

  if (forms == NULL)
    {
      forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) form_free);
      g_object_set_data_full (G_OBJECT (api), "kab-forms", forms,
                              (GDestroyNotify) g_hash_table_unref);
    }

  return forms;
}

void
kab_bank_load_async (KabApi *api, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (KAB_IS_API (api));

  kab_operation_start_new (api, kab_request_new ("GET", "/v1/bank"), KAB_TYPE_BANK,
                           kab_bank_load_async, cancellable, callback, user_data);
}

KabBank *
kab_bank_load_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish (api, result, kab_bank_load_async, error);
}

void
kab_legal_document_load_async (KabApi *api, KabLegalDocument *document, const char *language,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  KabRequest *request;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_LEGAL_DOCUMENT (document));

  request = kab_request_new ("GET", "/v1/legal-documents/{}",
                             kab_legal_document_get_id (document));
  kab_request_add_query (request, "language", language);
  kab_operation_start_bytes (api, request, "application/pdf", kab_legal_document_load_async,
                             cancellable, callback, user_data);
}

GBytes *
kab_legal_document_load_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish (api, result, kab_legal_document_load_async, error);
}

static void
form_called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  FormLoad *load = g_task_get_task_data (task);
  GHashTable *forms = get_forms (KAB_API (source));
  g_autoptr (GError) error = NULL;
  g_autoptr (KabReply) reply = kab_api_call_finish (KAB_API (source), result, &error);
  Form *form = g_hash_table_lookup (forms, load->id);

  if (reply != NULL && kab_reply_get_object (reply) != NULL)
    {
      form = g_new0 (Form, 1);
      form->etag = g_strdup (kab_reply_get_etag (reply));
      form->object = json_object_ref (kab_reply_get_object (reply));
      g_hash_table_replace (forms, g_strdup (load->id), form);
    }

  if (form != NULL && (reply != NULL || kab_api_error_is_connection (error)))
    g_task_return_pointer (task, json_object_ref (form->object),
                           (GDestroyNotify) json_object_unref);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_error (task, kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL,
                                                  "The form is empty"));
}

void
kab_form_load_async (KabApi *api, const char *id, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (KabRequest) request = NULL;
  g_autoptr (GTask) task = NULL;
  FormLoad *load;
  Form *form;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (id != NULL);

  task = g_task_new (api, cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_form_load_async);
  load = g_new0 (FormLoad, 1);
  load->id = g_strdup (id);
  g_task_set_task_data (task, load, (GDestroyNotify) form_load_free);

  request = kab_request_new ("GET", "/v1/forms/{}", id);
  form = g_hash_table_lookup (get_forms (api), id);
  if (form != NULL)
    kab_request_set_if_none_match (request, form->etag);
  kab_api_call_async (api, request, cancellable, form_called_cb, g_steal_pointer (&task));
}

JsonObject *
kab_form_load_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish (api, result, kab_form_load_async, error);
}

static gpointer
read_items (KabApi *api, KabReply *reply, gpointer target, GError **error)
{
  JsonObject *object = kab_operation_get_object (reply, error);
  JsonNode *items = object ? json_object_get_member (object, "items") : NULL;

  if (object == NULL)
    return NULL;
  if (items == NULL || !JSON_NODE_HOLDS_ARRAY (items))
    {
      g_propagate_error (error, kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL,
                                                   "The list has no items"));
      return NULL;
    }

  return json_node_dup_array (items);
}

void
kab_list_load_async (KabApi *api, const char *id, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (id != NULL);

  kab_operation_start (api, kab_request_new ("GET", "/v1/lists/{}", id), NULL, read_items,
                       (GDestroyNotify) json_array_unref, kab_list_load_async, cancellable,
                       callback, user_data);
}

JsonArray *
kab_list_load_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish (api, result, kab_list_load_async, error);
}
