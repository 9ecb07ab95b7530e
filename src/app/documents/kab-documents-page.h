/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-page.h"
#include "documents/kab-documents-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_DOCUMENTS_PAGE (kab_documents_page_get_type ())
G_DECLARE_FINAL_TYPE (KabDocumentsPage, kab_documents_page, KAB, DOCUMENTS_PAGE, KabPage)

G_END_DECLS
