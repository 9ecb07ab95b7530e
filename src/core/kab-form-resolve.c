/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-form-definition-private.h"

#include <string.h>

/* What a context may say; see kab_form_context_set_fact(). */
static const struct
{
  const char *name;
  gboolean is_list;
} facts[] = {
  { "client_type", FALSE },
  { "citizenships", TRUE },
  { "registration_country", FALSE },
  { "services", TRUE },
};

/* Checks what a form refers to, once all of it is loaded. */
typedef struct
{
  KabFormDefinition *definition;
  KabFormReader *reader;
  GHashTable *active; /* sections and fields whose visibility is being followed */
  GHashTable *done;   /* and those found free of cycles */
} Resolve;

static void
follow_condition (Resolve *resolve, const KabFormCondition *condition, const KabFormField *group);

static const KabFormField *
find_field (Resolve *resolve, const KabFormReference *reference, const KabFormField *group)
{
  const KabFormField *field;

  if (reference->scope == KAB_FORM_SCOPE_ENTRY)
    return group != NULL ? kab_form_fields_find (group->fields, reference->name) : NULL;
  field = g_hash_table_lookup (resolve->definition->fields, reference->name);
  if (reference->scope != KAB_FORM_SCOPE_COLUMN)
    return field;
  return field != NULL && field->fields != NULL
             ? kab_form_fields_find (field->fields, reference->column)
             : NULL;
}

static void
check_fact (Resolve *resolve, const KabFormReference *reference, guint kinds, const char *pointer)
{
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      guint kind = facts[i].is_list ? KAB_FORM_KIND (CHOICES) : KAB_FORM_KIND (CHOICE);

      if (strcmp (facts[i].name, reference->name) != 0)
        continue;
      if ((kinds & kind) == 0)
        kab_form_reader_fail_at (resolve->reader, pointer, KAB_FORM_ERROR_REFERENCE,
                                 "the fact “%s” doesn't fit here", reference->name);
      return;
    }
  kab_form_reader_fail_at (resolve->reader, pointer, KAB_FORM_ERROR_REFERENCE,
                           "the fact “%s” is unknown", reference->name);
}

/* The field that @reference means, which has to be one of @kinds; NULL for a
 * fact, or with a failure. */
static const KabFormField *
check_reference (Resolve *resolve,
                 const KabFormReference *reference,
                 const KabFormField *group,
                 guint kinds,
                 const char *pointer)
{
  const KabFormField *field;

  if (reference->scope == KAB_FORM_SCOPE_FACT)
    {
      check_fact (resolve, reference, kinds, pointer);
      return NULL;
    }
  field = find_field (resolve, reference, group);
  if (reference->scope == KAB_FORM_SCOPE_COLUMN && kinds != KAB_FORM_KINDS_NUMBER)
    kab_form_reader_fail_at (resolve->reader, pointer, KAB_FORM_ERROR_REFERENCE,
                             "only a sum can refer to all entries of a group");
  else if (field == NULL)
    kab_form_reader_fail_at (resolve->reader, pointer, KAB_FORM_ERROR_REFERENCE,
                             "there is no field “%s” to refer to",
                             reference->column != NULL ? reference->column : reference->name);
  else if (!kab_form_field_is (field, kinds))
    kab_form_reader_fail_at (resolve->reader, pointer, KAB_FORM_ERROR_REFERENCE,
                             "the field “%s” is of a kind that doesn't fit here", field->id);
  return field;
}

