/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form-fixture.h"

#include <string.h>

#define TEXT "{\"lv\": \"a\", \"en\": \"b\"}"

/* A right definition, a value a line; the cases below replace one line each. */
static const char *const lines[] = {
  /* 1 */ "{ \"form\": \"sample\",",
  /* 2 */ "\"version\": 3,",
  /* 3 */ "\"languages\": [\"lv\", \"en\"],",
  /* 4 */ "\"title\": " TEXT ",",
  /* 5 */ "\"sections\": [{",
  /* 6 */ "\"id\": \"first\", \"title\": " TEXT ",",
  /* 7 */ "\"fields\": [",
  /* 8 */ "{\"id\": \"name\", \"kind\": \"text\", \"label\": " TEXT ", \"check\": \"name\"},",
  /* 9 */ "{\"id\": \"birth\", \"kind\": \"date\", \"label\": " TEXT ", \"min_age\": 18},",
  /* 10 */ "{\"id\": \"colour\", \"kind\": \"choice\", \"label\": " TEXT ",",
  /* 11 */
  "\"options\": [{\"value\": \"red\", \"label\": " TEXT "}, {\"value\": \"blue\", \"label\": " TEXT
  "}]},",
  /* 12 */ "{\"id\": \"share\", \"kind\": \"percent\", \"label\": " TEXT "},",
  /* 13 */
  "{\"id\": \"owners\", \"kind\": \"group\", \"label\": " TEXT ", \"add_label\": " TEXT ",",
  /* 14 */ "\"summary\": {\"lv\": \"{owner}\", \"en\": \"{owner}\"},",
  /* 15 */ "\"fields\": [{\"id\": \"owner\", \"kind\": \"text\", \"label\": " TEXT "},",
  /* 16 */ "{\"id\": \"part\", \"kind\": \"percent\", \"label\": " TEXT "}]},",
  /* 17 */ "{\"id\": \"more\", \"kind\": \"text\", \"label\": " TEXT ",",
  /* 18 */ "\"visible\": {\"equals\": [\"/colour\", \"red\"]},",
  /* 19 */ "\"required\": true}",
  /* 20 */ "]}],",
  /* 21 */ "\"rules\": [{\"id\": \"whole\", \"at\": \"/owners\",",
  /* 22 */ "\"require\": {\"at-most\": [{\"sum\": [\"/owners/*/part\"]}, \"100\"]},",
  /* 23 */ "\"message\": " TEXT "}]}",
};

typedef struct
{
  const char *name;
  guint line;       /* the line that is replaced */
  const char *with; /* what it is replaced with */
  guint reported;   /* the line in the message; 0: the same */
  KabFormError code;
  const char *reason; /* part of the message */
} Wrong;

#define FIELD8(rest)       "{\"id\": \"name\", \"kind\": \"text\", \"label\": " TEXT ", " rest "},"
#define VISIBLE(condition) "\"visible\": " condition ","

