/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-form-evaluation-private.h"

#include "kab-form-context-private.h"

#define MAX_UNKNOWN_MEMBERS 20

struct _KabFormEvaluation
{
  KabFormDefinition *definition; /* (owned) */
  JsonObject *given;             /* (owned): the answers as they came */
  JsonObject *answers;           /* (owned): as they are stored */
  GPtrArray *states;             /* (owned) (element-type KabFormState) */
  GHashTable *states_by_pointer; /* (owned) (unowned values) */
  GPtrArray *problems;           /* (owned) (element-type KabFormProblem) */
  GHashTable *visible;           /* (owned): pointer of a field → whether it is, plus one */
  GHashTable *sections;          /* (owned): the visible ones (unowned) */
  guint unknown;
  const KabFormContext *context; /* (nullable): set while evaluating only */
  KabFormSituation situation;
};

/* Where a field is: in the form, or in an entry of a group. */
typedef struct
{
  JsonObject *given; /* (nullable) */
  JsonObject *stored;
  const char *pointer;
  guint entry;
} Level;

static gboolean field_is_visible (KabFormEvaluation *self, const KabFormField *field, guint entry);
static void evaluate_field (KabFormEvaluation *self, const KabFormField *field, const Level *level);

static void
problem_free (KabFormProblem *problem)
{
  g_free (problem->pointer);
  g_clear_pointer (&problem->params, json_object_unref);
  g_free (problem);
}

static void
state_free (KabFormState *state)
{
  g_free (state->pointer);
  g_ptr_array_unref (state->problems);
  g_free (state);
}

static void
add_problem (KabFormEvaluation *self, KabFormState *state, KabFormProblem *problem)
{
  g_ptr_array_add (self->problems, problem);
  if (state != NULL)
    g_ptr_array_add (state->problems, problem);
}

/* Adds a problem at the state's answer, or at the element @below it. Takes @params. */
void
kab_form_report (const KabFormReport *report,
                 KabFormProblemKind kind,
                 const char *code,
                 const char *below,
                 JsonObject *params)
{
  KabFormProblem *problem = g_new0 (KabFormProblem, 1);

  problem->pointer = below != NULL ? kab_form_pointer_append (report->state->pointer, below)
                                   : g_strdup (report->state->pointer);
  problem->field = report->state->field;
  problem->kind = kind;
  problem->code = code;
  problem->params = params;
  add_problem (report->evaluation, report->state, problem);
}

/* A broken limit, with the limit as the parameter @name. */
void
kab_form_report_limit (const KabFormReport *report,
                       const char *code,
                       const char *name,
                       gint64 limit)
{
  JsonObject *params = json_object_new ();

  json_object_set_int_member (params, name, limit);
  kab_form_report (report, KAB_FORM_PROBLEM_WRONG, code, NULL, params);
}

static JsonObject *
get_entry (JsonObject *given, const char *group, guint entry)
{
  JsonNode *node = given != NULL ? json_object_get_member (given, group) : NULL;
  JsonNode *element;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node) ||
      entry >= json_array_get_length (json_node_get_array (node)))
    return NULL;
  element = json_array_get_element (json_node_get_array (node), entry);
  return JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
}

/* KabFormSituation.answer: hidden answers are as good as absent. */
static JsonNode *
get_answer (gpointer data, const char *group, guint entry, const char *id)
{
  KabFormEvaluation *self = data;
  const KabFormField *field =
      g_hash_table_lookup (self->definition->fields, group != NULL ? group : id);
  JsonObject *given = self->given;

  if (group != NULL)
    {
      given = get_entry (given, group, entry);
      field = kab_form_fields_find (field->fields, id);
    }
  if (given == NULL || !field_is_visible (self, field, entry))
    return NULL;
  return json_object_get_member (given, id);
}

static JsonNode *
get_fact (gpointer data, const char *name)
{
  KabFormEvaluation *self = data;

  return kab_form_context_get_fact (self->context, name);
}

static gboolean
test_condition (KabFormEvaluation *self,
                const KabFormCondition *condition,
                const KabFormField *group,
                guint entry)
{
  KabFormSituation situation = self->situation;

  situation.group = group != NULL ? group->id : NULL;
  situation.entry = entry;
  return kab_form_condition_test (condition, &situation);
}

