/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "shell/kab-section.h"

G_BEGIN_DECLS

#define KAB_TYPE_SECTION_ROW (kab_section_row_get_type ())
G_DECLARE_FINAL_TYPE (KabSectionRow, kab_section_row, KAB, SECTION_ROW, GtkListBoxRow)

GtkWidget *kab_section_row_new (KabSection *section);
KabSection *kab_section_row_get_section (KabSectionRow *self);
void kab_section_row_set_current (KabSectionRow *self, gboolean current);

G_END_DECLS
