/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/kab-pdf-canvas.h"

#include <math.h>

#include "preview/kab-pdf-canvas-private.h"

#define MARGIN        12
#define GAP           KAB_PDF_CANVAS_GAP
#define MAX_FIT_SCALE 2.0 /* pixels per point: 150 % */
#define MIN_WIDTH     160
#define CACHE_BYTES   (96u * 1024u * 1024u)

/**
 * KabPdfCanvas:
 *
 * The pages of a document, one under the other, inside a viewport. Only those
 * in sight, and their neighbours, exist as widgets. Tab goes from field to
 * field through the whole document.
 *
 * Signals: `page-changed` when another page has come into sight, or its scale
 * has changed; `selected` when a selection begins on a page.
 */

enum
{
  SIGNAL_PAGE_CHANGED,
  SIGNAL_SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabPdfCanvas, kab_pdf_canvas, GTK_TYPE_WIDGET)

/* For kab-pdf-canvas-focus.c: 0 without a document. */
guint
kab_pdf_canvas_count_pages (KabPdfCanvas *self)
{
  return self->document != NULL ? kab_pdf_document_get_n_pages (self->document) : 0;
}

/* Sizes of the pages have become known. */
static void
measure_pages (KabPdfCanvas *self)
{
  const guint n_pages = kab_pdf_canvas_count_pages (self);

  g_clear_pointer (&self->tops, g_free);
  self->tops = g_new0 (double, n_pages + 1);
  self->widest = self->highest = 1;
  for (guint i = 0; i < n_pages; i++)
    {
      KabPdfPage *page = kab_pdf_document_get_page (self->document, i);

      self->widest = MAX (self->widest, kab_pdf_page_get_width (page));
      self->highest = MAX (self->highest, kab_pdf_page_get_height (page));
      self->tops[i + 1] = self->tops[i] + kab_pdf_page_get_height (page);
    }
}

static double
scale_for_width (KabPdfCanvas *self, int width)
{
  const double by_width = (width - 2 * MARGIN) / self->widest;
  double by_height = by_width;

  if (self->fit == KAB_PDF_FIT_NONE || kab_pdf_canvas_count_pages (self) == 0)
    return self->scale;
  if (self->fit == KAB_PDF_FIT_PAGE)
    by_height = (gtk_adjustment_get_page_size (self->vertical) - 2 * MARGIN) / self->highest;
  else
    by_height = MAX_FIT_SCALE;
  return CLAMP (MIN (by_width, by_height), 0.05, KAB_HELPER_MAX_SCALE);
}

static double
top_of (KabPdfCanvas *self, guint page, double scale)
{
  return MARGIN + page * (double) GAP + self->tops[page] * scale;
}

static double
total_height (KabPdfCanvas *self, double scale)
{
  const guint n_pages = kab_pdf_canvas_count_pages (self);

  return n_pages == 0 ? 0 : top_of (self, n_pages, scale) - GAP + MARGIN;
}

static guint
page_at (KabPdfCanvas *self, double y)
{
  const guint n_pages = kab_pdf_canvas_count_pages (self);
  guint low = 0, high = n_pages;

  while (low + 1 < high)
    {
      const guint middle = (low + high) / 2;

      if (top_of (self, middle, self->scale) - GAP / 2.0 <= y)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static GtkSizeRequestMode
kab_pdf_canvas_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kab_pdf_canvas_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  KabPdfCanvas *self = KAB_PDF_CANVAS (widget);
  double size = MIN_WIDTH;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    size = total_height (self, scale_for_width (self, for_size < 0 ? MIN_WIDTH : for_size));
  else if (self->fit == KAB_PDF_FIT_NONE)
    size = MAX (size, self->widest * self->scale + 2 * MARGIN);
  *minimum = *natural = (int) ceil (size);
}

/* For kab-pdf-canvas-focus.c: where a page of @page_width begins. */
int
kab_pdf_canvas_get_left (int page_width, int width)
{
  return MAX (MARGIN, (width - page_width) / 2);
}

static void
allocate_view (KabPdfCanvas *self, KabPdfPageView *view, int width)
{
  KabPdfPage *page = kab_pdf_page_view_get_page (view);
  const int page_width = (int) lround (kab_pdf_page_get_width (page) * self->scale);
  const int page_height = (int) lround (kab_pdf_page_get_height (page) * self->scale);
  const graphene_point_t origin = GRAPHENE_POINT_INIT (
      (float) kab_pdf_canvas_get_left (page_width, width),
      (float) round (top_of (self, kab_pdf_page_get_number (page), self->scale)));

  gtk_widget_allocate (GTK_WIDGET (view), MAX (1, page_width), MAX (1, page_height), -1,
                       gsk_transform_translate (NULL, &origin));
}

static void queue_update (KabPdfCanvas *self);

/* When the pages change their size, what was at the upper edge stays there,
 * through all the sizes of an animation. */
static void
keep_place (KabPdfCanvas *self)
{
  const double value = gtk_adjustment_get_value (self->vertical);

  if (value <= 0 || self->keeps_place)
    return;
  self->kept_page = page_at (self, value);
  self->kept_points = (value - top_of (self, self->kept_page, self->scale)) / self->scale;
  self->keeps_place = TRUE;
}

static void
kab_pdf_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KabPdfCanvas *self = KAB_PDF_CANVAS (widget);
  const double scale = scale_for_width (self, width);
  GHashTableIter iter;
  gpointer view;

  if (self->tops == NULL)
    return;
  if (fabs (scale - self->scale) > 1e-6)
    {
      keep_place (self);
      self->scale = scale;
    }
  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, NULL, &view))
    allocate_view (self, view, width);
  queue_update (self);
}

