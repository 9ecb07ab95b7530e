/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-form-evaluation-private.h"

#include "kab-age.h"
#include "kab-date.h"
#include "kab-form-check.h"
#include "kab-person-code.h"

#include <string.h>

static JsonNode *
string_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static gboolean
has_type (JsonNode *node, GType type, const char *name, const KabFormReport *report)
{
  JsonObject *params;

  if (json_node_get_value_type (node) == type)
    return TRUE;
  params = json_object_new ();
  json_object_set_string_member (params, "expected", name);
  kab_form_report (report, KAB_FORM_PROBLEM_MALFORMED, KAB_FORM_CODE_TYPE, NULL, params);
  return FALSE;
}

static void
report_wrong (const KabFormReport *report, const char *code)
{
  kab_form_report (report, KAB_FORM_PROBLEM_WRONG, code, NULL, NULL);
}

/* Controls and the marks that reorder what is shown after them have no place
 * in an answer that somebody else reads. */
static gboolean
has_odd_characters (const char *text, gboolean several_lines)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar character = g_utf8_get_char (text);

      if (several_lines && (character == '\n' || character == '\t'))
        continue;
      if (g_unichar_iscntrl (character) || (character >= 0x202a && character <= 0x202e) ||
          (character >= 0x2066 && character <= 0x2069))
        return TRUE;
    }
  return FALSE;
}