static gboolean
section_is_visible (KabFormEvaluation *self, const KabFormSection *section)
{
  return section->visible == NULL || test_condition (self, section->visible, NULL, 0);
}

/* Whether a field is shown: its own condition and those of what it lies in. */
static gboolean
field_is_visible (KabFormEvaluation *self, const KabFormField *field, guint entry)
{
  g_autofree char *key = field->group == NULL
                             ? g_strdup (field->id)
                             : g_strdup_printf ("%s/%u/%s", field->group->id, entry, field->id);
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->visible, key));
  gboolean visible;

  if (known != 0)
    return known == TRUE + 1;
  visible = field->group != NULL ? field_is_visible (self, field->group, 0)
                                 : section_is_visible (self, field->section);
  if (visible && field->visible != NULL)
    visible = test_condition (self, field->visible, field->group, entry);
  g_hash_table_insert (self->visible, g_steal_pointer (&key), GUINT_TO_POINTER (visible + 1));
  return visible;
}

static void
report_unknown_members (KabFormEvaluation *self,
                        JsonObject *given,
                        const char *pointer,
                        const KabFormField *group)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, given);
  while (self->unknown < MAX_UNKNOWN_MEMBERS && json_object_iter_next_ordered (&iter, &name, NULL))
    {
      const KabFormField *field = group != NULL
                                      ? kab_form_fields_find (group->fields, name)
                                      : g_hash_table_lookup (self->definition->fields, name);
      KabFormProblem *problem;

      if (field != NULL && kab_form_field_has_answer (field))
        continue;
      problem = g_new0 (KabFormProblem, 1);
      problem->pointer = kab_form_pointer_append (pointer, name);
      problem->kind = KAB_FORM_PROBLEM_MALFORMED;
      problem->code = KAB_FORM_CODE_UNKNOWN_MEMBER;
      add_problem (self, NULL, problem);
      self->unknown++;
    }
}

static void
evaluate_entry (KabFormEvaluation *self,
                const KabFormField *group,
                JsonObject *given,
                guint index,
                const char *pointer,
                JsonArray *stored)
{
  g_autofree char *place = g_strdup_printf ("%s/%u", pointer, index);
  JsonObject *entry = json_object_new ();
  Level level = { given, entry, place, index };

  json_array_add_object_element (stored, entry);
  report_unknown_members (self, given, place, group);
  for (guint i = 0; i < group->fields->len; i++)
    evaluate_field (self, group->fields->pdata[i], &level);
}

/* The entries of a group, as they are stored. */
static JsonNode *
evaluate_group (KabFormEvaluation *self,
                const KabFormField *group,
                JsonNode *node,
                const KabFormReport *report)
{
  JsonArray *given = json_node_get_array (node);
  JsonArray *stored = json_array_new ();
  guint length = json_array_get_length (given);

  if (length > group->max_count)
    kab_form_report_limit (report, KAB_FORM_CODE_TOO_MANY, "maximum", group->max_count);
  else if (length < group->min_count)
    kab_form_report_limit (report, KAB_FORM_CODE_TOO_FEW, "minimum", group->min_count);
  for (guint i = 0; i < length && i < group->max_count; i++)
    {
      JsonNode *element = json_array_get_element (given, i);

      if (JSON_NODE_HOLDS_OBJECT (element))
        {
          evaluate_entry (self, group, json_node_get_object (element), i, report->state->pointer,
                          stored);
        }
      else
        {
          g_autofree char *below = g_strdup_printf ("%u", i);
          JsonObject *params = json_object_new ();

          json_object_set_string_member (params, "expected", "object");
          kab_form_report (report, KAB_FORM_PROBLEM_MALFORMED, KAB_FORM_CODE_TYPE, below, params);
        }
    }
  return kab_form_array_node (stored);
}

static gboolean
is_filled (const KabFormField *field, JsonNode *value)
{
  if (value == NULL)
    return FALSE;
  return field->kind != KAB_FORM_FIELD_CONSENT || json_node_get_boolean (value);
}