static guint
fitting_kinds (const KabFormCondition *condition)
{
  switch (condition->operator)
    {
    case KAB_FORM_OPERATOR_EQUALS:
      return json_node_get_value_type (condition->values->pdata[0]) == G_TYPE_BOOLEAN
                 ? KAB_FORM_KINDS_BOOLEAN
                 : KAB_FORM_KINDS_ONE | KAB_FORM_KINDS_TEXT;
    case KAB_FORM_OPERATOR_IN:
      return KAB_FORM_KINDS_ONE | KAB_FORM_KINDS_TEXT;
    case KAB_FORM_OPERATOR_CONTAINS:
      return KAB_FORM_KIND (CHOICES);
    case KAB_FORM_OPERATOR_AGE_AT_LEAST:
    case KAB_FORM_OPERATOR_BEFORE:
    case KAB_FORM_OPERATOR_AFTER:
      return KAB_FORM_KIND (DATE);
    case KAB_FORM_OPERATOR_AT_LEAST:
    case KAB_FORM_OPERATOR_AT_MOST:
      return condition->counts ? KAB_FORM_KINDS_COUNTED : KAB_FORM_KINDS_NUMBER;
    case KAB_FORM_OPERATOR_SOME:
      return KAB_FORM_KIND (GROUP);
    default:
      return KAB_FORM_KINDS_ANSWERED;
    }
}

/* Whether the options are the same at every bank. A bank may leave out some of
 * its own lists, whose values then never match. */
static gboolean
has_fixed_options (const KabFormField *field)
{
  return field->options != NULL &&
         (field->list == NULL || strcmp (field->list, KAB_FORM_LIST_COUNTRIES) == 0 ||
          strcmp (field->list, KAB_FORM_LIST_LANGUAGES) == 0);
}

/* A value that a condition compares with has to be one of the field's options. */
static void
check_values (Resolve *resolve, const KabFormCondition *condition, const KabFormField *field)
{
  if (field == NULL || !has_fixed_options (field))
    return;
  for (guint i = 0; i < condition->values->len; i++)
    {
      const char *value = json_node_get_string (condition->values->pdata[i]);

      if (!kab_form_options_contain (field->options, value))
        kab_form_reader_fail_at (resolve->reader, condition->pointer, KAB_FORM_ERROR_REFERENCE,
                                 "“%s” is not an option of “%s”", value, field->id);
    }
}

static void
check_condition (Resolve *resolve, const KabFormCondition *condition, const KabFormField *group)
{
  const KabFormField *inner = group;

  for (guint i = 0; i < condition->references->len; i++)
    {
      const KabFormReference *reference = condition->references->pdata[i];
      const KabFormField *field = check_reference (resolve, reference, group,
                                                   fitting_kinds (condition), condition->pointer);

      check_values (resolve, condition, field);
      if (condition->operator== KAB_FORM_OPERATOR_SOME)
        inner = field;
    }
  if (condition->day != NULL && condition->day->reference != NULL)
    check_reference (resolve, condition->day->reference, group, KAB_FORM_KIND (DATE),
                     condition->pointer);
  for (guint i = 0; i < condition->children->len && !kab_form_reader_has_failed (resolve->reader);
       i++)
    check_condition (resolve, condition->children->pdata[i], inner);
}

static void
check_day (Resolve *resolve, const KabFormDay *day, const KabFormField *field)
{
  if (day != NULL && day->reference != NULL)
    check_reference (resolve, day->reference, field->group, KAB_FORM_KIND (DATE), field->pointer);
}

static void
check_field (Resolve *resolve, const KabFormField *field)
{
  kab_form_reader_switch_source (resolve->reader, field->source, field->pointer, NULL);
  if (field->visible != NULL)
    check_condition (resolve, field->visible, field->group);
  if (field->required != NULL)
    check_condition (resolve, field->required, field->group);
  if (field->birth != NULL)
    check_reference (resolve, field->birth, field->group, KAB_FORM_KIND (DATE), field->pointer);
  if (field->different != NULL)
    check_reference (resolve, field->different, field->group, 1u << field->kind, field->pointer);
  check_day (resolve, field->earliest, field);
  check_day (resolve, field->latest, field);
  for (guint i = 0; field->fields != NULL && i < field->fields->len; i++)
    check_field (resolve, field->fields->pdata[i]);
  kab_form_reader_leave (resolve->reader);
}

/* Whether @thing still has to be followed; meeting it on the way is a cycle. */
static gboolean
begin (Resolve *resolve, gconstpointer thing, KabFormSource *source, const char *pointer)
{
  if (g_hash_table_contains (resolve->done, thing) || kab_form_reader_has_failed (resolve->reader))
    return FALSE;
  if (!g_hash_table_add (resolve->active, (gpointer) thing))
    {
      kab_form_reader_switch_source (resolve->reader, source, pointer, NULL);
      kab_form_reader_fail (resolve->reader, KAB_FORM_ERROR_CYCLE,
                            "whether it is visible depends on itself");
      kab_form_reader_leave (resolve->reader);
      return FALSE;
    }
  return TRUE;
}

