/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void kab_login_field_prepare (GtkWidget *row);
gboolean kab_login_field_check (GtkWidget *row);
char *kab_login_field_dup_login (GtkWidget *row);

G_END_DECLS
