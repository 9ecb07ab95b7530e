/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_CODE_ROW (kab_code_row_get_type ())
G_DECLARE_FINAL_TYPE (KabCodeRow, kab_code_row, KAB, CODE_ROW, AdwEntryRow)

GtkWidget *kab_code_row_new (void);
const char *kab_code_row_get_code (KabCodeRow *self);
gboolean kab_code_row_is_complete (KabCodeRow *self);

G_END_DECLS
