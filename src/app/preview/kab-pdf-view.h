/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "preview/kab-pdf-canvas.h"

G_BEGIN_DECLS

#define KAB_TYPE_PDF_VIEW (kab_pdf_view_get_type ())
G_DECLARE_FINAL_TYPE (KabPdfView, kab_pdf_view, KAB, PDF_VIEW, GtkWidget)

void kab_pdf_view_set_document (KabPdfView *self, KabPdfDocument *document);
void kab_pdf_view_set_editable (KabPdfView *self, gboolean editable);
guint kab_pdf_view_get_page (KabPdfView *self);
void kab_pdf_view_go_to_page (KabPdfView *self, guint page);
void kab_pdf_view_focus_field (KabPdfView *self, KabPdfField *field);
void kab_pdf_view_show_matches (KabPdfView *self, GArray *matches, int current);
char *kab_pdf_view_dup_zoom (KabPdfView *self);
KabPdfCanvas *kab_pdf_view_get_canvas (KabPdfView *self);

G_END_DECLS