/* @text composed (NFC) and without blanks at its ends. */
static char *
tidy (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  const char *start = composed;
  const char *end = composed + strlen (composed);

  while (g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  while (end > start && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return g_strndup (start, end - start);
}

static JsonNode *
check_text (const KabFormField *field, JsonNode *node, const KabFormReport *report)
{
  g_autofree char *text = NULL;
  g_autofree char *normal = NULL;
  const char *code = NULL;
  glong length;

  if (!g_utf8_validate (json_node_get_string (node), -1, NULL))
    {
      kab_form_report (report, KAB_FORM_PROBLEM_MALFORMED, "text-encoding", NULL, NULL);
      return NULL;
    }
  text = tidy (json_node_get_string (node));
  length = g_utf8_strlen (text, -1);
  if (length > field->max_length)
    kab_form_report_limit (report, KAB_FORM_CODE_TOO_LONG, "maximum", field->max_length);
  else if (length < field->min_length)
    kab_form_report_limit (report, KAB_FORM_CODE_TOO_SHORT, "minimum", field->min_length);
  else if (has_odd_characters (text, field->kind == KAB_FORM_FIELD_LONG_TEXT))
    report_wrong (report, KAB_FORM_CODE_TEXT_CHARACTERS);
  else if (field->check != NULL)
    code = kab_form_check_text (field->check, text, &normal);
  if (code != NULL)
    report_wrong (report, code);
  return string_node (normal != NULL ? normal : text);
}

static JsonNode *
check_date (const KabFormField *field, JsonNode *node, const KabFormReport *report)
{
  GDate date;
  KabCheck check = kab_date_parse (json_node_get_string (node), &date);

  if (check != KAB_CHECK_OK)
    report_wrong (report, kab_check_code (check));
  return string_node (json_node_get_string (node));
}

static JsonNode *
check_option (const KabFormField *field, JsonNode *node, const KabFormReport *report)
{
  if (!kab_form_options_contain (field->options, json_node_get_string (node)))
    report_wrong (report, KAB_FORM_CODE_NOT_AN_OPTION);
  return string_node (json_node_get_string (node));
}

static JsonNode *
check_options (const KabFormField *field, JsonNode *node, const KabFormReport *report)
{
  JsonArray *given = json_node_get_array (node);
  guint length = json_array_get_length (given);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *chosen = json_array_new ();

  for (guint i = 0; i < length && i <= field->options->len; i++)
    {
      JsonNode *element = json_array_get_element (given, i);

      if (!has_type (element, G_TYPE_STRING, "string", report))
        break;
      if (!kab_form_options_contain (field->options, json_node_get_string (element)))
        report_wrong (report, KAB_FORM_CODE_NOT_AN_OPTION);
      else if (!g_hash_table_add (seen, (gpointer) json_node_get_string (element)))
        report_wrong (report, KAB_FORM_CODE_DUPLICATE);
      json_array_add_string_element (chosen, json_node_get_string (element));
    }
  if (length > field->max_count)
    kab_form_report_limit (report, KAB_FORM_CODE_TOO_MANY, "maximum", field->max_count);
  else if (length < field->min_count)
    kab_form_report_limit (report, KAB_FORM_CODE_TOO_FEW, "minimum", field->min_count);
  return kab_form_array_node (chosen);
}

static void
report_bound (const KabFormReport *report, const char *code, const char *name, gint64 bound)
{
  JsonObject *params = json_object_new ();
  g_autofree char *text = kab_form_decimal_format (bound);

  json_object_set_string_member (params, name, text);
  kab_form_report (report, KAB_FORM_PROBLEM_WRONG, code, NULL, params);
}

static JsonNode *
check_number (const KabFormField *field, JsonNode *node, const KabFormReport *report)
{
  g_autofree char *text = tidy (json_node_get_string (node));
  g_autofree char *normal = NULL;
  gint64 value = 0;

  switch (kab_form_decimal_parse (text, field->decimals, &value))
    {
    case KAB_FORM_DECIMAL_MALFORMED:
      report_wrong (report, KAB_FORM_CODE_NUMBER_FORMAT);
      return string_node (text);
    case KAB_FORM_DECIMAL_TOO_PRECISE:
      kab_form_report_limit (report, KAB_FORM_CODE_NUMBER_DECIMALS, "maximum", field->decimals);
      return string_node (text);
    case KAB_FORM_DECIMAL_TOO_LARGE:
      value = *text == '-' ? G_MININT64 + 1 : G_MAXINT64;
      break;
    case KAB_FORM_DECIMAL_OK:
      break;
    }
  if (field->has_minimum && value < field->minimum)
    report_bound (report, KAB_FORM_CODE_NUMBER_TOO_SMALL, "minimum", field->minimum);
  else if (field->has_maximum && value > field->maximum)
    report_bound (report, KAB_FORM_CODE_NUMBER_TOO_LARGE, "maximum", field->maximum);
  else if (value == G_MAXINT64 || value == G_MININT64 + 1)
    report_bound (report,
                  value > 0 ? KAB_FORM_CODE_NUMBER_TOO_LARGE : KAB_FORM_CODE_NUMBER_TOO_SMALL,
                  value > 0 ? "maximum" : "minimum",
                  value > 0 ? KAB_FORM_DECIMAL_MOST : -KAB_FORM_DECIMAL_MOST);
  normal = kab_form_decimal_format (value);
  return string_node (normal);
}

static JsonNode *
check_string (const KabFormField *field, JsonNode *node, const KabFormReport *report)
{
  if (kab_form_field_is (field, KAB_FORM_KINDS_ONE))
    return check_option (field, node, report);
  if (kab_form_field_is (field, KAB_FORM_KINDS_NUMBER))
    return check_number (field, node, report);
  if (field->kind == KAB_FORM_FIELD_DATE)
    return check_date (field, node, report);
  return check_text (field, node, report);
}

/* Checks an answer by itself. Returns it as it is stored (owned), or NULL when
 * there is none; a group's entries are checked by the evaluation. */
JsonNode *
kab_form_value_check (const KabFormField *field, JsonNode *node, const KabFormReport *report)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (kab_form_field_is (field, KAB_FORM_KINDS_COUNTED))
    {
      if (!has_type (node, JSON_TYPE_ARRAY, "array", report) || !kab_form_is_present (node))
        return NULL;
      if (field->kind == KAB_FORM_FIELD_FILES)
        return kab_form_files_check (field, node, report);
      return field->kind == KAB_FORM_FIELD_CHOICES ? check_options (field, node, report)
                                                   : json_node_ref (node);
    }
  if (kab_form_field_is (field, KAB_FORM_KINDS_BOOLEAN))
    return has_type (node, G_TYPE_BOOLEAN, "boolean", report) ? json_node_copy (node) : NULL;
  if (!has_type (node, G_TYPE_STRING, "string", report) || !kab_form_is_present (node))
    return NULL;
  return check_string (field, node, report);
}

static void
check_date_relations (const KabFormField *field,
                      const GDate *date,
                      const KabFormSituation *situation,
                      const KabFormReport *report)
{
  GDate bound;
  gboolean early, late;

  g_date_clear (&bound, 1);
  early = field->earliest != NULL &&
          kab_form_situation_get_day (situation, field->earliest, &bound) &&
          g_date_compare (date, &bound) < 0;
  late = !early && field->latest != NULL &&
         kab_form_situation_get_day (situation, field->latest, &bound) &&
         g_date_compare (date, &bound) > 0;
  if (early || late)
    {
      JsonObject *params = json_object_new ();
      g_autofree char *text = kab_date_format (&bound);

      json_object_set_string_member (params, early ? "minimum" : "maximum", text);
      kab_form_report (report, KAB_FORM_PROBLEM_WRONG,
                       kab_check_code (early ? KAB_CHECK_DATE_TOO_EARLY : KAB_CHECK_DATE_TOO_LATE),
                       NULL, params);
    }
  else if (field->min_age > kab_age_on (date, &situation->today))
    {
      kab_form_report_limit (report, KAB_FORM_CODE_TOO_YOUNG, "minimum", field->min_age);
    }
}

/* Checks an answer that is right by itself against the day and other answers. */
void
kab_form_value_check_relations (const KabFormField *field,
                                JsonNode *node,
                                const KabFormSituation *situation,
                                const KabFormReport *report)
{
  GDate date;

  g_date_clear (&date, 1);
  if (field->kind == KAB_FORM_FIELD_DATE &&
      kab_date_parse (json_node_get_string (node), &date) == KAB_CHECK_OK)
    check_date_relations (field, &date, situation, report);
  if (field->birth != NULL && kab_form_situation_get_date (situation, field->birth, &date) &&
      kab_person_code_check (json_node_get_string (node), &date) ==
          KAB_CHECK_PERSON_CODE_BIRTH_DATE)
    report_wrong (report, kab_check_code (KAB_CHECK_PERSON_CODE_BIRTH_DATE));
  if (field->different != NULL)
    {
      JsonNode *other = kab_form_situation_get (situation, field->different);

      if (other != NULL && json_node_equal (node, other))
        {
          JsonObject *params = json_object_new ();

          json_object_set_string_member (params, "other", field->different->name);
          kab_form_report (report, KAB_FORM_PROBLEM_WRONG, KAB_FORM_CODE_SAME, NULL, params);
        }
    }
}
