/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-form-field-private.h"

#include <string.h>

static void
clear_texts (KabFormField *self)
{
  g_clear_pointer (&self->label, kab_form_text_free);
  g_clear_pointer (&self->help, kab_form_text_free);
  g_clear_pointer (&self->placeholder, kab_form_text_free);
  g_clear_pointer (&self->add_label, kab_form_text_free);
  g_clear_pointer (&self->summary, kab_form_text_free);
}

void
kab_form_field_free (KabFormField *self)
{
  clear_texts (self);
  g_free (self->id);
  g_free (self->pointer);
  kab_form_source_unref (self->source);
  g_free (self->purpose);
  g_free (self->check);
  g_free (self->currency);
  g_free (self->list);
  g_strfreev (self->documents);
  g_strfreev (self->formats);
  g_clear_pointer (&self->options, g_ptr_array_unref);
  g_clear_pointer (&self->initial, json_node_unref);
  g_clear_pointer (&self->required, kab_form_condition_free);
  g_clear_pointer (&self->visible, kab_form_condition_free);
  g_clear_pointer (&self->birth, kab_form_reference_free);
  g_clear_pointer (&self->different, kab_form_reference_free);
  g_clear_pointer (&self->earliest, kab_form_day_free);
  g_clear_pointer (&self->latest, kab_form_day_free);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self);
}

/* The field called @id among @fields, or NULL. */
KabFormField *
kab_form_fields_find (GPtrArray *fields, const char *id)
{
  for (guint i = 0; i < fields->len; i++)
    {
      KabFormField *field = fields->pdata[i];

      if (g_strcmp0 (field->id, id) == 0)
        return field;
    }
  return NULL;
}

/**
 * kab_form_field_get_id:
 * @self: a field
 *
 * Returns: (transfer none): the name of the field's member in the answers
 */
const char *
kab_form_field_get_id (const KabFormField *self)
{
  return self->id;
}

KabFormFieldKind
kab_form_field_get_kind (const KabFormField *self)
{
  return self->kind;
}

/**
 * kab_form_field_get_group:
 * @self: a field
 *
 * Returns: (transfer none) (nullable): the repeating group that the field belongs to
 */
const KabFormField *
kab_form_field_get_group (const KabFormField *self)
{
  return self->group;
}

/**
 * kab_form_field_get_label:
 * @self: a field
 * @language: a language or locale
 *
 * Returns: (transfer none): the label, which is the accessible name too; the
 *   words themselves for a note or heading
 */
const char *
kab_form_field_get_label (const KabFormField *self, const char *language)
{
  return kab_form_text_get (self->label, language);
}

/**
 * kab_form_field_get_help:
 * @self: a field
 * @language: a language or locale
 *
 * Returns: (transfer none) (nullable): formats, limits, why it is asked
 */
const char *
kab_form_field_get_help (const KabFormField *self, const char *language)
{
  return kab_form_text_get (self->help, language);
}

/**
 * kab_form_field_get_placeholder:
 * @self: a field
 * @language: a language or locale
 *
 * Returns: (transfer none) (nullable): an example of an answer
 */
const char *
kab_form_field_get_placeholder (const KabFormField *self, const char *language)
{
  return kab_form_text_get (self->placeholder, language);
}

/**
 * kab_form_field_get_add_label:
 * @self: a group
 * @language: a language or locale
 *
 * Returns: (transfer none) (nullable): what the button says that adds an entry
 */
const char *
kab_form_field_get_add_label (const KabFormField *self, const char *language)
{
  return kab_form_text_get (self->add_label, language);
}

/**
 * kab_form_field_get_purpose:
 * @self: a field
 *
 * Returns: (transfer none) (nullable): what kind of personal datum it is, as
 *   WCAG 2.2 §7 names the purposes of input ("name", "bday", "email", "tel" …)
 */
const char *
kab_form_field_get_purpose (const KabFormField *self)
{
  return self->purpose;
}

/**
 * kab_form_field_get_currency:
 * @self: a field
 *
 * Returns: (transfer none) (nullable): the ISO 4217 code of an amount of money
 */
const char *
kab_form_field_get_currency (const KabFormField *self)
{
  return self->currency;
}

/**
 * kab_form_field_get_list:
 * @self: a field
 *
 * Returns: (transfer none) (nullable): the catalogue's list that the options are
 *   from; for "countries" and "languages" the names are those of iso-codes
 */
const char *
kab_form_field_get_list (const KabFormField *self)
{
  return self->list;
}

/**
 * kab_form_field_get_options:
 * @self: a field
 *
 * Returns: (transfer none) (nullable) (element-type KabFormOption): what may be chosen
 */
GPtrArray *
kab_form_field_get_options (const KabFormField *self)
{
  return self->options;
}

/**
 * kab_form_field_get_fields:
 * @self: a group
 *
 * Returns: (transfer none) (nullable) (element-type KabFormField): the fields of an entry
 */
GPtrArray *
kab_form_field_get_fields (const KabFormField *self)
{
  return self->fields;
}

/**
 * kab_form_field_get_default:
 * @self: a field
 *
 * Returns: (transfer none) (nullable): the answer that a new form begins with
 */
