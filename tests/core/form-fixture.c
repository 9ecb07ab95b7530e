/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form-fixture.h"

#include "kab-date.h"

/* A file of the demo bank. */
char *
form_fixture_bank_path (const char *name)
{
  return g_build_filename (g_getenv ("KABINETS_BANK"), name, NULL);
}

KabFormCatalog *
form_fixture_catalog (void)
{
  g_autofree char *path = form_fixture_bank_path ("bank.json");
  g_autoptr (GError) error = NULL;
  KabFormCatalog *catalog = kab_form_catalog_new_from_file (path, &error);

  g_assert_no_error (error);
  return catalog;
}

KabFormDefinition *
form_fixture_shipped (const char *form)
{
  g_autofree char *name = g_strdup_printf ("forms/%s.json", form);
  g_autofree char *path = form_fixture_bank_path (name);
  g_autoptr (KabFormCatalog) catalog = form_fixture_catalog ();
  g_autoptr (GError) error = NULL;
  KabFormDefinition *definition = kab_form_definition_new_from_file (path, catalog, &error);

  g_assert_no_error (error);
  return definition;
}

/* A definition in one language whose texts are all "x": in @json, ' stands for "
 * and T for such a text. */
KabFormDefinition *
form_fixture_parse (const char *json)
{
  g_autoptr (KabFormCatalog) catalog = kab_form_catalog_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (json);
  KabFormDefinition *definition;

  g_string_replace (text, ":T", ":{'en':'x'}", 0);
  g_string_replace (text, "'", "\"", 0);
  definition = kab_form_definition_new_from_data (text->str, -1, "test", catalog, &error);
  g_assert_no_error (error);
  return definition;
}

KabFormContext *
form_fixture_context (const char *today, const char *citizenship)
{
  KabFormContext *context;
  GDate date;

  g_assert_cmpint (kab_date_parse (today, &date), ==, KAB_CHECK_OK);
  context = kab_form_context_new (&date);
  kab_form_context_set_fact (context, KAB_FORM_FACT_CLIENT_TYPE, "natural");
  kab_form_context_set_facts (context, KAB_FORM_FACT_CITIZENSHIPS,
                              (const char *const[]) { citizenship, NULL });
  return context;
}

/* In @answers, ' stands for ". */
KabFormEvaluation *
form_fixture_evaluate (KabFormDefinition *definition, const char *answers, KabFormContext *context)
{
  g_autofree char *text = g_strdelimit (g_strdup (answers), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return kab_form_evaluation_new (definition, json_node_get_object (node), context);
}

/* The problems as "pointer code" lines joined by "; ". */
char *
form_fixture_codes (KabFormEvaluation *evaluation)
{
  GPtrArray *problems = kab_form_evaluation_get_problems (evaluation);
  GString *codes = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const KabFormProblem *problem = problems->pdata[i];

      g_string_append_printf (codes, "%s%s %s", i > 0 ? "; " : "", problem->pointer, problem->code);
    }
  return g_string_free (codes, FALSE);
}

/* The stored answers as JSON text with ' for ". */
char *
form_fixture_stored (KabFormEvaluation *evaluation)
{
  g_autoptr (JsonNode) node =
      json_node_init_object (json_node_alloc (), kab_form_evaluation_get_answers (evaluation));

  return g_strdelimit (json_to_string (node, FALSE), "\"", '\'');
}

void
form_fixture_assert (KabFormDefinition *definition,
                     const char *answers,
                     KabFormContext *context,
                     const char *codes)
{
  g_autoptr (KabFormEvaluation) evaluation = form_fixture_evaluate (definition, answers, context);
  g_autofree char *found = form_fixture_codes (evaluation);

  g_assert_cmpstr (found, ==, codes);
  g_assert_cmpint (kab_form_evaluation_is_complete (evaluation), ==, *codes == '\0');
}
