/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-spelling.h"

/* Of addresses and names of files: where a line ends inside one of their words, the hyphen that is
 * set there otherwise would be taken for a part of them. */

/**
 * kab_spelling_keep:
 * @label: a label of plain text
 *
 * Lets it break its lines without hyphens.
 */
void
kab_spelling_keep (GtkLabel *label)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
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
