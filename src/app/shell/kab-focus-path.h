/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GArray *kab_focus_path_get (GtkWidget *root, GtkWidget *focus);
void kab_focus_path_follow (GtkWidget *root, GArray *path);

G_END_DECLS