static const Wrong wrong[] = {
  { "comma", 2, "\"version\": 3", 0, KAB_FORM_ERROR_SYNTAX, "" },
  { "comment", 2, "/* no */ \"version\": 3,", 1, KAB_FORM_ERROR_SYNTAX, "" },
  { "encoding", 4, "\"title\": \"\xff\",", 0, KAB_FORM_ERROR_SYNTAX, "UTF-8" },
  { "member-twice", 2, "\"version\": 3, \"version\": 4,", 0, KAB_FORM_ERROR_DUPLICATE, "twice" },
  { "unknown-member", 2, "\"version\": 3, \"colour\": 1,", 0, KAB_FORM_ERROR_MEMBER, "/colour" },
  { "no-version", 2, "", 1, KAB_FORM_ERROR_MEMBER, "“version” is missing" },
  { "version-text", 2, "\"version\": \"3\",", 0, KAB_FORM_ERROR_TYPE, "whole number" },
  { "version-zero", 2, "\"version\": 0,", 0, KAB_FORM_ERROR_VALUE, "between" },
  { "version-fraction", 2, "\"version\": 1.5,", 0, KAB_FORM_ERROR_TYPE, "whole number" },
  { "id-blank", 1, "{ \"form\": \"a sample\",", 0, KAB_FORM_ERROR_VALUE, "not an id" },
  { "no-languages", 3, "\"languages\": [],", 0, KAB_FORM_ERROR_VALUE, "at least one" },
  { "unknown-language", 3, "\"languages\": [\"lv\", \"qq\"],", 0, KAB_FORM_ERROR_VALUE, "qq" },
  { "language-twice", 3, "\"languages\": [\"lv\", \"lv\"],", 0, KAB_FORM_ERROR_DUPLICATE, "lv" },
  { "text-missing", 4, "\"title\": {\"lv\": \"a\"},", 0, KAB_FORM_ERROR_LANGUAGE, "“en”" },
  { "text-undeclared", 4, "\"title\": {\"lv\": \"a\", \"en\": \"b\", \"ru\": \"c\"},", 0,
    KAB_FORM_ERROR_LANGUAGE, "doesn't declare" },
  { "text-empty", 4, "\"title\": {\"lv\": \"a\", \"en\": \"\"},", 0, KAB_FORM_ERROR_LANGUAGE,
    "empty" },
  { "text-plain", 4, "\"title\": \"a\",", 0, KAB_FORM_ERROR_TYPE, "each language" },
  { "text-number", 4, "\"title\": {\"lv\": 1, \"en\": \"b\"},", 0, KAB_FORM_ERROR_TYPE,
    "a string is expected, not a number" },
  { "text-variable", 4, "\"title\": {\"lv\": \"{bank}\", \"en\": \"{house}\"},", 0,
    KAB_FORM_ERROR_REFERENCE, "stands for nothing" },
  { "section-array", 5, "\"sections\": [[], {", 0, KAB_FORM_ERROR_TYPE, "an object" },
  { "section-title", 6, "\"id\": \"first\",", 5, KAB_FORM_ERROR_MEMBER, "“title” is missing" },
  { "field-id-twice", 9, "{\"id\": \"name\", \"kind\": \"date\", \"label\": " TEXT "},", 0,
    KAB_FORM_ERROR_DUPLICATE, "“name” occurs twice" },
  { "field-number", 9, "4,", 0, KAB_FORM_ERROR_TYPE, "a field is expected" },
  { "kind-unknown", 9, "{\"id\": \"birth\", \"kind\": \"day\", \"label\": " TEXT "},", 0,
    KAB_FORM_ERROR_VALUE, "“day” is not a kind" },
  { "kind-missing", 9, "{\"id\": \"birth\", \"label\": " TEXT "},", 0, KAB_FORM_ERROR_MEMBER,
    "“kind” is missing" },
  { "label-missing", 9, "{\"id\": \"birth\", \"kind\": \"date\"},", 0, KAB_FORM_ERROR_MEMBER,
    "“label” is missing" },
  { "member-of-other-kind", 8, FIELD8 ("\"min_age\": 3"), 0, KAB_FORM_ERROR_MEMBER, "min_age" },
  { "check-unknown", 8, FIELD8 ("\"check\": \"shoe-size\""), 0, KAB_FORM_ERROR_REFERENCE,
    "shoe-size" },
  { "purpose-unknown", 8, FIELD8 ("\"purpose\": \"fun\""), 0, KAB_FORM_ERROR_REFERENCE, "fun" },
  { "length-order", 8, FIELD8 ("\"min_length\": 9, \"max_length\": 8"), 0, KAB_FORM_ERROR_VALUE,
    "above" },
  { "length-huge", 8, FIELD8 ("\"max_length\": 99999999999"), 0, KAB_FORM_ERROR_VALUE, "between" },
  { "birth-without-code", 8, FIELD8 ("\"birth_date\": \"/birth\""), 0, KAB_FORM_ERROR_VALUE,
    "person-code" },
  { "birth-dangling", 8, FIELD8 ("\"check\": \"person-code\", \"birth_date\": \"/born\""), 0,
    KAB_FORM_ERROR_REFERENCE, "“born”" },
  { "birth-no-date", 8, FIELD8 ("\"check\": \"person-code\", \"birth_date\": \"/colour\""), 0,
    KAB_FORM_ERROR_REFERENCE, "doesn't fit" },
  { "different-kind", 8, FIELD8 ("\"different_from\": \"/birth\""), 0, KAB_FORM_ERROR_REFERENCE,
    "doesn't fit" },
  { "required-text", 8, FIELD8 ("\"required\": \"yes\""), 0, KAB_FORM_ERROR_TYPE, "an object" },
  { "default-type", 8, FIELD8 ("\"default\": 4"), 0, KAB_FORM_ERROR_TYPE, "a string" },
  { "date-limit", 9,
    "{\"id\": \"birth\", \"kind\": \"date\", \"label\": " TEXT ", \"latest\": \"2026-02-30\"},", 0,
    KAB_FORM_ERROR_VALUE, "2026-02-30" },
  { "no-options", 11, "\"options\": []},", 0, KAB_FORM_ERROR_VALUE, "no option" },
  { "options-missing", 11, "\"help\": " TEXT "},", 10, KAB_FORM_ERROR_MEMBER, "“options”" },
  { "option-twice", 11,
    "\"options\": [{\"value\": \"red\", \"label\": " TEXT "}, {\"value\": \"red\", \"label\": " TEXT
    "}]},",
    0, KAB_FORM_ERROR_DUPLICATE, "“red” occurs twice" },
  { "option-member", 11, "\"options\": [{\"value\": \"red\", \"label\": " TEXT ", \"size\": 1}]},",
    0, KAB_FORM_ERROR_MEMBER, "/size" },
  { "list-unknown", 11, "\"list\": \"planets\"},", 10, KAB_FORM_ERROR_REFERENCE, "“planets”" },
  { "number-float", 12,
    "{\"id\": \"share\", \"kind\": \"percent\", \"label\": " TEXT ", \"maximum\": 100},", 0,
    KAB_FORM_ERROR_TYPE, "a string is expected, not a number" },
  { "number-words", 12,
    "{\"id\": \"share\", \"kind\": \"percent\", \"label\": " TEXT ", \"maximum\": \"1e3\"},", 0,
    KAB_FORM_ERROR_VALUE, "1e3" },
  { "number-order", 12,
    "{\"id\": \"share\", \"kind\": \"percent\", \"label\": " TEXT
    ", \"minimum\": \"2\", \"maximum\": \"1\"},",
    0, KAB_FORM_ERROR_VALUE, "above" },
  { "money-currency", 12, "{\"id\": \"share\", \"kind\": \"money\", \"label\": " TEXT "},", 0,
    KAB_FORM_ERROR_MEMBER, "“currency” is missing" },
  { "file-format", 12,
    "{\"id\": \"share\", \"kind\": \"files\", \"label\": " TEXT ", \"formats\": [\"exe\"]},", 0,
    KAB_FORM_ERROR_REFERENCE, "“exe”" },
  { "file-count", 12,
    "{\"id\": \"share\", \"kind\": \"files\", \"label\": " TEXT ", \"max_count\": 11},", 0,
    KAB_FORM_ERROR_VALUE, "between 1 and 10" },
  { "document-unknown", 12,
    "{\"id\": \"share\", \"kind\": \"note\", \"label\": " TEXT ", \"documents\": [\"riddles\"]},",
    0, KAB_FORM_ERROR_REFERENCE, "riddles" },
  { "summary-dangling", 14, "\"summary\": {\"lv\": \"{owner}\", \"en\": \"{prince}\"},", 0,
    KAB_FORM_ERROR_REFERENCE, "{prince}" },
  { "entry-id-twice", 16, "{\"id\": \"owner\", \"kind\": \"percent\", \"label\": " TEXT "}]},", 0,
    KAB_FORM_ERROR_DUPLICATE, "“owner”" },
  { "group-in-group", 16, "{\"id\": \"part\", \"kind\": \"group\", \"label\": " TEXT "}]},", 0,
    KAB_FORM_ERROR_VALUE, "within a group" },
  { "group-empty", 13,
    "{\"id\": \"none\", \"kind\": \"group\", \"label\": " TEXT
    ", \"fields\": [], \"add_label\": " TEXT ", \"summary\": " TEXT "}, {\"id\": \"owners\", "
    "\"kind\": \"group\", \"label\": " TEXT ", \"add_label\": " TEXT ",",
    0, KAB_FORM_ERROR_VALUE, "no field" },
  { "operator-unknown", 18, VISIBLE ("{\"matches\": [\"/colour\", \"red\"]}"), 0,
    KAB_FORM_ERROR_MEMBER, "/matches" },
  { "two-operators", 18, VISIBLE ("{\"present\": \"/name\", \"not\": {\"present\": \"/name\"}}"), 0,
    KAB_FORM_ERROR_VALUE, "exactly one" },
  { "one-operand", 18, VISIBLE ("{\"equals\": [\"/colour\"]}"), 0, KAB_FORM_ERROR_VALUE,
    "two operands" },
  { "no-conditions", 18, VISIBLE ("{\"all\": []}"), 0, KAB_FORM_ERROR_VALUE, "no condition" },
  { "reference-shape", 18, VISIBLE ("{\"present\": \"colour\"}"), 0, KAB_FORM_ERROR_REFERENCE,
    "not a reference" },
  { "reference-dangling", 18, VISIBLE ("{\"present\": \"/size\"}"), 0, KAB_FORM_ERROR_REFERENCE,
    "“size”" },
  { "reference-deep", 18,
    VISIBLE ("{\"all\": [{\"present\": \"/name\"}, {\"not\": {\"present\": \"/x\"}}]}"), 0,
    KAB_FORM_ERROR_REFERENCE, "“x”" },
  { "entry-outside", 18, VISIBLE ("{\"present\": \"./owner\"}"), 0, KAB_FORM_ERROR_REFERENCE,
    "“owner”" },
  { "column-outside", 18, VISIBLE ("{\"present\": \"/owners/*/owner\"}"), 0,
    KAB_FORM_ERROR_REFERENCE, "only a sum" },
  { "fact-unknown", 18, VISIBLE ("{\"equals\": [\"@weather\", \"wet\"]}"), 0,
    KAB_FORM_ERROR_REFERENCE, "“weather”" },
  { "fact-list", 18, VISIBLE ("{\"equals\": [\"@services\", \"N1\"]}"), 0, KAB_FORM_ERROR_REFERENCE,
    "doesn't fit" },
  { "option-dangling", 18, VISIBLE ("{\"equals\": [\"/colour\", \"green\"]}"), 0,
    KAB_FORM_ERROR_REFERENCE, "“green” is not an option" },
  { "contains-scalar", 18, VISIBLE ("{\"contains\": [\"/colour\", \"red\"]}"), 0,
    KAB_FORM_ERROR_REFERENCE, "doesn't fit" },
  { "age-of-text", 18, VISIBLE ("{\"age-at-least\": [\"/name\", 18]}"), 0, KAB_FORM_ERROR_REFERENCE,
    "doesn't fit" },
  { "before-noon", 18, VISIBLE ("{\"before\": [\"/birth\", \"noon\"]}"), 0, KAB_FORM_ERROR_VALUE,
    "noon" },
  { "sum-of-text", 18, VISIBLE ("{\"at-least\": [{\"sum\": [\"/owners/*/owner\"]}, \"1\"]}"), 0,
    KAB_FORM_ERROR_REFERENCE, "doesn't fit" },
  { "some-of-text", 18, VISIBLE ("{\"some\": [\"/name\", {\"present\": \"./owner\"}]}"), 0,
    KAB_FORM_ERROR_REFERENCE, "doesn't fit" },
  { "own-cycle", 18, VISIBLE ("{\"present\": \"/more\"}"), 17, KAB_FORM_ERROR_CYCLE, "itself" },
  { "rule-dangling", 21, "\"rules\": [{\"id\": \"whole\", \"at\": \"/moon\",", 0,
    KAB_FORM_ERROR_REFERENCE, "“moon”" },
  { "rule-at-fact", 21, "\"rules\": [{\"id\": \"whole\", \"at\": \"@services\",", 0,
    KAB_FORM_ERROR_REFERENCE, "at a field" },
  { "rule-message", 23, "\"message\": {\"lv\": \"a\"}}]}", 0, KAB_FORM_ERROR_LANGUAGE, "“en”" },
};

