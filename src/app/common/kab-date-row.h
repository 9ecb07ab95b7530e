/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_DATE_ROW (kab_date_row_get_type ())
G_DECLARE_FINAL_TYPE (KabDateRow, kab_date_row, KAB, DATE_ROW, AdwEntryRow)

GtkWidget *kab_date_row_new (void);
const char *kab_date_row_get_date (KabDateRow *self);
void kab_date_row_set_date (KabDateRow *self, const char *date);

G_END_DECLS
