/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "preview/kab-pdf-document.h"

G_BEGIN_DECLS

#define KAB_TYPE_PDF_SIDEBAR (kab_pdf_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (KabPdfSidebar, kab_pdf_sidebar, KAB, PDF_SIDEBAR, GtkWidget)

void kab_pdf_sidebar_set_document (KabPdfSidebar *self, KabPdfDocument *document);
void kab_pdf_sidebar_set_page (KabPdfSidebar *self, guint page);

G_END_DECLS
