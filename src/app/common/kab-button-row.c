/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-button-row.h"

#include <adwaita.h>

static void
let_title_wrap (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    {
      gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_NONE);
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_natural_wrap_mode (GTK_LABEL (widget), GTK_NATURAL_WRAP_NONE);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    let_title_wrap (child);
}

/**
 * kab_button_row_let_wrap:
 * @root: an #AdwButtonRow, or what such rows are in
 *
 * Lets the rows' titles, which libadwaita cuts at the end of the line, take as many lines as they
 * need.
 */
void
kab_button_row_let_wrap (GtkWidget *root)
{
  if (ADW_IS_BUTTON_ROW (root))
    {
      let_title_wrap (root);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    kab_button_row_let_wrap (child);
}
