/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-passive-row.h"

/**
 * KabPassiveRow:
 *
 * A row of a boxed list that only shows something. GtkListBox goes from a row to its neighbour with
 * Tab, and out of the list when the neighbour doesn't take the focus; this one passes it on.
 */
struct _KabPassiveRow
{
  AdwPreferencesRow parent_instance;
};

G_DEFINE_FINAL_TYPE (KabPassiveRow, kab_passive_row, ADW_TYPE_PREFERENCES_ROW)

static gboolean
kab_passive_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean backward = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP;
  GtkWidget *next = widget;

  do
    next = backward ? gtk_widget_get_prev_sibling (next) : gtk_widget_get_next_sibling (next);
  while (next != NULL && !gtk_widget_child_focus (next, direction));

  return next != NULL;
}

static void
kab_passive_row_class_init (KabPassiveRowClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = kab_passive_row_focus;
}

static void
kab_passive_row_init (KabPassiveRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

/**
 * kab_passive_row_new:
 * @child: (transfer floating): what it shows; nothing that takes the focus
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
kab_passive_row_new (GtkWidget *child)
{
  return g_object_new (KAB_TYPE_PASSIVE_ROW, "child", child, NULL);
}
