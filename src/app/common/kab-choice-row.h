/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_CHOICE_ROW (kab_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (KabChoiceRow, kab_choice_row, KAB, CHOICE_ROW, AdwComboRow)

GtkWidget *kab_choice_row_new (void);

G_END_DECLS
