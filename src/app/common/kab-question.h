/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

AdwAlertDialog *kab_question_new (const char *heading, const char *body);
void kab_question_answers (AdwAlertDialog *self,
                           const char *stay,
                           const char *stay_label,
                           const char *act,
                           const char *act_label);

G_END_DECLS
