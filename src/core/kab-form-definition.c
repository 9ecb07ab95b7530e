/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-form-definition-private.h"

#include <string.h>

#define MAX_FIELDS  500
#define MAX_VERSION 1000000

G_DEFINE_BOXED_TYPE (KabFormDefinition,
                     kab_form_definition,
                     kab_form_definition_ref,
                     kab_form_definition_unref)

static void
section_free (KabFormSection *section)
{
  g_free (section->id);
  g_free (section->pointer);
  g_clear_pointer (&section->title, kab_form_text_free);
  g_clear_pointer (&section->help, kab_form_text_free);
  g_clear_pointer (&section->visible, kab_form_condition_free);
  g_clear_pointer (&section->fields, g_ptr_array_unref);
  g_free (section);
}

static void
rule_free (KabFormRule *rule)
{
  g_free (rule->id);
  g_free (rule->pointer);
  g_clear_pointer (&rule->at, kab_form_reference_free);
  g_clear_pointer (&rule->require, kab_form_condition_free);
  g_clear_pointer (&rule->message, kab_form_text_free);
  g_free (rule);
}

static KabFormCondition *
load_condition (const KabFormLoad *load, const char *member)
{
  KabFormCondition *condition;

  if (!kab_form_reader_enter (load->reader, member))
    return NULL;
  condition = kab_form_condition_new_read (load->reader);
  kab_form_reader_leave (load->reader);
  return condition;
}

/* Takes the fields of a section into the form, whose ids are all different. */
static void
add_fields (KabFormDefinition *self, const KabFormLoad *load, KabFormSection *section)
{
  for (guint i = 0; i < section->fields->len; i++)
    {
      KabFormField *field = section->fields->pdata[i];

      field->section = section;
      if (!g_hash_table_contains (self->fields, field->id))
        {
          g_hash_table_insert (self->fields, field->id, field);
          continue;
        }
      kab_form_reader_switch_source (load->reader, field->source, field->pointer, NULL);
      kab_form_reader_fail (load->reader, KAB_FORM_ERROR_DUPLICATE, "the id “%s” occurs twice",
                            field->id);
      kab_form_reader_leave (load->reader);
    }
  if (g_hash_table_size (self->fields) > MAX_FIELDS)
    kab_form_reader_fail (load->reader, KAB_FORM_ERROR_VALUE, "there are more than %d fields",
                          MAX_FIELDS);
}

static void
load_section (KabFormDefinition *self, const KabFormLoad *load)
{
  static const char *const members[] = { "id", "title", "help", "visible", "fields", NULL };
  KabFormSection *section = g_new0 (KabFormSection, 1);

  g_ptr_array_add (self->sections, section);
  kab_form_reader_check_object (load->reader, members);
  section->pointer = g_strdup (kab_form_reader_get_pointer (load->reader));
  section->id = kab_form_reader_dup_id (load->reader, "id");
  for (guint i = 0; i + 1 < self->sections->len; i++)
    {
      if (g_strcmp0 (((KabFormSection *) self->sections->pdata[i])->id, section->id) == 0)
        kab_form_reader_fail (load->reader, KAB_FORM_ERROR_DUPLICATE,
                              "the section “%s” occurs twice", section->id);
    }
  section->title = kab_form_load_text (load, "title", TRUE);
  section->help = kab_form_load_text (load, "help", FALSE);
  section->visible = load_condition (load, "visible");
  section->fields = kab_form_load_fields (load, NULL);
  add_fields (self, load, section);
}

static void
load_sections (KabFormDefinition *self, const KabFormLoad *load)
{
  guint length;

  if (!kab_form_reader_require (load->reader, "sections"))
    return;
  length = kab_form_reader_get_length (load->reader);
  if (length == 0)
    kab_form_reader_fail (load->reader, KAB_FORM_ERROR_VALUE, "there is no section");
  for (guint i = 0; i < length; i++)
    {
      kab_form_reader_enter_element (load->reader, i);
      load_section (self, load);
      kab_form_reader_leave (load->reader);
    }
  kab_form_reader_leave (load->reader);
}

