/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/kab-pdf-sidebar.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define THUMBNAIL_WIDTH  112
#define THUMBNAIL_HEIGHT 160
#define INDENT           18
#define CANCELLABLE_KEY  "kab-cancellable"

/**
 * KabPdfSidebar:
 *
 * Small pictures of the pages and, where the document has one, its table of
 * contents.
 *
 * Signals: `page-chosen` with the page, from 0.
 */
struct _KabPdfSidebar
{
  GtkWidget parent_instance;

  AdwToolbarView *toolbar; /* child */
  GtkWidget *switcher;
  AdwViewStack *stack;
  GtkListView *thumbnails;
  GtkListView *contents;

  KabPdfDocument *document; /* (owned) (nullable) */
};

enum
{
  SIGNAL_PAGE_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabPdfSidebar, kab_pdf_sidebar, GTK_TYPE_WIDGET)

static void
thumbnail_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *picture =
      g_object_new (GTK_TYPE_PICTURE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "halign",
                    GTK_ALIGN_CENTER, "can-shrink", TRUE, NULL);
  GtkWidget *label =
      g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (picture, "pdf-thumbnail");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (item, box);
}

static void
thumbnail_rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkPicture) picture = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture =
      kab_pdf_document_render_finish (KAB_PDF_DOCUMENT (source), result, &error);

  if (texture != NULL)
    gtk_picture_set_paintable (picture, GDK_PAINTABLE (texture));
}

static void
thumbnail_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KabPdfSidebar *self)
{
  KabPdfPage *page = gtk_list_item_get_item (item);
  GtkWidget *picture = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkLabel *label = GTK_LABEL (gtk_widget_get_next_sibling (picture));
  g_autofree char *name = g_strdup_printf (_("Page %s"), kab_pdf_page_get_label (page));
  const double page_width = kab_pdf_page_get_width (page);
  const double page_height = kab_pdf_page_get_height (page);
  const double scale = MIN (THUMBNAIL_WIDTH / page_width, THUMBNAIL_HEIGHT / page_height);
  const int width = MAX (1, (int) lround (page_width * scale));
  const int height = MAX (1, (int) lround (page_height * scale));
  const int factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  gtk_label_set_text (label, kab_pdf_page_get_label (page));
  gtk_list_item_set_accessible_label (item, name);
  gtk_widget_set_size_request (picture, width, height);
  g_object_set_data_full (G_OBJECT (item), CANCELLABLE_KEY, g_object_ref (cancellable),
                          g_object_unref);
  if (!kab_pdf_document_has_ended (self->document))
    kab_pdf_document_render_async (self->document, kab_pdf_page_get_number (page), scale * factor,
                                   width * factor, height * factor, KAB_PDF_PRIORITY_THUMBNAIL,
                                   cancellable, thumbnail_rendered_cb, g_object_ref (picture));
}

static void
thumbnail_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);

  g_cancellable_cancel (g_object_get_data (G_OBJECT (item), CANCELLABLE_KEY));
  g_object_set_data (G_OBJECT (item), CANCELLABLE_KEY, NULL);
  if (box != NULL)
    gtk_picture_set_paintable (GTK_PICTURE (gtk_widget_get_first_child (box)), NULL);
}

static void
entry_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.f, "ellipsize", PANGO_ELLIPSIZE_END,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_list_item_set_child (item, label);
}

static void
entry_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, KabPdfSidebar *self)
{
  const KabPdfOutlineEntry *entry = g_ptr_array_index (
      kab_pdf_document_get_outline (self->document), gtk_list_item_get_position (item));
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *name = g_strdup_printf (_("%s, page %u"), entry->title, entry->page + 1);

  gtk_label_set_text (GTK_LABEL (label), entry->title);
  gtk_widget_set_margin_start (label, (int) MIN (entry->depth, 6) * INDENT);
  gtk_widget_set_tooltip_text (label, entry->title);
  gtk_list_item_set_accessible_label (item, name);
}

static void
thumbnail_activated_cb (KabPdfSidebar *self, guint position)
{
  g_signal_emit (self, signals[SIGNAL_PAGE_CHOSEN], 0, position);
}

