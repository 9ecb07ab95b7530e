/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>

#include "forms/kab-form-model.h"
#include "forms/kab-form-words.h"
#include "kab-onboarding-fixture.h"

static KabFormModel *
create_form (const char *id, const char *answers)
{
  g_autoptr (KabFormDefinition) definition = kab_onboarding_fixture_load_form (id);
  g_autoptr (JsonObject) object = kab_test_json (answers);
  GDate today;

  g_date_set_dmy (&today, 21, G_DATE_NOVEMBER, 2026);

  return kab_form_model_new (definition, object, kab_form_context_new (&today));
}

static JsonNode *
text_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_problem_after_leaving (void)
{
  g_autoptr (KabFormModel) form = create_form ("application-natural", "{}");
  g_autofree char *before = NULL;
  g_autofree char *left = NULL;
  g_autofree char *typing = NULL;
  g_autofree char *right = NULL;

  kab_form_model_take_answer (form, "/full_name", text_node ("1234"));
  before = kab_form_model_dup_error (form, "/full_name");
  g_assert_null (before);
  kab_form_model_leave (form, "/full_name");
  left = kab_form_model_dup_error (form, "/full_name");
  g_assert_cmpstr (left, ==, "Write the name in Latvian or English letters.");
  kab_form_model_take_answer (form, "/full_name", text_node ("123"));
  typing = kab_form_model_dup_error (form, "/full_name");
  g_assert_null (typing);
  kab_form_model_take_answer (form, "/full_name", text_node ("Anna Bērziņa"));
  kab_form_model_leave (form, "/full_name");
  right = kab_form_model_dup_error (form, "/full_name");
  g_assert_null (right);
}

static void
test_show_problems (void)
{
  g_autoptr (KabFormModel) form = create_form ("application-natural", "{}");
  g_autofree char *error = NULL;
  g_autofree char *missing = kab_form_words_dup_missing (kab_form_model_get_evaluation (form));

  g_assert_cmpstr (missing, ==, "5 answers missing");
  g_assert_cmpstr (kab_form_model_get_first_error (form), ==, "/services");
  kab_form_model_show_problems (form, "");
  error = kab_form_model_dup_error (form, "/birth_date");
  g_assert_cmpstr (error, ==, "Fill this in.");
}

/* What the bank refuses stands until that answer is another. */
static void
test_refusal (void)
{
  g_autoptr (KabFormModel) form = create_form ("application-natural", "{'full_name': 'Anna'}");
  g_autofree char *refused = NULL;
  g_autofree char *changed = NULL;

  kab_form_model_refuse (form, "/full_name", "name-length", NULL);
  refused = kab_form_model_dup_error (form, "/full_name");
  g_assert_cmpstr (refused, ==, "This name is too long. Shorten it as in your document.");
  kab_form_model_take_answer (form, "/full_name", text_node ("Ann"));
  changed = kab_form_model_dup_error (form, "/full_name");
  g_assert_null (changed);
}

static void
test_entries (void)
{
  g_autoptr (KabFormModel) form =
      create_form ("tax-residency", "{'residences': [{'country': 'LV'}, {'country': 'EE'}]}");
  guint changes = 0;

  g_signal_connect_swapped (form, "changed", G_CALLBACK (count_cb), &changes);
  kab_form_model_take_answer (form, "/residences/1/country", text_node ("FI"));
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpstr (json_node_get_string (kab_form_model_get_answer (form, "/residences/0/country")),
                   ==, "LV");
  g_assert_cmpstr (json_node_get_string (kab_form_model_get_answer (form, "/residences/1/country")),
                   ==, "FI");
  kab_form_model_take_answer (form, "/residences/7/country", text_node ("SE"));
  kab_form_model_take_answer (form, "/full_name/0/country", text_node ("SE"));
  g_assert_cmpuint (changes, ==, 1);
  g_assert_null (kab_form_model_get_answer (form, "/residences/7/country"));
}

