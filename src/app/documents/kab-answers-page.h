/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-page.h"
#include "forms/kab-form-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_ANSWERS_PAGE (kab_answers_page_get_type ())
G_DECLARE_FINAL_TYPE (KabAnswersPage, kab_answers_page, KAB, ANSWERS_PAGE, KabPage)

void kab_answers_page_open (GtkWidget *origin, KabFormModel *form);

G_END_DECLS
