/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-pages.h"

G_BEGIN_DECLS

void picture_show_menu (KabApplication *application, KabWindow *window);
void picture_show_missing (KabApplication *application, KabWindow *window);
GtkWidget *picture_find_popover (void);
void picture_show_entry (KabApplication *application, KabWindow *window);
void picture_show_conflict (KabApplication *application, KabWindow *window);
void picture_show_idle (KabApplication *application, KabWindow *window);
void picture_leave_idle (void);
void picture_show_preview_fields (KabApplication *application, KabWindow *window);
void picture_show_preview_search (KabApplication *application, KabWindow *window);
void picture_show_preview_opening (KabApplication *application, KabWindow *window);
void picture_show_preview_password (KabApplication *application, KabWindow *window);
void picture_show_preview_problem (KabApplication *application, KabWindow *window);

G_END_DECLS
