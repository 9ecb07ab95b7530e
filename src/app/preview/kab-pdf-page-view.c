/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/kab-pdf-page-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "preview/kab-pdf-field-widget.h"

#define COARSE_PIXELS (4 * 1024 * 1024) /* from here on, a quarter of them first */
#define COARSE_STEP   4.0

/**
 * KabPdfPageView:
 *
 * A page on paper: its pixels at the size it has on the screen, what is
 * selected and found on it, and the controls of its form fields. Until the
 * pixels come, what is there is shown scaled.
 */
struct _KabPdfPageView
{
  GtkWidget parent_instance;

  KabPdfDocument *document; /* (owned) */
  KabPdfPage *page;         /* (owned) */
  GdkTexture *texture;      /* (owned) (nullable) */
  GCancellable *rendering;  /* (owned) (nullable) */
  int wanted_width;         /* pixels of the drawing under way or done */
  GPtrArray *controls;      /* (owned) (element-type GtkWidget, unowned): children */
  GArray *matches;          /* (owned) (nullable) (element-type KabPdfMatch): all of the document */
  int current_match;
  int anchor; /* character where the selection began, or -1 */
  int head;   /* character where it ends */
  gboolean editable;
};

enum
{
  SIGNAL_SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabPdfPageView, kab_pdf_page_view, GTK_TYPE_WIDGET)

static double
get_scale (KabPdfPageView *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self)) / kab_pdf_page_get_width (self->page);
}

static graphene_rect_t
to_widget (KabPdfPageView *self, const graphene_rect_t *area)
{
  const float scale = (float) get_scale (self);
  graphene_rect_t scaled;

  graphene_rect_scale (area, scale, scale, &scaled);
  return scaled;
}

/* What a screen reader says about the page: its text and, where the fields
 * can't be reached as controls, what is filled in. */
static void
update_accessible (KabPdfPageView *self)
{
  const guint number = kab_pdf_page_get_number (self->page);
  g_autofree char *label = g_strdup_printf (_("Page %u of %u"), number + 1,
                                            kab_pdf_document_get_n_pages (self->document));
  GListModel *fields = kab_pdf_document_get_fields (self->document);
  const guint n_fields = g_list_model_get_n_items (fields);
  const char *text = kab_pdf_page_get_text (self->page);
  g_autoptr (GString) description = g_string_new (text);

  for (guint i = 0; !self->editable && i < n_fields; i++)
    {
      g_autoptr (KabPdfField) field = g_list_model_get_item (fields, i);

      if (kab_pdf_field_get_page (field) == number)
        {
          g_autofree char *line = kab_pdf_field_describe (field);

          g_string_append_printf (description, "\n%s", line);
        }
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL && description->len == 0
                                      ? _("This page has no text, only pictures.")
                                      : description->str,
                                  -1);
}

static void
drop_controls (KabPdfPageView *self)
{
  for (guint i = 0; i < self->controls->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->controls, i));
  g_ptr_array_set_size (self->controls, 0);
}

static void
make_controls (KabPdfPageView *self)
{
  GListModel *fields = kab_pdf_document_get_fields (self->document);
  const guint n_fields = g_list_model_get_n_items (fields);

  drop_controls (self);
  for (guint i = 0; self->editable && i < n_fields; i++)
    {
      g_autoptr (KabPdfField) field = g_list_model_get_item (fields, i);
      GtkWidget *control;

      if (kab_pdf_field_get_page (field) != kab_pdf_page_get_number (self->page) ||
          kab_pdf_field_is_read_only (field))
        continue;
      control = kab_pdf_field_widget_new (field);
      for (guint j = 0; j < self->controls->len; j++)
        {
          if (kab_pdf_field_widget_join (control, g_ptr_array_index (self->controls, j)))
            break;
        }
      gtk_widget_set_parent (control, GTK_WIDGET (self));
      g_ptr_array_add (self->controls, control);
    }
}