static char *
join (const Wrong *change)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_string_append_printf (text, "%s\n",
                            change != NULL && change->line == i + 1 ? change->with : lines[i]);
  return g_string_free (text, FALSE);
}

static KabFormDefinition *
load (const char *text, GError **error)
{
  g_autoptr (KabFormCatalog) catalog = kab_form_catalog_new ();

  return kab_form_definition_new_from_data (text, -1, "sample.json", catalog, error);
}

static void
test_right (void)
{
  g_autofree char *text = join (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabFormDefinition) form = load (text, &error);
  const KabFormField *field;

  g_assert_no_error (error);
  g_assert_cmpstr (kab_form_definition_get_id (form), ==, "sample");
  g_assert_cmpuint (kab_form_definition_get_version (form), ==, 3);
  g_assert_cmpstr (kab_form_definition_get_title (form, "lv_LV.UTF-8"), ==, "a");
  g_assert_cmpstr (kab_form_definition_get_title (form, "ru"), ==, "b");
  g_assert_cmpuint (kab_form_definition_get_sections (form)->len, ==, 1);
  field = kab_form_definition_find_field (form, "/owners/2/part");
  g_assert_cmpstr (kab_form_field_get_id (field), ==, "part");
  g_assert_cmpstr (kab_form_field_get_id (kab_form_field_get_group (field)), ==, "owners");
  g_assert_cmpstr (kab_form_field_get_id (kab_form_definition_find_field (form, "/owners/2")), ==,
                   "owners");
  g_assert_null (kab_form_definition_find_field (form, "/absent"));
  g_assert_null (kab_form_definition_find_field (form, "colour"));
  g_assert_cmpstr (kab_form_definition_get_rule_message (form, "whole", "lv"), ==, "a");
  g_assert_null (kab_form_definition_get_rule_message (form, "half", "lv"));
}

