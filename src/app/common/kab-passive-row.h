/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_PASSIVE_ROW (kab_passive_row_get_type ())
G_DECLARE_FINAL_TYPE (KabPassiveRow, kab_passive_row, KAB, PASSIVE_ROW, AdwPreferencesRow)

GtkWidget *kab_passive_row_new (GtkWidget *child);

G_END_DECLS
