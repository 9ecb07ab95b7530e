/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-money-label.h"

#include "common/kab-local-text.h"

/**
 * kab_money_label_new:
 *
 * Returns: (transfer floating): a #GtkLabel for amounts: aligned at its end, figures of one width
 */
GtkWidget *
kab_money_label_new (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");

  return label;
}

/**
 * kab_money_label_set:
 * @label: from kab_money_label_new()
 * @money: (nullable): the amount; %NULL shows nothing
 */
void
kab_money_label_set (GtkWidget *label, const KabMoney *money)
{
  g_autofree char *text = NULL;

  g_return_if_fail (GTK_IS_LABEL (label));

  text = money != NULL ? kab_local_money_format (money) : g_strdup ("");
  gtk_label_set_label (GTK_LABEL (label), text);
}
