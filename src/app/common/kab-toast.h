/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

gboolean kab_toast_show_in (AdwNavigationView *view, AdwToast *toast);
gboolean kab_toast_show (GtkWidget *widget, AdwToast *toast);
void kab_toast_tell (GtkWidget *widget, const char *message);

G_END_DECLS