static void
evaluate_answer (KabFormEvaluation *self, KabFormState *state, const Level *level)
{
  const KabFormField *field = state->field;
  KabFormReport report = { self, state };
  g_autoptr (JsonNode) value = NULL;

  state->required = field->always_required ||
                    (field->required != NULL &&
                     test_condition (self, field->required, field->group, level->entry));
  value = kab_form_value_check (field, json_object_get_member (level->given, field->id), &report);
  if (value != NULL && field->kind == KAB_FORM_FIELD_GROUP)
    {
      g_autoptr (JsonNode) given = g_steal_pointer (&value);

      value = evaluate_group (self, field, given, &report);
    }
  state->filled = is_filled (field, value);
  if (state->filled && state->problems->len == 0)
    {
      KabFormSituation situation = self->situation;

      situation.group = field->group != NULL ? field->group->id : NULL;
      situation.entry = level->entry;
      kab_form_value_check_relations (field, value, &situation, &report);
    }
  if (state->required && !state->filled && state->problems->len == 0)
    kab_form_report (&report, KAB_FORM_PROBLEM_MISSING, KAB_FORM_CODE_REQUIRED, NULL, NULL);
  if (value != NULL)
    json_object_set_member (level->stored, field->id, g_steal_pointer (&value));
}

static void
evaluate_field (KabFormEvaluation *self, const KabFormField *field, const Level *level)
{
  KabFormState *state = g_new0 (KabFormState, 1);

  state->pointer = kab_form_pointer_append (level->pointer, field->id);
  state->field = field;
  state->problems = g_ptr_array_new ();
  state->visible = field_is_visible (self, field, level->entry);
  g_ptr_array_add (self->states, state);
  g_hash_table_insert (self->states_by_pointer, state->pointer, state);
  if (state->visible && kab_form_field_has_answer (field))
    evaluate_answer (self, state, level);
}

/* A rule speaks when the field that it is told at has an answer. */
static void
evaluate_rules (KabFormEvaluation *self)
{
  for (guint i = 0; i < self->definition->rules->len; i++)
    {
      const KabFormRule *rule = self->definition->rules->pdata[i];
      g_autofree char *pointer = kab_form_pointer_append ("", rule->at->name);
      KabFormState *state = g_hash_table_lookup (self->states_by_pointer, pointer);
      KabFormReport report = { self, state };
      JsonObject *params;

      if (!state->filled || test_condition (self, rule->require, NULL, 0))
        continue;
      params = json_object_new ();
      json_object_set_string_member (params, "rule", rule->id);
      kab_form_report (&report, KAB_FORM_PROBLEM_WRONG, KAB_FORM_CODE_RULE, NULL, params);
    }
}

static void
evaluate_sections (KabFormEvaluation *self)
{
  Level level = { self->given, self->answers, "", 0 };

  for (guint i = 0; i < self->definition->sections->len; i++)
    {
      KabFormSection *section = self->definition->sections->pdata[i];

      if (section_is_visible (self, section))
        g_hash_table_add (self->sections, section);
      for (guint j = 0; j < section->fields->len; j++)
        evaluate_field (self, section->fields->pdata[j], &level);
    }
}

/**
 * kab_form_evaluation_new:
 * @definition: a form
 * @answers: (nullable): its answers, which are outside data; not to be changed
 *   while the evaluation lives
 * @context: the day and the facts
 *
 * Evaluates any answers whatsoever; what is wrong with them is in the result.
 *
 * Returns: (transfer full): the evaluation
 */
KabFormEvaluation *
kab_form_evaluation_new (KabFormDefinition *definition,
                         JsonObject *answers,
                         const KabFormContext *context)
{
  KabFormEvaluation *self = g_new0 (KabFormEvaluation, 1);

  self->definition = kab_form_definition_ref (definition);
  self->given = answers != NULL ? json_object_ref (answers) : json_object_new ();
  self->answers = json_object_new ();
  self->states = g_ptr_array_new_with_free_func ((GDestroyNotify) state_free);
  self->states_by_pointer = g_hash_table_new (g_str_hash, g_str_equal);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) problem_free);
  self->visible = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sections = g_hash_table_new (NULL, NULL);
  self->context = context;
  self->situation = (KabFormSituation) { .answer = get_answer,
                                         .fact = get_fact,
                                         .data = self,
                                         .today = *kab_form_context_get_today (context) };
  evaluate_sections (self);
  evaluate_rules (self);
  report_unknown_members (self, self->given, "", NULL);
  self->context = NULL;
  return self;
}

