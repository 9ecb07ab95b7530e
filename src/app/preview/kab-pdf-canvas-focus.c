/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Moving through the document with the keyboard, and to places in it. */

#include <math.h>

#include "preview/kab-pdf-canvas-private.h"
#include "preview/kab-pdf-field-widget.h"

static GtkWidget *
find_focus (KabPdfCanvas *self, guint *page, KabPdfField **field)
{
  GtkWidget *view = gtk_widget_get_focus_child (GTK_WIDGET (self));
  GtkWidget *control;

  if (view == NULL)
    return NULL;
  *page = kab_pdf_page_get_number (kab_pdf_page_view_get_page (KAB_PDF_PAGE_VIEW (view)));
  control = gtk_widget_get_focus_child (view);
  *field = control != NULL ? kab_pdf_field_widget_get_field (control) : NULL;
  return view;
}

/* The field after (or before) @from, or the first (last) one of the pages from
 * @page on. */
static KabPdfField *
find_neighbour (KabPdfCanvas *self, KabPdfField *from, guint page, gboolean forward)
{
  GListModel *fields = kab_pdf_document_get_fields (self->document);
  const guint n_fields = g_list_model_get_n_items (fields);
  gboolean passed = from == NULL;

  for (guint i = 0; i < n_fields; i++)
    {
      g_autoptr (KabPdfField) field =
          g_list_model_get_item (fields, forward ? i : n_fields - 1 - i);

      if (field == from)
        passed = TRUE;
      else if (passed && !kab_pdf_field_is_read_only (field) &&
               (from != NULL || (forward && kab_pdf_field_get_page (field) >= page)))
        return field; /* the list holds it */
    }
  return NULL;
}

/* For GtkWidgetClass.focus: within the document, Tab knows fields and pages only. */
gboolean
kab_pdf_canvas_move_focus (KabPdfCanvas *self, gboolean forward)
{
  KabPdfField *field = NULL, *next = NULL;
  guint page = 0;

  if (kab_pdf_canvas_count_pages (self) == 0)
    return FALSE;
  if (find_focus (self, &page, &field) == NULL)
    {
      kab_pdf_canvas_focus_page (self, self->page);
      return TRUE;
    }
  if (self->editable)
    next = find_neighbour (self, field, page, forward);
  if (next != NULL)
    kab_pdf_canvas_focus_field (self, next);
  else if (!forward && field != NULL)
    kab_pdf_canvas_focus_page (self, page);
  else
    return FALSE;
  return TRUE;
}

/** kab_pdf_canvas_reveal: scrolls as little as makes an area (points) of a page visible. */
void
kab_pdf_canvas_reveal (KabPdfCanvas *self, guint page, const graphene_rect_t *area)
{
  double top, bottom, left;
  int page_width;

  if (page >= kab_pdf_canvas_count_pages (self))
    return;
  page_width = (int) lround (
      kab_pdf_page_get_width (kab_pdf_document_get_page (self->document, page)) * self->scale);
  left = kab_pdf_canvas_get_left (page_width, gtk_widget_get_width (GTK_WIDGET (self))) +
         area->origin.x * self->scale;
  top = kab_pdf_canvas_get_position (self, page, area->origin.y) - 3 * KAB_PDF_CANVAS_GAP;
  bottom = kab_pdf_canvas_get_position (self, page, area->origin.y + area->size.height) +
           3 * KAB_PDF_CANVAS_GAP;
  gtk_adjustment_clamp_page (self->vertical, top, bottom);
  gtk_adjustment_clamp_page (self->horizontal, left - KAB_PDF_CANVAS_GAP,
                             left + area->size.width * self->scale + KAB_PDF_CANVAS_GAP);
  kab_pdf_canvas_update_visible (self);
}

/** kab_pdf_canvas_focus_field: scrolls to @field and puts the cursor into it. */
void
kab_pdf_canvas_focus_field (KabPdfCanvas *self, KabPdfField *field)
{
  const guint page = kab_pdf_field_get_page (field);
  GtkWidget *control;

  kab_pdf_canvas_reveal (self, page, kab_pdf_field_get_area (field));
  control = kab_pdf_page_view_get_control (kab_pdf_canvas_ensure_view (self, page), field);
  if (control != NULL)
    gtk_widget_grab_focus (control);
}

/** kab_pdf_canvas_focus_page: moves the focus to a page, so that it is read. */
void
kab_pdf_canvas_focus_page (KabPdfCanvas *self, guint page)
{
  if (page < kab_pdf_canvas_count_pages (self))
    gtk_widget_grab_focus (GTK_WIDGET (kab_pdf_canvas_ensure_view (self, page)));
}
