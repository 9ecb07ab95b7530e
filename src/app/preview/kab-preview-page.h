/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "preview/kab-pdf-document.h"
#include "preview/kab-pdf-view.h"

G_BEGIN_DECLS

#define KAB_TYPE_PREVIEW_PAGE (kab_preview_page_get_type ())
G_DECLARE_FINAL_TYPE (KabPreviewPage, kab_preview_page, KAB, PREVIEW_PAGE, AdwNavigationPage)

KabPreviewPage *kab_preview_page_new (GBytes *pdf, const char *title);
void kab_preview_page_set_pdf (KabPreviewPage *self, GBytes *pdf);
void kab_preview_page_set_editable (KabPreviewPage *self, gboolean editable);
gboolean kab_preview_page_get_editable (KabPreviewPage *self);
gboolean kab_preview_page_get_modified (KabPreviewPage *self);
guint kab_preview_page_get_missing (KabPreviewPage *self);
void kab_preview_page_go_to_field (KabPreviewPage *self, const char *name);
void kab_preview_page_show_message (KabPreviewPage *self, const char *message);
KabPdfDocument *kab_preview_page_get_document (KabPreviewPage *self);
KabPdfView *kab_preview_page_get_view (KabPreviewPage *self);

G_END_DECLS
