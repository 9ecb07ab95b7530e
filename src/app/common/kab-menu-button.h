/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_MENU_BUTTON (kab_menu_button_get_type ())
G_DECLARE_FINAL_TYPE (KabMenuButton, kab_menu_button, KAB, MENU_BUTTON, AdwBin)

GtkWidget *kab_menu_button_new (void);

G_END_DECLS
