/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gpointer kab_app_find       (gpointer    root,
                             GType       type,
                             const char *text);
guint    kab_app_count      (gpointer    root,
                             GType       type);
void     kab_app_press      (gpointer    root,
                             const char *text);

G_END_DECLS
