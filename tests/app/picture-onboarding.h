/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-pages.h"

G_BEGIN_DECLS

void picture_show_application       (KabApplication *application,
                                     KabWindow      *window);
void picture_show_application_wrong (KabApplication *application,
                                     KabWindow      *window);
void picture_show_application_sent  (KabApplication *application,
                                     KabWindow      *window);
void picture_show_tax_form          (KabApplication *application,
                                     KabWindow      *window);
void picture_show_questionnaire     (KabApplication *application,
                                     KabWindow      *window);

G_END_DECLS