static void
load_rule (KabFormDefinition *self, const KabFormLoad *load)
{
  static const char *const members[] = { "id", "at", "require", "message", NULL };
  KabFormRule *rule = g_new0 (KabFormRule, 1);

  kab_form_reader_check_object (load->reader, members);
  rule->pointer = g_strdup (kab_form_reader_get_pointer (load->reader));
  rule->id = kab_form_reader_dup_id (load->reader, "id");
  for (guint i = 0; i < self->rules->len; i++)
    {
      if (g_strcmp0 (((KabFormRule *) self->rules->pdata[i])->id, rule->id) == 0)
        kab_form_reader_fail (load->reader, KAB_FORM_ERROR_DUPLICATE, "the rule “%s” occurs twice",
                              rule->id);
    }
  g_ptr_array_add (self->rules, rule);
  if (kab_form_reader_require (load->reader, "at"))
    {
      rule->at = kab_form_reference_new_read (load->reader);
      kab_form_reader_leave (load->reader);
    }
  if (kab_form_reader_require (load->reader, "require"))
    {
      rule->require = kab_form_condition_new_read (load->reader);
      kab_form_reader_leave (load->reader);
    }
  rule->message = kab_form_load_text (load, "message", TRUE);
}

static void
load_rules (KabFormDefinition *self, const KabFormLoad *load)
{
  guint length;

  if (!kab_form_reader_enter (load->reader, "rules"))
    return;
  length = kab_form_reader_get_length (load->reader);
  for (guint i = 0; i < length; i++)
    {
      kab_form_reader_enter_element (load->reader, i);
      load_rule (self, load);
      kab_form_reader_leave (load->reader);
    }
  kab_form_reader_leave (load->reader);
}

static void
load_definition (KabFormDefinition *self, KabFormReader *reader, KabFormCatalog *catalog)
{
  static const char *const members[] = {
    "form", "version", "languages", "title", "help", "sections", "rules", NULL,
  };
  KabFormLoad load = { .reader = reader, .catalog = catalog };

  if (!kab_form_reader_check_object (reader, members))
    return;
  self->id = kab_form_reader_dup_id (reader, "form");
  if (kab_form_reader_require (reader, "version"))
    {
      self->version = kab_form_reader_get_integer (reader, 1, MAX_VERSION);
      kab_form_reader_leave (reader);
    }
  if (kab_form_reader_require (reader, "languages"))
    {
      self->languages = kab_form_read_languages (reader);
      kab_form_reader_leave (reader);
    }
  if (kab_form_reader_has_failed (reader))
    return;
  load.form = self->id;
  load.languages = (const char *const *) self->languages;
  self->title = kab_form_load_text (&load, "title", TRUE);
  self->help = kab_form_load_text (&load, "help", FALSE);
  load_sections (self, &load);
  load_rules (self, &load);
}

