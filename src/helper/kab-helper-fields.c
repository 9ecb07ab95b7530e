/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-helper-fields.h"

#include "kab-required-fields.h"

typedef struct
{
  PopplerFormField *field; /* (owned) */
  char *name;              /* (owned): full name */
  PopplerRectangle area;   /* from the upper left corner of the page */
  guint page;
  guint kind;
  guint flags;
} Entry;

static GPtrArray *entries; /* (owned) (nullable) (element-type Entry) */

static void
entry_free (Entry *entry)
{
  g_clear_object (&entry->field);
  g_free (entry->name);
  g_free (entry);
}

static char *
to_clean (char *text)
{
  char *clean = g_utf8_make_valid (text != NULL ? text : "", -1);

  g_free (text);
  return clean;
}

/* 0 for what isn't shown: buttons that act, signatures, rich text, file names
 * and lists of several choices. */
static guint
kind_of (PopplerFormField *field)
{
  switch (poppler_form_field_get_field_type (field))
    {
    case POPPLER_FORM_FIELD_TEXT:
      return poppler_form_field_text_get_text_type (field) == POPPLER_FORM_TEXT_FILE_SELECT ||
                     poppler_form_field_text_is_rich_text (field)
                 ? 0
                 : KAB_HELPER_FIELD_TEXT;
    case POPPLER_FORM_FIELD_BUTTON:
      switch (poppler_form_field_button_get_button_type (field))
        {
        case POPPLER_FORM_BUTTON_CHECK:
          return KAB_HELPER_FIELD_CHECK;
        case POPPLER_FORM_BUTTON_RADIO:
          return KAB_HELPER_FIELD_RADIO;
        case POPPLER_FORM_BUTTON_PUSH:
        default:
          return 0;
        }
    case POPPLER_FORM_FIELD_CHOICE:
      return poppler_form_field_choice_can_select_multiple (field) ? 0 : KAB_HELPER_FIELD_CHOICE;
    case POPPLER_FORM_FIELD_SIGNATURE:
    case POPPLER_FORM_FIELD_UNKNOWN:
    default:
      return 0;
    }
}

static gboolean
is_button (guint kind)
{
  return kind == KAB_HELPER_FIELD_CHECK || kind == KAB_HELPER_FIELD_RADIO;
}

static guint
flags_of (const Entry *entry, GHashTable *required)
{
  guint flags = 0;

  if (g_hash_table_contains (required, entry->name))
    flags |= KAB_HELPER_FIELD_REQUIRED;
  if (poppler_form_field_is_read_only (entry->field))
    flags |= KAB_HELPER_FIELD_READ_ONLY;
  if (entry->kind == KAB_HELPER_FIELD_TEXT)
    {
      if (poppler_form_field_text_get_text_type (entry->field) == POPPLER_FORM_TEXT_MULTILINE)
        flags |= KAB_HELPER_FIELD_MULTILINE;
      if (poppler_form_field_text_is_password (entry->field))
        flags |= KAB_HELPER_FIELD_PASSWORD;
    }
  return flags;
}

static void
load_page (PopplerDocument *document, guint number, GHashTable *required)
{
  g_autoptr (KabHelperPage) page = poppler_document_get_page (document, (int) number);
  GList *mappings;
  double width, height;

  if (page == NULL)
    return;
  poppler_page_get_size (page, &width, &height);
  /* poppler gives the annotations last first. */
  mappings = g_list_reverse (poppler_page_get_form_field_mapping (page));
  for (GList *item = mappings; item != NULL && entries->len < KAB_HELPER_MAX_FIELDS;
       item = item->next)
    {
      const PopplerFormFieldMapping *mapping = item->data;
      const PopplerRectangle area = mapping->area;
      Entry *entry;

      if (kind_of (mapping->field) == 0)
        continue;
      entry = g_new0 (Entry, 1);
      entry->field = g_object_ref (mapping->field);
      entry->name = to_clean (poppler_form_field_get_name (mapping->field));
      entry->area = (PopplerRectangle) { area.x1, height - area.y2, area.x2, height - area.y1 };
      entry->page = number;
      entry->kind = kind_of (mapping->field);
      entry->flags = flags_of (entry, required);
      g_ptr_array_add (entries, entry);
    }
  poppler_page_free_form_field_mapping (mappings);
}

/**
 * kab_helper_fields_load:
 * @document: the document
 * @bytes: what it was read from
 *
 * Collects the form fields, in the order of the pages.
 */
void
kab_helper_fields_load (PopplerDocument *document, GBytes *bytes)
{
  g_autoptr (GHashTable) required = NULL;
  const guint n_pages = (guint) poppler_document_get_n_pages (document);

  if (entries != NULL)
    return;
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  required = kab_required_fields_find (bytes);
  for (guint i = 0; i < n_pages; i++)
    load_page (document, i, required);
}

static char *
text_of (const Entry *entry)
{
  if (entry->kind == KAB_HELPER_FIELD_TEXT)
    return to_clean (poppler_form_field_text_get_text (entry->field));
  return g_strdup ("");
}

