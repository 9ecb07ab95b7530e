/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "kab-money.h"

G_BEGIN_DECLS

GtkWidget *kab_money_label_new (void);
void kab_money_label_set (GtkWidget *label, const KabMoney *money);

G_END_DECLS
