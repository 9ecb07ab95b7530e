/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview-window.h"

#include "kab-helper-protocol.h"

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Until @condition holds; the tick wakes the loop so that the bound counts. */
void
preview_window_wait (PreviewWindow *fixture, PreviewCondition condition)
{
  const gint64 deadline =
      g_get_monotonic_time () + (KAB_HELPER_ANSWER_SECONDS + 60) * G_USEC_PER_SEC;
  const guint tick = g_timeout_add (20, tick_cb, NULL);

  while (!condition (fixture) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_assert_true (condition (fixture));
}

const char *
preview_window_get_state (PreviewWindow *fixture)
{
  GtkWidget *stack = GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (fixture->page), KAB_TYPE_PREVIEW_PAGE, "stack"));

  return gtk_stack_get_visible_child_name (GTK_STACK (stack));
}

GtkWidget *
preview_window_get_child (PreviewWindow *fixture, const char *name)
{
  return GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (fixture->page), KAB_TYPE_PREVIEW_PAGE, name));
}

KabPdfPageView *
preview_window_get_page_view (PreviewWindow *fixture, guint page)
{
  return kab_pdf_canvas_get_view (
      kab_pdf_view_get_canvas (kab_preview_page_get_view (fixture->page)), page);
}

gboolean
preview_window_is_drawn (PreviewWindow *fixture)
{
  KabPdfPageView *view = preview_window_get_page_view (fixture, 0);

  return view != NULL && kab_pdf_page_view_get_texture (view) != NULL &&
         kab_pdf_page_get_text (kab_pdf_page_view_get_page (view)) != NULL;
}

void
preview_window_open (PreviewWindow *fixture, GBytes *pdf, gboolean editable)
{
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->page = kab_preview_page_new (pdf, "Questionnaire");
  kab_preview_page_set_editable (fixture->page, editable);
  gtk_window_set_default_size (fixture->window, 1000, 760);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->page));
  gtk_window_present (fixture->window);
}

void
preview_window_close (PreviewWindow *fixture)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->page), (gpointer *) &fixture->page);
  gtk_window_destroy (fixture->window);
  for (guint i = 0; fixture->page != NULL && i < 1000; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (fixture->page); /* nothing keeps a page that is closed */
}

gboolean
preview_window_is_full_size (PreviewWindow *fixture)
{
  g_autofree char *zoom = kab_pdf_view_dup_zoom (kab_preview_page_get_view (fixture->page));

  return g_str_equal (zoom, "100%");
}