static void
view_selected_cb (KabPdfCanvas *self, KabPdfPageView *selected)
{
  GHashTableIter iter;
  gpointer view;

  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, NULL, &view))
    {
      if (view != selected)
        kab_pdf_page_view_unselect (view);
    }
  g_signal_emit (self, signals[SIGNAL_SELECTED], 0);
}

static gboolean
page_before (gconstpointer first, guint page)
{
  return kab_pdf_page_get_number (kab_pdf_page_view_get_page ((KabPdfPageView *) first)) < page;
}

/* For kab-pdf-canvas-focus.c: the widget of @page, made if need be. */
KabPdfPageView *
kab_pdf_canvas_ensure_view (KabPdfCanvas *self, guint page)
{
  KabPdfPageView *view = g_hash_table_lookup (self->views, GUINT_TO_POINTER (page));
  g_autoptr (GdkTexture) texture = NULL;
  GtkWidget *next;

  if (view != NULL)
    return view;
  view = KAB_PDF_PAGE_VIEW (kab_pdf_page_view_new (
      self->document, kab_pdf_document_get_page (self->document, page), self->editable));
  texture = kab_pdf_texture_cache_take (self->textures, page);
  kab_pdf_page_view_set_texture (view, texture);
  kab_pdf_page_view_set_matches (view, self->matches, self->current_match);
  g_signal_connect_object (view, "selected", G_CALLBACK (view_selected_cb), self,
                           G_CONNECT_SWAPPED);

  /* In the order of the pages, for those who walk the tree. */
  next = gtk_widget_get_first_child (GTK_WIDGET (self));
  while (next != NULL && page_before (next, page))
    next = gtk_widget_get_next_sibling (next);
  gtk_widget_insert_before (GTK_WIDGET (view), GTK_WIDGET (self), next);
  g_hash_table_insert (self->views, GUINT_TO_POINTER (page), view);
  return view;
}

static void
drop_view (KabPdfCanvas *self, KabPdfPageView *view)
{
  GdkTexture *texture = kab_pdf_page_view_get_texture (view);

  if (texture != NULL)
    kab_pdf_texture_cache_put (
        self->textures, kab_pdf_page_get_number (kab_pdf_page_view_get_page (view)), texture);
  gtk_widget_unparent (GTK_WIDGET (view));
}

/* Pages far away go, but never the one where someone is typing. */
static void
drop_views_outside (KabPdfCanvas *self, guint first, guint last)
{
  GHashTableIter iter;
  gpointer page, view;

  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, &page, &view))
    {
      if ((GPOINTER_TO_UINT (page) < first || GPOINTER_TO_UINT (page) > last) &&
          gtk_widget_get_focus_child (GTK_WIDGET (self)) != view)
        {
          g_hash_table_iter_remove (&iter);
          drop_view (self, view);
        }
    }
}

static void
drop_all_views (KabPdfCanvas *self)
{
  GHashTableIter iter;
  gpointer view;

  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, NULL, &view))
    {
      g_hash_table_iter_remove (&iter);
      gtk_widget_unparent (view);
    }
}

