/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form-fixture.h"

#include <string.h>

#define TODAY "2026-03-15"
#define HEAD  "{'form':'f','version':1,'languages':['en'],'title':T,'sections':[{'id':'s','title':T,"

static KabFormDefinition *
parse_fields (const char *fields)
{
  g_autofree char *json = g_strdup_printf (HEAD "'fields':[%s]}]}", fields);

  return form_fixture_parse (json);
}

/* Whether a field with the condition @visible shows. */
static void
assert_condition (const char *condition, const char *answers, gboolean expected)
{
  g_autofree char *fields = g_strdup_printf (
      "{'id':'text','kind':'text','label':T},{'id':'flag','kind':'boolean','label':T},"
      "{'id':'day','kind':'date','label':T},{'id':'until','kind':'date','label':T},"
      "{'id':'sum','kind':'money','label':T,'currency':'EUR'},"
      "{'id':'one','kind':'country','label':T},"
      "{'id':'many','kind':'choices','label':T,'list':'languages'},"
      "{'id':'group','kind':'group','label':T,'add_label':T,'summary':T,'fields':["
      "{'id':'part','kind':'percent','label':T},{'id':'who','kind':'text','label':T}]},"
      "{'id':'hidden','kind':'text','label':T,'visible':{'equals':['/flag',true]}},"
      "{'id':'target','kind':'text','label':T,'visible':%s}",
      condition);
  g_autoptr (KabFormDefinition) form = parse_fields (fields);
  g_autoptr (KabFormContext) context = form_fixture_context (TODAY, "LV");
  g_autoptr (KabFormEvaluation) evaluation = form_fixture_evaluate (form, answers, context);

  if (kab_form_evaluation_find_state (evaluation, "/target")->visible != expected)
    g_error ("%s on %s isn't %d", condition, answers, expected);
}

