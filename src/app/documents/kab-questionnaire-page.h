/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-page.h"
#include "documents/kab-document-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_QUESTIONNAIRE_PAGE (kab_questionnaire_page_get_type ())
G_DECLARE_FINAL_TYPE (KabQuestionnairePage,
                      kab_questionnaire_page,
                      KAB,
                      QUESTIONNAIRE_PAGE,
                      KabPage)

void kab_questionnaire_page_open (GtkWidget *origin, KabDocumentModel *model, const char *field);

G_END_DECLS