static void
render_views (KabPdfCanvas *self, guint first_visible, guint last_visible)
{
  GHashTableIter iter;
  gpointer page, view;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || kab_pdf_document_has_ended (self->document))
    return;
  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, &page, &view))
    {
      const gboolean visible =
          GPOINTER_TO_UINT (page) >= first_visible && GPOINTER_TO_UINT (page) <= last_visible;

      kab_pdf_page_view_render (view, visible ? KAB_PDF_PRIORITY_VISIBLE : KAB_PDF_PRIORITY_NEARBY);
    }
}

/* For kab-pdf-canvas-focus.c: makes and draws what is in sight. */
void
kab_pdf_canvas_update_visible (KabPdfCanvas *self)
{
  const double height = gtk_adjustment_get_page_size (self->vertical);
  double value;
  guint first, last, page;
  gboolean created = FALSE;

  if (kab_pdf_canvas_count_pages (self) == 0 || height <= 0)
    return;
  if (self->keeps_place)
    gtk_adjustment_set_value (
        self->vertical, kab_pdf_canvas_get_position (self, self->kept_page, self->kept_points));
  self->keeps_place = FALSE;
  value = gtk_adjustment_get_value (self->vertical);
  first = page_at (self, value - height / 2);
  last = page_at (self, value + height * 1.5);
  for (guint i = first; i <= last; i++)
    {
      created = created || !g_hash_table_contains (self->views, GUINT_TO_POINTER (i));
      kab_pdf_canvas_ensure_view (self, i);
    }
  drop_views_outside (self, first > 0 ? first - 1 : 0, last + 1);
  if (created)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  else
    render_views (self, page_at (self, value), page_at (self, value + height));

  page = page_at (self, value + height / 3);
  self->page = page;
  g_signal_emit (self, signals[SIGNAL_PAGE_CHANGED], 0);
}

static gboolean
update_cb (gpointer user_data)
{
  KabPdfCanvas *self = user_data;

  self->update_id = 0;
  kab_pdf_canvas_update_visible (self);
  return G_SOURCE_REMOVE;
}

/* Not within an allocation, where no child may be made. */
static void
queue_update (KabPdfCanvas *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static gboolean
kab_pdf_canvas_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (kab_pdf_canvas_parent_class)->focus (widget, direction);
  return kab_pdf_canvas_move_focus (KAB_PDF_CANVAS (widget), direction == GTK_DIR_TAB_FORWARD);
}