void
kab_form_evaluation_free (KabFormEvaluation *self)
{
  g_hash_table_unref (self->sections);
  g_hash_table_unref (self->visible);
  g_hash_table_unref (self->states_by_pointer);
  g_ptr_array_unref (self->states);
  g_ptr_array_unref (self->problems);
  json_object_unref (self->answers);
  json_object_unref (self->given);
  kab_form_definition_unref (self->definition);
  g_free (self);
}

/**
 * kab_form_evaluation_is_complete:
 * @self: an evaluation
 *
 * Returns: whether the answers may be submitted: nothing is missing or wrong
 */
gboolean
kab_form_evaluation_is_complete (KabFormEvaluation *self)
{
  return self->problems->len == 0;
}

/**
 * kab_form_evaluation_is_storable:
 * @self: an evaluation
 *
 * Returns: whether the answers may be stored as a draft: none is malformed
 */
gboolean
kab_form_evaluation_is_storable (KabFormEvaluation *self)
{
  return kab_form_evaluation_count_problems (self, KAB_FORM_PROBLEM_MALFORMED) == 0;
}

/**
 * kab_form_evaluation_is_section_visible:
 * @self: an evaluation
 * @section: a section of its form
 *
 * Returns: whether the section's condition holds
 */
gboolean
kab_form_evaluation_is_section_visible (KabFormEvaluation *self, const KabFormSection *section)
{
  return g_hash_table_contains (self->sections, section);
}

/**
 * kab_form_evaluation_get_states:
 * @self: an evaluation
 *
 * Returns: (transfer none) (element-type KabFormState): all fields in their
 *   order, those of a group's entries after the group
 */
GPtrArray *
kab_form_evaluation_get_states (KabFormEvaluation *self)
{
  return self->states;
}

/**
 * kab_form_evaluation_find_state:
 * @self: an evaluation
 * @pointer: the JSON pointer of an answer
 *
 * Returns: (transfer none) (nullable): its state
 */
const KabFormState *
kab_form_evaluation_find_state (KabFormEvaluation *self, const char *pointer)
{
  return g_hash_table_lookup (self->states_by_pointer, pointer);
}

/**
 * kab_form_evaluation_get_problems:
 * @self: an evaluation
 *
 * Returns: (transfer none) (element-type KabFormProblem): what is missing or
 *   wrong, in the order of the fields; broken rules and unknown members last
 */
GPtrArray *
kab_form_evaluation_get_problems (KabFormEvaluation *self)
{
  return self->problems;
}

/**
 * kab_form_evaluation_count_problems:
 * @self: an evaluation
 * @kind: a kind of problem
 *
 * Returns: how many there are of it
 */
guint
kab_form_evaluation_count_problems (KabFormEvaluation *self, KabFormProblemKind kind)
{
  guint count = 0;

  for (guint i = 0; i < self->problems->len; i++)
    count += ((KabFormProblem *) self->problems->pdata[i])->kind == kind;
  return count;
}

/**
 * kab_form_evaluation_get_answers:
 * @self: an evaluation
 *
 * Returns: (transfer none): the answers as they are submitted and stored: those
 *   of hidden fields and unknown members left out, texts trimmed, checked
 *   values in their normal form
 */
JsonObject *
kab_form_evaluation_get_answers (KabFormEvaluation *self)
{
  return self->answers;
}

/**
 * kab_form_evaluation_dup_errors:
 * @self: an evaluation
 *
 * Returns: (transfer full): the problems as the "errors" of a problem document
 *   (RFC 9457): an array of {pointer, code, params}
 */
JsonNode *
kab_form_evaluation_dup_errors (KabFormEvaluation *self)
{
  JsonArray *errors = json_array_new ();

  for (guint i = 0; i < self->problems->len; i++)
    {
      const KabFormProblem *problem = self->problems->pdata[i];
      JsonObject *error = json_object_new ();

      json_object_set_string_member (error, "pointer", problem->pointer);
      json_object_set_string_member (error, "code", problem->code);
      json_object_set_object_member (error, "params",
                                     problem->params != NULL ? json_object_ref (problem->params)
                                                             : json_object_new ());
      json_array_add_object_element (errors, error);
    }
  return kab_form_array_node (errors);
}
