/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-form-catalog-private.h"

#include "kab-form-codes.h"

struct _KabFormOption
{
  char *value;        /* (owned) */
  KabFormText *label; /* (owned) (nullable) */
  KabFormText *help;  /* (owned) (nullable) */
};

struct _KabFormCatalog
{
  gatomicrefcount references;
  KabFormSource *source; /* (owned) (nullable) */
  KabFormText *name;     /* (owned) (nullable): the bank's */
  GHashTable *lists;     /* (owned): name → (element-type KabFormOption) GPtrArray */
};

G_DEFINE_BOXED_TYPE (KabFormCatalog, kab_form_catalog, kab_form_catalog_ref, kab_form_catalog_unref)

static void
option_free (KabFormOption *option)
{
  g_free (option->value);
  g_clear_pointer (&option->label, kab_form_text_free);
  g_clear_pointer (&option->help, kab_form_text_free);
  g_free (option);
}

static GPtrArray *
options_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) option_free);
}

static void
add_codes (KabFormCatalog *self, const char *name, const char *codes)
{
  GPtrArray *options = options_new ();

  for (const char *code = codes; *code != '\0'; code += 2)
    {
      KabFormOption *option = g_new0 (KabFormOption, 1);

      option->value = g_strndup (code, 2);
      g_ptr_array_add (options, option);
    }
  g_hash_table_insert (self->lists, g_strdup (name), options);
}

/* How the objects of a list are written. */
typedef struct
{
  const char *value;       /* the member that holds the value */
  const char *label;       /* and the one with its text */
  const char *client_type; /* (nullable): take those with this "client_type" only */
} OptionFormat;

/* What its texts need. */
typedef struct
{
  const char *const *languages;
  KabFormTextVariable variable;
  gpointer data;
} TextFormat;

static KabFormText *
read_option_text (KabFormReader *reader,
                  const char *member,
                  gboolean required,
                  const TextFormat *texts)
{
  KabFormText *text;

  if (!(required ? kab_form_reader_require (reader, member)
                 : kab_form_reader_enter (reader, member)))
    return NULL;
  text = kab_form_text_new_read (reader, texts->languages, texts->variable, texts->data);
  kab_form_reader_leave (reader);
  return text;
}

/* The current object as an option, added to @options. */
static void
read_option (KabFormReader *reader,
             const OptionFormat *format,
             const TextFormat *texts,
             GPtrArray *options)
{
  KabFormOption *option = g_new0 (KabFormOption, 1);
  const char *value = NULL;

  if (kab_form_reader_require (reader, format->value))
    {
      value = kab_form_reader_get_string (reader);
      if (value != NULL && kab_form_options_contain (options, value))
        kab_form_reader_fail (reader, KAB_FORM_ERROR_DUPLICATE, "the option “%s” occurs twice",
                              value);
      kab_form_reader_leave (reader);
    }
  option->value = g_strdup (value != NULL ? value : "");
  option->label = read_option_text (reader, format->label, TRUE, texts);
  option->help = read_option_text (reader, "help", FALSE, texts);
  g_ptr_array_add (options, option);
}

static gboolean
is_wanted (KabFormReader *reader, const OptionFormat *format)
{
  g_autofree char *type = NULL;

  if (format->client_type == NULL)
    return TRUE;
  type = kab_form_reader_dup_member (reader, "client_type");
  return g_strcmp0 (type, format->client_type) == 0;
}

/* Reads the current array of options; it may be empty only when they are chosen
 * by client type. */
static GPtrArray *
read_options (KabFormReader *reader, const OptionFormat *format, const TextFormat *texts)
{
  GPtrArray *options = options_new ();
  guint length = kab_form_reader_get_length (reader);

  if (length == 0)
    kab_form_reader_fail (reader, KAB_FORM_ERROR_VALUE, "there is no option to choose");
  for (guint i = 0; i < length; i++)
    {
      kab_form_reader_enter_element (reader, i);
      if (is_wanted (reader, format))
        read_option (reader, format, texts, options);
      kab_form_reader_leave (reader);
    }
  return options;
}

/* The current array [{value, label, help}] of a form's field. */
GPtrArray *
kab_form_options_new_read (KabFormReader *reader,
                           const char *const *languages,
                           KabFormTextVariable variable,
                           gpointer data)
{
  static const char *const members[] = { "value", "label", "help", NULL };
  static const OptionFormat format = { "value", "label", NULL };
  TextFormat texts = { languages, variable, data };
  guint length = kab_form_reader_get_length (reader);

  for (guint i = 0; i < length; i++)
    {
      kab_form_reader_enter_element (reader, i);
      kab_form_reader_check_object (reader, members);
      kab_form_reader_leave (reader);
    }
  return read_options (reader, &format, &texts);
}

