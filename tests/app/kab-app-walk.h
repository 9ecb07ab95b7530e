/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-app-fixture.h"

G_BEGIN_DECLS

/* Finds and uses what is on screen, by its words. `root` is a window, page or dialog. */

GtkWidget *kab_app_find        (GtkWidget  *root,
                                GType       type,
                                const char *text);
guint      kab_app_count       (GtkWidget  *root,
                                GType       type);
GtkWidget *kab_app_wait_for    (GtkWidget  *root,
                                GType       type,
                                const char *text);
void       kab_app_press       (GtkWidget  *root,
                                const char *label);
void       kab_app_type        (GtkWidget  *root,
                                const char *title,
                                const char *text);
KabWindow *kab_app_present     (KabApplication *application);
KabPage   *kab_app_get_page    (KabWindow  *window);
void       kab_app_wait_page   (KabWindow  *window,
                                GType       type);
AdwDialog *kab_app_get_dialog  (KabWindow  *window);

G_END_DECLS
