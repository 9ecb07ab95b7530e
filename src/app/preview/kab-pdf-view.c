/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/kab-pdf-view.h"

#include <glib/gi18n.h>
#include <math.h>

#define FULL_SIZE (96.0 / 72.0) /* pixels per point at 100 % */

static const double zoom_steps[] = {
  0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0,
};

/**
 * KabPdfView:
 *
 * A document to scroll, zoom, read, select from and fill in.
 *
 * Actions: `view.zoom-in`, `view.zoom-out`, `view.zoom-full`, `view.fit-width`,
 * `view.fit-page`, `view.copy`, `view.select-all`, `view.next-page`,
 * `view.previous-page`, `view.first-page`, `view.last-page`.
 * Property `page` and signal `zoom-changed` tell what is in sight.
 */
struct _KabPdfView
{
  GtkWidget parent_instance;

  GtkWidget *scroller; /* child */
  KabPdfCanvas *canvas;
  KabPdfDocument *document; /* (owned) (nullable) */
  guint page;
};

enum
{
  PROP_0,
  PROP_PAGE,
  N_PROPERTIES
};

enum
{
  SIGNAL_ZOOM_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabPdfView, kab_pdf_view, GTK_TYPE_WIDGET)

static double
get_zoom (KabPdfView *self)
{
  return kab_pdf_canvas_get_scale (self->canvas) / FULL_SIZE;
}

static void
set_zoom (KabPdfView *self, double zoom)
{
  kab_pdf_canvas_set_fit (self->canvas, KAB_PDF_FIT_NONE, zoom * FULL_SIZE);
  g_signal_emit (self, signals[SIGNAL_ZOOM_CHANGED], 0);
}

static void
zoom_by_step (KabPdfView *self, gboolean larger)
{
  const double zoom = get_zoom (self);
  const gsize n_steps = G_N_ELEMENTS (zoom_steps);

  for (gsize i = 0; i < n_steps; i++)
    {
      const double step = zoom_steps[larger ? i : n_steps - 1 - i];

      if (larger ? step > zoom * 1.02 : step < zoom * 0.98)
        {
          set_zoom (self, step);
          return;
        }
    }
}

static void
zoom_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KabPdfView *self = KAB_PDF_VIEW (widget);

  if (g_str_equal (name, "view.zoom-in"))
    zoom_by_step (self, TRUE);
  else if (g_str_equal (name, "view.zoom-out"))
    zoom_by_step (self, FALSE);
  else if (g_str_equal (name, "view.zoom-full"))
    set_zoom (self, 1.0);
  else
    kab_pdf_canvas_set_fit (
        self->canvas, g_str_equal (name, "view.fit-page") ? KAB_PDF_FIT_PAGE : KAB_PDF_FIT_WIDTH,
        0);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KabPdfView *self = KAB_PDF_VIEW (widget);

  for (GtkWidget *view = gtk_widget_get_first_child (GTK_WIDGET (self->canvas)); view != NULL;
       view = gtk_widget_get_next_sibling (view))
    {
      g_autofree char *text = kab_pdf_page_view_dup_selection (KAB_PDF_PAGE_VIEW (view));

      if (text != NULL)
        gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
    }
}

static void
select_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KabPdfView *self = KAB_PDF_VIEW (widget);
  KabPdfPageView *view = kab_pdf_canvas_get_view (self->canvas, self->page);

  if (view != NULL)
    kab_pdf_page_view_select_all (view);
}

static void
page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KabPdfView *self = KAB_PDF_VIEW (widget);
  const guint n_pages = self->document != NULL ? kab_pdf_document_get_n_pages (self->document) : 0;
  guint page = self->page;

  if (n_pages == 0)
    return;
  if (g_str_equal (name, "view.next-page"))
    page = MIN (page + 1, n_pages - 1);
  else if (g_str_equal (name, "view.previous-page"))
    page = page > 0 ? page - 1 : 0;
  else
    page = g_str_equal (name, "view.last-page") ? n_pages - 1 : 0;
  kab_pdf_view_go_to_page (self, page);
}

/* A screenful, and the focus with it, so that the new page is read out. */
static void
scroll_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KabPdfView *self = KAB_PDF_VIEW (widget);
  GtkAdjustment *vertical =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  const double step = gtk_adjustment_get_page_size (vertical) * 0.9;

  gtk_adjustment_set_value (vertical, gtk_adjustment_get_value (vertical) +
                                          (g_str_equal (name, "view.scroll-down") ? step : -step));
}

static void
page_changed_cb (KabPdfView *self)
{
  const guint page = kab_pdf_canvas_get_page (self->canvas);
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->canvas));

  g_signal_emit (self, signals[SIGNAL_ZOOM_CHANGED], 0);
  if (page == self->page)
    return;
  self->page = page;
  if (focus != NULL && gtk_widget_is_focus (focus))
    kab_pdf_canvas_focus_page (self->canvas, page);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
}

