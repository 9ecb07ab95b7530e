/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void kab_spelling_keep (GtkWidget *widget);
char *kab_spelling_dup_markup (const char *text);

G_END_DECLS
