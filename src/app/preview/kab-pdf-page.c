/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/kab-pdf-page.h"

#include <math.h>

#include "kab-helper-protocol.h"
#include "preview/kab-pdf-area.h"

/**
 * KabPdfPage:
 *
 * A page: its size in points, its label and, once it was asked for, its text
 * with the place of each character.
 */
struct _KabPdfPage
{
  GObject parent_instance;

  guint number;
  double width;
  double height;
  char *label;   /* (owned) */
  char *text;    /* (owned) (nullable) */
  GArray *areas; /* (owned) (nullable) (element-type graphene_rect_t) */
};

enum
{
  PROP_0,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_LABEL,
  PROP_TEXT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (KabPdfPage, kab_pdf_page, G_TYPE_OBJECT)

static void
kab_pdf_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KabPdfPage *self = KAB_PDF_PAGE (object);

  switch (id)
    {
    case PROP_WIDTH:
      g_value_set_double (value, self->width);
      break;
    case PROP_HEIGHT:
      g_value_set_double (value, self->height);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kab_pdf_page_finalize (GObject *object)
{
  KabPdfPage *self = KAB_PDF_PAGE (object);

  g_free (self->label);
  g_free (self->text);
  g_clear_pointer (&self->areas, g_array_unref);

  G_OBJECT_CLASS (kab_pdf_page_parent_class)->finalize (object);
}

static void
kab_pdf_page_class_init (KabPdfPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_pdf_page_get_property;
  object_class->finalize = kab_pdf_page_finalize;

  properties[PROP_WIDTH] = g_param_spec_double ("width", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  properties[PROP_HEIGHT] = g_param_spec_double ("height", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
kab_pdf_page_init (KabPdfPage *self)
{
}

static double
sane_length (double points)
{
  return isfinite (points) ? CLAMP (points, 1.0, KAB_HELPER_MAX_PAGE_POINTS) : 1.0;
}

/**
 * kab_pdf_page_new:
 * @number: from 0
 * @width: in points
 * @height: in points
 *
 * Returns: (transfer full): a page whose details are still to come
 */
KabPdfPage *
kab_pdf_page_new (guint number, double width, double height)
{
  KabPdfPage *self = g_object_new (KAB_TYPE_PDF_PAGE, NULL);

  self->number = number;
  self->width = sane_length (width);
  self->height = sane_length (height);
  self->label = g_strdup_printf ("%u", number + 1);
  return self;
}

/** kab_pdf_page_get_number: from 0. */
guint
kab_pdf_page_get_number (KabPdfPage *self)
{
  return self->number;
}

/** kab_pdf_page_get_width: in points. */
double
kab_pdf_page_get_width (KabPdfPage *self)
{
  return self->width;
}

/** kab_pdf_page_get_height: in points. */
double
kab_pdf_page_get_height (KabPdfPage *self)
{
  return self->height;
}

/** kab_pdf_page_get_label: (transfer none): what the document calls the page: "iv", "12". */
const char *
kab_pdf_page_get_label (KabPdfPage *self)
{
  return self->label;
}

/** kab_pdf_page_set_details: for KabPdfDocument: the true size and label. */
void
kab_pdf_page_set_details (KabPdfPage *self, double width, double height, const char *label)
{
  self->width = sane_length (width);
  self->height = sane_length (height);
  if (*label != '\0')
    g_set_str (&self->label, label);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDTH]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HEIGHT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

/** kab_pdf_page_get_text: (transfer none) (nullable): %NULL until it was loaded. */
const char *
kab_pdf_page_get_text (KabPdfPage *self)
{
  return self->text;
}

/** kab_pdf_page_set_text: for KabPdfDocument: KAB_HELPER_TEXT_TYPE. */
void
kab_pdf_page_set_text (KabPdfPage *self, GVariant *text)
{
  g_autoptr (GVariantIter) iter = NULL;
  double x1, y1, x2, y2;

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->areas, g_array_unref);
  self->areas = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  g_variant_get (text, "(sa(dddd))", &self->text, &iter);
  while (g_variant_iter_next (iter, "(dddd)", &x1, &y1, &x2, &y2))
    {
      const graphene_rect_t area = kab_pdf_area (x1, y1, x2, y2);

      g_array_append_val (self->areas, area);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static const graphene_rect_t *
get_area (KabPdfPage *self, guint character)
{
  return &g_array_index (self->areas, graphene_rect_t, character);
}

/** kab_pdf_page_get_n_characters: those that have a place; 0 until the text is loaded. */
guint
kab_pdf_page_get_n_characters (KabPdfPage *self)
{
  return self->areas != NULL ? self->areas->len : 0;
}

/**
 * kab_pdf_page_find_character:
 * @point: in points
 *
 * Returns: the character nearest to @point, lines counting more than columns;
 *   -1 on a page without text
 */
int
kab_pdf_page_find_character (KabPdfPage *self, const graphene_point_t *point)
{
  const guint n_characters = kab_pdf_page_get_n_characters (self);
  float best = G_MAXFLOAT;
  int nearest = -1;

  for (guint i = 0; i < n_characters; i++)
    {
      const graphene_rect_t *area = get_area (self, i);
      const float left = area->origin.x, top = area->origin.y;
      const float dx = MAX (MAX (left - point->x, 0), point->x - left - area->size.width);
      const float dy = MAX (MAX (top - point->y, 0), point->y - top - area->size.height);
      const float distance = dx + 8 * dy;

      if (distance < best)
        {
          best = distance;
          nearest = (int) i;
        }
    }
  return nearest;
}

/**
 * kab_pdf_page_dup_characters:
 * @first: a character
 * @last: another, not before it
 *
 * Returns: (transfer full): the text from @first to @last, both included
 */
char *
kab_pdf_page_dup_characters (KabPdfPage *self, guint first, guint last)
{
  const glong length = self->text != NULL ? g_utf8_strlen (self->text, -1) : 0;

  if ((glong) first >= length || last < first)
    return g_strdup ("");
  return g_utf8_substring (self->text, first, MIN ((glong) last + 1, length));
}

/**
 * kab_pdf_page_get_lines:
 * @first: a character
 * @last: another, not before it
 *
 * Returns: (transfer full) (element-type graphene_rect_t): in points, an area
 *   for each line that the characters stand on
 */
GArray *
kab_pdf_page_get_lines (KabPdfPage *self, guint first, guint last)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  const guint n_characters = kab_pdf_page_get_n_characters (self);

  for (guint i = first; i <= last && i < n_characters; i++)
    {
      const graphene_rect_t *area = get_area (self, i);
      graphene_rect_t *line =
          lines->len > 0 ? &g_array_index (lines, graphene_rect_t, lines->len - 1) : NULL;
      const float middle = area->origin.y + area->size.height / 2;

      if (area->size.width <= 0)
        continue;
      if (line != NULL && middle > line->origin.y && middle < line->origin.y + line->size.height &&
          area->origin.x >= line->origin.x - 1)
        graphene_rect_union (line, area, line);
      else
        g_array_append_val (lines, *area);
    }
  return lines;
}
