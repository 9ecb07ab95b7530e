/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-form-condition-private.h"

#include "kab-age.h"
#include "kab-date.h"

static const char *const operators[] = {
  [KAB_FORM_OPERATOR_ALL] = "all",
  [KAB_FORM_OPERATOR_ANY] = "any",
  [KAB_FORM_OPERATOR_NOT] = "not",
  [KAB_FORM_OPERATOR_PRESENT] = "present",
  [KAB_FORM_OPERATOR_EQUALS] = "equals",
  [KAB_FORM_OPERATOR_IN] = "in",
  [KAB_FORM_OPERATOR_CONTAINS] = "contains",
  [KAB_FORM_OPERATOR_SAME] = "same",
  [KAB_FORM_OPERATOR_AGE_AT_LEAST] = "age-at-least",
  [KAB_FORM_OPERATOR_BEFORE] = "before",
  [KAB_FORM_OPERATOR_AFTER] = "after",
  [KAB_FORM_OPERATOR_AT_LEAST] = "at-least",
  [KAB_FORM_OPERATOR_AT_MOST] = "at-most",
  [KAB_FORM_OPERATOR_SOME] = "some",
  NULL,
};

static void
read_child (KabFormCondition *self, KabFormReader *reader)
{
  g_ptr_array_add (self->children, kab_form_condition_new_read (reader));
}

static void
read_children (KabFormCondition *self, KabFormReader *reader)
{
  guint length = kab_form_reader_get_length (reader);

  if (length == 0)
    kab_form_reader_fail (reader, KAB_FORM_ERROR_VALUE, "there is no condition in the list");
  for (guint i = 0; i < length; i++)
    {
      kab_form_reader_enter_element (reader, i);
      read_child (self, reader);
      kab_form_reader_leave (reader);
    }
}

static void
read_reference (KabFormCondition *self, KabFormReader *reader)
{
  KabFormReference *reference = kab_form_reference_new_read (reader);

  if (reference != NULL)
    g_ptr_array_add (self->references, reference);
}

static void
read_references (KabFormCondition *self, KabFormReader *reader)
{
  guint length = kab_form_reader_get_length (reader);

  for (guint i = 0; i < length; i++)
    {
      kab_form_reader_enter_element (reader, i);
      read_reference (self, reader);
      kab_form_reader_leave (reader);
    }
}

static void
read_amount (KabFormCondition *self, KabFormReader *reader)
{
  static const char *const members[] = { "sum", "count", NULL };

  if (!JSON_NODE_HOLDS_OBJECT (kab_form_reader_get_node (reader)))
    {
      read_reference (self, reader);
      return;
    }
  kab_form_reader_check_object (reader, members);
  if (kab_form_reader_enter (reader, "sum"))
    {
      read_references (self, reader);
      kab_form_reader_leave (reader);
    }
  else if (kab_form_reader_require (reader, "count"))
    {
      self->counts = TRUE;
      read_reference (self, reader);
      kab_form_reader_leave (reader);
    }
}

static void
read_value (KabFormCondition *self, KabFormReader *reader)
{
  JsonNode *node = kab_form_reader_get_node (reader);

  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
      self->operator== KAB_FORM_OPERATOR_EQUALS)
    g_ptr_array_add (self->values, json_node_ref (node));
  else if (kab_form_reader_get_string (reader) != NULL)
    g_ptr_array_add (self->values, json_node_ref (node));
}

static void
read_values (KabFormCondition *self, KabFormReader *reader)
{
  guint length = kab_form_reader_get_length (reader);

  for (guint i = 0; i < length; i++)
    {
      kab_form_reader_enter_element (reader, i);
      read_value (self, reader);
      kab_form_reader_leave (reader);
    }
}

/* The second of the two operands. */
static void
read_right (KabFormCondition *self, KabFormReader *reader)
{
  switch (self->operator)
    {
    case KAB_FORM_OPERATOR_IN:
      read_values (self, reader);
      break;
    case KAB_FORM_OPERATOR_SAME:
      read_reference (self, reader);
      break;
    case KAB_FORM_OPERATOR_AGE_AT_LEAST:
      self->number = kab_form_reader_get_integer (reader, 1, 150);
      break;
    case KAB_FORM_OPERATOR_BEFORE:
    case KAB_FORM_OPERATOR_AFTER:
      self->day = kab_form_day_new_read (reader);
      break;
    case KAB_FORM_OPERATOR_AT_LEAST:
    case KAB_FORM_OPERATOR_AT_MOST:
      self->number = kab_form_decimal_read (reader);
      break;
    case KAB_FORM_OPERATOR_SOME:
      read_child (self, reader);
      break;
    default:
      read_value (self, reader);
      break;
    }
}

