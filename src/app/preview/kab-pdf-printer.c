/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Printing: the helper draws each page at 300 dots per inch, what is filled in
 * included, and the print system gets pixels, never the document itself.
 */

#include "preview/kab-pdf-printer.h"

#include <math.h>

#define DOTS_PER_INCH 300.0

typedef struct
{
  GtkPrintOperation *operation; /* (owned) */
  GtkPrintContext *context;     /* (owned) */
} Drawing;

static void
paint_texture (GtkPrintContext *context, GdkTexture *texture)
{
  const int width = gdk_texture_get_width (texture);
  const int height = gdk_texture_get_height (texture);
  const double scale = MIN (gtk_print_context_get_width (context) / width,
                            gtk_print_context_get_height (context) / height);
  cairo_t *cairo = gtk_print_context_get_cairo_context (context);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);

  gdk_texture_download (texture, cairo_image_surface_get_data (surface),
                        (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);
  cairo_save (cairo);
  cairo_translate (cairo, (gtk_print_context_get_width (context) - width * scale) / 2, 0);
  cairo_scale (cairo, scale, scale);
  cairo_set_source_surface (cairo, surface, 0, 0);
  cairo_paint (cairo);
  cairo_restore (cairo);
  cairo_surface_destroy (surface);
}

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Drawing *drawing = user_data;
  g_autoptr (GtkPrintOperation) operation = drawing->operation;
  g_autoptr (GtkPrintContext) context = drawing->context;
  g_autoptr (GdkTexture) texture =
      kab_pdf_document_render_finish (KAB_PDF_DOCUMENT (source), result, NULL);

  /* Half a document on paper would be worse than none. */
  if (texture != NULL)
    paint_texture (context, texture);
  else
    gtk_print_operation_cancel (operation);
  gtk_print_operation_draw_page_finish (operation);
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext *context,
              int number,
              KabPdfDocument *document)
{
  KabPdfPage *page = kab_pdf_document_get_page (document, (guint) number);
  const double width = kab_pdf_page_get_width (page), height = kab_pdf_page_get_height (page);
  double scale = DOTS_PER_INCH / 72.0;
  Drawing *drawing = g_new (Drawing, 1);

  scale = MIN (scale, sqrt (KAB_HELPER_MAX_PIXELS / (width * height)));
  scale = MIN (scale, KAB_HELPER_MAX_SIDE / MAX (width, height));
  *drawing = (Drawing) { g_object_ref (operation), g_object_ref (context) };
  gtk_print_operation_set_defer_drawing (operation);
  kab_pdf_document_render_async (
      document, (guint) number, scale, MAX (1, (int) floor (width * scale)),
      MAX (1, (int) floor (height * scale)), KAB_PDF_PRIORITY_INPUT, NULL, rendered_cb, drawing);
}

/**
 * kab_pdf_printer_new_operation:
 * @document: what to print
 * @title: of the job
 *
 * Returns: (transfer full): an operation to run with gtk_print_operation_run()
 */
GtkPrintOperation *
kab_pdf_printer_new_operation (KabPdfDocument *document, const char *title)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();

  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_n_pages (operation, (int) kab_pdf_document_get_n_pages (document));
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect_object (operation, "draw-page", G_CALLBACK (draw_page_cb), document,
                           G_CONNECT_DEFAULT);
  return operation;
}