static void
test_conditions (void)
{
  static const struct
  {
    const char *condition;
    const char *answers;
    gboolean visible;
  } table[] = {
    { "{'present':'/text'}", "{'text':'a'}", TRUE },
    { "{'present':'/text'}", "{'text':' \\u00a0 '}", FALSE },
    { "{'present':'/text'}", "{'text':null}", FALSE },
    { "{'present':'/many'}", "{'many':[]}", FALSE },
    { "{'present':'/flag'}", "{'flag':false}", TRUE },
    { "{'not':{'present':'/text'}}", "{}", TRUE },
    { "{'equals':['/flag',true]}", "{'flag':true}", TRUE },
    { "{'equals':['/flag',false]}", "{}", FALSE },
    { "{'equals':['/text','a']}", "{'text':['a']}", FALSE },
    { "{'in':['/one',['LV','EE']]}", "{'one':'EE'}", TRUE },
    { "{'in':['/one',['LV','EE']]}", "{'one':'LT'}", FALSE },
    { "{'contains':['/many','lv']}", "{'many':['en','lv']}", TRUE },
    { "{'contains':['/many','lv']}", "{'many':'lv'}", FALSE },
    { "{'contains':['@citizenships','LV']}", "{}", TRUE },
    { "{'equals':['@client_type','legal']}", "{}", FALSE },
    { "{'equals':['@registration_country','LV']}", "{}", FALSE },
    { "{'same':['/text','/one']}", "{'text':'LV','one':'LV'}", TRUE },
    { "{'same':['/text','/one']}", "{}", FALSE },
    { "{'age-at-least':['/day',18]}", "{'day':'2008-03-15'}", TRUE },
    { "{'age-at-least':['/day',18]}", "{'day':'2008-03-16'}", FALSE },
    { "{'age-at-least':['/day',18]}", "{'day':'never'}", FALSE },
    { "{'before':['/day','today']}", "{'day':'2026-03-14'}", TRUE },
    { "{'before':['/day','today']}", "{'day':'" TODAY "'}", FALSE },
    { "{'after':['/day','2026-01-01']}", "{'day':'2026-01-02'}", TRUE },
    { "{'after':['/until','/day']}", "{'day':'2026-01-02','until':'2026-01-03'}", TRUE },
    { "{'after':['/until','/day']}", "{'until':'2026-01-03'}", FALSE },
    { "{'at-least':['/sum','10.50']}", "{'sum':'10.5'}", TRUE },
    { "{'at-least':['/sum','10.50']}", "{'sum':'10.49'}", FALSE },
    { "{'at-most':['/sum','0']}", "{'sum':'-1'}", TRUE },
    { "{'at-least':[{'count':'/many'},'2']}", "{'many':['lv','en']}", TRUE },
    { "{'at-least':[{'sum':['/group/*/part','/sum']},'100']}",
      "{'sum':'40','group':[{'part':'33.4'},{'part':'26.6'}]}", TRUE },
    { "{'at-least':[{'sum':['/group/*/part']},'100']}",
      "{'group':[{'part':'33.33'},7,{'part':[]},{'part':'66.66'}]}", FALSE },
    { "{'some':['/group',{'equals':['./who','b']}]}", "{'group':[{'who':'a'},{'who':'b'}]}", TRUE },
    { "{'some':['/group',{'equals':['./who','b']}]}", "{'group':[]}", FALSE },
    { "{'all':[{'present':'/text'},{'present':'/one'}]}", "{'text':'a'}", FALSE },
    { "{'any':[{'present':'/text'},{'present':'/one'}]}", "{'text':'a'}", TRUE },
    { "{'present':'/hidden'}", "{'hidden':'a'}", FALSE },
    { "{'present':'/hidden'}", "{'hidden':'a','flag':true}", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    assert_condition (table[i].condition, table[i].answers, table[i].visible);
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *answer;
    const char *codes;
    const char *stored;
  } table[] = {
    { "12.50", "", "12.5" },
    { " 0012 ", "", "12" },
    { "100", "", "100" },
    { "100.01", "/n number-too-large", "100.01" },
    { "-0.01", "/n number-too-small", "-0.01" },
    { "1.234", "/n number-decimals", "1.234" },
    { "1,5", "/n number-format", "1,5" },
    { "1e2", "/n number-format", "1e2" },
    { ".5", "/n number-format", ".5" },
    { "5.", "/n number-format", "5." },
    { "--1", "/n number-format", "--1" },
    { "99999999999999999999999999999999", "/n number-too-large", NULL },
    { "-99999999999999999999999999999999", "/n number-too-small", NULL },
  };
  g_autoptr (KabFormDefinition) form =
      parse_fields ("{'id':'n','kind':'percent','label':T,'minimum':'0','maximum':'100'}");
  g_autoptr (KabFormContext) context = form_fixture_context (TODAY, "LV");

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *answers = g_strdup_printf ("{'n':'%s'}", table[i].answer);
      g_autoptr (KabFormEvaluation) evaluation = form_fixture_evaluate (form, answers, context);

      form_fixture_assert (form, answers, context, table[i].codes);
      if (table[i].stored != NULL)
        g_assert_cmpstr (
            json_object_get_string_member (kab_form_evaluation_get_answers (evaluation), "n"), ==,
            table[i].stored);
    }
}

