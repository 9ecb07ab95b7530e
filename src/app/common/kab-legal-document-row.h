/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kab-api.h"
#include "kab-legal-document.h"

G_BEGIN_DECLS

#define KAB_TYPE_LEGAL_DOCUMENT_ROW (kab_legal_document_row_get_type ())
G_DECLARE_FINAL_TYPE (KabLegalDocumentRow,
                      kab_legal_document_row,
                      KAB,
                      LEGAL_DOCUMENT_ROW,
                      AdwActionRow)

GtkWidget *
kab_legal_document_row_new (KabApi *api, KabLegalDocument *document, const char *language);
KabLegalDocument *kab_legal_document_row_get_document (KabLegalDocumentRow *self);
void kab_legal_document_row_set_read (KabLegalDocumentRow *self, gboolean read);

G_END_DECLS
