/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-page.h"
#include "documents/kab-document-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_DOCUMENT_PAGE (kab_document_page_get_type ())
G_DECLARE_FINAL_TYPE (KabDocumentPage, kab_document_page, KAB, DOCUMENT_PAGE, KabPage)

void kab_document_page_open (GtkWidget *origin, KabDocumentModel *model);

G_END_DECLS
