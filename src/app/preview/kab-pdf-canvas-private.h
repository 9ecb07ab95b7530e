/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "preview/kab-pdf-canvas.h"
#include "preview/kab-pdf-texture-cache.h"

#define KAB_PDF_CANVAS_GAP 12 /* pixels between pages */

struct _KabPdfCanvas
{
  GtkWidget parent_instance;

  KabPdfDocument *document;     /* (owned) (nullable) */
  GtkAdjustment *vertical;      /* (owned) */
  GtkAdjustment *horizontal;    /* (owned) */
  GHashTable *views;            /* (owned): page number → KabPdfPageView (unowned): children */
  KabPdfTextureCache *textures; /* (owned) */
  double *tops;                 /* (owned) (nullable): of the pages, in points, without gaps */
  double widest, highest;       /* points */
  KabPdfFit fit;
  double scale; /* pixels per point */
  guint page;
  GArray *matches; /* (owned) (nullable) */
  int current_match;
  guint update_id;
  guint kept_page; /* what was at the upper edge before the size changed */
  double kept_points;
  gboolean keeps_place;
  gboolean editable;
};

guint kab_pdf_canvas_count_pages (KabPdfCanvas *self);
KabPdfPageView *kab_pdf_canvas_ensure_view (KabPdfCanvas *self, guint page);
void kab_pdf_canvas_update_visible (KabPdfCanvas *self);
int kab_pdf_canvas_get_left (int page_width, int width);

/* kab-pdf-canvas-focus.c */
gboolean kab_pdf_canvas_move_focus (KabPdfCanvas *self, gboolean forward);
