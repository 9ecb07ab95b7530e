/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-form-field-private.h"

#include "kab-file-rules.h"
#include "kab-form-check.h"

#include <string.h>

#define DEFAULT_TEXT_LENGTH      200
#define DEFAULT_LONG_TEXT_LENGTH 4000
#define MAX_TEXT_LENGTH          20000
#define DEFAULT_ENTRIES          50
#define MAX_ENTRIES              500
#define MAX_AGE                  150
/* RFC 5321: the longest address of e-mail that can be used. */
#define MAX_ADDRESS_LENGTH 254
/* WCAG 2.2 §7: the purposes of input that forms of a bank have. */
static const char *const purposes[] = {
  "name",
  "given-name",
  "family-name",
  "bday",
  "email",
  "tel",
  "country",
  "language",
  "street-address",
  "address-level2",
  "postal-code",
  "organization",
  "organization-title",
  "url",
  "sex",
  NULL,
};

static const char *const kinds[] = {
  [KAB_FORM_FIELD_TEXT] = "text",         [KAB_FORM_FIELD_LONG_TEXT] = "long-text",
  [KAB_FORM_FIELD_DATE] = "date",         [KAB_FORM_FIELD_CHOICE] = "choice",
  [KAB_FORM_FIELD_CHOICES] = "choices",   [KAB_FORM_FIELD_BOOLEAN] = "boolean",
  [KAB_FORM_FIELD_CONSENT] = "consent",   [KAB_FORM_FIELD_COUNTRY] = "country",
  [KAB_FORM_FIELD_LANGUAGE] = "language", [KAB_FORM_FIELD_PHONE] = "phone",
  [KAB_FORM_FIELD_EMAIL] = "email",       [KAB_FORM_FIELD_NUMBER] = "number",
  [KAB_FORM_FIELD_PERCENT] = "percent",   [KAB_FORM_FIELD_MONEY] = "money",
  [KAB_FORM_FIELD_FILES] = "files",       [KAB_FORM_FIELD_GROUP] = "group",
  [KAB_FORM_FIELD_NOTE] = "note",         [KAB_FORM_FIELD_HEADING] = "heading",
};

/* Which members a field may have depends on its kind. */
static const struct
{
  const char *name;
  guint kinds;
} members[] = {
  { "id", KAB_FORM_KINDS_ALL },
  { "kind", KAB_FORM_KINDS_ALL },
  { "label", KAB_FORM_KINDS_ALL },
  { "help", KAB_FORM_KINDS_ALL },
  { "visible", KAB_FORM_KINDS_ALL },
  { "required", KAB_FORM_KINDS_ANSWERED },
  { "purpose", KAB_FORM_KINDS_ANSWERED },
  { "different_from", KAB_FORM_KINDS_TEXT | KAB_FORM_KINDS_ONE },
  { "default",
    KAB_FORM_KINDS_TEXT | KAB_FORM_KINDS_ONE | KAB_FORM_KIND (CHOICES) | KAB_FORM_KIND (BOOLEAN) },
  { "placeholder",
    KAB_FORM_KINDS_TEXT | KAB_FORM_KINDS_NUMBER | KAB_FORM_KIND (PHONE) | KAB_FORM_KIND (EMAIL) },
  { "check", KAB_FORM_KIND (TEXT) },
  { "birth_date", KAB_FORM_KIND (TEXT) },
  { "min_length", KAB_FORM_KINDS_TEXT },
  { "max_length", KAB_FORM_KINDS_TEXT },
  { "earliest", KAB_FORM_KIND (DATE) },
  { "latest", KAB_FORM_KIND (DATE) },
  { "min_age", KAB_FORM_KIND (DATE) },
  { "options", KAB_FORM_KIND (CHOICE) | KAB_FORM_KIND (CHOICES) },
  { "list", KAB_FORM_KINDS_OPTIONS },
  { "min_count", KAB_FORM_KINDS_COUNTED },
  { "max_count", KAB_FORM_KINDS_COUNTED },
  { "decimals", KAB_FORM_KINDS_NUMBER },
  { "minimum", KAB_FORM_KINDS_NUMBER },
  { "maximum", KAB_FORM_KINDS_NUMBER },
  { "currency", KAB_FORM_KIND (MONEY) },
  { "formats", KAB_FORM_KIND (FILES) },
  { "max_size", KAB_FORM_KIND (FILES) },
  { "documents", KAB_FORM_KIND (NOTE) | KAB_FORM_KIND (CONSENT) },
  { "fields", KAB_FORM_KIND (GROUP) },
  { "summary", KAB_FORM_KIND (GROUP) },
  { "add_label", KAB_FORM_KIND (GROUP) },
};

