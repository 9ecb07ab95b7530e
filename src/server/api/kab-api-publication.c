/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-api-publication.h"

#include "kab-api-bank-json.h"

typedef struct
{
  GBytes *json;
  char *tag;
} Text;

struct _KabApiPublication
{
  Text *bank;         /* (owned) */
  GHashTable *forms;  /* (owned): id → (owned) Text */
  GHashTable *titles; /* (owned): legal document → (owned) JSON */
};

static Text *
text_new (JsonNode *root)
{
  Text *self = g_new0 (Text, 1);
  char *json = json_to_string (root, FALSE);

  self->json = g_bytes_new_take (json, strlen (json));
  return self;
}

static void
text_free (Text *self)
{
  g_bytes_unref (self->json);
  g_free (self->tag);
  g_free (self);
}

static KabResponse *
answer (const Text *self)
{
  KabResponse *response =
      kab_response_new_bytes (200, "application/json", g_bytes_ref (self->json));

  kab_response_set_etag (response, self->tag);
  return response;
}

static Text *
write_bank (KabBankData *bank, gboolean is_demo)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  Text *text;

  json_node_take_object (root, kab_api_bank_to_json (bank, is_demo));
  text = text_new (root);
  text->tag = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, text->json);
  return text;
}

static Text *
write_form (KabFormDefinition *form)
{
  Text *text = text_new (kab_form_definition_get_root (form));

  text->tag = g_strdup_printf ("%u", kab_form_definition_get_version (form));
  return text;
}

static GHashTable *
write_forms (KabBankData *bank)
{
  GHashTable *texts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) text_free);
  JsonArray *forms = json_object_get_array_member (kab_bank_data_get_information (bank), "forms");

  for (guint i = 0; i < json_array_get_length (forms); i++)
    {
      JsonObject *entry = json_array_get_object_element (forms, i);
      const char *id = json_object_get_string_member (entry, "form");

      g_hash_table_replace (texts, g_strdup (id), write_form (kab_bank_data_find_form (bank, id)));
    }
  return texts;
}

static GHashTable *
write_titles (JsonArray *documents)
{
  GHashTable *titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < json_array_get_length (documents); i++)
    {
      JsonObject *document = json_array_get_object_element (documents, i);

      g_hash_table_replace (titles, g_strdup (json_object_get_string_member (document, "id")),
                            json_to_string (json_object_get_member (document, "title"), FALSE));
    }
  return titles;
}

/**
 * kab_api_publication_new:
 * @bank: what is published; no other thread reads it yet
 * @is_demo: whether it is the demo bank
 *
 * Returns: (transfer full): the answers, which any thread may give
 */
KabApiPublication *
kab_api_publication_new (KabBankData *bank, gboolean is_demo)
{
  KabApiPublication *self = g_new0 (KabApiPublication, 1);

  self->bank = write_bank (bank, is_demo);
  self->forms = write_forms (bank);
  self->titles = write_titles (kab_bank_data_get_legal_documents (bank));
  return self;
}

void
kab_api_publication_free (KabApiPublication *self)
{
  text_free (self->bank);
  g_hash_table_unref (self->forms);
  g_hash_table_unref (self->titles);
  g_free (self);
}

/**
 * kab_api_publication_answer_bank:
 *
 * Returns: (transfer full): `Bank` of docs/openapi.yaml
 */
KabResponse *
kab_api_publication_answer_bank (const KabApiPublication *self)
{
  return answer (self->bank);
}

/**
 * kab_api_publication_answer_form:
 *
 * Returns: (transfer full) (nullable): the definition with this id; its version is the entity tag
 */
KabResponse *
kab_api_publication_answer_form (const KabApiPublication *self, const char *id)
{
  const Text *form = g_hash_table_lookup (self->forms, id);

  return form != NULL ? answer (form) : NULL;
}

/**
 * kab_api_publication_get_title:
 * @document: the id of a legal document
 *
 * Returns: (nullable): its title as JSON
 */
const char *
kab_api_publication_get_title (const KabApiPublication *self, const char *document)
{
  return g_hash_table_lookup (self->titles, document);
}