static gboolean
is_active (const Entry *entry)
{
  return is_button (entry->kind) && poppler_form_field_button_get_state (entry->field);
}

static void
describe_options (const Entry *entry, GVariantBuilder *options, GVariantBuilder *chosen)
{
  guint n_options = 0;

  if (entry->kind == KAB_HELPER_FIELD_CHOICE)
    n_options = (guint) CLAMP (poppler_form_field_choice_get_n_items (entry->field), 0,
                               (int) KAB_HELPER_MAX_OPTIONS);
  for (guint i = 0; i < n_options; i++)
    {
      g_autofree char *option =
          to_clean (poppler_form_field_choice_get_item (entry->field, (int) i));

      g_variant_builder_add (options, "s", option);
      if (poppler_form_field_choice_is_item_selected (entry->field, (int) i))
        g_variant_builder_add (chosen, "u", i);
    }
}

static void
describe (const Entry *entry, GVariantBuilder *fields)
{
  g_auto (GVariantBuilder) options = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));
  g_auto (GVariantBuilder) chosen = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("au"));
  g_autofree char *tooltip = to_clean (poppler_form_field_get_alternate_ui_name (entry->field));
  g_autofree char *value = text_of (entry);
  int max_length = 0;

  if (entry->kind == KAB_HELPER_FIELD_TEXT)
    max_length = MAX (poppler_form_field_text_get_max_len (entry->field), 0);
  describe_options (entry, &options, &chosen);
  g_variant_builder_add (fields, KAB_HELPER_FIELD_TYPE, poppler_form_field_get_id (entry->field),
                         entry->page, entry->kind,
                         entry->flags | (is_active (entry) ? KAB_HELPER_FIELD_ACTIVE : 0),
                         max_length, entry->area.x1, entry->area.y1, entry->area.x2, entry->area.y2,
                         poppler_form_field_get_font_size (entry->field), entry->name, tooltip,
                         value, &options, &chosen);
}

/**
 * kab_helper_fields_describe:
 * @fields: an open array of KAB_HELPER_FIELD_TYPE
 *
 * Adds every field that was loaded.
 */
void
kab_helper_fields_describe (GVariantBuilder *fields)
{
  for (guint i = 0; i < entries->len; i++)
    describe (g_ptr_array_index (entries, i), fields);
}

static const Entry *
find_entry (guint id)
{
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);

      if ((guint) poppler_form_field_get_id (entry->field) == id)
        return entry;
    }
  return NULL;
}

static gboolean
set_text (const Entry *entry, const char *text)
{
  const int max_length = poppler_form_field_text_get_max_len (entry->field);

  if (max_length > 0 && g_utf8_strlen (text, -1) > max_length)
    return FALSE;
  poppler_form_field_text_set_text (entry->field, text);
  return TRUE;
}

static gboolean
set_choice (const Entry *entry, GVariant *chosen)
{
  guint option;

  if (g_variant_n_children (chosen) > 1)
    return FALSE;
  poppler_form_field_choice_unselect_all (entry->field);
  if (g_variant_n_children (chosen) == 0)
    return TRUE;
  g_variant_get_child (chosen, 0, "u", &option);
  if (option >= (guint) poppler_form_field_choice_get_n_items (entry->field))
    return FALSE;
  poppler_form_field_choice_select_item (entry->field, (int) option);
  return TRUE;
}

static gboolean
set_value (const Entry *entry, const char *text, gboolean active, GVariant *chosen)
{
  if (entry->flags & KAB_HELPER_FIELD_READ_ONLY)
    return FALSE;
  if (entry->kind == KAB_HELPER_FIELD_TEXT)
    return set_text (entry, text);
  if (entry->kind == KAB_HELPER_FIELD_CHOICE)
    return set_choice (entry, chosen);
  poppler_form_field_button_set_state (entry->field, active);
  return TRUE;
}

/**
 * kab_helper_fields_set:
 * @arguments: KAB_HELPER_SET_FIELD_TYPE
 * @reply: (inout): gets the values of all fields of the same name, which are
 *   the other buttons of a group or the same text in another place
 */
void
kab_helper_fields_set (GVariant *arguments, KabHelperReply *reply)
{
  g_auto (GVariantBuilder) values =
      G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (KAB_HELPER_VALUES_TYPE));
  g_autoptr (GVariant) chosen = NULL;
  const char *text;
  const Entry *entry;
  gboolean active;
  guint id;

  g_variant_get (arguments, "(u&sb@au)", &id, &text, &active, &chosen);
  entry = find_entry (id);
  if (entry == NULL || !set_value (entry, text, active, chosen))
    {
      reply->status = KAB_HELPER_REFUSED;
      return;
    }
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *other = g_ptr_array_index (entries, i);

      if (g_str_equal (other->name, entry->name))
        {
          g_autofree char *value = text_of (other);

          g_variant_builder_add (&values, "(usb)", poppler_form_field_get_id (other->field), value,
                                 is_active (other));
        }
    }
  kab_helper_reply_set_variant (reply, g_variant_builder_end (&values));
}
