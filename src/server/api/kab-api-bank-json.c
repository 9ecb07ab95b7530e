/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-api-bank-json.h"

#include "kab-file-rules.h"
#include "kab-opening-hours.h"
#include "kab-password-policy.h"

/* Members that say where a file lies, which is nobody else's business. */
static gboolean
is_file_member (const char *name)
{
  return g_str_equal (name, "file") || g_str_equal (name, "files");
}

static JsonNode *copy_without_files (JsonNode *node);

static void
copy_element_cb (JsonArray *array, guint index, JsonNode *node, gpointer copy)
{
  json_array_add_element (copy, copy_without_files (node));
}

static void
copy_member_cb (JsonObject *object, const char *name, JsonNode *node, gpointer copy)
{
  if (!is_file_member (name))
    json_object_set_member (copy, name, copy_without_files (node));
}

static JsonNode *
copy_without_files (JsonNode *node)
{
  JsonNode *copy;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_object_new ();

      json_object_foreach_member (json_node_get_object (node), copy_member_cb, object);
      copy = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (copy, object);
      return copy;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_array_new ();

      json_array_foreach_element (json_node_get_array (node), copy_element_cb, array);
      copy = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (copy, array);
      return copy;
    }
  return json_node_copy (node);
}

static void
copy_member (JsonObject *from, const char *member, JsonObject *to, const char *name)
{
  if (json_object_has_member (from, member))
    json_object_set_member (to, name, json_object_dup_member (from, member));
}

static JsonObject *
build_contacts (JsonObject *information)
{
  JsonObject *contacts = json_object_get_object_member (information, "contacts");
  JsonObject *object = json_object_new ();

  copy_member (contacts, "phone", object, "phone");
  copy_member (contacts, "email", object, "email");
  copy_member (contacts, "address", object, "address");
  copy_member (contacts, "website", object, "web");
  return object;
}

static JsonArray *
build_services (JsonArray *services)
{
  JsonArray *codes = json_array_new ();

  for (guint i = 0; i < json_array_get_length (services); i++)
    json_array_add_string_element (
        codes, json_object_get_string_member (json_array_get_object_element (services, i), "code"));
  return codes;
}

static JsonObject *
build_application_forms (JsonArray *forms)
{
  JsonObject *by_type = json_object_new ();

  for (guint i = 0; i < json_array_get_length (forms); i++)
    {
      JsonObject *form = json_array_get_object_element (forms, i);

      if (g_str_equal (json_object_get_string_member (form, "use"), "application"))
        json_object_set_string_member (by_type, json_object_get_string_member (form, "client_type"),
                                       json_object_get_string_member (form, "form"));
    }
  return by_type;
}

static JsonObject *
build_document (KabBankData *bank, const char *form)
{
  JsonObject *entry = kab_bank_data_find_form_entry (bank, form);
  JsonObject *root =
      json_node_get_object (kab_form_definition_get_root (kab_bank_data_find_form (bank, form)));
  JsonObject *document = json_object_new ();

  json_object_set_string_member (document, "form", form);
  json_object_set_string_member (document, "kind", kab_bank_data_get_document_kind (entry));
  copy_member (root, "title", document, "title");
  return document;
}

static JsonObject *
build_documents (KabBankData *bank, JsonArray *services)
{
  JsonObject *by_service = json_object_new ();

  for (guint i = 0; i < json_array_get_length (services); i++)
    {
      JsonObject *service = json_array_get_object_element (services, i);
      JsonArray *forms = json_object_get_array_member (service, "documents");
      JsonArray *documents = json_array_new ();

      for (guint j = 0; j < json_array_get_length (forms); j++)
        json_array_add_object_element (
            documents, build_document (bank, json_array_get_string_element (forms, j)));
      json_object_set_array_member (by_service, json_object_get_string_member (service, "code"),
                                    documents);
    }
  return by_service;
}

static JsonArray *
build_legal_documents (JsonArray *documents)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < json_array_get_length (documents); i++)
    {
      JsonObject *document = json_array_get_object_element (documents, i);
      JsonObject *object = json_object_new ();

      copy_member (document, "id", object, "id");
      copy_member (document, "id", object, "kind");
      copy_member (document, "version", object, "version");
      copy_member (document, "title", object, "title");
      copy_member (document, "binding", object, "binding");
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
build_file_rules (void)
{
  const char *const *extensions = kab_file_rules_extensions ();
  JsonObject *object = json_object_new ();
  JsonArray *formats = json_array_new ();

  for (guint i = 0; extensions[i] != NULL; i++)
    json_array_add_string_element (formats, extensions[i]);
  json_object_set_int_member (object, "maxBytes", KAB_FILE_SIZE_MAX);
  json_object_set_int_member (object, "maxCount", KAB_FILE_COUNT_MAX);
  json_object_set_array_member (object, "formats", formats);
  return object;
}

static JsonObject *
build_password_policy (void)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "minLength", KAB_PASSWORD_LENGTH_MIN);
  return object;
}

/**
 * kab_api_bank_to_json:
 *
 * Returns: (transfer full): `Bank` of docs/openapi.yaml; its member `catalog` is `bank.json`
 * without the places of files, which forms take their lists from
 */
JsonObject *
kab_api_bank_to_json (KabBankData *bank, gboolean is_demo)
{
  JsonObject *information = kab_bank_data_get_information (bank);
  JsonArray *services = json_object_get_array_member (information, "services");
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), information);
  JsonObject *object = json_object_new ();

  copy_member (information, "name", object, "name");
  copy_member (information, "legal_name", object, "legalName");
  json_object_set_object_member (object, "contacts", build_contacts (information));
  json_object_set_object_member (
      object, "openingHours",
      kab_opening_hours_to_text (json_object_get_array_member (information, "opening_hours")));
  copy_member (information, "languages", object, "languages");
  copy_member (information, "accent_color", object, "accent");
  json_object_set_array_member (object, "services", build_services (services));
  json_object_set_object_member (
      object, "applicationForms",
      build_application_forms (json_object_get_array_member (information, "forms")));
  copy_member (information, "fee", object, "fee");
  json_object_set_boolean_member (
      object, "signingOffered",
      json_object_get_boolean_member_with_default (information, "signing_offered", FALSE));
  json_object_set_object_member (object, "documents", build_documents (bank, services));
  json_object_set_array_member (
      object, "legalDocuments",
      build_legal_documents (json_object_get_array_member (information, "legal_documents")));
  json_object_set_object_member (object, "files", build_file_rules ());
  json_object_set_object_member (object, "passwordPolicy", build_password_policy ());
  json_object_set_boolean_member (object, "demo", is_demo);
  json_object_set_member (object, "catalog", copy_without_files (root));
  return object;
}
