/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAB_TYPE_LANGUAGE_SWITCH (kab_language_switch_get_type ())
G_DECLARE_FINAL_TYPE (KabLanguageSwitch, kab_language_switch, KAB, LANGUAGE_SWITCH, GtkWidget)

G_END_DECLS
