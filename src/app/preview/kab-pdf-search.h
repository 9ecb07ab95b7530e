/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "preview/kab-pdf-view.h"

G_BEGIN_DECLS

#define KAB_TYPE_PDF_SEARCH (kab_pdf_search_get_type ())
G_DECLARE_FINAL_TYPE (KabPdfSearch, kab_pdf_search, KAB, PDF_SEARCH, GtkWidget)

void kab_pdf_search_set_document (KabPdfSearch *self, KabPdfDocument *document, KabPdfView *view);
void kab_pdf_search_start (KabPdfSearch *self);
char *kab_pdf_search_dup_text (KabPdfSearch *self, int *current);
void kab_pdf_search_resume (KabPdfSearch *self, const char *text, int current);

G_END_DECLS
