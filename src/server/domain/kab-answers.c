/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers to a form, judged by the rules that the application judges them by too. */

#include "kab-answers.h"

#include "kab-application.h"
#include "kab-domain-json.h"
#include "kab-problem.h"
#include "kab-time.h"

#define SERVICES_FIELD "services"
#define NAME_PURPOSE   "name"

/* The day at the bank, whose calendar counts for age and dates. */
static void
get_today (KabTransaction *tx, KabBankData *bank, GDate *today)
{
  const char *name = json_object_get_string_member_with_default (
      kab_bank_data_get_information (bank), "time_zone", "UTC");
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (name);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) now =
      kab_time_to_date_time (kab_tx_get_now (tx), zone != NULL ? zone : utc);

  g_date_clear (today, 1);
  g_date_set_dmy (today, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
}

static KabFormContext *
make_context (KabTransaction *tx,
              KabBankData *bank,
              const char *user,
              KabServices services,
              GError **error)
{
  g_autoptr (KabRows) rows = kab_tx_query_one (
      tx, error, "SELECT client_type, citizenships FROM users WHERE id = ?", KAB_TEXT (user));
  g_auto (GStrv) citizenships = NULL;
  g_auto (GStrv) codes = kab_services_to_codes (services);
  KabFormContext *context;
  GDate today;

  if (rows == NULL)
    return NULL;
  citizenships = kab_domain_json_read_strings (kab_rows_text (rows, "citizenships"));
  get_today (tx, bank, &today);
  context = kab_form_context_new (&today);
  kab_form_context_set_fact (context, KAB_FORM_FACT_CLIENT_TYPE,
                             kab_rows_text (rows, "client_type"));
  kab_form_context_set_facts (context, KAB_FORM_FACT_CITIZENSHIPS,
                              (const char *const *) citizenships);
  kab_form_context_set_facts (context, KAB_FORM_FACT_SERVICES, (const char *const *) codes);
  return context;
}

/**
 * kab_answers_evaluate:
 * @form: a definition that the bank has
 * @user: who answers
 * @services: what the user's application asks for
 *
 * Returns: (transfer full): what the answers amount to today at the bank, or %NULL with an error of
 *   the store
 */
KabFormEvaluation *
kab_answers_evaluate (KabTransaction *tx,
                      KabBankData *bank,
                      const char *form,
                      const char *user,
                      KabServices services,
                      JsonObject *answers,
                      GError **error)
{
  KabFormDefinition *definition = kab_bank_data_find_form (bank, form);
  g_autoptr (KabFormContext) context = NULL;

  if (definition == NULL)
    {
      kab_problem_set (error, KAB_PROBLEM_CONFLICT, "The bank has no form '%s' any more", form);
      return NULL;
    }
  context = make_context (tx, bank, user, services, error);
  return context != NULL ? kab_form_evaluation_new (definition, answers, context) : NULL;
}

