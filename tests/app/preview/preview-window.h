/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "preview/kab-preview-page.h"

G_BEGIN_DECLS

/* A preview in a window of its own. */
typedef struct
{
  GtkWindow *window;
  KabPreviewPage *page;
} PreviewWindow;

typedef gboolean (*PreviewCondition) (PreviewWindow *fixture);

void preview_window_open (PreviewWindow *fixture, GBytes *pdf, gboolean editable);
void preview_window_close (PreviewWindow *fixture);
void preview_window_wait (PreviewWindow *fixture, PreviewCondition condition);
gboolean preview_window_is_drawn (PreviewWindow *fixture);
gboolean preview_window_is_full_size (PreviewWindow *fixture);
const char *preview_window_get_state (PreviewWindow *fixture);
GtkWidget *preview_window_get_child (PreviewWindow *fixture, const char *name);
KabPdfPageView *preview_window_get_page_view (PreviewWindow *fixture, guint page);

G_END_DECLS
