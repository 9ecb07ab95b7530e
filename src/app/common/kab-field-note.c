/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-field-note.h"

/**
 * KabFieldNote:
 *
 * The text under a field in a boxed list: a row that takes no focus. A list box asks only the very
 * next row to take the focus, and is left when that one doesn't; so this one hands it on.
 */
struct _KabFieldNote
{
  GtkListBoxRow parent_instance;

  GtkLabel *label;
  GtkImage *icon;
};

G_DEFINE_FINAL_TYPE (KabFieldNote, kab_field_note, GTK_TYPE_LIST_BOX_ROW)

static gboolean
is_backward (GtkDirectionType direction)
{
  return direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP;
}

static GtkWidget *
get_neighbour (GtkWidget       *row,
               GtkDirectionType direction)
{
  return is_backward (direction) ? gtk_widget_get_prev_sibling (row)
                                 : gtk_widget_get_next_sibling (row);
}

static gboolean
kab_field_note_focus (GtkWidget       *widget,
                      GtkDirectionType direction)
{
  GtkWidget *row = get_neighbour (widget, direction);

  while (row != NULL && !gtk_widget_get_visible (row))
    row = get_neighbour (row, direction);

  return row != NULL && gtk_widget_child_focus (row, direction);
}

static void
kab_field_note_class_init (KabFieldNoteClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = kab_field_note_focus;
}

static void
kab_field_note_init (KabFieldNote *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-error-symbolic");
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "field-note");
  self->label = GTK_LABEL (label);
  self->icon = GTK_IMAGE (icon);
}

/**
 * kab_field_note_new:
 *
 * Returns: (transfer floating): a note without a text
 */
GtkWidget *
kab_field_note_new (void)
{
  return g_object_new (KAB_TYPE_FIELD_NOTE, NULL);
}

/**
 * kab_field_note_show:
 * @self: a note
 * @text: (nullable): a hint, or what is wrong, in the current language
 * @is_error: whether it is what is wrong
 */
void
kab_field_note_show (KabFieldNote *self,
                     const char   *text,
                     gboolean      is_error)
{
  g_return_if_fail (KAB_IS_FIELD_NOTE (self));

  gtk_label_set_label (self->label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->icon), is_error);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
}