/* The text in @member of the current object, or NULL. */
KabFormText *
kab_form_load_text (const KabFormLoad *load, const char *member, gboolean required)
{
  KabFormText *text;

  if (!(required ? kab_form_reader_require (load->reader, member)
                 : kab_form_reader_enter (load->reader, member)))
    return NULL;
  text = kab_form_text_new_read (load->reader, load->languages, kab_form_catalog_get_variable,
                                 load->catalog);
  kab_form_reader_leave (load->reader);
  return text;
}

/* The current object's "kind"; FALSE and a failure when it is none. */
static gboolean
load_kind (const KabFormLoad *load, KabFormFieldKind *kind)
{
  const char *name;
  guint found = 0;

  if (!kab_form_reader_require (load->reader, "kind"))
    return FALSE;
  name = kab_form_reader_get_string (load->reader);
  while (found < G_N_ELEMENTS (kinds) && g_strcmp0 (kinds[found], name) != 0)
    found++;
  if (found == G_N_ELEMENTS (kinds))
    kab_form_reader_fail (load->reader, KAB_FORM_ERROR_VALUE, "“%s” is not a kind of field",
                          name != NULL ? name : "");
  kab_form_reader_leave (load->reader);
  *kind = found;
  return found < G_N_ELEMENTS (kinds);
}

static void
check_members (const KabFormLoad *load, const KabFormField *field)
{
  const char *allowed[G_N_ELEMENTS (members) + 1] = { NULL };
  guint count = 0;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (kab_form_field_is (field, members[i].kinds))
        allowed[count++] = members[i].name;
    }
  kab_form_reader_check_object (load->reader, allowed);
}

static gint64
load_integer (const KabFormLoad *load,
              const char *member,
              gint64 minimum,
              gint64 maximum,
              gint64 otherwise)
{
  gint64 value = otherwise;

  if (kab_form_reader_enter (load->reader, member))
    {
      value = kab_form_reader_get_integer (load->reader, minimum, maximum);
      kab_form_reader_leave (load->reader);
    }
  return value;
}

static KabFormReference *
load_reference (const KabFormLoad *load, const char *member)
{
  KabFormReference *reference;

  if (!kab_form_reader_enter (load->reader, member))
    return NULL;
  reference = kab_form_reference_new_read (load->reader);
  kab_form_reader_leave (load->reader);
  return reference;
}

static KabFormDay *
load_day (const KabFormLoad *load, const char *member)
{
  KabFormDay *day;

  if (!kab_form_reader_enter (load->reader, member))
    return NULL;
  day = kab_form_day_new_read (load->reader);
  kab_form_reader_leave (load->reader);
  return day;
}

static gboolean
load_decimal (const KabFormLoad *load, const char *member, gint64 *value)
{
  if (!kab_form_reader_enter (load->reader, member))
    return FALSE;
  *value = kab_form_decimal_read (load->reader);
  kab_form_reader_leave (load->reader);
  return TRUE;
}

/* Strings that each have to be in @known or, without it, in the options @list. */
static char **
load_known_strings (const KabFormLoad *load,
                    const char *member,
                    const char *const *known,
                    GPtrArray *list)
{
  char **strings;

  if (!kab_form_reader_enter (load->reader, member))
    return NULL;
  strings = kab_form_reader_dup_strings (load->reader);
  for (guint i = 0; strings[i] != NULL; i++)
    {
      if (known != NULL ? !g_strv_contains (known, strings[i])
                        : list == NULL || !kab_form_options_contain (list, strings[i]))
        kab_form_reader_fail (load->reader, KAB_FORM_ERROR_REFERENCE, "“%s” is unknown",
                              strings[i]);
    }
  kab_form_reader_leave (load->reader);
  return strings;
}

