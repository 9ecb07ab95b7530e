/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void kab_button_row_let_wrap (GtkWidget *root);

G_END_DECLS