JsonNode *
kab_form_field_get_default (const KabFormField *self)
{
  return self->initial;
}

/* Lengths are in Unicode characters; a maximum is always set for texts. */
/* Counts are of chosen options, files or entries; 0 as a maximum means no limit. */
guint
kab_form_field_get_max_count (const KabFormField *self)
{
  return self->max_count;
}

/* Completed years that lie between a date and today; 0 means no limit. */
/* The most digits after the point of a number. */
/* The most bytes of one file. */
/**
 * kab_form_field_has_answer:
 * @self: a field
 *
 * Returns: %FALSE for notes and headings
 */
gboolean
kab_form_field_has_answer (const KabFormField *self)
{
  return kab_form_field_is (self, KAB_FORM_KINDS_ANSWERED);
}

/**
 * kab_form_field_can_be_required:
 * @self: a field
 *
 * Returns: whether an answer is needed always or under a condition; whether now, the evaluation
 * says
 */
gboolean
kab_form_field_can_be_required (const KabFormField *self)
{
  return self->always_required || self->required != NULL;
}

static char *
dup_option_text (const KabFormField *self,
                 const char *value,
                 const char *language,
                 KabFormNameFunc name,
                 gpointer data)
{
  if (self->list != NULL && name != NULL)
    {
      char *text = name (self->list, value, language, data);

      if (text != NULL)
        return text;
    }
  for (guint i = 0; self->options != NULL && i < self->options->len; i++)
    {
      const KabFormOption *option = self->options->pdata[i];

      if (g_strcmp0 (kab_form_option_get_value (option), value) == 0)
        return g_strdup (kab_form_option_get_label (option, language));
    }
  return g_strdup (value);
}

static void
append_element (const KabFormField *self,
                JsonNode *element,
                const char *language,
                KabFormNameFunc name,
                gpointer data,
                GString *text)
{
  g_autofree char *part = NULL;

  if (json_node_get_value_type (element) == G_TYPE_STRING)
    part = dup_option_text (self, json_node_get_string (element), language, name, data);
  else if (JSON_NODE_HOLDS_OBJECT (element) && self->kind == KAB_FORM_FIELD_FILES)
    part = g_strdup (
        json_object_get_string_member_with_default (json_node_get_object (element), "name", ""));
  if (part == NULL)
    return;
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, part);
}

/**
 * kab_form_field_dup_answer_text:
 * @self: a field
 * @answer: (nullable): its answer
 * @language: a language or locale
 * @name: (nullable): names the codes of lists
 * @data: for @name
 *
 * Returns: (transfer full): @answer in words: labels instead of values, names of
 *   files; a boolean is "✓" or "✗", a group the number of its entries
 */
char *
kab_form_field_dup_answer_text (const KabFormField *self,
                                JsonNode *answer,
                                const char *language,
                                KabFormNameFunc name,
                                gpointer data)
{
  GString *text = g_string_new (NULL);

  if (answer != NULL && JSON_NODE_HOLDS_ARRAY (answer))
    {
      JsonArray *array = json_node_get_array (answer);

      if (self->kind == KAB_FORM_FIELD_GROUP)
        g_string_append_printf (text, "%u", json_array_get_length (array));
      for (guint i = 0; i < json_array_get_length (array); i++)
        append_element (self, json_array_get_element (array, i), language, name, data, text);
    }
  else if (answer != NULL && json_node_get_value_type (answer) == G_TYPE_BOOLEAN)
    {
      g_string_append (text, json_node_get_boolean (answer) ? "✓" : "✗");
    }
  else if (answer != NULL)
    {
      append_element (self, answer, language, name, data, text);
    }
  return g_string_free (text, FALSE);
}

/**
 * kab_form_field_dup_summary:
 * @self: a group
 * @entry: one of its entries
 * @language: a language or locale
 * @name: (nullable): names the codes of lists
 * @data: for @name
 *
 * What stands in the template before an answer that is not there goes with it, and so does what
 * follows the last one: of "{country}, TIN: {number}" a country alone is left.
 *
 * Returns: (transfer full): the group's summary template, filled from @entry
 */
char *
kab_form_field_dup_summary (const KabFormField *self,
                            JsonObject *entry,
                            const char *language,
                            KabFormNameFunc name,
                            gpointer data)
{
  const char *template = kab_form_text_get (self->summary, language);
  GString *text = g_string_new (NULL);
  gboolean filled = TRUE;

  while (template != NULL && *template != '\0')
    {
      gsize length = strcspn (template, "{");
      const char *end = strchr (template + length, '}');

      if (end != NULL)
        {
          g_autofree char *id = g_strndup (template + length + 1, end - template - length - 1);
          const KabFormField *field = kab_form_fields_find (self->fields, id);
          g_autofree char *part = kab_form_field_dup_answer_text (
              field, json_object_get_member (entry, id), language, name, data);

          filled = *part != '\0';
          if (filled)
            g_string_append_len (text, template, length);
          g_string_append (text, part);
        }
      else if (filled)
        {
          g_string_append_len (text, template, length);
        }
      template = end != NULL ? end + 1 : template + length;
    }
  return g_string_free (text, FALSE);
}
