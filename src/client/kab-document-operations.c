/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-document-operations.h"

#include "kab-history-entry.h"
#include "kab-operation-private.h"
#include "kab-paged-list.h"

void
kab_document_load_async (KabApi *api,
                         KabDocument *document,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_DOCUMENT (document));

  kab_operation_start_update (
      api, kab_request_new ("GET", "/v1/documents/{}", kab_document_get_id (document)), document,
      kab_document_load_async, cancellable, callback, user_data);
}

gboolean
kab_document_load_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish_boolean (api, result, kab_document_load_async, error);
}

void
kab_document_save_async (KabApi *api,
                         KabDocument *document,
                         JsonObject *answers,
                         const char *const *files,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  KabRequest *request;
  JsonObject *body;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_DOCUMENT (document));

  body = json_object_new ();
  kab_operation_set_object (body, "answers", answers);
  kab_operation_set_strings (body, "files", files);
  request = kab_request_new ("PUT", "/v1/documents/{}", kab_document_get_id (document));
  kab_request_take_body (request, body);
  kab_request_set_if_match (request, kab_document_get_version (document));
  kab_operation_start_update (api, request, document, kab_document_save_async, cancellable,
                              callback, user_data);
}

gboolean
kab_document_save_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish_boolean (api, result, kab_document_save_async, error);
}

void
kab_document_submit_async (KabApi *api,
                           KabDocument *document,
                           const char *key,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_DOCUMENT (document));

  kab_operation_start_update (
      api,
      kab_request_new_step ("/v1/documents/{}/submission", kab_document_get_id (document),
                            kab_document_get_version (document), key),
      document, kab_document_submit_async, cancellable, callback, user_data);
}

gboolean
kab_document_submit_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish_boolean (api, result, kab_document_submit_async, error);
}

void
kab_document_approve_async (KabApi *api,
                            KabDocument *document,
                            const char *key,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_DOCUMENT (document));

  kab_operation_start_update (
      api,
      kab_request_new_step ("/v1/documents/{}/approval", kab_document_get_id (document),
                            kab_document_get_version (document), key),
      document, kab_document_approve_async, cancellable, callback, user_data);
}

gboolean
kab_document_approve_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish_boolean (api, result, kab_document_approve_async, error);
}

void
kab_document_load_template_async (KabApi *api,
                                  KabDocument *document,
                                  const char *language,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  KabRequest *request;

  g_return_if_fail (KAB_IS_API (api));
  g_return_if_fail (KAB_IS_DOCUMENT (document));

  request = kab_request_new ("GET", "/v1/documents/{}/template", kab_document_get_id (document));
  kab_request_add_query (request, "language", language);
  kab_operation_start_bytes (api, request, "application/pdf", kab_document_load_template_async,
                             cancellable, callback, user_data);
}

GBytes *
kab_document_load_template_finish (KabApi *api, GAsyncResult *result, GError **error)
{
  return kab_operation_finish (api, result, kab_document_load_template_async, error);
}

GListModel *
kab_document_new_history (KabApi *api, KabDocument *document)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (KAB_IS_API (api), NULL);
  g_return_val_if_fail (KAB_IS_DOCUMENT (document), NULL);

  path = g_strdup_printf ("/v1/documents/%s/history", kab_document_get_id (document));

  return G_LIST_MODEL (kab_paged_list_new (api, path, KAB_TYPE_HISTORY_ENTRY));
}