static void
test_wrong (gconstpointer data)
{
  const Wrong *change = data;
  g_autofree char *text = join (change);
  g_autofree char *prefix =
      g_strdup_printf ("sample.json:%u: ", change->reported != 0 ? change->reported : change->line);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabFormDefinition) form = load (text, &error);

  g_assert_null (form);
  g_assert_error (error, KAB_FORM_ERROR, (int) change->code);
  g_test_message ("%s", error->message);
  if (!g_str_has_prefix (error->message, prefix) || strstr (error->message, change->reason) == NULL)
    g_error ("expected “%s … %s”, got “%s”", prefix, change->reason, error->message);
}

static void
test_cycle (void)
{
  g_autofree char *text = join (&(Wrong) {
      .line = 10,
      .with = "{\"id\": \"hue\", \"kind\": \"text\", \"label\": " TEXT
              ", \"visible\": {\"present\": \"/more\"}},\n"
              "{\"id\": \"colour\", \"kind\": \"choice\", \"label\": " TEXT
              ", \"visible\": {\"present\": \"/hue\"},",
  });
  g_autoptr (GError) error = NULL;

  g_assert_null (load (text, &error));
  g_assert_error (error, KAB_FORM_ERROR, KAB_FORM_ERROR_CYCLE);
}

static void
test_hostile (void)
{
  g_autoptr (GString) deep = g_string_new ("{\"form\":");
  g_autofree char *large = g_strnfill (1024 * 1024 + 1, ' ');
  const char *const texts[] = { "",         " ",  "null",           "[]",      "7",
                                "\"form\"", "{}", "\xef\xbb\xbf{}", deep->str, large };

  for (guint i = 0; i < 400; i++)
    g_string_append_c (deep, '[');
  for (guint i = 0; i < 400; i++)
    g_string_append_c (deep, ']');
  g_string_append_c (deep, '}');
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (load (i == 8 ? deep->str : texts[i], &error));
      g_assert_true (error->domain == KAB_FORM_ERROR);
      g_assert_true (g_str_has_prefix (error->message, "sample.json:1: "));
    }
}