static void
allocate_control (KabPdfPageView *self, GtkWidget *control)
{
  const graphene_rect_t area =
      to_widget (self, kab_pdf_field_get_area (kab_pdf_field_widget_get_field (control)));
  GskTransform *transform;
  int min_width, min_height, width, height;
  graphene_point_t origin;

  kab_pdf_field_widget_set_scale (control, get_scale (self));
  gtk_widget_measure (control, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  width = MAX (min_width, (int) lround (area.size.width));
  gtk_widget_measure (control, GTK_ORIENTATION_VERTICAL, width, &min_height, NULL, NULL, NULL);
  height = MAX (min_height, (int) lround (area.size.height));

  /* A control that needs more room than the field has stays centred on it. */
  origin = GRAPHENE_POINT_INIT (area.origin.x - ((float) width - area.size.width) / 2,
                                area.origin.y - ((float) height - area.size.height) / 2);
  transform = gsk_transform_translate (NULL, &origin);
  gtk_widget_allocate (control, width, height, -1, transform);
}

static void
kab_pdf_page_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KabPdfPageView *self = KAB_PDF_PAGE_VIEW (widget);

  for (guint i = 0; i < self->controls->len; i++)
    allocate_control (self, g_ptr_array_index (self->controls, i));
}

static void
fill_areas (GtkSnapshot *snapshot, KabPdfPageView *self, GArray *areas, const GdkRGBA *color)
{
  for (guint i = 0; i < areas->len; i++)
    {
      const graphene_rect_t area = to_widget (self, &g_array_index (areas, graphene_rect_t, i));

      gtk_snapshot_append_color (snapshot, color, &area);
    }
}

static void
snapshot_matches (KabPdfPageView *self, GtkSnapshot *snapshot)
{
  static const GdkRGBA found = { 0.98f, 0.83f, 0.18f, 0.40f };
  static const GdkRGBA current = { 1.00f, 0.47f, 0.00f, 0.50f };
  const guint number = kab_pdf_page_get_number (self->page);

  for (guint i = 0; self->matches != NULL && i < self->matches->len; i++)
    {
      const KabPdfMatch *match = &g_array_index (self->matches, KabPdfMatch, i);
      graphene_rect_t area;

      if (match->page != number)
        continue;
      area = to_widget (self, &match->area);
      gtk_snapshot_append_color (snapshot, (int) i == self->current_match ? &current : &found,
                                 &area);
    }
}

static void
snapshot_selection (KabPdfPageView *self, GtkSnapshot *snapshot)
{
  static const GdkRGBA selected = { 0.21f, 0.52f, 0.89f, 0.35f };
  g_autoptr (GArray) lines = NULL;

  if (self->anchor < 0)
    return;
  lines = kab_pdf_page_get_lines (self->page, (guint) MIN (self->anchor, self->head),
                                  (guint) MAX (self->anchor, self->head));
  fill_areas (snapshot, self, lines, &selected);
}

static void
kab_pdf_page_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA paper = { 1, 1, 1, 1 };
  static const GdkRGBA shadow = { 0, 0, 0, 0.25f };
  KabPdfPageView *self = KAB_PDF_PAGE_VIEW (widget);
  const graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                   (float) gtk_widget_get_height (widget));
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &area, 0);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &shadow, 0, 1, 0, 4);
  gtk_snapshot_append_color (snapshot, &paper, &area);
  if (self->texture != NULL)
    gtk_snapshot_append_texture (snapshot, self->texture, &area);
  snapshot_matches (self, snapshot);
  snapshot_selection (self, snapshot);

  gtk_snapshot_push_clip (snapshot, &area);
  for (guint i = 0; i < self->controls->len; i++)
    gtk_widget_snapshot_child (widget, g_ptr_array_index (self->controls, i), snapshot);
  gtk_snapshot_pop (snapshot);
  if (gtk_widget_has_visible_focus (widget))
    {
      static const GdkRGBA ring = { 0.21f, 0.52f, 0.89f, 0.8f };
      const float width[4] = { 2, 2, 2, 2 };
      const GdkRGBA colors[4] = { ring, ring, ring, ring };

      gtk_snapshot_append_border (snapshot, &outline, width, colors);
    }
}

static gboolean
kab_pdf_page_view_grab_focus (GtkWidget *widget)
{
  /* The page itself, not its first control. */
  GtkRoot *root = gtk_widget_get_root (widget);

  if (root == NULL)
    return FALSE;
  gtk_root_set_focus (root, widget);
  return TRUE;
}

static void
find_point (KabPdfPageView *self, double x, double y, graphene_point_t *point)
{
  const double scale = get_scale (self);

  *point = GRAPHENE_POINT_INIT ((float) (x / scale), (float) (y / scale));
}

static void
publish_selection (KabPdfPageView *self)
{
  g_autofree char *text = kab_pdf_page_view_dup_selection (self);

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_primary_clipboard (GTK_WIDGET (self)), text);
}

