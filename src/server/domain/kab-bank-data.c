/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-bank-data.h"

#include "kab-bank-check.h"

#define BANK_FILE "bank.json"

struct _KabBankData
{
  char *folder;
  KabFormSource *source;   /* (owned): bank.json */
  JsonObject *information; /* of source */
  char **languages;
  KabFormCatalog *catalog; /* (owned) */
  GHashTable *forms;       /* id → (owned) KabFormDefinition */
};

static gboolean
load_forms (KabBankData *self, GError **error)
{
  g_autoptr (GList) entries =
      json_array_get_elements (json_object_get_array_member (self->information, "forms"));

  for (GList *l = entries; l != NULL; l = l->next)
    {
      JsonObject *entry = json_node_get_object (l->data);
      g_autofree char *path =
          g_build_filename (self->folder, json_object_get_string_member (entry, "file"), NULL);
      KabFormDefinition *form = kab_form_definition_new_from_file (path, self->catalog, error);

      if (form == NULL)
        return FALSE;
      g_hash_table_insert (self->forms, g_strdup (kab_form_definition_get_id (form)), form);
    }
  return TRUE;
}

static char **
dup_strings (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));
  return g_strv_builder_end (builder);
}

/* Every document that a service asks for has to be a form. */
static gboolean
check_services (KabBankData *self, GError **error)
{
  JsonArray *services = json_object_get_array_member (self->information, "services");

  for (guint i = 0; i < json_array_get_length (services); i++)
    {
      JsonArray *documents =
          json_object_get_array_member (json_array_get_object_element (services, i), "documents");

      for (guint j = 0; j < json_array_get_length (documents); j++)
        {
          const char *form = json_array_get_string_element (documents, j);
          JsonObject *entry = kab_bank_data_find_form_entry (self, form);
          g_autofree char *place = g_strdup_printf ("/services/%u/documents/%u", i, j);

          if (entry != NULL && kab_bank_data_find_form (self, form) != NULL &&
              kab_bank_data_get_document_kind (entry) != NULL)
            continue;
          g_set_error (error, KAB_FORM_ERROR, KAB_FORM_ERROR_VALUE,
                       "%s:%u: %s: no form “%s” is used as a document",
                       kab_form_source_get_name (self->source),
                       kab_form_source_get_line (self->source, place), place, form);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
load (KabBankData *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, BANK_FILE, NULL);

  self->catalog = kab_form_catalog_new_from_file (path, error);
  self->source = self->catalog != NULL ? kab_form_source_new_from_file (path, error) : NULL;
  if (self->source == NULL || !kab_bank_check (self->source, self->folder, error))
    return FALSE;
  self->information = json_node_get_object (kab_form_source_get_root (self->source));
  self->languages = dup_strings (json_object_get_array_member (self->information, "languages"));
  return load_forms (self, error) && check_services (self, error);
}

/**
 * kab_bank_data_load:
 * @folder: with `bank.json`
 *
 * Returns: (transfer full): the data, or %NULL with an error that names folder, file, line and
 *   reason
 */
KabBankData *
kab_bank_data_load (const char *folder, GError **error)
{
  g_autoptr (KabBankData) self = g_new0 (KabBankData, 1);

  self->folder = g_strdup (folder);
  self->forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) kab_form_definition_unref);
  if (load (self, error))
    return g_steal_pointer (&self);
  g_prefix_error (error, "%s: ", folder);
  return NULL;
}

void
kab_bank_data_free (KabBankData *self)
{
  g_free (self->folder);
  g_clear_pointer (&self->source, kab_form_source_unref);
  g_strfreev (self->languages);
  g_clear_pointer (&self->catalog, kab_form_catalog_unref);
  g_clear_pointer (&self->forms, g_hash_table_unref);
  g_free (self);
}

/**
 * kab_bank_data_get_information:
 *
 * Returns: (transfer none): `bank.json` as it was read
 */
JsonObject *
kab_bank_data_get_information (KabBankData *self)
{
  return self->information;
}

/**
 * kab_bank_data_get_catalog:
 *
 * Returns: (transfer none): what forms take from the bank
 */
KabFormCatalog *
kab_bank_data_get_catalog (KabBankData *self)
{
  return self->catalog;
}

/**
 * kab_bank_data_get_name:
 *
 * Returns: (transfer none): what the bank is called
 */
const char *
kab_bank_data_get_name (KabBankData *self)
{
  return json_object_get_string_member (self->information, "name");
}

/**
 * kab_bank_data_get_languages:
 *
 * Returns: (transfer none): the languages that the bank speaks
 */
