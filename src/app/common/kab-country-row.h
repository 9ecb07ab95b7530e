/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_COUNTRY_ROW (kab_country_row_get_type ())
G_DECLARE_FINAL_TYPE (KabCountryRow, kab_country_row, KAB, COUNTRY_ROW, AdwActionRow)

GtkWidget *kab_country_row_new (void);
const char *kab_country_row_get_country (KabCountryRow *self);
void kab_country_row_set_country (KabCountryRow *self, const char *code);

G_END_DECLS
