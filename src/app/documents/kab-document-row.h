/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kab-document.h"

G_BEGIN_DECLS

#define KAB_TYPE_DOCUMENT_ROW (kab_document_row_get_type ())
G_DECLARE_FINAL_TYPE (KabDocumentRow, kab_document_row, KAB, DOCUMENT_ROW, AdwBin)

GtkWidget *kab_document_row_new (void);
void kab_document_row_set_document (KabDocumentRow *self, KabDocument *document);

G_END_DECLS