static void
load_conditions (const KabFormLoad *load, KabFormField *field)
{
  if (kab_form_reader_enter (load->reader, "visible"))
    {
      field->visible = kab_form_condition_new_read (load->reader);
      kab_form_reader_leave (load->reader);
    }
  if (kab_form_reader_enter (load->reader, "required"))
    {
      if (json_node_get_value_type (kab_form_reader_get_node (load->reader)) == G_TYPE_BOOLEAN)
        field->always_required = kab_form_reader_get_boolean (load->reader);
      else
        field->required = kab_form_condition_new_read (load->reader);
      kab_form_reader_leave (load->reader);
    }
}

static void
load_options (const KabFormLoad *load, KabFormField *field)
{
  GPtrArray *options;

  field->list = kab_form_reader_dup_member (load->reader, "list");
  if (field->list == NULL && field->kind == KAB_FORM_FIELD_COUNTRY)
    field->list = g_strdup (KAB_FORM_LIST_COUNTRIES);
  if (field->list == NULL && field->kind == KAB_FORM_FIELD_LANGUAGE)
    field->list = g_strdup (KAB_FORM_LIST_LANGUAGES);
  if (field->list != NULL)
    {
      options = kab_form_catalog_get_options (load->catalog, field->list);
      if (options == NULL)
        kab_form_reader_fail_at (load->reader, field->pointer, KAB_FORM_ERROR_REFERENCE,
                                 "the list “%s” is unknown", field->list);
      else
        field->options = g_ptr_array_ref (options);
    }
  else if (kab_form_reader_require (load->reader, "options"))
    {
      field->options = kab_form_options_new_read (load->reader, load->languages,
                                                  kab_form_catalog_get_variable, load->catalog);
      kab_form_reader_leave (load->reader);
    }
}

static void
load_text_limits (const KabFormLoad *load, KabFormField *field)
{
  gint64 usual =
      field->kind == KAB_FORM_FIELD_LONG_TEXT ? DEFAULT_LONG_TEXT_LENGTH : DEFAULT_TEXT_LENGTH;

  field->min_length = load_integer (load, "min_length", 1, MAX_TEXT_LENGTH, 0);
  field->max_length = load_integer (load, "max_length", 1, MAX_TEXT_LENGTH, usual);
  field->check = kab_form_reader_dup_member (load->reader, "check");
  field->birth = load_reference (load, "birth_date");
  if (field->check != NULL && !kab_form_check_exists (field->check))
    kab_form_reader_fail_at (load->reader, field->pointer, KAB_FORM_ERROR_REFERENCE,
                             "the check “%s” is unknown", field->check);
  if (field->birth != NULL && g_strcmp0 (field->check, "person-code") != 0)
    kab_form_reader_fail (load->reader, KAB_FORM_ERROR_VALUE,
                          "“birth_date” goes with the check “person-code” only");
  if (field->min_length > field->max_length)
    kab_form_reader_fail (load->reader, KAB_FORM_ERROR_VALUE, "“min_length” is above “max_length”");
}

static void
load_count_limits (const KabFormLoad *load, KabFormField *field)
{
  guint most = field->kind == KAB_FORM_FIELD_FILES   ? KAB_FILE_COUNT_MAX
               : field->kind == KAB_FORM_FIELD_GROUP ? MAX_ENTRIES
                                                     : field->options->len;
  guint usual = MIN (most, field->kind == KAB_FORM_FIELD_GROUP ? DEFAULT_ENTRIES : most);

  field->min_count = load_integer (load, "min_count", 1, most, 0);
  field->max_count = load_integer (load, "max_count", 1, most, usual);
  if (field->min_count > field->max_count)
    kab_form_reader_fail (load->reader, KAB_FORM_ERROR_VALUE, "“min_count” is above “max_count”");
}

