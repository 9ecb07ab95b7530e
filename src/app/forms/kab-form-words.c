/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/kab-form-words.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "common/kab-countries.h"
#include "common/kab-error-text.h"
#include "common/kab-local-text.h"
#include "kab-date.h"

/* What a form says, in the language of the application. */

#define SEPARATOR " · "

/**
 * kab_form_words_get_language:
 *
 * Returns: (transfer none): the locale to take a form's texts in
 */
const char *
kab_form_words_get_language (void)
{
  return setlocale (LC_MESSAGES, NULL);
}

/**
 * kab_form_words_dup_name:
 * @list: the name of a list of the catalogue
 * @code: a value of it
 * @language: not used: names are in the application's language
 * @data: not used
 *
 * A #KabFormNameFunc.
 *
 * Returns: (transfer full) (nullable): the name of a country or language
 */
char *
kab_form_words_dup_name (const char *list, const char *code, const char *language, gpointer data)
{
  if (g_str_equal (list, KAB_FORM_LIST_COUNTRIES))
    return kab_countries_dup_name (code);
  if (g_str_equal (list, KAB_FORM_LIST_LANGUAGES))
    return kab_countries_dup_language (code);

  return NULL;
}

/**
 * kab_form_words_dup_option:
 * @field: a field with options
 * @option: one of them
 *
 * Returns: (transfer full): what to call it
 */
char *
kab_form_words_dup_option (const KabFormField *field, const KabFormOption *option)
{
  const char *list = kab_form_field_get_list (field);
  char *name = NULL;

  if (list != NULL)
    name = kab_form_words_dup_name (list, kab_form_option_get_value (option), NULL, NULL);

  return name != NULL
             ? name
             : g_strdup (kab_form_option_get_label (option, kab_form_words_get_language ()));
}

static char *
dup_date (const char *text)
{
  GDate date;

  g_date_clear (&date, 1);
  if (kab_date_parse (text, &date) != KAB_CHECK_OK)
    return g_strdup (text);

  return kab_local_date_format (&date);
}

static char *
dup_with_unit (const KabFormField *field, const char *text)
{
  if (kab_form_field_get_kind (field) == KAB_FORM_FIELD_PERCENT)
    return g_strdup_printf ("%s %%", text);
  if (kab_form_field_get_kind (field) == KAB_FORM_FIELD_MONEY)
    return g_strdup_printf ("%s %s", text, kab_form_field_get_currency (field));

  return g_strdup (text);
}

/**
 * kab_form_words_dup_answer:
 * @field: a field
 * @answer: (nullable): its answer
 *
 * Returns: (transfer full): the answer as a person reads it
 */
char *
kab_form_words_dup_answer (const KabFormField *field, JsonNode *answer)
{
  g_autofree char *text = NULL;

  if (answer == NULL || JSON_NODE_HOLDS_NULL (answer))
    return g_strdup (_("Not answered"));
  if (json_node_get_value_type (answer) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (answer) ? C_("answer", "Yes") : C_("answer", "No"));

  text = kab_form_field_dup_answer_text (field, answer, kab_form_words_get_language (),
                                         kab_form_words_dup_name, NULL);
  if (kab_form_field_get_kind (field) == KAB_FORM_FIELD_DATE)
    return dup_date (text);

  return dup_with_unit (field, text);
}

/* What a template leaves behind of answers that are not there yet. */
static void
trim_signs (char *text)
{
  gsize leading = strspn (text, " ,:;(");

  memmove (text, text + leading, strlen (text + leading) + 1);
}

/* Whether a summary has anything of its own. */
static gboolean
has_words (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isalnum (g_utf8_get_char (p)))
        return TRUE;
    }

  return FALSE;
}

/**
 * kab_form_words_dup_summary:
 * @group: a repeating group
 * @entry: one of its entries
 * @index: its place, from 0
 *
 * Returns: (transfer full): the entry in a line
 */
char *
kab_form_words_dup_summary (const KabFormField *group, JsonObject *entry, guint index)
{
  g_autofree char *summary = NULL;

  if (json_object_get_size (entry) > 0)
    summary = kab_form_field_dup_summary (group, entry, kab_form_words_get_language (),
                                          kab_form_words_dup_name, NULL);
  if (summary != NULL)
    trim_signs (summary);
  if (summary != NULL && has_words (summary))
    return g_steal_pointer (&summary);

  /* Translators: an entry of a list in a form that has nothing in it yet; %u is its number */
  return g_strdup_printf (_("Entry %u"), index + 1);
}

static void
append (GString *text, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, SEPARATOR);
  g_string_append (text, part);
}

/* Nobody has to be told that a box may be left empty. */
static gboolean
tells_optional (const KabFormField *field)
{
  switch (kab_form_field_get_kind (field))
    {
    case KAB_FORM_FIELD_BOOLEAN:
    case KAB_FORM_FIELD_CONSENT:
    case KAB_FORM_FIELD_NOTE:
    case KAB_FORM_FIELD_HEADING:
      return FALSE;
    default:
      return TRUE;
    }
}

static char *
dup_date_example (void)
{
  g_autofree char *example = dup_date ("1990-03-24");

  /* Translators: %s is a date in figures, in the order of the language */
  return g_strdup_printf (_("For example %s"), example);
}

/**
 * kab_form_words_dup_hint:
 * @field: a field
 * @required: whether an answer is needed
 *
 * Returns: (transfer full) (nullable): what stands under it
 */
char *
kab_form_words_dup_hint (const KabFormField *field, gboolean required)
{
  const char *language = kab_form_words_get_language ();
  g_autoptr (GString) text = g_string_new (NULL);

  if (!required && tells_optional (field))
    append (text, _("Optional"));
  append (text, kab_form_field_get_help (field, language));
  append (text, kab_form_field_get_placeholder (field, language));
  if (kab_form_field_get_kind (field) == KAB_FORM_FIELD_DATE)
    {
      g_autofree char *example = dup_date_example ();

      append (text, example);
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/**
 * kab_form_words_dup_problem:
 * @definition: a form
 * @problem: what is wrong with an answer
 *
 * Returns: (transfer full): what is wrong and what to do
 */
char *
kab_form_words_dup_problem (KabFormDefinition *definition, const KabFormProblem *problem)
{
  const char *rule = NULL;
  const char *message = NULL;

  if (g_str_equal (problem->code, KAB_FORM_CODE_RULE) && problem->params != NULL)
    rule = json_object_get_string_member_with_default (problem->params, "rule", NULL);
  if (rule != NULL)
    message =
        kab_form_definition_get_rule_message (definition, rule, kab_form_words_get_language ());

  return message != NULL ? g_strdup (message) : kab_error_text (problem->code, problem->params);
}

/**
 * kab_form_words_dup_missing:
 * @evaluation: what the answers amount to
 *
 * Returns: (transfer full) (nullable): "3 answers missing"; %NULL when nothing is
 */
char *
kab_form_words_dup_missing (KabFormEvaluation *evaluation)
{
  guint missing = kab_form_evaluation_count_problems (evaluation, KAB_FORM_PROBLEM_MISSING);
  guint all = kab_form_evaluation_get_problems (evaluation)->len;

  if (all == 0)
    return NULL;
  if (missing == all)
    return g_strdup_printf (ngettext ("%u answer missing", "%u answers missing", all), all);
  if (missing == 0)
    return g_strdup_printf (ngettext ("%u answer to correct", "%u answers to correct", all), all);

  return g_strdup_printf (ngettext ("%u answer to complete", "%u answers to complete", all), all);
}
