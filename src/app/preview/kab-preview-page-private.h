/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "preview/kab-pdf-search.h"
#include "preview/kab-pdf-sidebar.h"
#include "preview/kab-preview-page.h"

struct _KabPreviewPage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  GtkMenuButton *zoom_button;
  KabPdfSearch *search;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwOverlaySplitView *split;
  KabPdfSidebar *sidebar;
  KabPdfView *view;
  AdwStatusPage *problem_status;
  GtkWidget *retry_button;
  AdwPasswordEntryRow *password_row;
  GtkWidget *password_error;
  GtkRevealer *bottom_bar;
  GtkWidget *missing_button;
  GtkImage *missing_icon;
  GtkLabel *missing_label;

  GBytes *pdf;               /* (owned) (nullable) */
  KabPdfDocument *document;  /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): of what concerns the present document */
  char *wanted_field;        /* (owned) (nullable): to go to once it is there */
  GError *problem;           /* (owned) (nullable): why there is nothing to show */
  guint missing;
  guint page_to_restore;
  gboolean editable;
  gboolean modified;
  gboolean ready;
};

/* kab-preview-page-files.c */
void kab_preview_page_install_file_actions (GtkWidgetClass *widget_class);
void kab_preview_page_set_modified (KabPreviewPage *self, gboolean modified);
void kab_preview_page_set_ready (KabPreviewPage *self, gboolean ready);

/* kab-preview-page.c */
void kab_preview_page_connect_document (KabPreviewPage *self);

/* kab-preview-page-language.c */
void kab_preview_page_translate (KabPreviewPage *self);

/* kab-preview-page-states.c */
void kab_preview_page_show_error (KabPreviewPage *self, const GError *error);
void kab_preview_page_ask_password (KabPreviewPage *self, gboolean again);
