/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "preview/kab-pdf-document.h"

G_BEGIN_DECLS

#define KAB_TYPE_PDF_PAGE_VIEW (kab_pdf_page_view_get_type ())
G_DECLARE_FINAL_TYPE (KabPdfPageView, kab_pdf_page_view, KAB, PDF_PAGE_VIEW, GtkWidget)

GtkWidget *kab_pdf_page_view_new (KabPdfDocument *document, KabPdfPage *page, gboolean editable);
KabPdfPage *kab_pdf_page_view_get_page (KabPdfPageView *self);
void kab_pdf_page_view_set_texture (KabPdfPageView *self, GdkTexture *texture);
GdkTexture *kab_pdf_page_view_get_texture (KabPdfPageView *self);
void kab_pdf_page_view_set_editable (KabPdfPageView *self, gboolean editable);
void kab_pdf_page_view_set_matches (KabPdfPageView *self, GArray *matches, int current);
void kab_pdf_page_view_render (KabPdfPageView *self, KabPdfPriority priority);
void kab_pdf_page_view_refresh (KabPdfPageView *self);
GtkWidget *kab_pdf_page_view_get_control (KabPdfPageView *self, KabPdfField *field);
char *kab_pdf_page_view_dup_selection (KabPdfPageView *self);
void kab_pdf_page_view_select_all (KabPdfPageView *self);
void kab_pdf_page_view_unselect (KabPdfPageView *self);

G_END_DECLS
