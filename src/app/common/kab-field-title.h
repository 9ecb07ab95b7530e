/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_FIELD_TITLE (kab_field_title_get_type ())
G_DECLARE_FINAL_TYPE (KabFieldTitle, kab_field_title, KAB, FIELD_TITLE, GtkWidget)

void kab_field_title_attach (AdwEntryRow *row);

G_END_DECLS
