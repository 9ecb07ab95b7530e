/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-spelling.h"

/* Of addresses and names of files: where a line ends inside one of their words, the hyphen that is
 * set there otherwise would be taken for a part of them. */

/**
 * kab_spelling_keep:
 * @widget: a label of plain text, or what such labels are in
 *
 * Lets them break their lines without hyphens.
 */
void
kab_spelling_keep (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    {
      g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
      gtk_label_set_attributes (GTK_LABEL (widget), attributes);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    kab_spelling_keep (child);
}

/**
 * kab_spelling_dup_markup:
 * @text: plain text with an address or the name of a file in it
 *
 * Returns: (transfer full): markup of it that breaks without hyphens
 */
char *
kab_spelling_dup_markup (const char *text)
{
  return g_markup_printf_escaped ("<span insert_hyphens=\"false\">%s</span>", text);
}
