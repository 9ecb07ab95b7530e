/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form-fixture.h"

#include <string.h>

#define TODAY "2026-03-15"

static const char *const languages[] = { "lv", "en", "ru" };

static JsonNode *
load_bank (void)
{
  g_autofree char *path = form_fixture_bank_path ("bank.json");
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

static void
assert_is_file (const char *name, const char *start)
{
  g_autofree char *path = form_fixture_bank_path (name);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &data, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (data, start));
}

static void
assert_files (JsonObject *object)
{
  JsonObject *files = json_object_get_object_member (object, "files");

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    assert_is_file (json_object_get_string_member (files, languages[i]), "%PDF-");
}

/* Every form that the bank names is there under its own name. */
static void
test_forms (void)
{
  g_autoptr (JsonNode) bank = load_bank ();
  g_autoptr (KabFormCatalog) catalog = form_fixture_catalog ();
  JsonArray *forms = json_object_get_array_member (json_node_get_object (bank), "forms");

  g_assert_cmpuint (json_array_get_length (forms), ==, 4);
  for (guint i = 0; i < json_array_get_length (forms); i++)
    {
      JsonObject *form = json_array_get_object_element (forms, i);
      g_autofree char *path = form_fixture_bank_path (json_object_get_string_member (form, "file"));
      g_autoptr (GError) error = NULL;
      g_autoptr (KabFormDefinition) definition =
          kab_form_definition_new_from_file (path, catalog, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (kab_form_definition_get_id (definition), ==,
                       json_object_get_string_member (form, "form"));
      for (guint j = 0; j < G_N_ELEMENTS (languages); j++)
        g_assert_true (
            g_strv_contains (kab_form_definition_get_languages (definition), languages[j]));
      if (g_strcmp0 (json_object_get_string_member_with_default (form, "kind", NULL), "pdf") == 0)
        assert_files (form);
    }
}

/* REG-11…12: one notice to read, four documents to keep, in every language. */
static void
test_legal_documents (void)
{
  g_autoptr (JsonNode) bank = load_bank ();
  JsonArray *documents =
      json_object_get_array_member (json_node_get_object (bank), "legal_documents");
  guint binding = 0;

  g_assert_cmpuint (json_array_get_length (documents), ==, 5);
  for (guint i = 0; i < json_array_get_length (documents); i++)
    {
      JsonObject *document = json_array_get_object_element (documents, i);

      binding += json_object_get_boolean_member (document, "binding");
      assert_files (document);
    }
  g_assert_cmpuint (binding, ==, 4);
}

/* A service asks for documents that are forms of the bank. */
static void
test_services (void)
{
  g_autoptr (JsonNode) bank = load_bank ();
  g_autoptr (KabFormCatalog) catalog = form_fixture_catalog ();
  JsonArray *services = json_object_get_array_member (json_node_get_object (bank), "services");
  GPtrArray *options = kab_form_catalog_get_options (catalog, KAB_FORM_LIST_SERVICES_NATURAL);

  g_assert_cmpuint (options->len, ==, 3);
  g_assert_null (kab_form_catalog_get_options (catalog, KAB_FORM_LIST_SERVICES_LEGAL));
  g_assert_cmpstr (kab_form_option_get_label (options->pdata[0], "lv"), ==, "Jauns klients");
  for (guint i = 0; i < json_array_get_length (services); i++)
    {
      JsonArray *documents =
          json_object_get_array_member (json_array_get_object_element (services, i), "documents");

      for (guint j = 0; j < json_array_get_length (documents); j++)
        {
          g_autoptr (KabFormDefinition) form =
              form_fixture_shipped (json_array_get_string_element (documents, j));

          g_assert_nonnull (form);
        }
    }
}

/* The bank's name stands in the words to be written on the copy (NAT-11). */
static void
test_bank_name (void)
{
  g_autoptr (KabFormDefinition) form = form_fixture_shipped ("application-natural");
  const KabFormField *note = kab_form_definition_find_field (form, "/identity_document_note");

  g_assert_nonnull (
      strstr (kab_form_field_get_label (note, "lv"), "«Kopija iesniegta Demo Banka»"));
}

/* NAT-9: a bank puts its own field into the slot; what is wrong with it is
 * reported in the bank's file. */
#define WORDS "{\"lv\": \"a\", \"en\": \"b\", \"ru\": \"c\"}"
#define OWN_FIELD(id, condition)                                                                   \
  "{\"languages\": [\"lv\", \"en\", \"ru\"], \"name\": \"B\",\n"                                   \
  "\"services\": [{\"code\": \"N1\", \"client_type\": \"natural\", \"name\": " WORDS "}],\n"       \
  "\"lists\": {\"communication-languages\": [{\"value\": \"lv\", \"label\": " WORDS "}]},\n"       \
  "\"extra_fields\": {\"application-natural\": {\"extra\": [\n"                                    \
  "{\"id\": \"" id "\", \"kind\": \"text\", \"label\": " WORDS                                     \
  ", \"visible\": {\"present\": \"/" condition "\"}}]}}}"

static void
test_extra_fields (void)
{
  static const char *const texts[] = {
    OWN_FIELD ("branch", "full_name"),
    OWN_FIELD ("services", "full_name"),
    OWN_FIELD ("branch", "nothing"),
  };
  g_autofree char *path = form_fixture_bank_path ("forms/application-natural.json");
  const int codes[] = { -1, KAB_FORM_ERROR_DUPLICATE, KAB_FORM_ERROR_REFERENCE };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KabFormCatalog) catalog =
          kab_form_catalog_new_from_data (texts[i], -1, "own.json", &error);
      g_autoptr (KabFormDefinition) form = NULL;

      g_assert_no_error (error);
      form = kab_form_definition_new_from_file (path, catalog, &error);
      if (codes[i] < 0)
        {
          g_assert_no_error (error);
          g_assert_nonnull (kab_form_definition_find_field (form, "/branch"));
        }
      else
        {
          g_assert_error (error, KAB_FORM_ERROR, codes[i]);
          g_assert_true (g_str_has_prefix (error->message, "own.json:5: /extra_fields/"));
        }
    }
}

