/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void kab_field_row_set_hint (GtkWidget *row, const char *text);
void kab_field_row_set_error (GtkWidget *row, const char *text);
void kab_field_row_mark_error (GtkWidget *row, const char *text);
GtkWidget *kab_field_row_get_end (GtkWidget *row);
gboolean kab_field_row_has_error (GtkWidget *row);
void kab_field_row_set_required (GtkWidget *row, gboolean required);
gboolean kab_field_row_focus_first_error (GtkWidget *root);

G_END_DECLS
