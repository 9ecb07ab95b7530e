/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shell/kab-section-row.h"

#include <glib/gi18n.h>

/**
 * KabSectionRow:
 *
 * A section in the sidebar, spoken as one sentence: "Documents, 2 waiting for you".
 */
struct _KabSectionRow
{
  GtkListBoxRow parent_instance;

  KabSection *section; /* (owned) */

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *count;
};

G_DEFINE_FINAL_TYPE (KabSectionRow, kab_section_row, GTK_TYPE_LIST_BOX_ROW)

static void
count_changed_cb (KabSectionRow *self)
{
  guint count = kab_section_get_count (self->section);
  const char *title = kab_section_get_title (self->section);
  g_autofree char *digits = g_strdup_printf ("%u", count);
  g_autofree char *spoken = NULL;

  if (count == 0)
    spoken = g_strdup (title);
  else
    spoken = g_strdup_printf (ngettext ("%s, %u waiting for you", "%s, %u waiting for you", count),
                              title, count);

  gtk_label_set_label (self->count, digits);
  gtk_widget_set_visible (GTK_WIDGET (self->count), count > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
kab_section_row_dispose (GObject *object)
{
  KabSectionRow *self = KAB_SECTION_ROW (object);

  g_clear_object (&self->section);

  G_OBJECT_CLASS (kab_section_row_parent_class)->dispose (object);
}

static void
kab_section_row_class_init (KabSectionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kab_section_row_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kabinets/Kabinets/ui/shell/kab-section-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KabSectionRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KabSectionRow, title);
  gtk_widget_class_bind_template_child (widget_class, KabSectionRow, count);
}

static void
kab_section_row_init (KabSectionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kab_section_row_new:
 * @section: what it stands for
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
kab_section_row_new (KabSection *section)
{
  KabSectionRow *self = g_object_new (KAB_TYPE_SECTION_ROW, NULL);

  g_set_object (&self->section, section);
  gtk_image_set_from_icon_name (self->icon, kab_section_get_icon_name (section));
  gtk_label_set_label (self->title, kab_section_get_title (section));
  g_signal_connect_object (section, "notify::count", G_CALLBACK (count_changed_cb), self,
                           G_CONNECT_SWAPPED);
  count_changed_cb (self);

  return GTK_WIDGET (self);
}

/**
 * kab_section_row_get_section:
 * @self: a row
 *
 * Returns: (transfer none): what it stands for
 */
KabSection *
kab_section_row_get_section (KabSectionRow *self)
{
  g_return_val_if_fail (KAB_IS_SECTION_ROW (self), NULL);

  return self->section;
}

/**
 * kab_section_row_set_current:
 * @self: a row
 * @current: whether the page of its section is shown
 *
 * Marks it as the selected one. The list itself selects nothing: a screen reader would take its
 * selection for the focus.
 */
void
kab_section_row_set_current (KabSectionRow *self, gboolean current)
{
  g_return_if_fail (KAB_IS_SECTION_ROW (self));

  if (current)
    {
      gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
      gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, TRUE, -1);
    }
  else
    {
      gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED);
    }
}
