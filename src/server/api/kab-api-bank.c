/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who the bank is and what it publishes: information, legal documents, lists, forms. */

#include "kab-api-operation.h"
#include "kab-api.h"

static KabResponse *
get_bank (KabRequest *request, gpointer user_data, GError **error)
{
  const KabApiContext *context = user_data;

  return kab_api_publication_answer_bank (context->publication);
}

static KabResponse *
get_legal_document (KabRequest *request, gpointer user_data, GError **error)
{
  const KabApiContext *context = user_data;
  JsonObject *document =
      kab_bank_data_find_legal_document (context->bank, kab_request_get_parameter (request, "id"));
  const char *language = kab_request_get_query (request, "language");
  g_autofree char *tag = NULL;
  KabResponse *response;
  GBytes *bytes;

  if (document == NULL)
    {
      kab_problem_set (error, KAB_PROBLEM_NOT_FOUND, NULL);
      return NULL;
    }
  if (language == NULL)
    language = "en";
  bytes = kab_bank_data_load_file (context->bank, json_object_get_object_member (document, "files"),
                                   language, error);
  if (bytes == NULL)
    return NULL;
  tag = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  response = kab_response_new_bytes (200, "application/pdf", bytes);
  kab_response_set_etag (response, tag);
  return response;
}

static JsonObject *
option_to_json (const KabFormOption *option, const char *const *languages)
{
  JsonObject *object = json_object_new ();
  JsonObject *label = json_object_new ();

  for (guint i = 0; languages[i] != NULL; i++)
    {
      const char *text = kab_form_option_get_label (option, languages[i]);

      if (text != NULL)
        json_object_set_string_member (label, languages[i], text);
    }
  json_object_set_string_member (object, "value", kab_form_option_get_value (option));
  json_object_set_object_member (object, "label", label);
  return object;
}

static KabResponse *
get_list (KabRequest *request, gpointer user_data, GError **error)
{
  const KabApiContext *context = user_data;
  GPtrArray *options = kab_form_catalog_get_options (kab_bank_data_get_catalog (context->bank),
                                                     kab_request_get_parameter (request, "id"));
  JsonObject *object;
  JsonArray *items;

  if (options == NULL)
    {
      kab_problem_set (error, KAB_PROBLEM_NOT_FOUND, NULL);
      return NULL;
    }
  items = json_array_new ();
  for (guint i = 0; i < options->len; i++)
    json_array_add_object_element (
        items, option_to_json (options->pdata[i], kab_bank_data_get_languages (context->bank)));
  object = json_object_new ();
  json_object_set_array_member (object, "items", items);
  return kab_response_new_json (200, object);
}

static KabResponse *
get_form (KabRequest *request, gpointer user_data, GError **error)
{
  const KabApiContext *context = user_data;
  KabResponse *response = kab_api_publication_answer_form (
      context->publication, kab_request_get_parameter (request, "id"));

  if (response == NULL)
    kab_problem_set (error, KAB_PROBLEM_NOT_FOUND, NULL);
  return response;
}

void
kab_api_bank_add_routes (KabRouter *router, const KabApiContext *context)
{
  static const KabRoute routes[] = {
    { KAB_METHOD_GET, "/v1/bank", "getBank", get_bank, KAB_ACCESS_PUBLIC,
      .answer = KAB_ANSWER_JSON },
    { KAB_METHOD_GET, "/v1/legal-documents/{id}", "getLegalDocument", get_legal_document,
      KAB_ACCESS_PUBLIC, .answer = KAB_ANSWER_FILE },
    { KAB_METHOD_GET, "/v1/lists/{id}", "getList", get_list, KAB_ACCESS_PUBLIC,
      .answer = KAB_ANSWER_JSON },
    { KAB_METHOD_GET, "/v1/forms/{id}", "getForm", get_form, KAB_ACCESS_PUBLIC,
      .answer = KAB_ANSWER_JSON },
  };

  kab_router_add (router, routes, G_N_ELEMENTS (routes), (gpointer) context);
}
