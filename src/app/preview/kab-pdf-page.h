/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <graphene.h>

G_BEGIN_DECLS

#define KAB_TYPE_PDF_PAGE (kab_pdf_page_get_type ())
G_DECLARE_FINAL_TYPE (KabPdfPage, kab_pdf_page, KAB, PDF_PAGE, GObject)

KabPdfPage *kab_pdf_page_new (guint number, double width, double height);
guint kab_pdf_page_get_number (KabPdfPage *self);
double kab_pdf_page_get_width (KabPdfPage *self);
double kab_pdf_page_get_height (KabPdfPage *self);
const char *kab_pdf_page_get_label (KabPdfPage *self);
void kab_pdf_page_set_details (KabPdfPage *self, double width, double height, const char *label);

const char *kab_pdf_page_get_text (KabPdfPage *self);
void kab_pdf_page_set_text (KabPdfPage *self, GVariant *text);
int kab_pdf_page_find_character (KabPdfPage *self, const graphene_point_t *point);
char *kab_pdf_page_dup_characters (KabPdfPage *self, guint first, guint last);
GArray *kab_pdf_page_get_lines (KabPdfPage *self, guint first, guint last);
guint kab_pdf_page_get_n_characters (KabPdfPage *self);

G_END_DECLS