static void
load_number_limits (const KabFormLoad *load, KabFormField *field)
{
  guint usual = field->kind == KAB_FORM_FIELD_NUMBER ? 0 : 2;

  field->decimals = load_integer (load, "decimals", 0, KAB_FORM_DECIMAL_PLACES, usual);
  field->has_minimum = load_decimal (load, "minimum", &field->minimum);
  field->has_maximum = load_decimal (load, "maximum", &field->maximum);
  if (field->has_minimum && field->has_maximum && field->minimum > field->maximum)
    kab_form_reader_fail (load->reader, KAB_FORM_ERROR_VALUE, "“minimum” is above “maximum”");
  if (field->kind != KAB_FORM_FIELD_MONEY)
    return;
  if (kab_form_reader_require (load->reader, "currency"))
    {
      const char *code = kab_form_reader_get_string (load->reader);

      field->currency = g_strdup (code);
      if (code != NULL && (strlen (code) != 3 || strspn (code, G_CSET_A_2_Z) != 3))
        kab_form_reader_fail (load->reader, KAB_FORM_ERROR_VALUE, "“%s” is not a currency", code);
      kab_form_reader_leave (load->reader);
    }
}

static void
load_file_limits (const KabFormLoad *load, KabFormField *field)
{
  field->formats = load_known_strings (load, "formats", kab_file_rules_extensions (), NULL);
  if (field->formats == NULL)
    field->formats = g_strdupv ((char **) kab_file_rules_extensions ());
  field->max_size = load_integer (load, "max_size", 1, KAB_FILE_SIZE_MAX, KAB_FILE_SIZE_MAX);
}

static void
load_limits (const KabFormLoad *load, KabFormField *field)
{
  if (kab_form_field_is (field, KAB_FORM_KINDS_OPTIONS))
    load_options (load, field);
  if (kab_form_reader_has_failed (load->reader))
    return;
  if (kab_form_field_is (field, KAB_FORM_KINDS_TEXT))
    load_text_limits (load, field);
  if (kab_form_field_is (field, KAB_FORM_KINDS_NUMBER))
    load_number_limits (load, field);
  if (kab_form_field_is (field, KAB_FORM_KINDS_COUNTED))
    load_count_limits (load, field);
  if (field->kind == KAB_FORM_FIELD_FILES)
    load_file_limits (load, field);
  if (field->kind == KAB_FORM_FIELD_DATE)
    {
      field->earliest = load_day (load, "earliest");
      field->latest = load_day (load, "latest");
      field->min_age = load_integer (load, "min_age", 1, MAX_AGE, 0);
    }
  if (field->kind == KAB_FORM_FIELD_PHONE || field->kind == KAB_FORM_FIELD_EMAIL)
    {
      field->check = g_strdup (field->kind == KAB_FORM_FIELD_PHONE ? "phone" : "email");
      field->max_length = MAX_ADDRESS_LENGTH;
    }
  if (field->kind == KAB_FORM_FIELD_GROUP)
    kab_form_load_group (load, field);
}

static void
check_default_option (const KabFormLoad *load, const KabFormField *field)
{
  const char *value = kab_form_reader_get_string (load->reader);

  if (value != NULL && field->options != NULL && !kab_form_options_contain (field->options, value))
    kab_form_reader_fail (load->reader, KAB_FORM_ERROR_REFERENCE, "“%s” is not an option", value);
}

static void
load_default (const KabFormLoad *load, KabFormField *field)
{
  if (!kab_form_reader_enter (load->reader, "default"))
    return;
  if (field->kind == KAB_FORM_FIELD_BOOLEAN)
    {
      kab_form_reader_get_boolean (load->reader);
    }
  else if (field->kind == KAB_FORM_FIELD_CHOICES)
    {
      guint length = kab_form_reader_get_length (load->reader);

      for (guint i = 0; i < length; i++)
        {
          kab_form_reader_enter_element (load->reader, i);
          check_default_option (load, field);
          kab_form_reader_leave (load->reader);
        }
    }
  else
    {
      check_default_option (load, field);
    }
  field->initial = json_node_ref (kab_form_reader_get_node (load->reader));
  kab_form_reader_leave (load->reader);
}