static void
end (Resolve *resolve, gconstpointer thing)
{
  g_hash_table_remove (resolve->active, thing);
  g_hash_table_add (resolve->done, (gpointer) thing);
}

static void
follow_section (Resolve *resolve, const KabFormSection *section)
{
  if (!begin (resolve, section, resolve->definition->source, section->pointer))
    return;
  if (section->visible != NULL)
    follow_condition (resolve, section->visible, NULL);
  end (resolve, section);
}

static void
follow_field (Resolve *resolve, const KabFormField *field)
{
  if (!begin (resolve, field, field->source, field->pointer))
    return;
  if (field->visible != NULL)
    follow_condition (resolve, field->visible, field->group);
  if (field->group != NULL)
    follow_field (resolve, field->group);
  else
    follow_section (resolve, field->section);
  end (resolve, field);
}

static void
follow_reference (Resolve *resolve, const KabFormReference *reference, const KabFormField *group)
{
  if (reference->scope != KAB_FORM_SCOPE_FACT)
    follow_field (resolve, find_field (resolve, reference, group));
}

static void
follow_condition (Resolve *resolve, const KabFormCondition *condition, const KabFormField *group)
{
  const KabFormField *inner = group;

  for (guint i = 0; i < condition->references->len; i++)
    follow_reference (resolve, condition->references->pdata[i], group);
  if (condition->day != NULL && condition->day->reference != NULL)
    follow_reference (resolve, condition->day->reference, group);
  if (condition->operator== KAB_FORM_OPERATOR_SOME)
    inner = find_field (resolve, condition->references->pdata[0], group);
  for (guint i = 0; i < condition->children->len; i++)
    follow_condition (resolve, condition->children->pdata[i], inner);
}

static void
check_sections (Resolve *resolve)
{
  GPtrArray *sections = resolve->definition->sections;

  for (guint i = 0; i < sections->len; i++)
    {
      const KabFormSection *section = sections->pdata[i];

      if (section->visible != NULL)
        check_condition (resolve, section->visible, NULL);
      for (guint j = 0; j < section->fields->len; j++)
        check_field (resolve, section->fields->pdata[j]);
    }
}

static void
check_rules (Resolve *resolve)
{
  GPtrArray *rules = resolve->definition->rules;

  for (guint i = 0; i < rules->len; i++)
    {
      const KabFormRule *rule = rules->pdata[i];

      if (rule->at->scope != KAB_FORM_SCOPE_FORM)
        kab_form_reader_fail_at (resolve->reader, rule->pointer, KAB_FORM_ERROR_REFERENCE,
                                 "a rule is told at a field of the form");
      else
        check_reference (resolve, rule->at, NULL, KAB_FORM_KINDS_ANSWERED, rule->pointer);
      check_condition (resolve, rule->require, NULL);
    }
}

static void
follow_sections (Resolve *resolve)
{
  GPtrArray *sections = resolve->definition->sections;

  for (guint i = 0; i < sections->len; i++)
    {
      const KabFormSection *section = sections->pdata[i];

      follow_section (resolve, section);
      for (guint j = 0; j < section->fields->len; j++)
        {
          const KabFormField *field = section->fields->pdata[j];

          follow_field (resolve, field);
          for (guint k = 0; field->fields != NULL && k < field->fields->len; k++)
            follow_field (resolve, field->fields->pdata[k]);
        }
    }
}

/* Checks that every reference means something fitting and that no visibility
 * depends on itself. */
void
kab_form_resolve (KabFormDefinition *definition, KabFormReader *reader)
{
  g_autoptr (GHashTable) active = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);
  Resolve resolve = { definition, reader, active, done };

  check_sections (&resolve);
  check_rules (&resolve);
  if (!kab_form_reader_has_failed (reader))
    follow_sections (&resolve);
}
