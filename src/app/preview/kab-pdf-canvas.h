/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "preview/kab-pdf-document.h"
#include "preview/kab-pdf-page-view.h"

G_BEGIN_DECLS

/** KabPdfFit: what the size of the pages follows. */
typedef enum
{
  KAB_PDF_FIT_WIDTH,
  KAB_PDF_FIT_PAGE,
  KAB_PDF_FIT_NONE,
} KabPdfFit;

#define KAB_TYPE_PDF_CANVAS (kab_pdf_canvas_get_type ())
G_DECLARE_FINAL_TYPE (KabPdfCanvas, kab_pdf_canvas, KAB, PDF_CANVAS, GtkWidget)

GtkWidget *kab_pdf_canvas_new (void);
void kab_pdf_canvas_set_adjustments (KabPdfCanvas *self,
                                     GtkAdjustment *horizontal,
                                     GtkAdjustment *vertical);
void kab_pdf_canvas_set_document (KabPdfCanvas *self, KabPdfDocument *document);
void kab_pdf_canvas_set_editable (KabPdfCanvas *self, gboolean editable);
void kab_pdf_canvas_set_fit (KabPdfCanvas *self, KabPdfFit fit, double scale);
KabPdfFit kab_pdf_canvas_get_fit (KabPdfCanvas *self);
double kab_pdf_canvas_get_scale (KabPdfCanvas *self);
void kab_pdf_canvas_set_matches (KabPdfCanvas *self, GArray *matches, int current);
guint kab_pdf_canvas_get_page (KabPdfCanvas *self);
double kab_pdf_canvas_get_position (KabPdfCanvas *self, guint page, double points);
void kab_pdf_canvas_scroll_to (KabPdfCanvas *self, guint page, double points);
void kab_pdf_canvas_reveal (KabPdfCanvas *self, guint page, const graphene_rect_t *area);
KabPdfPageView *kab_pdf_canvas_get_view (KabPdfCanvas *self, guint page);
void kab_pdf_canvas_focus_field (KabPdfCanvas *self, KabPdfField *field);
void kab_pdf_canvas_focus_page (KabPdfCanvas *self, guint page);
void kab_pdf_canvas_refresh (KabPdfCanvas *self);

G_END_DECLS