static gboolean
refuse (KabFormEvaluation *evaluation, gboolean only_malformed, GError **error)
{
  GPtrArray *problems = kab_form_evaluation_get_problems (evaluation);
  g_autoptr (GError) problem = NULL;

  kab_problem_set (&problem,
                   only_malformed ? KAB_PROBLEM_VALIDATION_FAILED : KAB_PROBLEM_FORM_INVALID, NULL);
  for (guint i = 0; i < problems->len; i++)
    {
      const KabFormProblem *found = problems->pdata[i];

      if (!only_malformed || found->kind == KAB_FORM_PROBLEM_MALFORMED)
        kab_problem_add_field (problem, found->pointer, found->code, found->params);
    }
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * kab_answers_check_storable:
 *
 * Returns: whether a draft may be stored; %FALSE with %KAB_PROBLEM_VALIDATION_FAILED when there are
 *   answers that no view of the form would give. Pointers are those into the answers.
 */
gboolean
kab_answers_check_storable (KabFormEvaluation *evaluation, GError **error)
{
  return kab_form_evaluation_is_storable (evaluation) || refuse (evaluation, TRUE, error);
}

/**
 * kab_answers_check_complete:
 *
 * Returns: whether the answers may be submitted; %FALSE with %KAB_PROBLEM_FORM_INVALID and an error
 *   for each answer that is missing or wrong
 */
gboolean
kab_answers_check_complete (KabFormEvaluation *evaluation, GError **error)
{
  return kab_form_evaluation_is_complete (evaluation) || refuse (evaluation, FALSE, error);
}

/**
 * kab_answers_get_services:
 *
 * Returns: the services that the answers to an application form ask for
 */
KabServices
kab_answers_get_services (JsonObject *answers)
{
  JsonNode *node = json_object_get_member (answers, SERVICES_FIELD);
  g_autofree char *text = node != NULL ? json_to_string (node, FALSE) : NULL;

  return kab_application_read_services (text);
}

typedef void (*FieldFunc) (const KabFormField *field,
                           JsonNode *answer,
                           const char *pointer,
                           gpointer data);

static void
for_each_field (GPtrArray *fields,
                JsonObject *answers,
                const char *place,
                FieldFunc func,
                gpointer data)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const KabFormField *field = fields->pdata[i];
      g_autofree char *pointer = g_strdup_printf ("%s/%s", place, kab_form_field_get_id (field));
      JsonNode *answer = json_object_get_member (answers, kab_form_field_get_id (field));
      GPtrArray *inner = kab_form_field_get_fields (field);

      if (answer == NULL)
        continue;
      func (field, answer, pointer, data);
      if (inner == NULL || !JSON_NODE_HOLDS_ARRAY (answer))
        continue;
      for (guint j = 0; j < json_array_get_length (json_node_get_array (answer)); j++)
        {
          JsonNode *entry = json_array_get_element (json_node_get_array (answer), j);
          g_autofree char *inside = g_strdup_printf ("%s/%u", pointer, j);

          if (JSON_NODE_HOLDS_OBJECT (entry))
            for_each_field (inner, json_node_get_object (entry), inside, func, data);
        }
    }
}

static void
for_each_answer (KabFormDefinition *definition, JsonObject *answers, FieldFunc func, gpointer data)
{
  GPtrArray *sections = kab_form_definition_get_sections (definition);

  for (guint i = 0; i < sections->len; i++)
    for_each_field (kab_form_section_get_fields (sections->pdata[i]), answers, "", func, data);
}

static void
take_name (const KabFormField *field, JsonNode *answer, const char *pointer, gpointer data)
{
  char **name = data;

  if (*name == NULL && kab_form_field_get_group (field) == NULL &&
      g_strcmp0 (kab_form_field_get_purpose (field), NAME_PURPOSE) == 0 &&
      json_node_get_value_type (answer) == G_TYPE_STRING)
    *name = json_node_dup_string (answer);
}

/**
 * kab_answers_dup_name:
 *
 * Returns: (transfer full) (nullable): the name in the first field whose purpose that is
 */
char *
kab_answers_dup_name (KabFormDefinition *definition, JsonObject *answers)
{
  char *name = NULL;

  for_each_answer (definition, answers, take_name, &name);
  return name;
}

static void
take_uploads (const KabFormField *field, JsonNode *answer, const char *pointer, gpointer data)
{
  JsonArray *files;

  if (kab_form_field_get_kind (field) != KAB_FORM_FIELD_FILES || !JSON_NODE_HOLDS_ARRAY (answer))
    return;
  files = json_node_get_array (answer);
  for (guint i = 0; i < json_array_get_length (files); i++)
    {
      JsonObject *file = json_array_get_object_element (files, i);
      KabAnswerUpload *upload = g_new0 (KabAnswerUpload, 1);

      upload->file = g_strdup (json_object_get_string_member (file, "upload"));
      upload->pointer = g_strdup_printf ("%s/%u", pointer, i);
      g_ptr_array_add (data, upload);
    }
}

static void
free_upload (gpointer data)
{
  KabAnswerUpload *upload = data;

  g_free (upload->file);
  g_free (upload->pointer);
  g_free (upload);
}

/**
 * kab_answers_list_uploads:
 * @answers: storable answers
 *
 * Returns: (transfer full) (element-type KabAnswerUpload): the files that the answers name
 */
GPtrArray *
kab_answers_list_uploads (KabFormDefinition *definition, JsonObject *answers)
{
  GPtrArray *uploads = g_ptr_array_new_with_free_func (free_upload);

  for_each_answer (definition, answers, take_uploads, uploads);
  return uploads;
}