static void
read_pair (KabFormCondition *self, KabFormReader *reader)
{
  if (kab_form_reader_get_length (reader) != 2)
    {
      kab_form_reader_fail (reader, KAB_FORM_ERROR_VALUE, "“%s” takes two operands",
                            operators[self->operator]);
      return;
    }
  kab_form_reader_enter_element (reader, 0);
  if (self->operator== KAB_FORM_OPERATOR_AT_LEAST || self->operator== KAB_FORM_OPERATOR_AT_MOST)
    read_amount (self, reader);
  else
    read_reference (self, reader);
  kab_form_reader_leave (reader);
  kab_form_reader_enter_element (reader, 1);
  read_right (self, reader);
  kab_form_reader_leave (reader);
}

static void
read_operands (KabFormCondition *self, KabFormReader *reader)
{
  switch (self->operator)
    {
    case KAB_FORM_OPERATOR_ALL:
    case KAB_FORM_OPERATOR_ANY:
      read_children (self, reader);
      break;
    case KAB_FORM_OPERATOR_NOT:
      read_child (self, reader);
      break;
    case KAB_FORM_OPERATOR_PRESENT:
      read_reference (self, reader);
      break;
    default:
      read_pair (self, reader);
      break;
    }
}

/* The current object, {operator: operands}. What was wrong is in the reader;
 * the condition returned then must not be tested. */
KabFormCondition *
kab_form_condition_new_read (KabFormReader *reader)
{
  KabFormCondition *self = g_new0 (KabFormCondition, 1);
  JsonNode *node = kab_form_reader_get_node (reader);

  self->pointer = g_strdup (kab_form_reader_get_pointer (reader));
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) kab_form_condition_free);
  self->references = g_ptr_array_new_with_free_func ((GDestroyNotify) kab_form_reference_free);
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  if (!kab_form_reader_check_object (reader, operators))
    return self;
  if (json_object_get_size (json_node_get_object (node)) != 1)
    {
      kab_form_reader_fail (reader, KAB_FORM_ERROR_VALUE, "a condition has exactly one operator");
      return self;
    }
  for (guint i = 0; operators[i] != NULL; i++)
    {
      if (kab_form_reader_enter (reader, operators[i]))
        {
          self->operator= i;
          read_operands (self, reader);
          kab_form_reader_leave (reader);
        }
    }
  return self;
}

void
kab_form_condition_free (KabFormCondition *self)
{
  g_free (self->pointer);
  g_ptr_array_unref (self->children);
  g_ptr_array_unref (self->references);
  g_ptr_array_unref (self->values);
  g_clear_pointer (&self->day, kab_form_day_free);
  g_free (self);
}

/* The answer or fact that @reference points at, or NULL; not for columns. */
JsonNode *
kab_form_situation_get (const KabFormSituation *self, const KabFormReference *reference)
{
  switch (reference->scope)
    {
    case KAB_FORM_SCOPE_FACT:
      return self->fact (self->data, reference->name);
    case KAB_FORM_SCOPE_ENTRY:
      return self->answer (self->data, self->group, self->entry, reference->name);
    default:
      return self->answer (self->data, NULL, 0, reference->name);
    }
}

/* The string in @node, or NULL when it holds something else. */
static const char *
get_string (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

/* The calendar day that the answer or fact is; FALSE when it is none. */
gboolean
kab_form_situation_get_date (const KabFormSituation *self,
                             const KabFormReference *reference,
                             GDate *date)
{
  const char *text = get_string (kab_form_situation_get (self, reference));

  return text != NULL && kab_date_parse (text, date) == KAB_CHECK_OK;
}

/* The calendar day that @day means; FALSE when it refers to no valid answer. */
gboolean
kab_form_situation_get_day (const KabFormSituation *self, const KabFormDay *day, GDate *date)
{
  if (day->reference != NULL)
    return kab_form_situation_get_date (self, day->reference, date);
  *date = g_date_valid (&day->date) ? day->date : self->today;
  return TRUE;
}

/* Whether @node is an answer at all: blank texts and empty lists are none. */
gboolean
kab_form_is_present (JsonNode *node)
{
  const char *text = get_string (node);

  if (text != NULL)
    {
      for (; *text != '\0'; text = g_utf8_next_char (text))
        {
          if (!g_unichar_isspace (g_utf8_get_char (text)))
            return TRUE;
        }
      return FALSE;
    }
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) > 0;
  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

static gboolean
equals (JsonNode *left, JsonNode *right)
{
  if (left == NULL || json_node_get_value_type (left) != json_node_get_value_type (right))
    return FALSE;
  if (json_node_get_value_type (right) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (left) == json_node_get_boolean (right);
  return g_strcmp0 (get_string (left), get_string (right)) == 0;
}

static gboolean
contains (JsonNode *node, const char *value)
{
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      if (g_strcmp0 (get_string (json_array_get_element (array, i)), value) == 0)
        return TRUE;
    }
  return FALSE;
}

static guint
count_elements (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node)
             ? json_array_get_length (json_node_get_array (node))
             : 0;
}