static KabFormDefinition *
new_from_source (KabFormSource *source, KabFormCatalog *catalog, GError **error)
{
  g_autoptr (KabFormDefinition) self = g_new0 (KabFormDefinition, 1);
  g_autoptr (KabFormReader) reader = kab_form_reader_new (source);

  g_atomic_ref_count_init (&self->references);
  self->source = kab_form_source_ref (source);
  self->sections = g_ptr_array_new_with_free_func ((GDestroyNotify) section_free);
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rule_free);
  self->fields = g_hash_table_new (g_str_hash, g_str_equal);
  load_definition (self, reader, catalog);
  if (!kab_form_reader_has_failed (reader))
    kab_form_resolve (self, reader);
  if (!kab_form_reader_finish (reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * kab_form_definition_new_from_data:
 * @data: a form definition as JSON text
 * @length: its length in bytes, or -1 when NUL-terminated
 * @name: what to call it in messages
 * @catalog: the bank's lists, to which the form may refer
 * @error: return location of a #KabFormError
 *
 * Returns: (transfer full) (nullable): the definition, or %NULL when anything in it is wrong
 */
KabFormDefinition *
kab_form_definition_new_from_data (const char *data,
                                   gssize length,
                                   const char *name,
                                   KabFormCatalog *catalog,
                                   GError **error)
{
  g_autoptr (KabFormSource) source = kab_form_source_new (data, length, name, error);

  return source != NULL ? new_from_source (source, catalog, error) : NULL;
}

/**
 * kab_form_definition_new_from_file:
 * @path: where the definition lies
 * @catalog: the bank's lists, to which the form may refer
 * @error: return location of a #KabFormError
 *
 * Returns: (transfer full) (nullable): the definition
 */
KabFormDefinition *
kab_form_definition_new_from_file (const char *path, KabFormCatalog *catalog, GError **error)
{
  g_autoptr (KabFormSource) source = kab_form_source_new_from_file (path, error);

  return source != NULL ? new_from_source (source, catalog, error) : NULL;
}

/**
 * kab_form_definition_new_from_node:
 * @root: a definition, parsed; not to be changed any more
 * @name: what to call it in messages
 * @catalog: the bank's lists, to which the form may refer
 * @error: return location of a #KabFormError; its line is 0
 *
 * Returns: (transfer full) (nullable): the definition
 */
KabFormDefinition *
kab_form_definition_new_from_node (JsonNode *root,
                                   const char *name,
                                   KabFormCatalog *catalog,
                                   GError **error)
{
  g_autoptr (KabFormSource) source = kab_form_source_new_from_node (root, name);

  return new_from_source (source, catalog, error);
}

KabFormDefinition *
kab_form_definition_ref (KabFormDefinition *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
kab_form_definition_unref (KabFormDefinition *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_hash_table_unref (self->fields);
  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->sections);
  g_clear_pointer (&self->title, kab_form_text_free);
  g_clear_pointer (&self->help, kab_form_text_free);
  g_strfreev (self->languages);
  g_free (self->id);
  kab_form_source_unref (self->source);
  g_free (self);
}

const char *
kab_form_definition_get_id (KabFormDefinition *self)
{
  return self->id;
}

/* From 1; a submission names the version that it was made with. */
guint
kab_form_definition_get_version (KabFormDefinition *self)
{
  return self->version;
}

/**
 * kab_form_definition_get_languages:
 * @self: a definition
 *
 * Returns: (transfer none): the languages that every text is there in
 */
const char *const *
kab_form_definition_get_languages (KabFormDefinition *self)
{
  return (const char *const *) self->languages;
}

/**
 * kab_form_definition_get_title:
 * @self: a definition
 * @language: a language or locale
 *
 * Returns: (transfer none): the form's name
 */
const char *
kab_form_definition_get_title (KabFormDefinition *self, const char *language)
{
  return kab_form_text_get (self->title, language);
}

/**
 * kab_form_definition_get_help:
 * @self: a definition
 * @language: a language or locale
 *
 * Returns: (transfer none) (nullable): what the form is for
 */
const char *
kab_form_definition_get_help (KabFormDefinition *self, const char *language)
{
  return kab_form_text_get (self->help, language);
}

/**
 * kab_form_definition_get_sections:
 * @self: a definition
 *
 * Returns: (transfer none) (element-type KabFormSection): the sections in their order
 */
GPtrArray *
kab_form_definition_get_sections (KabFormDefinition *self)
{
  return self->sections;
}

/**
 * kab_form_definition_get_root:
 * @self: a definition
 *
 * Returns: (transfer none): the JSON that it was made from
 */
JsonNode *
kab_form_definition_get_root (KabFormDefinition *self)
{
  return kab_form_source_get_root (self->source);
}

/**
 * kab_form_definition_find_field:
 * @self: a definition
 * @pointer: (type utf8): the JSON pointer (RFC 6901) of an answer, such as
 *   "/full_name", "/residences/0/country", or of an element of one
 *
 * Returns: (transfer none) (nullable): the field that the answer belongs to
 */
const KabFormField *
kab_form_definition_find_field (KabFormDefinition *self, const char *pointer)
{
  g_auto (GStrv) tokens = g_strsplit (pointer, "/", 5);
  const KabFormField *field;

  if (*pointer != '/')
    return NULL;
  field = g_hash_table_lookup (self->fields, tokens[1]);
  if (field != NULL && field->fields != NULL && tokens[2] != NULL && tokens[3] != NULL)
    return kab_form_fields_find (field->fields, tokens[3]);
  return field;
}

/**
 * kab_form_definition_get_rule_message:
 * @self: a definition
 * @rule: the "rule" parameter of a problem with the code "rule"
 * @language: a language or locale
 *
 * Returns: (transfer none) (nullable): what to say when the rule is broken
 */
const char *
kab_form_definition_get_rule_message (KabFormDefinition *self,
                                      const char *rule,
                                      const char *language)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      const KabFormRule *known = self->rules->pdata[i];

      if (strcmp (known->id, rule) == 0)
        return kab_form_text_get (known->message, language);
    }
  return NULL;
}

/**
 * kab_form_section_get_title:
 * @self: a section
 * @language: a language or locale
 *
 * Returns: (transfer none): the section's title
 */
const char *
kab_form_section_get_title (const KabFormSection *self, const char *language)
{
  return kab_form_text_get (self->title, language);
}

/**
 * kab_form_section_get_help:
 * @self: a section
 * @language: a language or locale
 *
 * Returns: (transfer none) (nullable): what the section is about
 */
const char *
kab_form_section_get_help (const KabFormSection *self, const char *language)
{
  return kab_form_text_get (self->help, language);
}

/**
 * kab_form_section_get_fields:
 * @self: a section
 *
 * Returns: (transfer none) (element-type KabFormField): the fields in their order
 */
GPtrArray *
kab_form_section_get_fields (const KabFormSection *self)
{
  return self->fields;
}
