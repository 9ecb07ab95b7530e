/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-app-fixture.h"

G_BEGIN_DECLS

/* Finds and uses what is on screen, by its words. `root` is a window, page or dialog. */

gpointer kab_app_find (gpointer root, GType type, const char *text);
gpointer kab_app_wait_for (gpointer root, GType type, const char *text);
guint kab_app_count (gpointer root, GType type);
void kab_app_press (gpointer root, const char *label);
void kab_app_type (gpointer root, const char *title, const char *text);
guint kab_app_check_names (gpointer root);
KabWindow *kab_app_present (KabApplication *application);
KabPage *kab_app_get_page (KabWindow *window);
void kab_app_wait_page (KabWindow *window, GType type);
AdwDialog *kab_app_get_dialog (KabWindow *window);

G_END_DECLS
