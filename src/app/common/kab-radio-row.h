/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_RADIO_ROW (kab_radio_row_get_type ())
G_DECLARE_FINAL_TYPE (KabRadioRow, kab_radio_row, KAB, RADIO_ROW, AdwActionRow)

GtkWidget *kab_radio_row_new (void);

G_END_DECLS
