/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The preview in another language: what it is made of is made anew around the open document. */

#include "preview/kab-preview-page-private.h"

typedef struct
{
  char *title;
  char *state;
  guint page;
  KabPdfFit fit;
  double scale;
  char *looked_for; /* (nullable) */
  int match;
  gboolean sidebar;
  gboolean wrong_password;
} Shown;

static void
shown_clear (Shown *shown)
{
  g_free (shown->title);
  g_free (shown->state);
  g_free (shown->looked_for);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shown, shown_clear)

static void
remember (KabPreviewPage *self, Shown *shown)
{
  shown->title = g_strdup (adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (self)));
  shown->state = g_strdup (gtk_stack_get_visible_child_name (self->stack));
  shown->page = kab_pdf_view_get_page (self->view);
  shown->fit = kab_pdf_canvas_get_fit (kab_pdf_view_get_canvas (self->view));
  shown->scale = kab_pdf_canvas_get_scale (kab_pdf_view_get_canvas (self->view));
  shown->looked_for = kab_pdf_search_dup_text (self->search, &shown->match);
  shown->sidebar = adw_overlay_split_view_get_show_sidebar (self->split);
  shown->wrong_password = gtk_widget_get_visible (self->password_error);
}

static void
restore_view (KabPreviewPage *self, const Shown *shown)
{
  kab_pdf_canvas_set_fit (kab_pdf_view_get_canvas (self->view), shown->fit, shown->scale);
  kab_pdf_view_go_to_page (self->view, shown->page);
  if (shown->looked_for != NULL)
    kab_pdf_search_resume (self->search, shown->looked_for, shown->match);
}

static void
restore (KabPreviewPage *self, const Shown *shown)
{
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), shown->title);
  adw_overlay_split_view_set_show_sidebar (self->split, shown->sidebar);
  gtk_stack_set_visible_child_name (self->stack, shown->state);
  kab_preview_page_connect_document (self);
  if (self->document != NULL)
    restore_view (self, shown);
  if (g_str_equal (shown->state, "problem"))
    kab_preview_page_show_error (self, self->problem);
  else if (g_str_equal (shown->state, "password"))
    kab_preview_page_ask_password (self, shown->wrong_password);
}

/** kab_preview_page_translate: says everything in the language that is spoken now. */
void
kab_preview_page_translate (KabPreviewPage *self)
{
  g_auto (Shown) shown = { NULL };

  remember (self, &shown);
  gtk_widget_dispose_template (GTK_WIDGET (self), KAB_TYPE_PREVIEW_PAGE);
  gtk_widget_init_template (GTK_WIDGET (self));
  restore (self, &shown);
}