const char *const *
kab_bank_data_get_languages (KabBankData *self)
{
  return (const char *const *) self->languages;
}

/**
 * kab_bank_data_get_legal_documents:
 *
 * Returns: (transfer none): the legal documents in their present versions (REG-11, REG-12)
 */
JsonArray *
kab_bank_data_get_legal_documents (KabBankData *self)
{
  return json_object_get_array_member (self->information, "legal_documents");
}

/**
 * kab_bank_data_find_form:
 *
 * Returns: (transfer none) (nullable): the definition with this id
 */
KabFormDefinition *
kab_bank_data_find_form (KabBankData *self, const char *id)
{
  return g_hash_table_lookup (self->forms, id);
}

static JsonObject *
find_entry (KabBankData *self, const char *list, const char *member, const char *value)
{
  JsonArray *entries = json_object_get_array_member (self->information, list);

  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      if (g_strcmp0 (json_object_get_string_member_with_default (entry, member, NULL), value) == 0)
        return entry;
    }
  return NULL;
}

/**
 * kab_bank_data_find_form_entry:
 *
 * Returns: (transfer none) (nullable): what `bank.json` says of a form: its use, its files …
 */
JsonObject *
kab_bank_data_find_form_entry (KabBankData *self, const char *id)
{
  return find_entry (self, "forms", "form", id);
}

/**
 * kab_bank_data_get_document_kind:
 * @entry: of kab_bank_data_find_form_entry()
 *
 * Returns: (nullable): the kind of document that the form makes, as the wire calls it; %NULL when
 *   it isn't used for documents
 */
const char *
kab_bank_data_get_document_kind (JsonObject *entry)
{
  const char *kind = json_object_get_string_member_with_default (entry, "kind", NULL);

  if (g_strcmp0 (json_object_get_string_member (entry, "use"), "document") != 0)
    return NULL;
  return g_strcmp0 (kind, "pdf") == 0 ? "pdf-questionnaire" : "electronic-questionnaire";
}

/**
 * kab_bank_data_offers_registration:
 * @client_type: `natural` or `legal`
 *
 * Returns: whether such a client can register
 */
gboolean
kab_bank_data_offers_registration (KabBankData *self, const char *client_type)
{
  JsonArray *forms = json_object_get_array_member (self->information, "forms");

  for (guint i = 0; i < json_array_get_length (forms); i++)
    {
      JsonObject *entry = json_array_get_object_element (forms, i);

      if (g_str_equal (json_object_get_string_member (entry, "use"), "registration") &&
          g_str_equal (json_object_get_string_member (entry, "client_type"), client_type))
        return TRUE;
    }
  return FALSE;
}

/**
 * kab_bank_data_has_country:
 * @code: a country as somebody wrote it
 *
 * Returns: whether it is an ISO 3166-1 alpha-2 code (or XK)
 */
gboolean
kab_bank_data_has_country (KabBankData *self, const char *code)
{
  GPtrArray *countries = kab_form_catalog_get_options (self->catalog, KAB_FORM_LIST_COUNTRIES);

  for (guint i = 0; i < countries->len; i++)
    if (g_str_equal (kab_form_option_get_value (countries->pdata[i]), code))
      return TRUE;
  return FALSE;
}

/**
 * kab_bank_data_find_service:
 *
 * Returns: (transfer none) (nullable): a service that the bank offers
 */
JsonObject *
kab_bank_data_find_service (KabBankData *self, const char *code)
{
  return find_entry (self, "services", "code", code);
}

/**
 * kab_bank_data_find_legal_document:
 *
 * Returns: (transfer none) (nullable): a legal document in its present version
 */
JsonObject *
kab_bank_data_find_legal_document (KabBankData *self, const char *id)
{
  return find_entry (self, "legal_documents", "id", id);
}

/**
 * kab_bank_data_load_file:
 * @files: (nullable): language → file, of a form or a legal document
 * @language: the wished one; English stands in for one that isn't there
 *
 * Returns: (transfer full): the file's bytes, or %NULL with %G_FILE_ERROR
 */
GBytes *
kab_bank_data_load_file (KabBankData *self, JsonObject *files, const char *language, GError **error)
{
  const char *file = NULL;
  g_autofree char *path = NULL;
  char *data;
  gsize length;

  if (files != NULL)
    file = json_object_get_string_member_with_default (
        files, language, json_object_get_string_member_with_default (files, "en", NULL));
  if (file == NULL)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "There is no such file");
      return NULL;
    }
  path = g_build_filename (self->folder, file, NULL);
  if (!g_file_get_contents (path, &data, &length, error))
    return NULL;
  return g_bytes_new_take (data, length);
}
