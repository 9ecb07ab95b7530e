/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-field-title.h"

/**
 * KabFieldTitle:
 *
 * The title of an #AdwEntryRow whose own one, which is always on one line, doesn't fit: above the
 * text, on as many lines as it needs. It covers the row, so that it learns of each new width, and
 * makes room for itself by the margin of what the row shows. A screen reader hears the row's own
 * title, which stays.
 */
struct _KabFieldTitle
{
  GtkWidget parent_instance;

  AdwEntryRow *row;  /* (unowned): its parent */
  GtkWidget *header; /* (unowned): what the row shows */
  GtkWidget *area;   /* (unowned): the part of that with the title and the text */
  GtkWidget *label;
  guint idle;
  gboolean is_shown;
};

/* Of the row; the icon in the title's line is the one that an editable row has. */
enum
{
  SIDE = 12,
  ABOVE = 9,
  ICON = 30,
};

G_DEFINE_FINAL_TYPE (KabFieldTitle, kab_field_title, GTK_TYPE_WIDGET)

/* Where the title is in a row that is @width wide. */
static GtkAllocation
get_place (KabFieldTitle *self, int width)
{
  GtkAllocation place = { SIDE, ABOVE, 0, 0 };

  gtk_widget_measure (self->label, GTK_ORIENTATION_HORIZONTAL, -1, &place.width, NULL, NULL, NULL);
  place.width = MAX (place.width, width - 2 * SIDE);
  gtk_widget_measure (self->label, GTK_ORIENTATION_VERTICAL, place.width, NULL, &place.height, NULL,
                      NULL);

  return place;
}

/* The row's own title, in the large font that an empty row has it in. */
static gboolean
is_cut (KabFieldTitle *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (
      GTK_WIDGET (self->row), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->row)));
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);

  return width > gtk_widget_get_width (self->area) - ICON;
}

static void
show (KabFieldTitle *self)
{
  gboolean shown = is_cut (self);
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int margin = shown ? ABOVE + get_place (self, width).height : 0;

  if (gtk_widget_get_margin_top (self->header) != margin)
    gtk_widget_set_margin_top (self->header, margin);
  if (self->is_shown == shown)
    return;

  self->is_shown = shown;
  gtk_widget_set_child_visible (self->label, shown);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  if (shown)
    gtk_widget_add_css_class (GTK_WIDGET (self->row), "title-above");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->row), "title-above");
}

static gboolean
show_cb (gpointer user_data)
{
  KabFieldTitle *self = user_data;

  self->idle = 0;
  if (gtk_widget_get_width (self->area) > 0)
    show (self);

  return G_SOURCE_REMOVE;
}

/* Not at once: neither style nor size of others may change while sizes are given. */
static void
show_later (KabFieldTitle *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, show_cb, self, NULL);
}

static void
kab_field_title_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
kab_field_title_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KabFieldTitle *self = KAB_FIELD_TITLE (widget);

  if (gtk_widget_get_child_visible (self->label))
    {
      const GtkAllocation place = get_place (self, width);

      gtk_widget_size_allocate (self->label, &place, -1);
    }
  show_later (self);
}

static void
kab_field_title_dispose (GObject *object)
{
  KabFieldTitle *self = KAB_FIELD_TITLE (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (kab_field_title_parent_class)->dispose (object);
}

static void
kab_field_title_class_init (KabFieldTitleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kab_field_title_dispose;
  widget_class->measure = kab_field_title_measure;
  widget_class->size_allocate = kab_field_title_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "field-title");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_NONE);
}

static void
kab_field_title_init (KabFieldTitle *self)
{
  self->label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_NONE, "wrap",
                              TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0, NULL);
  gtk_widget_add_css_class (self->label, "caption");
  gtk_widget_add_css_class (self->label, "dimmed");
  gtk_widget_set_child_visible (self->label, FALSE);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * kab_field_title_attach:
 * @row: a row
 *
 * Lets its title be read to its end also where it is wider than the row. Call it once.
 */
void
kab_field_title_attach (AdwEntryRow *row)
{
  KabFieldTitle *self;

  g_return_if_fail (ADW_IS_ENTRY_ROW (row));

  self = g_object_new (KAB_TYPE_FIELD_TITLE, NULL);
  self->row = row;
  self->header = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
  self->area = gtk_widget_get_parent (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row))));
  gtk_widget_insert_before (GTK_WIDGET (self), GTK_WIDGET (row), NULL);
  g_object_bind_property (row, "title", self->label, "label", G_BINDING_SYNC_CREATE);
  g_signal_connect_swapped (row, "notify::title", G_CALLBACK (show_later), self);
  g_signal_connect_swapped (row, "destroy", G_CALLBACK (gtk_widget_unparent), self);
}