static void
test_texts (void)
{
  g_autoptr (KabFormDefinition) form =
      parse_fields ("{'id':'short','kind':'text','label':T,'min_length':2,'max_length':3},"
                    "{'id':'long','kind':'long-text','label':T},"
                    "{'id':'web','kind':'text','label':T,'check':'url'},"
                    "{'id':'iban','kind':'text','label':T,'check':'iban'}");
  g_autoptr (KabFormContext) context = form_fixture_context (TODAY, "LV");

  form_fixture_assert (form, "{'short':'ēēē'}", context, "");
  form_fixture_assert (form, "{'short':'ēēēē'}", context, "/short too-long");
  form_fixture_assert (form, "{'short':'a'}", context, "/short too-short");
  form_fixture_assert (form, "{'short':'a\\nb'}", context, "/short text-characters");
  form_fixture_assert (form, "{'short':'a\\u202eb'}", context, "/short text-characters");
  form_fixture_assert (form, "{'long':'a\\nb'}", context, "");
  form_fixture_assert (form, "{'long':'a\\u0007b'}", context, "/long text-characters");
  form_fixture_assert (form, "{'web':'shop.example/cart'}", context, "");
  form_fixture_assert (form, "{'web':'https://shop.example'}", context, "");
  form_fixture_assert (form, "{'web':'ftp://shop.example'}", context, "/web url-format");
  form_fixture_assert (form, "{'web':'shop'}", context, "/web url-format");
  form_fixture_assert (form, "{'web':'https://me:pw@shop.example'}", context, "/web url-format");
  form_fixture_assert (form, "{'iban':'LV80BANK0000435195001'}", context, "");
  form_fixture_assert (form, "{'iban':'LV81BANK0000435195001'}", context,
                       "/iban iban-check-digits");
}

/* As the form of a company will be: groups, a chosen representative, shares. */
static KabFormDefinition *
parse_company (void)
{
  return form_fixture_parse (
      HEAD "'fields':["
           "{'id':'people','kind':'group','label':T,'add_label':T,'summary':{'en':'{who}, "
           "{country}: {part} %'},'min_count':1,'max_count':3,'required':true,'fields':["
           "{'id':'who','kind':'text','label':T,'check':'name','required':true},"
           "{'id':'country','kind':'country','label':T,'required':true},"
           "{'id':'born','kind':'date','label':T,'min_age':18},"
           "{'id':'code','kind':'text','label':T,'check':'person-code','birth_date':'./"
           "born','required':{'equals':['./country','LV']},'visible':{'not':{'equals':['./"
           "country','US']}}},"
           "{'id':'part','kind':'percent','label':T},"
           "{'id':'represents','kind':'boolean','label':T}]}]}],'rules':["
           "{'id':'shares','at':'/people','message':T,'require':{'at-most':[{'sum':['/people/*/"
           "part']},'100']}},"
           "{'id':'representative','at':'/people','message':T,'require':{'some':['/"
           "people',{'equals':['./represents',true]}]}}]}");
}

static void
test_groups (void)
{
  g_autoptr (KabFormDefinition) form = parse_company ();
  g_autoptr (KabFormContext) context = form_fixture_context (TODAY, "LV");

  form_fixture_assert (form, "{}", context, "/people required");
  form_fixture_assert (form, "{'people':[{'who':'Anna','country':'EE','represents':true}]}",
                       context, "");
  form_fixture_assert (form,
                       "{'people':[{'who':'Anna','country':'LV','represents':true},"
                       "{'country':'LV','born':'2010-01-01','code':'161175-19997'}]}",
                       context,
                       "/people/0/code required; /people/1/who required; "
                       "/people/1/born too-young; /people/1/code person-code-birth-date");
  form_fixture_assert (form,
                       "{'people':[{'who':'A','country':'EE','part':'60','represents':true},"
                       "{'who':'B','country':'EE','part':'40.01'}]}",
                       context, "/people rule");
  form_fixture_assert (form,
                       "{'people':[{'who':'A','country':'EE','represents':true},"
                       "{'who':'B','country':'EE'},{'who':'C','country':'EE'},{'x':1}]}",
                       context, "/people too-many");
  form_fixture_assert (form, "{'people':[{'who':'A','country':'EE','represents':true,'age':4},[]]}",
                       context, "/people/0/age unknown-member; /people/1 type");
}

static char *
name_country (const char *list, const char *code, const char *language, gpointer data)
{
  return g_strcmp0 (list, "countries") == 0 ? g_strdup_printf ("<%s>", code) : NULL;
}