/* What isn't a number counts as nothing; the field says what is wrong with it. */
static gint64
get_number (JsonNode *node)
{
  const char *text = get_string (node);
  gint64 value = 0;

  if (text == NULL ||
      kab_form_decimal_parse (text, KAB_FORM_DECIMAL_PLACES, &value) != KAB_FORM_DECIMAL_OK)
    return 0;
  return value;
}

static void
add_clamped (gint64 *sum, gint64 value)
{
  if (__builtin_add_overflow (*sum, value, sum))
    *sum = value > 0 ? G_MAXINT64 : G_MININT64;
}

static gint64
get_amount (const KabFormCondition *self, const KabFormSituation *situation)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->references->len; i++)
    {
      const KabFormReference *reference = self->references->pdata[i];
      JsonNode *node = kab_form_situation_get (situation, reference);

      if (self->counts)
        {
          add_clamped (&sum, (gint64) count_elements (node) * KAB_FORM_DECIMAL_UNIT);
        }
      else if (reference->scope == KAB_FORM_SCOPE_COLUMN)
        {
          for (guint j = 0; j < count_elements (node); j++)
            add_clamped (&sum, get_number (situation->answer (situation->data, reference->name, j,
                                                              reference->column)));
        }
      else
        {
          add_clamped (&sum, get_number (node));
        }
    }
  return sum;
}

static gboolean
test_some (const KabFormCondition *self, const KabFormSituation *situation)
{
  const KabFormReference *group = self->references->pdata[0];
  KabFormSituation inner = *situation;
  guint length = count_elements (kab_form_situation_get (situation, group));

  inner.group = group->name;
  for (inner.entry = 0; inner.entry < length; inner.entry++)
    {
      if (kab_form_condition_test (self->children->pdata[0], &inner))
        return TRUE;
    }
  return FALSE;
}

static gboolean
test_children (const KabFormCondition *self, const KabFormSituation *situation, gboolean until)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      if (kab_form_condition_test (self->children->pdata[i], situation) == until)
        return until;
    }
  return !until;
}

static gboolean
test_dates (const KabFormCondition *self, const KabFormSituation *situation)
{
  GDate left, right;

  g_date_clear (&left, 1);
  g_date_clear (&right, 1);
  if (!kab_form_situation_get_date (situation, self->references->pdata[0], &left))
    return FALSE;
  if (self->operator== KAB_FORM_OPERATOR_AGE_AT_LEAST)
    return kab_age_on (&left, &situation->today) >= self->number;
  if (!kab_form_situation_get_day (situation, self->day, &right))
    return FALSE;
  return self->operator== KAB_FORM_OPERATOR_BEFORE ? g_date_compare (&left, &right) < 0
                                                   : g_date_compare (&left, &right) > 0;
}

static gboolean
test_value (const KabFormCondition *self, JsonNode *node)
{
  if (self->operator== KAB_FORM_OPERATOR_PRESENT)
    return kab_form_is_present (node);
  if (self->operator== KAB_FORM_OPERATOR_CONTAINS)
    return contains (node, get_string (self->values->pdata[0]));
  for (guint i = 0; i < self->values->len; i++)
    {
      if (equals (node, self->values->pdata[i]))
        return TRUE;
    }
  return FALSE;
}

/* Whether the condition holds. Answers of a wrong type count as absent. */
gboolean
kab_form_condition_test (const KabFormCondition *self, const KabFormSituation *situation)
{
  switch (self->operator)
    {
    case KAB_FORM_OPERATOR_ALL:
      return test_children (self, situation, FALSE);
    case KAB_FORM_OPERATOR_ANY:
      return test_children (self, situation, TRUE);
    case KAB_FORM_OPERATOR_NOT:
      return !kab_form_condition_test (self->children->pdata[0], situation);
    case KAB_FORM_OPERATOR_AGE_AT_LEAST:
    case KAB_FORM_OPERATOR_BEFORE:
    case KAB_FORM_OPERATOR_AFTER:
      return test_dates (self, situation);
    case KAB_FORM_OPERATOR_AT_LEAST:
      return get_amount (self, situation) >= self->number;
    case KAB_FORM_OPERATOR_AT_MOST:
      return get_amount (self, situation) <= self->number;
    case KAB_FORM_OPERATOR_SOME:
      return test_some (self, situation);
    case KAB_FORM_OPERATOR_SAME:
      {
        JsonNode *left = kab_form_situation_get (situation, self->references->pdata[0]);
        JsonNode *right = kab_form_situation_get (situation, self->references->pdata[1]);

        return left != NULL && right != NULL && json_node_equal (left, right);
      }
    default:
      return test_value (self, kab_form_situation_get (situation, self->references->pdata[0]));
    }
}