static void
load_field_members (const KabFormLoad *load, KabFormField *field)
{
  GPtrArray *legal = kab_form_catalog_get_options (load->catalog, KAB_FORM_LIST_LEGAL_DOCUMENTS);

  field->label = kab_form_load_text (load, "label", TRUE);
  field->help = kab_form_load_text (load, "help", FALSE);
  field->placeholder = kab_form_load_text (load, "placeholder", FALSE);
  field->purpose = kab_form_reader_dup_member (load->reader, "purpose");
  if (field->purpose != NULL && !g_strv_contains (purposes, field->purpose))
    kab_form_reader_fail_at (load->reader, field->pointer, KAB_FORM_ERROR_REFERENCE,
                             "the purpose “%s” is unknown", field->purpose);
  field->documents = load_known_strings (load, "documents", NULL, legal);
  field->different = load_reference (load, "different_from");
  load_conditions (load, field);
  load_limits (load, field);
  load_default (load, field);
}

/* The current object as a field, or NULL and a failure. */
static KabFormField *
load_field (const KabFormLoad *load, const KabFormField *group)
{
  KabFormField *field = g_new0 (KabFormField, 1);

  field->group = group;
  field->source = kab_form_source_ref (kab_form_reader_get_source (load->reader));
  field->pointer = g_strdup (kab_form_reader_get_pointer (load->reader));
  field->id = kab_form_reader_dup_id (load->reader, "id");
  if (field->id == NULL)
    field->id = g_strdup ("");
  if (load_kind (load, &field->kind))
    {
      if (group != NULL && field->kind == KAB_FORM_FIELD_GROUP)
        kab_form_reader_fail (load->reader, KAB_FORM_ERROR_VALUE,
                              "a group can't be within a group");
      check_members (load, field);
      load_field_members (load, field);
    }
  return field;
}

static void
load_array (const KabFormLoad *load, const KabFormField *group, GPtrArray *fields, gboolean slots);

/* Whether the current object reserves a place, {"slot": name}, for fields of
 * the bank; if so they are loaded (NAT-9, A4). */
static gboolean
load_slot (const KabFormLoad *load, GPtrArray *fields)
{
  static const char *const slot_members[] = { "slot", NULL };
  g_autofree char *slot = NULL;

  if (!kab_form_reader_enter (load->reader, "slot"))
    return FALSE;
  kab_form_reader_leave (load->reader);
  kab_form_reader_check_object (load->reader, slot_members);
  slot = kab_form_reader_dup_id (load->reader, "slot");
  if (slot != NULL &&
      kab_form_catalog_enter_extra_fields (load->catalog, load->reader, load->form, slot))
    {
      load_array (load, NULL, fields, FALSE);
      kab_form_reader_leave (load->reader);
    }
  return TRUE;
}

static void
load_array (const KabFormLoad *load, const KabFormField *group, GPtrArray *fields, gboolean slots)
{
  guint length = kab_form_reader_get_length (load->reader);

  for (guint i = 0; i < length; i++)
    {
      kab_form_reader_enter_element (load->reader, i);
      if (!JSON_NODE_HOLDS_OBJECT (kab_form_reader_get_node (load->reader)))
        kab_form_reader_fail (load->reader, KAB_FORM_ERROR_TYPE, "a field is expected");
      else if (!slots || !load_slot (load, fields))
        g_ptr_array_add (fields, load_field (load, group));
      kab_form_reader_leave (load->reader);
    }
}

/* The required member "fields" of the current object. */
GPtrArray *
kab_form_load_fields (const KabFormLoad *load, const KabFormField *group)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func ((GDestroyNotify) kab_form_field_free);

  if (kab_form_reader_require (load->reader, "fields"))
    {
      load_array (load, group, fields, group == NULL);
      if (fields->len == 0)
        kab_form_reader_fail (load->reader, KAB_FORM_ERROR_VALUE, "there is no field");
      kab_form_reader_leave (load->reader);
    }
  return fields;
}