static void
drag_begun_cb (KabPdfPageView *self, double x, double y)
{
  graphene_point_t point;

  find_point (self, x, y, &point);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  kab_pdf_page_view_unselect (self);
  g_signal_emit (self, signals[SIGNAL_SELECTED], 0);
  self->head = kab_pdf_page_find_character (self->page, &point);
}

static void
drag_moved_cb (KabPdfPageView *self, double dx, double dy, GtkGestureDrag *gesture)
{
  graphene_point_t start, end;
  double x, y;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  find_point (self, x, y, &start);
  find_point (self, x + dx, y + dy, &end);
  self->anchor = kab_pdf_page_find_character (self->page, &start);
  self->head = kab_pdf_page_find_character (self->page, &end);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_ended_cb (KabPdfPageView *self)
{
  publish_selection (self);
}

static void
kab_pdf_page_view_dispose (GObject *object)
{
  KabPdfPageView *self = KAB_PDF_PAGE_VIEW (object);

  g_cancellable_cancel (self->rendering);
  g_clear_object (&self->rendering);
  if (self->controls != NULL)
    drop_controls (self);
  g_clear_pointer (&self->controls, g_ptr_array_unref);
  g_clear_pointer (&self->matches, g_array_unref);
  g_clear_object (&self->texture);
  g_clear_object (&self->page);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (kab_pdf_page_view_parent_class)->dispose (object);
}

static void
kab_pdf_page_view_class_init (KabPdfPageViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kab_pdf_page_view_dispose;
  widget_class->size_allocate = kab_pdf_page_view_size_allocate;
  widget_class->snapshot = kab_pdf_page_view_snapshot;
  widget_class->grab_focus = kab_pdf_page_view_grab_focus;

  signals[SIGNAL_SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ARTICLE);
  gtk_widget_class_set_css_name (widget_class, "pdfpage");
}

static void
kab_pdf_page_view_init (KabPdfPageView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->anchor = -1;
  self->current_match = -1;
  self->controls = g_ptr_array_new ();
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "text");
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begun_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_moved_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_ended_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/**
 * kab_pdf_page_view_new:
 * @document: the document
 * @page: one of its pages
 * @editable: whether fields can be filled in
 *
 * Returns: (transfer floating): the page, not drawn yet
 */
GtkWidget *
kab_pdf_page_view_new (KabPdfDocument *document, KabPdfPage *page, gboolean editable)
{
  KabPdfPageView *self = g_object_new (KAB_TYPE_PDF_PAGE_VIEW, NULL);

  self->document = g_object_ref (document);
  self->page = g_object_ref (page);
  self->editable = editable;
  g_signal_connect_object (page, "notify::text", G_CALLBACK (update_accessible), self,
                           G_CONNECT_SWAPPED);
  make_controls (self);
  update_accessible (self);
  kab_pdf_document_load_text (document, page);
  return GTK_WIDGET (self);
}

/** kab_pdf_page_view_get_page: (transfer none): what it shows. */
KabPdfPage *
kab_pdf_page_view_get_page (KabPdfPageView *self)
{
  return self->page;
}

/** kab_pdf_page_view_set_texture: gives it pixels from earlier, of any size. */
void
kab_pdf_page_view_set_texture (KabPdfPageView *self, GdkTexture *texture)
{
  if (g_set_object (&self->texture, texture))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** kab_pdf_page_view_get_texture: (transfer none) (nullable): what is shown now. */
GdkTexture *
kab_pdf_page_view_get_texture (KabPdfPageView *self)
{
  return self->texture;
}

/** kab_pdf_page_view_set_editable: whether fields can be filled in. */
void
kab_pdf_page_view_set_editable (KabPdfPageView *self, gboolean editable)
{
  self->editable = editable;
  kab_pdf_page_view_refresh (self);
}

/** kab_pdf_page_view_refresh: the fields of the document are others, or its helper is. */
void
kab_pdf_page_view_refresh (KabPdfPageView *self)
{
  make_controls (self);
  update_accessible (self);
  kab_pdf_document_load_text (self->document, self->page);
  self->wanted_width = 0;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * kab_pdf_page_view_set_matches:
 * @matches: (nullable) (element-type KabPdfMatch): of the whole document
 * @current: the one to stand out, or -1
 */
void
kab_pdf_page_view_set_matches (KabPdfPageView *self, GArray *matches, int current)
{
  g_clear_pointer (&self->matches, g_array_unref);
  self->matches = matches != NULL ? g_array_ref (matches) : NULL;
  self->current_match = current;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void render_at (KabPdfPageView *self, int width, KabPdfPriority priority);

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture =
      kab_pdf_document_render_finish (KAB_PDF_DOCUMENT (source), result, &error);
  g_autoptr (KabPdfPageView) self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->page == NULL)
    return;
  if (texture == NULL)
    {
      self->wanted_width = 0;
      return;
    }
  kab_pdf_page_view_set_texture (self, texture);
  if (gdk_texture_get_width (texture) < self->wanted_width)
    render_at (self, self->wanted_width, KAB_PDF_PRIORITY_VISIBLE);
}

static void
render_at (KabPdfPageView *self, int width, KabPdfPriority priority)
{
  const double scale = width / kab_pdf_page_get_width (self->page);
  const int height = MAX (1, (int) floor (scale * kab_pdf_page_get_height (self->page)));

  kab_pdf_document_render_async (self->document, kab_pdf_page_get_number (self->page), scale, width,
                                 height, priority, self->rendering, rendered_cb,
                                 g_object_ref (self));
}

/* The widest drawing that the limits of the helper allow. */
static int
clamp_width (KabPdfPageView *self, double width)
{
  const double points = kab_pdf_page_get_width (self->page);
  const double ratio = kab_pdf_page_get_height (self->page) / points;

  width = MIN (width, sqrt ((KAB_HELPER_MAX_PIXELS - KAB_HELPER_MAX_SIDE) / ratio));
  width = MIN (width, MIN (KAB_HELPER_MAX_SIDE, KAB_HELPER_MAX_SIDE / ratio));
  return MAX (1, (int) floor (MIN (width, points * KAB_HELPER_MAX_SCALE)));
}

/**
 * kab_pdf_page_view_render:
 * @priority: how much it is wanted
 *
 * Draws the page at the size it has now, if it isn't drawn so already; a
 * large one coarsely first.
 */
void
kab_pdf_page_view_render (KabPdfPageView *self, KabPdfPriority priority)
{
  const double factor =
      gdk_surface_get_scale (gtk_native_get_surface (gtk_widget_get_native (GTK_WIDGET (self))));
  const int width = clamp_width (self, gtk_widget_get_width (GTK_WIDGET (self)) * factor);
  const double pixels = (double) width * width * kab_pdf_page_get_height (self->page) /
                        kab_pdf_page_get_width (self->page);

  if (gtk_widget_get_width (GTK_WIDGET (self)) == 0 || width == self->wanted_width)
    return;
  g_cancellable_cancel (self->rendering);
  g_clear_object (&self->rendering);
  self->rendering = g_cancellable_new ();
  self->wanted_width = width;
  if (self->texture == NULL && pixels > COARSE_PIXELS)
    render_at (self, MAX (1, (int) (width / COARSE_STEP)), priority);
  else
    render_at (self, width, priority);
}

/** kab_pdf_page_view_get_control: (transfer none) (nullable): the widget that edits @field. */
GtkWidget *
kab_pdf_page_view_get_control (KabPdfPageView *self, KabPdfField *field)
{
  for (guint i = 0; i < self->controls->len; i++)
    {
      GtkWidget *control = g_ptr_array_index (self->controls, i);

      if (kab_pdf_field_widget_get_field (control) == field)
        return control;
    }
  return NULL;
}

/** kab_pdf_page_view_dup_selection: (transfer full) (nullable): the text that is selected. */
char *
kab_pdf_page_view_dup_selection (KabPdfPageView *self)
{
  if (self->anchor < 0 ||
      (kab_pdf_document_get_permissions (self->document) & KAB_HELPER_MAY_COPY) == 0)
    return NULL;
  return kab_pdf_page_dup_characters (self->page, (guint) MIN (self->anchor, self->head),
                                      (guint) MAX (self->anchor, self->head));
}

/** kab_pdf_page_view_select_all: selects the text of the page. */
void
kab_pdf_page_view_select_all (KabPdfPageView *self)
{
  const int n_characters = (int) kab_pdf_page_get_n_characters (self->page);

  if (n_characters == 0)
    return;
  self->anchor = 0;
  self->head = n_characters - 1;
  publish_selection (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** kab_pdf_page_view_unselect: selects nothing. */
void
kab_pdf_page_view_unselect (KabPdfPageView *self)
{
  self->anchor = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