static void
test_no_file (void)
{
  g_autoptr (KabFormCatalog) catalog = kab_form_catalog_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (kab_form_definition_new_from_file ("/nonexistent/form.json", catalog, &error));
  g_assert_error (error, KAB_FORM_ERROR, KAB_FORM_ERROR_READ);
}

/* A parsed definition is checked as strictly; only the line isn't known. */
static void
test_from_node (void)
{
  g_autofree char *right = join (NULL);
  g_autofree char *text = join (&wrong[G_N_ELEMENTS (wrong) - 1]);
  g_autoptr (KabFormCatalog) catalog = kab_form_catalog_new ();
  g_autoptr (JsonNode) good = json_from_string (right, NULL);
  g_autoptr (JsonNode) bad = json_from_string (text, NULL);
  g_autoptr (KabFormDefinition) form = NULL;
  g_autoptr (GError) error = NULL;

  form = kab_form_definition_new_from_node (good, "wire", catalog, &error);
  g_assert_no_error (error);
  g_assert_true (kab_form_definition_get_root (form) == good);
  g_assert_null (kab_form_definition_new_from_node (bad, "wire", catalog, &error));
  g_assert_error (error, KAB_FORM_ERROR, KAB_FORM_ERROR_LANGUAGE);
  g_assert_true (g_str_has_prefix (error->message, "wire:0: /rules/0/message: "));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-definition/right", test_right);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strdup_printf ("/form-definition/wrong/%s", wrong[i].name);

      g_test_add_data_func (path, &wrong[i], test_wrong);
    }
  g_test_add_func ("/form-definition/cycle", test_cycle);
  g_test_add_func ("/form-definition/hostile", test_hostile);
  g_test_add_func ("/form-definition/no-file", test_no_file);
  g_test_add_func ("/form-definition/from-node", test_from_node);
  return g_test_run ();
}