static void
test_group_entries (void)
{
  g_autoptr (KabFormDefinition) form = parse_company ();
  g_autoptr (KabFormContext) context = form_fixture_context (TODAY, "LV");
  g_autoptr (KabFormEvaluation) evaluation = form_fixture_evaluate (
      form, "{'people':[{'who':' Anna ','country':'US','code':'dropped','represents':true}]}",
      context);
  const KabFormField *group = kab_form_definition_find_field (form, "/people");
  JsonArray *people =
      json_object_get_array_member (kab_form_evaluation_get_answers (evaluation), "people");
  g_autofree char *stored = form_fixture_stored (evaluation);
  g_autofree char *summary = kab_form_field_dup_summary (
      group, json_array_get_object_element (people, 0), "en", name_country, NULL);

  g_assert_cmpstr (stored, ==, "{'people':[{'who':'Anna','country':'US','represents':true}]}");
  g_assert_cmpstr (summary, ==, "Anna, <US>");
  g_assert_false (kab_form_evaluation_find_state (evaluation, "/people/0/code")->visible);
  g_assert_true (kab_form_evaluation_find_state (evaluation, "/people/0/who")->filled);
  g_assert_null (kab_form_evaluation_find_state (evaluation, "/people/1/who"));
}

static void
test_states (void)
{
  g_autoptr (KabFormDefinition) form =
      parse_fields ("{'id':'head','kind':'heading','label':T},"
                    "{'id':'a','kind':'text','label':T,'required':true},"
                    "{'id':'b','kind':'text','label':T,'required':{'present':'/a'}},"
                    "{'id':'c','kind':'consent','label':T,'required':true},"
                    "{'id':'d','kind':'boolean','label':T,'required':true}");
  g_autoptr (KabFormContext) context = form_fixture_context (TODAY, "LV");
  g_autoptr (KabFormEvaluation) evaluation =
      form_fixture_evaluate (form, "{'a':'x','c':false,'d':false}", context);
  const KabFormState *state;

  g_assert_cmpuint (kab_form_evaluation_get_states (evaluation)->len, ==, 5);
  state = kab_form_evaluation_find_state (evaluation, "/b");
  g_assert_true (state->visible && state->required && !state->filled);
  g_assert_cmpuint (state->problems->len, ==, 1);
  g_assert_false (kab_form_evaluation_find_state (evaluation, "/c")->filled);
  g_assert_true (kab_form_evaluation_find_state (evaluation, "/d")->filled);
  g_assert_cmpuint (kab_form_evaluation_count_problems (evaluation, KAB_FORM_PROBLEM_MISSING), ==,
                    2);
  g_assert_true (kab_form_evaluation_is_storable (evaluation));
  g_assert_false (kab_form_evaluation_is_complete (evaluation));
}

static void
test_errors_on_the_wire (void)
{
  g_autoptr (KabFormDefinition) form =
      parse_fields ("{'id':'a','kind':'text','label':T,'max_length':2}");
  g_autoptr (KabFormContext) context = form_fixture_context (TODAY, "LV");
  g_autoptr (KabFormEvaluation) evaluation =
      form_fixture_evaluate (form, "{'a':'xyz','~/':1}", context);
  g_autoptr (JsonNode) errors = kab_form_evaluation_dup_errors (evaluation);
  g_autofree char *text = g_strdelimit (json_to_string (errors, FALSE), "\"", '\'');

  g_assert_cmpstr (text, ==,
                   "[{'pointer':'/a','code':'too-long','params':{'maximum':2}},"
                   "{'pointer':'/~0~1','code':'unknown-member','params':{}}]");
}

