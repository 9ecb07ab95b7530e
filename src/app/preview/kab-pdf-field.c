/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/kab-pdf-field.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "preview/kab-pdf-area.h"

#define NOTHING_CHOSEN G_MAXUINT

/**
 * KabPdfField:
 *
 * A field of a form: what it is, and the value that it has now. Setting a
 * value changes this object only; KabPdfDocument passes it on.
 */
struct _KabPdfField
{
  GObject parent_instance;

  guint id;
  guint page;
  KabHelperFieldKind kind;
  guint flags;
  guint max_length;
  graphene_rect_t area;
  double font_size;
  char *name;     /* (owned) */
  char *tooltip;  /* (owned) */
  char **options; /* (owned) */

  char *value; /* (owned) */
  gboolean active;
  guint chosen;
  gboolean refused;
  gboolean missing;
};

enum
{
  PROP_0,
  PROP_VALUE,
  PROP_ACTIVE,
  PROP_CHOSEN,
  PROP_REFUSED,
  PROP_MISSING,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (KabPdfField, kab_pdf_field, G_TYPE_OBJECT)

static void
kab_pdf_field_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KabPdfField *self = KAB_PDF_FIELD (object);

  switch (id)
    {
    case PROP_VALUE:
      g_value_set_string (value, self->value);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    case PROP_CHOSEN:
      g_value_set_uint (value, self->chosen);
      break;
    case PROP_REFUSED:
      g_value_set_boolean (value, self->refused);
      break;
    case PROP_MISSING:
      g_value_set_boolean (value, self->missing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kab_pdf_field_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KabPdfField *self = KAB_PDF_FIELD (object);

  switch (id)
    {
    case PROP_VALUE:
      kab_pdf_field_set_value (self, g_value_get_string (value));
      break;
    case PROP_ACTIVE:
      kab_pdf_field_set_active (self, g_value_get_boolean (value));
      break;
    case PROP_CHOSEN:
      kab_pdf_field_set_chosen (self, g_value_get_uint (value));
      break;
    case PROP_REFUSED:
      kab_pdf_field_set_refused (self, g_value_get_boolean (value));
      break;
    case PROP_MISSING:
      kab_pdf_field_set_missing (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kab_pdf_field_finalize (GObject *object)
{
  KabPdfField *self = KAB_PDF_FIELD (object);

  g_free (self->name);
  g_free (self->tooltip);
  g_strfreev (self->options);
  g_free (self->value);

  G_OBJECT_CLASS (kab_pdf_field_parent_class)->finalize (object);
}

static void
kab_pdf_field_class_init (KabPdfFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_pdf_field_get_property;
  object_class->set_property = kab_pdf_field_set_property;
  object_class->finalize = kab_pdf_field_finalize;

  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, "", flags);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);
  properties[PROP_CHOSEN] =
      g_param_spec_uint ("chosen", NULL, NULL, 0, G_MAXUINT, NOTHING_CHOSEN, flags);
  properties[PROP_REFUSED] = g_param_spec_boolean ("refused", NULL, NULL, FALSE, flags);
  properties[PROP_MISSING] = g_param_spec_boolean ("missing", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
kab_pdf_field_init (KabPdfField *self)
{
  self->value = g_strdup ("");
  self->chosen = NOTHING_CHOSEN;
}

/**
 * kab_pdf_field_new_from_variant:
 * @description: KAB_HELPER_FIELD_TYPE
 *
 * Returns: (transfer full): the field
 */
KabPdfField *
kab_pdf_field_new_from_variant (GVariant *description)
{
  KabPdfField *self = g_object_new (KAB_TYPE_PDF_FIELD, NULL);
  g_autoptr (GVariant) options = NULL;
  g_autoptr (GVariant) chosen = NULL;
  double x1, y1, x2, y2;
  guint kind;

  g_clear_pointer (&self->value, g_free);
  g_variant_get (description, "(uuuuuddddd(sss)@as@au)", &self->id, &self->page, &kind,
                 &self->flags, &self->max_length, &x1, &y1, &x2, &y2, &self->font_size, &self->name,
                 &self->tooltip, &self->value, &options, &chosen);
  self->kind = CLAMP (kind, KAB_HELPER_FIELD_TEXT, KAB_HELPER_FIELD_CHOICE);
  self->area = kab_pdf_area (x1, y1, x2, y2);
  self->font_size = isfinite (self->font_size) ? CLAMP (self->font_size, 0, 144) : 0;
  self->active = (self->flags & KAB_HELPER_FIELD_ACTIVE) != 0;
  self->options = g_variant_dup_strv (options, NULL);
  if (g_variant_n_children (chosen) > 0)
    g_variant_get_child (chosen, 0, "u", &self->chosen);
  if (self->chosen >= g_strv_length (self->options))
    self->chosen = NOTHING_CHOSEN;
  return self;
}

/** kab_pdf_field_get_id: the helper's number for the field. */
guint
kab_pdf_field_get_id (KabPdfField *self)
{
  return self->id;
}

/** kab_pdf_field_get_page: the page it is on, from 0. */
guint
kab_pdf_field_get_page (KabPdfField *self)
{
  return self->page;
}

/** kab_pdf_field_get_kind: text, check button, radio button or choice. */
KabHelperFieldKind
kab_pdf_field_get_kind (KabPdfField *self)
{
  return self->kind;
}

/** kab_pdf_field_get_area: (transfer none): in points from the upper left corner of the page. */
const graphene_rect_t *
kab_pdf_field_get_area (KabPdfField *self)
{
  return &self->area;
}

/** kab_pdf_field_get_font_size: in points; 0 to fit the field. */
double
kab_pdf_field_get_font_size (KabPdfField *self)
{
  return self->font_size;
}

/** kab_pdf_field_get_name: (transfer none): the full name; the same for all buttons of a group. */
const char *
kab_pdf_field_get_name (KabPdfField *self)
{
  return self->name;
}

/** kab_pdf_field_get_label: (transfer none): what a person calls the field: its tooltip, else its
 * name. */
const char *
kab_pdf_field_get_label (KabPdfField *self)
{
  return *self->tooltip != '\0' ? self->tooltip : self->name;
}

/** kab_pdf_field_get_options: (transfer none): of a choice; empty for others. */
const char *const *
kab_pdf_field_get_options (KabPdfField *self)
{
  return (const char *const *) self->options;
}

/** kab_pdf_field_get_max_length: in characters; 0 when any. */
guint
kab_pdf_field_get_max_length (KabPdfField *self)
{
  return self->max_length;
}

/** kab_pdf_field_is_required: whether the document wants a value. */
gboolean
kab_pdf_field_is_required (KabPdfField *self)
{
  return (self->flags & KAB_HELPER_FIELD_REQUIRED) != 0;
}

/** kab_pdf_field_is_read_only: whether the document allows no other value. */
gboolean
kab_pdf_field_is_read_only (KabPdfField *self)
{
  return (self->flags & KAB_HELPER_FIELD_READ_ONLY) != 0;
}

/** kab_pdf_field_is_multiline: whether a text may have several lines. */
gboolean
kab_pdf_field_is_multiline (KabPdfField *self)
{
  return (self->flags & KAB_HELPER_FIELD_MULTILINE) != 0;
}

/** kab_pdf_field_is_password: whether a text isn't to be shown. */
gboolean
kab_pdf_field_is_password (KabPdfField *self)
{
  return (self->flags & KAB_HELPER_FIELD_PASSWORD) != 0;
}

/** kab_pdf_field_get_value: (transfer none): of a text. */
const char *
kab_pdf_field_get_value (KabPdfField *self)
{
  return self->value;
}

/** kab_pdf_field_set_value: changes the value of a text. */
void
kab_pdf_field_set_value (KabPdfField *self, const char *value)
{
  if (g_set_str (&self->value, value != NULL ? value : ""))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

/** kab_pdf_field_get_active: whether a check or radio button is on. */
gboolean
kab_pdf_field_get_active (KabPdfField *self)
{
  return self->active;
}

/** kab_pdf_field_set_active: switches a check or radio button. */
void
kab_pdf_field_set_active (KabPdfField *self, gboolean active)
{
  if (self->active == !!active)
    return;
  self->active = !!active;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

/** kab_pdf_field_set_chosen: chooses an option, or none with %G_MAXUINT. */
void
kab_pdf_field_set_chosen (KabPdfField *self, guint chosen)
{
  if (chosen >= g_strv_length (self->options))
    chosen = NOTHING_CHOSEN;
  if (self->chosen == chosen)
    return;
  self->chosen = chosen;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
}

/** kab_pdf_field_get_refused: whether the document didn't take the last value. */
gboolean
kab_pdf_field_get_refused (KabPdfField *self)
{
  return self->refused;
}

/** kab_pdf_field_set_refused: for KabPdfDocument. */
void
kab_pdf_field_set_refused (KabPdfField *self, gboolean refused)
{
  if (self->refused == !!refused)
    return;
  self->refused = !!refused;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REFUSED]);
}

/** kab_pdf_field_is_missing: whether an answer is required and there is none yet. */
gboolean
kab_pdf_field_is_missing (KabPdfField *self)
{
  return self->missing;
}

/** kab_pdf_field_set_missing: for KabPdfDocument, which knows the other buttons of a group. */
void
kab_pdf_field_set_missing (KabPdfField *self, gboolean missing)
{
  if (self->missing == !!missing)
    return;
  self->missing = !!missing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MISSING]);
}

/**
 * kab_pdf_field_is_empty:
 *
 * Returns: whether nothing is filled in; for a radio button, whether this one
 *   is off
 */
gboolean
kab_pdf_field_is_empty (KabPdfField *self)
{
  const char *value = self->value;

  if (self->kind == KAB_HELPER_FIELD_CHECK || self->kind == KAB_HELPER_FIELD_RADIO)
    return !self->active;
  if (self->kind == KAB_HELPER_FIELD_CHOICE)
    value = self->chosen != NOTHING_CHOSEN ? self->options[self->chosen] : "";
  return strspn (value, " \t\r\n") == strlen (value);
}

/**
 * kab_pdf_field_describe:
 *
 * Returns: (transfer full): label and value as a sentence for a screen reader
 */
char *
kab_pdf_field_describe (KabPdfField *self)
{
  const char *value = self->value;

  if (self->kind == KAB_HELPER_FIELD_CHECK || self->kind == KAB_HELPER_FIELD_RADIO)
    value = self->active ? _("yes") : _("no");
  else if (kab_pdf_field_is_empty (self))
    value = _("empty");
  else if (self->kind == KAB_HELPER_FIELD_CHOICE)
    value = self->options[self->chosen];
  else if (kab_pdf_field_is_password (self))
    value = _("filled in");
  /* Translators: a field of a form and what is filled in. */
  return g_strdup_printf (_("%s: %s"), kab_pdf_field_get_label (self), value);
}

/** kab_pdf_field_to_request: (transfer floating): the value as KAB_HELPER_SET_FIELD_TYPE. */
GVariant *
kab_pdf_field_to_request (KabPdfField *self)
{
  g_auto (GVariantBuilder) chosen = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("au"));

  if (self->chosen != NOTHING_CHOSEN)
    g_variant_builder_add (&chosen, "u", self->chosen);
  return g_variant_new (KAB_HELPER_SET_FIELD_TYPE, self->id, self->value, self->active, &chosen);
}

/** kab_pdf_field_dup_content: (transfer full): what is filled in: a text, a truth, an option or
 * null for none. */
JsonNode *
kab_pdf_field_dup_content (KabPdfField *self)
{
  if (self->kind == KAB_HELPER_FIELD_TEXT)
    return json_node_init_string (json_node_alloc (), self->value);
  if (self->kind != KAB_HELPER_FIELD_CHOICE)
    return json_node_init_boolean (json_node_alloc (), self->active);
  if (self->chosen == NOTHING_CHOSEN)
    return json_node_init_null (json_node_alloc ());

  return json_node_init_string (json_node_alloc (), self->options[self->chosen]);
}

static guint
find_option (KabPdfField *self, const char *wanted)
{
  for (guint i = 0; self->options[i] != NULL; i++)
    {
      if (g_strcmp0 (self->options[i], wanted) == 0)
        return i;
    }

  return NOTHING_CHOSEN;
}

/** kab_pdf_field_set_content: fills in what kab_pdf_field_dup_content() gave; whether it was
 * different before. */
gboolean
kab_pdf_field_set_content (KabPdfField *self, JsonNode *content)
{
  g_autoptr (JsonNode) before = kab_pdf_field_dup_content (self);
  g_autoptr (JsonNode) after = NULL;

  if (JSON_NODE_HOLDS_ARRAY (content) || JSON_NODE_HOLDS_OBJECT (content))
    return FALSE;

  if (self->kind == KAB_HELPER_FIELD_TEXT)
    kab_pdf_field_set_value (self, json_node_get_string (content));
  else if (self->kind == KAB_HELPER_FIELD_CHOICE)
    kab_pdf_field_set_chosen (self, find_option (self, json_node_get_string (content)));
  else
    kab_pdf_field_set_active (self, json_node_get_boolean (content));
  after = kab_pdf_field_dup_content (self);

  return !json_node_equal (before, after);
}