/* Whether one of @options has the value @value. */
gboolean
kab_form_options_contain (GPtrArray *options, const char *value)
{
  for (guint i = 0; i < options->len; i++)
    {
      if (g_strcmp0 (((KabFormOption *) options->pdata[i])->value, value) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The current array of languages: two or three letters each, at least one. */
char **
kab_form_read_languages (KabFormReader *reader)
{
  char **languages = kab_form_reader_dup_strings (reader);

  if (languages[0] == NULL)
    kab_form_reader_fail (reader, KAB_FORM_ERROR_VALUE, "at least one language is needed");
  for (guint i = 0; languages[i] != NULL; i++)
    {
      if (!kab_form_is_language (languages[i]))
        kab_form_reader_fail (reader, KAB_FORM_ERROR_VALUE, "“%s” is not a language of ISO 639-1",
                              languages[i]);
    }
  return languages;
}

static void
read_list (KabFormCatalog *self,
           KabFormReader *reader,
           const char *member,
           const char *list,
           const OptionFormat *format,
           const TextFormat *texts)
{
  g_autoptr (GPtrArray) options = NULL;

  if (!kab_form_reader_enter (reader, member))
    return;
  options = read_options (reader, format, texts);
  if (options->len > 0)
    g_hash_table_insert (self->lists, g_strdup (list), g_steal_pointer (&options));
  kab_form_reader_leave (reader);
}

/* The parts of the bank information that are lists too. */
static void
read_known_lists (KabFormCatalog *self, KabFormReader *reader, const TextFormat *texts)
{
  static const struct
  {
    const char *member;
    const char *list;
    OptionFormat format;
  } known[] = {
    { "legal_documents", KAB_FORM_LIST_LEGAL_DOCUMENTS, { "id", "title", NULL } },
    { "managers", KAB_FORM_LIST_MANAGERS, { "id", "name", NULL } },
    { "services", KAB_FORM_LIST_SERVICES, { "code", "name", NULL } },
    { "services", KAB_FORM_LIST_SERVICES_NATURAL, { "code", "name", "natural" } },
    { "services", KAB_FORM_LIST_SERVICES_LEGAL, { "code", "name", "legal" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    read_list (self, reader, known[i].member, known[i].list, &known[i].format, texts);
}

static void
read_lists (KabFormCatalog *self, KabFormReader *reader, const TextFormat *texts)
{
  static const OptionFormat format = { "value", "label", NULL };
  JsonObjectIter iter;
  const char *name;

  if (!kab_form_reader_enter (reader, "lists"))
    return;
  if (!JSON_NODE_HOLDS_OBJECT (kab_form_reader_get_node (reader)))
    {
      kab_form_reader_fail (reader, KAB_FORM_ERROR_TYPE, "an object of lists is expected");
    }
  else
    {
      json_object_iter_init_ordered (&iter,
                                     json_node_get_object (kab_form_reader_get_node (reader)));
      while (json_object_iter_next_ordered (&iter, &name, NULL))
        {
          if (g_hash_table_contains (self->lists, name))
            kab_form_reader_fail (reader, KAB_FORM_ERROR_DUPLICATE,
                                  "the list “%s” is there already", name);
          else
            read_list (self, reader, name, name, &format, texts);
        }
    }
  kab_form_reader_leave (reader);
}

static void
read_bank (KabFormCatalog *self, KabFormReader *reader)
{
  g_auto (GStrv) languages = NULL;
  g_autofree char *name = NULL;
  TextFormat texts = { NULL, NULL, NULL };

  if (!kab_form_reader_require (reader, "languages"))
    return;
  languages = kab_form_read_languages (reader);
  kab_form_reader_leave (reader);
  if (kab_form_reader_has_failed (reader))
    return;
  texts.languages = (const char *const *) languages;
  if (kab_form_reader_require (reader, "name"))
    {
      name = g_strdup (kab_form_reader_get_string (reader));
      kab_form_reader_leave (reader);
    }
  self->name = kab_form_text_new_same (name != NULL ? name : "", texts.languages);
  read_known_lists (self, reader, &texts);
  read_lists (self, reader, &texts);
}

static KabFormCatalog *
new_from_source (KabFormSource *source, GError **error)
{
  g_autoptr (KabFormCatalog) self = kab_form_catalog_new ();
  g_autoptr (KabFormReader) reader = kab_form_reader_new (source);

  self->source = kab_form_source_ref (source);
  read_bank (self, reader);
  if (!kab_form_reader_finish (reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Enters the array of fields that the bank puts into @slot of @form; FALSE when there is none. */
gboolean
kab_form_catalog_enter_extra_fields (KabFormCatalog *self,
                                     KabFormReader *reader,
                                     const char *form,
                                     const char *slot)
{
  JsonNode *node = self->source != NULL ? kab_form_source_get_root (self->source) : NULL;
  const char *const path[] = { "extra_fields", form, slot };
  g_autofree char *pointer = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (path); i++)
    {
      if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
        return FALSE;
      node = json_object_get_member (json_node_get_object (node), path[i]);
    }
  if (node == NULL)
    return FALSE;
  pointer = g_strdup_printf ("/extra_fields/%s/%s", form, slot);
  kab_form_reader_switch_source (reader, self->source, pointer, node);
  return TRUE;
}

/* The variables of texts: "bank" is the bank's name. */
const KabFormText *
kab_form_catalog_get_variable (const char *name, gpointer catalog)
{
  KabFormCatalog *self = catalog;

  return g_strcmp0 (name, "bank") == 0 ? self->name : NULL;
}

/**
 * kab_form_catalog_new:
 *
 * Returns: (transfer full): a catalogue of the standard lists only
 */
KabFormCatalog *
kab_form_catalog_new (void)
{
  KabFormCatalog *self = g_new0 (KabFormCatalog, 1);

  g_atomic_ref_count_init (&self->references);
  self->lists =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  add_codes (self, KAB_FORM_LIST_COUNTRIES, kab_form_country_codes);
  add_codes (self, KAB_FORM_LIST_LANGUAGES, kab_form_language_codes);
  return self;
}

/**
 * kab_form_catalog_new_from_data:
 * @data: bank information as JSON text
 * @length: its length in bytes, or -1 when NUL-terminated
 * @name: what to call it in messages
 * @error: return location of a #KabFormError
 *
 * Returns: (transfer full) (nullable): the catalogue
 */
KabFormCatalog *
kab_form_catalog_new_from_data (const char *data, gssize length, const char *name, GError **error)
{
  g_autoptr (KabFormSource) source = kab_form_source_new (data, length, name, error);

  return source != NULL ? new_from_source (source, error) : NULL;
}

/**
 * kab_form_catalog_new_from_file:
 * @path: where `bank.json` lies
 * @error: return location of a #KabFormError
 *
 * Returns: (transfer full) (nullable): the catalogue
 */
KabFormCatalog *
kab_form_catalog_new_from_file (const char *path, GError **error)
{
  g_autoptr (KabFormSource) source = kab_form_source_new_from_file (path, error);

  return source != NULL ? new_from_source (source, error) : NULL;
}

/**
 * kab_form_catalog_new_from_node:
 * @root: bank information, parsed; not to be changed any more
 * @name: what to call it in messages
 * @error: return location of a #KabFormError; its line is 0
 *
 * Returns: (transfer full) (nullable): the catalogue
 */
KabFormCatalog *
kab_form_catalog_new_from_node (JsonNode *root, const char *name, GError **error)
{
  g_autoptr (KabFormSource) source = kab_form_source_new_from_node (root, name);

  return new_from_source (source, error);
}

KabFormCatalog *
kab_form_catalog_ref (KabFormCatalog *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
kab_form_catalog_unref (KabFormCatalog *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->source, kab_form_source_unref);
  g_clear_pointer (&self->name, kab_form_text_free);
  g_hash_table_unref (self->lists);
  g_free (self);
}

/**
 * kab_form_catalog_get_options:
 * @self: a catalogue
 * @list: the name of a list
 *
 * Returns: (transfer none) (nullable) (element-type KabFormOption): the options
 *   in their order; %NULL when there is no such list
 */
GPtrArray *
kab_form_catalog_get_options (KabFormCatalog *self, const char *list)
{
  return g_hash_table_lookup (self->lists, list);
}

const char *
kab_form_option_get_value (const KabFormOption *self)
{
  return self->value;
}

/**
 * kab_form_option_get_label:
 * @self: an option
 * @language: a language or locale
 *
 * Returns: (transfer none): the label; for "countries" and "languages" the code itself
 */
const char *
kab_form_option_get_label (const KabFormOption *self, const char *language)
{
  return self->label != NULL ? kab_form_text_get (self->label, language) : self->value;
}

/**
 * kab_form_option_get_help:
 * @self: an option
 * @language: a language or locale
 *
 * Returns: (transfer none) (nullable): what the option means
 */
const char *
kab_form_option_get_help (const KabFormOption *self, const char *language)
{
  return kab_form_text_get (self->help, language);
}