static void
test_hostile_types (void)
{
  static const char *const values[] = {
    "1",
    "-1",
    "1.5",
    "1e308",
    "99999999999999999999",
    "true",
    "'text'",
    "[]",
    "[[]]",
    "[1]",
    "{}",
    "{'a':{'a':{'a':1}}}",
    "[null]",
    "['x','x']",
    "[{'upload':7}]",
    "[{'upload':'a','name':'b.pdf','size':-1}]",
    "[{'upload':'a','name':'b.pdf','size':1,'x':2}]",
    "[{'upload':'a','name':'','size':1}]",
    "[{'upload':'a','name':'b','size':1e300}]",
  };
  static const char *const kinds[] = {
    "text",    "long-text", "date",  "country", "language", "boolean",
    "consent", "phone",     "email", "number",  "percent",  "files",
  };
  g_autoptr (KabFormContext) context = form_fixture_context (TODAY, "LV");

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *field =
          g_strdup_printf ("{'id':'a','kind':'%s','label':T,'required':true}", kinds[i]);
      g_autoptr (KabFormDefinition) form = parse_fields (field);

      for (guint j = 0; j < G_N_ELEMENTS (values); j++)
        {
          g_autofree char *answers = g_strdup_printf ("{'a':%s}", values[j]);
          g_autoptr (KabFormEvaluation) evaluation = form_fixture_evaluate (form, answers, context);
          gboolean right =
              (strstr (kinds[i], "text") != NULL && strcmp (values[j], "'text'") == 0) ||
              ((i == 5 || i == 6) && strcmp (values[j], "true") == 0);

          g_assert_cmpint (kab_form_evaluation_is_complete (evaluation), ==, right);
        }
    }
}

static void
test_hostile_amounts (void)
{
  g_autoptr (KabFormDefinition) form = parse_company ();
  g_autoptr (KabFormContext) context = form_fixture_context (TODAY, "LV");
  g_autoptr (GString) entries = g_string_new ("{'people':[");
  g_autoptr (GString) members = g_string_new ("{'x':0");
  g_autoptr (KabFormEvaluation) many = NULL;
  g_autoptr (KabFormEvaluation) unknown = NULL;

  for (guint i = 0; i < 20000; i++)
    {
      g_string_append_printf (entries, "%s{'part':'999999999999.99'}", i > 0 ? "," : "");
      g_string_append_printf (members, ",'m%u':0", i);
    }
  g_string_append (entries, "]}");
  g_string_append_c (members, '}');
  many = form_fixture_evaluate (form, entries->str, context);
  unknown = form_fixture_evaluate (form, members->str, context);
  g_assert_cmpuint (kab_form_evaluation_get_states (many)->len, ==, 1 + 3 * 6);
  g_assert_cmpuint (kab_form_evaluation_count_problems (unknown, KAB_FORM_PROBLEM_MALFORMED), ==,
                    20);
  g_assert_false (kab_form_evaluation_is_storable (unknown));
}

static void
test_nothing_given (void)
{
  g_autoptr (KabFormDefinition) form = parse_company ();
  g_autoptr (KabFormContext) context = form_fixture_context (TODAY, "LV");
  g_autoptr (KabFormEvaluation) evaluation = kab_form_evaluation_new (form, NULL, context);

  g_assert_false (kab_form_evaluation_is_complete (evaluation));
  g_assert_cmpuint (json_object_get_size (kab_form_evaluation_get_answers (evaluation)), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-evaluation/conditions", test_conditions);
  g_test_add_func ("/form-evaluation/numbers", test_numbers);
  g_test_add_func ("/form-evaluation/texts", test_texts);
  g_test_add_func ("/form-evaluation/groups", test_groups);
  g_test_add_func ("/form-evaluation/group-entries", test_group_entries);
  g_test_add_func ("/form-evaluation/states", test_states);
  g_test_add_func ("/form-evaluation/errors-on-the-wire", test_errors_on_the_wire);
  g_test_add_func ("/form-evaluation/hostile-types", test_hostile_types);
  g_test_add_func ("/form-evaluation/hostile-amounts", test_hostile_amounts);
  g_test_add_func ("/form-evaluation/nothing-given", test_nothing_given);
  return g_test_run ();
}
