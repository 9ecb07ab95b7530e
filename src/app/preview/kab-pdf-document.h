/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "preview/kab-document-process.h"
#include "preview/kab-pdf-field.h"
#include "preview/kab-pdf-page.h"

G_BEGIN_DECLS

/** KabPdfPriority: whose wish goes first. */
typedef enum
{
  KAB_PDF_PRIORITY_INPUT,
  KAB_PDF_PRIORITY_VISIBLE,
  KAB_PDF_PRIORITY_TEXT,
  KAB_PDF_PRIORITY_NEARBY,
  KAB_PDF_PRIORITY_THUMBNAIL,
} KabPdfPriority;

/** KabPdfOutlineEntry: a line of the table of contents. */
typedef struct
{
  guint depth;
  guint page;
  char *title;
} KabPdfOutlineEntry;

/** KabPdfMatch: a place where a text was found, in points. */
typedef struct
{
  guint page;
  graphene_rect_t area;
} KabPdfMatch;

#define KAB_TYPE_PDF_DOCUMENT (kab_pdf_document_get_type ())
G_DECLARE_FINAL_TYPE (KabPdfDocument, kab_pdf_document, KAB, PDF_DOCUMENT, GObject)

void kab_pdf_document_open_async (GBytes *pdf,
                                  const char *password,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
KabPdfDocument *kab_pdf_document_open_finish (GAsyncResult *result, GError **error);
void kab_pdf_document_reopen_async (KabPdfDocument *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean
kab_pdf_document_reopen_finish (KabPdfDocument *self, GAsyncResult *result, GError **error);

guint kab_pdf_document_get_permissions (KabPdfDocument *self);
GListModel *kab_pdf_document_get_pages (KabPdfDocument *self);
KabPdfPage *kab_pdf_document_get_page (KabPdfDocument *self, guint number);
guint kab_pdf_document_get_n_pages (KabPdfDocument *self);
GListModel *kab_pdf_document_get_fields (KabPdfDocument *self);
GPtrArray *kab_pdf_document_get_outline (KabPdfDocument *self);
gboolean kab_pdf_document_has_ended (KabPdfDocument *self);
const char *kab_pdf_document_get_helper_pid (KabPdfDocument *self);

void kab_pdf_document_render_async (KabPdfDocument *self,
                                    guint page,
                                    double scale,
                                    int width,
                                    int height,
                                    KabPdfPriority priority,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GdkTexture *
kab_pdf_document_render_finish (KabPdfDocument *self, GAsyncResult *result, GError **error);
void kab_pdf_document_load_text (KabPdfDocument *self, KabPdfPage *page);
void kab_pdf_document_search_async (KabPdfDocument *self,
                                    const char *text,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GArray *kab_pdf_document_search_finish (KabPdfDocument *self, GAsyncResult *result, GError **error);
void kab_pdf_document_save_async (KabPdfDocument *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GBytes *kab_pdf_document_save_finish (KabPdfDocument *self, GAsyncResult *result, GError **error);

JsonArray *kab_pdf_document_dup_changes (KabPdfDocument *self);
gboolean kab_pdf_document_take_changes (KabPdfDocument *self, JsonArray *changes);
KabPdfField *kab_pdf_document_find_missing (KabPdfDocument *self, guint *n_missing);

G_END_DECLS
