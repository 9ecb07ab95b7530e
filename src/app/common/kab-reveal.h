/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void kab_reveal (GtkWidget *first, GtkWidget *last);

G_END_DECLS