static gboolean
scrolled_cb (KabPdfView *self, double dx, double dy, GtkEventControllerScroll *controller)
{
  const GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if ((state & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  zoom_by_step (self, dy < 0);
  return GDK_EVENT_STOP;
}

static void
kab_pdf_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PAGE)
    g_value_set_uint (value, KAB_PDF_VIEW (object)->page);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kab_pdf_view_dispose (GObject *object)
{
  KabPdfView *self = KAB_PDF_VIEW (object);

  self->canvas = NULL;
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (kab_pdf_view_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const char *const zooms[] = {
    "view.zoom-in", "view.zoom-out", "view.zoom-full", "view.fit-width", "view.fit-page",
  };
  static const char *const pages[] = {
    "view.next-page",
    "view.previous-page",
    "view.first-page",
    "view.last-page",
  };
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_plus, GDK_CONTROL_MASK, "view.zoom-in" },
    { GDK_KEY_equal, GDK_CONTROL_MASK, "view.zoom-in" },
    { GDK_KEY_KP_Add, GDK_CONTROL_MASK, "view.zoom-in" },
    { GDK_KEY_minus, GDK_CONTROL_MASK, "view.zoom-out" },
    { GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "view.zoom-out" },
    { GDK_KEY_0, GDK_CONTROL_MASK, "view.zoom-full" },
    { GDK_KEY_c, GDK_CONTROL_MASK, "view.copy" },
    { GDK_KEY_a, GDK_CONTROL_MASK, "view.select-all" },
    { GDK_KEY_Page_Down, 0, "view.scroll-down" },
    { GDK_KEY_Page_Up, 0, "view.scroll-up" },
    { GDK_KEY_Page_Down, GDK_CONTROL_MASK, "view.next-page" },
    { GDK_KEY_Page_Up, GDK_CONTROL_MASK, "view.previous-page" },
    { GDK_KEY_Home, 0, "view.first-page" },
    { GDK_KEY_End, 0, "view.last-page" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (zooms); i++)
    gtk_widget_class_install_action (widget_class, zooms[i], NULL, zoom_action);
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    gtk_widget_class_install_action (widget_class, pages[i], NULL, page_action);
  gtk_widget_class_install_action (widget_class, "view.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "view.select-all", NULL, select_all_action);
  gtk_widget_class_install_action (widget_class, "view.scroll-down", NULL, scroll_action);
  gtk_widget_class_install_action (widget_class, "view.scroll-up", NULL, scroll_action);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers,
                                         keys[i].action, NULL);
}

static void
load_style (void)
{
  static gboolean loaded;
  g_autoptr (GtkCssProvider) provider = NULL;

  if (loaded)
    return;
  loaded = TRUE;
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/org/kabinets/Kabinets/ui/preview/preview.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
kab_pdf_view_class_init (KabPdfViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = kab_pdf_view_get_property;
  object_class->dispose = kab_pdf_view_dispose;

  properties[PROP_PAGE] = g_param_spec_uint ("page", NULL, NULL, 0, G_MAXUINT, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SIGNAL_ZOOM_CHANGED] =
      g_signal_new ("zoom-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pdfview");
  install_actions (widget_class);
}

static void
kab_pdf_view_init (KabPdfView *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_VERTICAL | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);

  load_style ();
  self->scroller = gtk_scrolled_window_new ();
  self->canvas = KAB_PDF_CANVAS (kab_pdf_canvas_new ());
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), FALSE);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), GTK_WIDGET (self->canvas));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), viewport);
  kab_pdf_canvas_set_adjustments (
      self->canvas, gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller)),
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->canvas), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Document"), -1);

  g_signal_connect_object (self->canvas, "page-changed", G_CALLBACK (page_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scrolled_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
}

/** kab_pdf_view_set_document: shows @document from its first page on, or nothing when %NULL. */
void
kab_pdf_view_set_document (KabPdfView *self, KabPdfDocument *document)
{
  if (!g_set_object (&self->document, document))
    return;
  self->page = 0;
  kab_pdf_canvas_set_document (self->canvas, document);
}

/** kab_pdf_view_set_editable: whether fields can be filled in. */
void
kab_pdf_view_set_editable (KabPdfView *self, gboolean editable)
{
  kab_pdf_canvas_set_editable (self->canvas, editable);
}

/** kab_pdf_view_get_page: the page in sight, from 0. */
guint
kab_pdf_view_get_page (KabPdfView *self)
{
  return self->page;
}

/** kab_pdf_view_go_to_page: scrolls to the top of @page, from 0. */
void
kab_pdf_view_go_to_page (KabPdfView *self, guint page)
{
  kab_pdf_canvas_scroll_to (self->canvas, page, 0);
}

/** kab_pdf_view_focus_field: scrolls to @field and puts the cursor into it. */
void
kab_pdf_view_focus_field (KabPdfView *self, KabPdfField *field)
{
  kab_pdf_canvas_focus_field (self->canvas, field);
}

/**
 * kab_pdf_view_show_matches:
 * @matches: (nullable) (element-type KabPdfMatch): what was found
 * @current: the one to scroll to, or -1
 */
void
kab_pdf_view_show_matches (KabPdfView *self, GArray *matches, int current)
{
  kab_pdf_canvas_set_matches (self->canvas, matches, current);
  if (matches != NULL && current >= 0)
    {
      const KabPdfMatch *match = &g_array_index (matches, KabPdfMatch, current);

      kab_pdf_canvas_reveal (self->canvas, match->page, &match->area);
    }
}

/** kab_pdf_view_dup_zoom: (transfer full): "125 %". */
char *
kab_pdf_view_dup_zoom (KabPdfView *self)
{
  /* Translators: how large a page is shown. */
  return g_strdup_printf (_("%d%%"), (int) lround (get_zoom (self) * 100));
}

/** kab_pdf_view_get_canvas: (transfer none): for tests. */
KabPdfCanvas *
kab_pdf_view_get_canvas (KabPdfView *self)
{
  return self->canvas;
}