static void
test_wrong_bank (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } table[] = {
    { "{\"name\": \"B\"}", "bank.json:1: /: the member “languages” is missing" },
    { "{\"languages\": [\"lv\"],\n\"name\": 7}", "bank.json:2: /name: a string is expected" },
    { "{\"languages\": [\"lv\"],\n\"name\": \"B\",\n\"lists\": {\"countries\": []}}",
      "bank.json:3: /lists: the list “countries” is there already" },
    { "{\"languages\": [\"lv\"],\n\"name\": \"B\",\n\"managers\": [{\"id\": \"a\"}]}",
      "bank.json:3: /managers/0: the member “name” is missing" },
    { "{\"languages\": [\"lv\"],\n\"name\": \"B\",\n\"lists\": []}", "bank.json:3: /lists: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (kab_form_catalog_new_from_data (table[i].text, -1, "bank.json", &error));
      g_assert_true (g_str_has_prefix (error->message, table[i].message));
    }
}

static void
test_tax_residency (void)
{
  const char *person = "'full_name':'Anna Kalna','birth_date':'1990-01-01','address':'Rīga',"
                       "'truthful':true";
  g_autoptr (KabFormDefinition) form = form_fixture_shipped ("tax-residency");
  g_autoptr (KabFormContext) context = form_fixture_context (TODAY, "LV");
  const struct
  {
    const char *rest;
    const char *codes;
  } table[] = {
    { "'us_person':false,'residences':[{'country':'LV','has_tin':true,'tin':'161175-19997'}]", "" },
    { "'us_person':false,'residences':[]", "/residences required" },
    { "'us_person':false,'residences':[{'country':'LV','has_tin':true}]",
      "/residences/0/tin required" },
    { "'us_person':false,'residences':[{'country':'AE','has_tin':false}]",
      "/residences/0/no_tin_reason required" },
    { "'us_person':false,'residences':[{'country':'AE','has_tin':false,"
      "'no_tin_reason':'unobtainable'}]",
      "/residences/0/no_tin_explanation required" },
    { "'us_person':true,'residences':[{'country':'LV','has_tin':true,'tin':'1'}]",
      "/residences rule" },
    { "'us_person':true,'residences':[{'country':'LV','has_tin':true,'tin':'1'},"
      "{'country':'US','has_tin':true,'tin':'2'}]",
      "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *answers = g_strdup_printf ("{%s,%s}", person, table[i].rest);

      form_fixture_assert (form, answers, context, table[i].codes);
    }
  g_assert_nonnull (kab_form_definition_get_rule_message (form, "us-residence", "ru"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-shipped/forms", test_forms);
  g_test_add_func ("/form-shipped/legal-documents", test_legal_documents);
  g_test_add_func ("/form-shipped/services", test_services);
  g_test_add_func ("/form-shipped/bank-name", test_bank_name);
  g_test_add_func ("/form-shipped/extra-fields", test_extra_fields);
  g_test_add_func ("/form-shipped/wrong-bank", test_wrong_bank);
  g_test_add_func ("/form-shipped/tax-residency", test_tax_residency);
  return g_test_run ();
}
