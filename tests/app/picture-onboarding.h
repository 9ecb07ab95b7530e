/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-pages.h"

G_BEGIN_DECLS

void picture_show_application (KabApplication *application, KabWindow *window);
void picture_show_application_wrong (KabApplication *application, KabWindow *window);
void picture_show_application_files (KabApplication *application, KabWindow *window);
void picture_show_application_sent (KabApplication *application, KabWindow *window);
void picture_show_tax_form (KabApplication *application, KabWindow *window);
void picture_show_questionnaire (KabApplication *application, KabWindow *window);
void picture_show_home_start (KabApplication *application, KabWindow *window);
void picture_show_home_photo (KabApplication *application, KabWindow *window);
void picture_show_home_decided (KabApplication *application, KabWindow *window);
void picture_show_home_declined (KabApplication *application, KabWindow *window);
void picture_show_home_loading (KabApplication *application, KabWindow *window);
void picture_show_home_failed (KabApplication *application, KabWindow *window);
void picture_show_home_withdraw (KabApplication *application, KabWindow *window);
void picture_show_home_withdrawn (KabApplication *application, KabWindow *window);
void picture_show_home_waiting (KabApplication *application, KabWindow *window);
void picture_show_identification_failed (KabApplication *application, KabWindow *window);
void picture_show_identification (KabApplication *application, KabWindow *window);
void picture_show_identification_repeat (KabApplication *application, KabWindow *window);
void picture_show_identification_passed (KabApplication *application, KabWindow *window);
void picture_show_identification_phone (KabApplication *application, KabWindow *window);

G_END_DECLS