static void
entry_activated_cb (KabPdfSidebar *self, guint position)
{
  const KabPdfOutlineEntry *entry =
      g_ptr_array_index (kab_pdf_document_get_outline (self->document), position);

  g_signal_emit (self, signals[SIGNAL_PAGE_CHOSEN], 0, entry->page);
}

static void
show_outline (KabPdfSidebar *self)
{
  GPtrArray *outline = kab_pdf_document_get_outline (self->document);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autoptr (GtkNoSelection) model = NULL;

  for (guint i = 0; i < outline->len; i++)
    {
      const KabPdfOutlineEntry *entry = g_ptr_array_index (outline, i);

      gtk_string_list_append (titles, entry->title);
    }
  model = gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&titles)));
  gtk_list_view_set_model (self->contents, GTK_SELECTION_MODEL (model));
  gtk_widget_set_visible (self->switcher, outline->len > 0);
  if (outline->len == 0)
    adw_view_stack_set_visible_child_name (self->stack, "pages");
}

static void
kab_pdf_sidebar_dispose (GObject *object)
{
  KabPdfSidebar *self = KAB_PDF_SIDEBAR (object);

  if (self->thumbnails != NULL)
    gtk_list_view_set_model (self->thumbnails, NULL);
  if (self->contents != NULL)
    gtk_list_view_set_model (self->contents, NULL);
  g_clear_object (&self->document);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAB_TYPE_PDF_SIDEBAR);

  G_OBJECT_CLASS (kab_pdf_sidebar_parent_class)->dispose (object);
}

static void
kab_pdf_sidebar_class_init (KabPdfSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kab_pdf_sidebar_dispose;

  signals[SIGNAL_PAGE_CHOSEN] =
      g_signal_new ("page-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/preview/kab-pdf-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, KabPdfSidebar, toolbar);
  gtk_widget_class_bind_template_child (widget_class, KabPdfSidebar, switcher);
  gtk_widget_class_bind_template_child (widget_class, KabPdfSidebar, stack);
  gtk_widget_class_bind_template_child (widget_class, KabPdfSidebar, thumbnails);
  gtk_widget_class_bind_template_child (widget_class, KabPdfSidebar, contents);
  gtk_widget_class_bind_template_callback (widget_class, thumbnail_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
}

static void
kab_pdf_sidebar_init (KabPdfSidebar *self)
{
  g_autoptr (GtkListItemFactory) thumbnails = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) entries = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (thumbnails, "setup", G_CALLBACK (thumbnail_setup_cb), NULL);
  g_signal_connect_object (thumbnails, "bind", G_CALLBACK (thumbnail_bind_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect (thumbnails, "unbind", G_CALLBACK (thumbnail_unbind_cb), NULL);
  gtk_list_view_set_factory (self->thumbnails, thumbnails);
  g_signal_connect (entries, "setup", G_CALLBACK (entry_setup_cb), NULL);
  g_signal_connect_object (entries, "bind", G_CALLBACK (entry_bind_cb), self, G_CONNECT_DEFAULT);
  gtk_list_view_set_factory (self->contents, entries);
}

/** kab_pdf_sidebar_set_document: shows the pages and contents of @document, once it is detailed. */
void
kab_pdf_sidebar_set_document (KabPdfSidebar *self, KabPdfDocument *document)
{
  g_autoptr (GtkSingleSelection) selection = NULL;

  gtk_list_view_set_model (self->thumbnails, NULL);
  gtk_list_view_set_model (self->contents, NULL);
  g_set_object (&self->document, document);
  selection = gtk_single_selection_new (g_object_ref (kab_pdf_document_get_pages (document)));
  gtk_list_view_set_model (self->thumbnails, GTK_SELECTION_MODEL (selection));
  show_outline (self);
}

/** kab_pdf_sidebar_set_page: marks the page in sight, from 0. */
void
kab_pdf_sidebar_set_page (KabPdfSidebar *self, guint page)
{
  GtkSelectionModel *model = gtk_list_view_get_model (self->thumbnails);

  if (model == NULL)
    return;
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (model), page);
  gtk_list_view_scroll_to (self->thumbnails, page, GTK_LIST_SCROLL_NONE, NULL);
}
