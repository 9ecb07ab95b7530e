/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The first page of a 200-page document, from its bytes to a texture that can
 * be shown: through the confined helper (a warm one is waiting, as in the
 * application) against plain poppler-glib in this process. Prints the times of
 * interleaved pairs in milliseconds, as JSON.
 */

#include <poppler.h>
#include <stdlib.h>

#include "pdf-fixture.h"
#include "preview/kab-pdf-document.h"

#define N_PAGES 200
#define N_PAIRS 41
#define SCALE   (96.0 / 72.0)
#define WIDTH   793
#define HEIGHT  1122

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(KabPdfDocument **) user_data = kab_pdf_document_open_finish (result, NULL);
}

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GdkTexture **) user_data =
      kab_pdf_document_render_finish (KAB_PDF_DOCUMENT (source), result, NULL);
}

static void
settled_cb (gpointer instance, gboolean *settled)
{
  *settled = TRUE;
}

/* Lets the spare helper become ready, as it is while someone reads a list. */
static void
warm_up (void)
{
  const gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 4;

  kab_document_process_prepare ();
  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static double
measure_helper (GBytes *pdf)
{
  KabPdfDocument *document = NULL;
  GdkTexture *texture = NULL;
  gboolean settled = FALSE;
  gint64 start, end;

  warm_up ();
  start = g_get_monotonic_time ();
  kab_pdf_document_open_async (pdf, NULL, NULL, opened_cb, &document);
  while (document == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect (document, "detailed", G_CALLBACK (settled_cb), &settled);
  kab_pdf_document_render_async (document, 0, SCALE, WIDTH, HEIGHT, KAB_PDF_PRIORITY_VISIBLE, NULL,
                                 rendered_cb, &texture);
  while (texture == NULL)
    g_main_context_iteration (NULL, TRUE);
  end = g_get_monotonic_time ();

  while (!settled)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (texture);
  g_object_unref (document);
  return (double) (end - start) / 1000.0;
}

static double
measure_plain (GBytes *pdf)
{
  const gint64 start = g_get_monotonic_time ();
  PopplerDocument *document = poppler_document_new_from_bytes (pdf, NULL, NULL);
  PopplerPage *page = poppler_document_get_page (document, 0);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *context = cairo_create (surface);
  g_autoptr (GBytes) pixels = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  gint64 end;

  cairo_set_source_rgb (context, 1, 1, 1);
  cairo_paint (context);
  cairo_scale (context, SCALE, SCALE);
  poppler_page_render (page, context);
  cairo_surface_flush (surface);
  pixels = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                       (gsize) cairo_image_surface_get_stride (surface) * HEIGHT,
                                       (GDestroyNotify) cairo_surface_destroy, surface);
  texture = gdk_memory_texture_new (WIDTH, HEIGHT, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, pixels,
                                    (gsize) cairo_image_surface_get_stride (surface));
  end = g_get_monotonic_time ();

  cairo_destroy (context);
  g_object_unref (page);
  g_object_unref (document);
  return (double) (end - start) / 1000.0;
}

static void
print_times (const char *name, const double *times)
{
  g_print ("\"%s\": [", name);
  for (guint i = 0; i < N_PAIRS; i++)
    g_print ("%s%.3f", i > 0 ? ", " : "", times[i]);
  g_print ("]");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GBytes) pdf = pdf_fixture_text (N_PAGES);
  double helper[N_PAIRS], plain[N_PAIRS];

  /* Fonts and code of the first use belong to neither. */
  measure_plain (pdf);
  measure_helper (pdf);
  for (guint i = 0; i < N_PAIRS; i++)
    {
      const gboolean helper_first = i % 2 == 0;

      if (helper_first)
        helper[i] = measure_helper (pdf);
      plain[i] = measure_plain (pdf);
      if (!helper_first)
        helper[i] = measure_helper (pdf);
    }
  g_print ("{");
  print_times ("ours", helper);
  g_print (", ");
  print_times ("reference", plain);
  g_print ("}\n");
  kab_document_process_drop_spare ();
  return EXIT_SUCCESS;
}