static void
kab_pdf_canvas_dispose (GObject *object)
{
  KabPdfCanvas *self = KAB_PDF_CANVAS (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  kab_pdf_canvas_set_document (self, NULL);
  g_clear_object (&self->vertical);
  g_clear_object (&self->horizontal);

  G_OBJECT_CLASS (kab_pdf_canvas_parent_class)->dispose (object);
}

static void
kab_pdf_canvas_finalize (GObject *object)
{
  KabPdfCanvas *self = KAB_PDF_CANVAS (object);

  g_hash_table_unref (self->views);
  kab_pdf_texture_cache_free (self->textures);
  g_free (self->tops);
  g_clear_pointer (&self->matches, g_array_unref);

  G_OBJECT_CLASS (kab_pdf_canvas_parent_class)->finalize (object);
}

static void
kab_pdf_canvas_class_init (KabPdfCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = kab_pdf_canvas_dispose;
  object_class->finalize = kab_pdf_canvas_finalize;
  widget_class->get_request_mode = kab_pdf_canvas_get_request_mode;
  widget_class->measure = kab_pdf_canvas_measure;
  widget_class->size_allocate = kab_pdf_canvas_size_allocate;
  widget_class->focus = kab_pdf_canvas_focus;

  signals[SIGNAL_PAGE_CHANGED] =
      g_signal_new ("page-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SELECTED] =
      g_signal_new ("selected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "pdfcanvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DOCUMENT);
}

static void
kab_pdf_canvas_init (KabPdfCanvas *self)
{
  self->views = g_hash_table_new (NULL, NULL);
  self->textures = kab_pdf_texture_cache_new (CACHE_BYTES);
  self->scale = 1;
  self->current_match = -1;
}

/** kab_pdf_canvas_new: (transfer floating): an empty canvas. */
GtkWidget *
kab_pdf_canvas_new (void)
{
  return g_object_new (KAB_TYPE_PDF_CANVAS, NULL);
}

/** kab_pdf_canvas_set_adjustments: the scrolling of the viewport that the canvas is in; once. */
void
kab_pdf_canvas_set_adjustments (KabPdfCanvas *self,
                                GtkAdjustment *horizontal,
                                GtkAdjustment *vertical)
{
  self->horizontal = g_object_ref (horizontal);
  self->vertical = g_object_ref (vertical);
  g_signal_connect_object (vertical, "value-changed", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (vertical, "notify::page-size", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
}

static void
detailed_cb (KabPdfCanvas *self)
{
  measure_pages (self);
  kab_pdf_canvas_refresh (self);
}

/** kab_pdf_canvas_set_document: shows @document, or nothing when it is %NULL. */
void
kab_pdf_canvas_set_document (KabPdfCanvas *self, KabPdfDocument *document)
{
  drop_all_views (self);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  if (document == NULL)
    return;
  g_signal_connect_object (document, "detailed", G_CALLBACK (detailed_cb), self, G_CONNECT_SWAPPED);
  measure_pages (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/** kab_pdf_canvas_set_editable: whether fields can be filled in. */
void
kab_pdf_canvas_set_editable (KabPdfCanvas *self, gboolean editable)
{
  GHashTableIter iter;
  gpointer view;

  self->editable = editable;
  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, NULL, &view))
    kab_pdf_page_view_set_editable (view, editable);
}

/** kab_pdf_canvas_refresh: the fields are others, or another helper draws. */
void
kab_pdf_canvas_refresh (KabPdfCanvas *self)
{
  GHashTableIter iter;
  gpointer view;

  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, NULL, &view))
    kab_pdf_page_view_refresh (view);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/** kab_pdf_canvas_get_fit: what the size of the pages follows. */
KabPdfFit
kab_pdf_canvas_get_fit (KabPdfCanvas *self)
{
  return self->fit;
}

/**
 * kab_pdf_canvas_set_fit:
 * @fit: what the size of the pages follows
 * @scale: pixels per point, for KAB_PDF_FIT_NONE
 */
void
kab_pdf_canvas_set_fit (KabPdfCanvas *self, KabPdfFit fit, double scale)
{
  self->fit = fit;
  if (fit == KAB_PDF_FIT_NONE && self->tops != NULL)
    {
      keep_place (self);
      self->scale = scale;
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/** kab_pdf_canvas_get_scale: pixels per point, now. */
double
kab_pdf_canvas_get_scale (KabPdfCanvas *self)
{
  return self->scale;
}

/** kab_pdf_canvas_set_matches: (nullable): marks what was found. */
void
kab_pdf_canvas_set_matches (KabPdfCanvas *self, GArray *matches, int current)
{
  GHashTableIter iter;
  gpointer view;

  if (matches != NULL)
    g_array_ref (matches);
  g_clear_pointer (&self->matches, g_array_unref);
  self->matches = matches;
  self->current_match = current;
  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, NULL, &view))
    kab_pdf_page_view_set_matches (view, matches, current);
}

/** kab_pdf_canvas_get_page: the page in sight, from 0. */
guint
kab_pdf_canvas_get_page (KabPdfCanvas *self)
{
  return self->page;
}

/** kab_pdf_canvas_get_position: where a place on a page is, in pixels from the top. */
double
kab_pdf_canvas_get_position (KabPdfCanvas *self, guint page, double points)
{
  return top_of (self, page, self->scale) + points * self->scale;
}

/** kab_pdf_canvas_scroll_to: brings a place on a page to the upper edge. */
void
kab_pdf_canvas_scroll_to (KabPdfCanvas *self, guint page, double points)
{
  if (page >= kab_pdf_canvas_count_pages (self))
    return;
  self->keeps_place = FALSE;
  gtk_adjustment_set_value (self->vertical, kab_pdf_canvas_get_position (self, page, points) - GAP);
}

/** kab_pdf_canvas_get_view: (transfer none) (nullable): the widget of a page that is near. */
KabPdfPageView *
kab_pdf_canvas_get_view (KabPdfCanvas *self, guint page)
{
  return g_hash_table_lookup (self->views, GUINT_TO_POINTER (page));
}