/* What is saved is what the bank stores: hidden answers aren't in it, yet come back. */
static void
test_hidden_answers (void)
{
  g_autoptr (KabFormModel) form =
      create_form ("application-natural", "{'services': ['N2'], 'related_client': 'SIA Roze'}");
  g_autoptr (JsonObject) only_new = kab_test_json ("{'v': ['N1']}");
  g_autoptr (JsonObject) both = kab_test_json ("{'v': ['N1', 'N2']}");

  g_assert_true (json_object_has_member (kab_form_model_get_answers (form), "related_client"));
  kab_form_model_take_answer (form, "/services", json_object_dup_member (only_new, "v"));
  g_assert_false (json_object_has_member (kab_form_model_get_answers (form), "related_client"));
  kab_form_model_take_answer (form, "/services", json_object_dup_member (both, "v"));
  g_assert_true (json_object_has_member (kab_form_model_get_answers (form), "related_client"));
}

static void
test_words (void)
{
  g_autoptr (KabFormModel) form =
      create_form ("tax-residency",
                   "{'birth_date': '1990-03-24', 'us_person': false, 'residences':"
                   " [{'country': 'LV', 'has_tin': true, 'tin': '123'}, {'country': 'EE'}, {}]}");
  KabFormDefinition *definition = kab_form_model_get_definition (form);
  const KabFormField *group = kab_form_definition_find_field (definition, "/residences");
  JsonArray *entries = json_node_get_array (kab_form_model_get_answer (form, "/residences"));
  const char *summaries[] = { "Latvia, TIN: 123", "Estonia", "Entry 3" };
  g_autofree char *no =
      kab_form_words_dup_answer (kab_form_definition_find_field (definition, "/us_person"),
                                 kab_form_model_get_answer (form, "/us_person"));
  g_autofree char *nothing =
      kab_form_words_dup_answer (kab_form_definition_find_field (definition, "/address"), NULL);

  g_assert_cmpstr (no, ==, "No");
  g_assert_cmpstr (nothing, ==, "Not answered");
  for (guint i = 0; i < G_N_ELEMENTS (summaries); i++)
    {
      g_autofree char *summary =
          kab_form_words_dup_summary (group, json_array_get_object_element (entries, i), i);

      g_assert_cmpstr (summary, ==, summaries[i]);
    }
}

static void
test_rule_message (void)
{
  g_autoptr (KabFormModel) form = create_form (
      "tax-residency", "{'us_person': true, 'residences': [{'country': 'LV', 'has_tin': true,"
                       " 'tin': '123'}]}");
  g_autofree char *error = NULL;

  kab_form_model_leave (form, "/residences");
  error = kab_form_model_dup_error (form, "/residences");
  g_assert_cmpstr (error, ==,
                   "You declared a connection with the USA, so the USA has to be among the tax "
                   "residences.");
}

static void
test_comments (void)
{
  g_autoptr (KabFormModel) form = create_form ("tax-residency", "{}");

  kab_form_model_set_comment (form, "/address", "Add the postcode.");
  kab_form_model_set_comment (form, "/address", "And the flat.");
  g_assert_cmpstr (kab_form_model_get_comment (form, "/address"), ==,
                   "Add the postcode.\nAnd the flat.");
  kab_form_model_clear_comments (form);
  g_assert_null (kab_form_model_get_comment (form, "/address"));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/app/form-model/problem-after-leaving", test_problem_after_leaving);
  g_test_add_func ("/app/form-model/show-problems", test_show_problems);
  g_test_add_func ("/app/form-model/refusal", test_refusal);
  g_test_add_func ("/app/form-model/entries", test_entries);
  g_test_add_func ("/app/form-model/hidden-answers", test_hidden_answers);
  g_test_add_func ("/app/form-model/words", test_words);
  g_test_add_func ("/app/form-model/rule-message", test_rule_message);
  g_test_add_func ("/app/form-model/comments", test_comments);

  return g_test_run ();
}
