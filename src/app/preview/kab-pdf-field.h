/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <graphene.h>
#include <json-glib/json-glib.h>

#include "kab-helper-protocol.h"

G_BEGIN_DECLS

#define KAB_TYPE_PDF_FIELD (kab_pdf_field_get_type ())
G_DECLARE_FINAL_TYPE (KabPdfField, kab_pdf_field, KAB, PDF_FIELD, GObject)

KabPdfField *kab_pdf_field_new_from_variant (GVariant *description);

guint kab_pdf_field_get_id (KabPdfField *self);
guint kab_pdf_field_get_page (KabPdfField *self);
KabHelperFieldKind kab_pdf_field_get_kind (KabPdfField *self);
const graphene_rect_t *kab_pdf_field_get_area (KabPdfField *self);
double kab_pdf_field_get_font_size (KabPdfField *self);
const char *kab_pdf_field_get_name (KabPdfField *self);
const char *kab_pdf_field_get_label (KabPdfField *self);
const char *const *kab_pdf_field_get_options (KabPdfField *self);
guint kab_pdf_field_get_max_length (KabPdfField *self);
gboolean kab_pdf_field_is_required (KabPdfField *self);
gboolean kab_pdf_field_is_read_only (KabPdfField *self);
gboolean kab_pdf_field_is_multiline (KabPdfField *self);
gboolean kab_pdf_field_is_password (KabPdfField *self);

const char *kab_pdf_field_get_value (KabPdfField *self);
void kab_pdf_field_set_value (KabPdfField *self, const char *value);
gboolean kab_pdf_field_get_active (KabPdfField *self);
void kab_pdf_field_set_active (KabPdfField *self, gboolean active);
void kab_pdf_field_set_chosen (KabPdfField *self, guint chosen);
gboolean kab_pdf_field_get_refused (KabPdfField *self);
void kab_pdf_field_set_refused (KabPdfField *self, gboolean refused);
gboolean kab_pdf_field_is_empty (KabPdfField *self);
gboolean kab_pdf_field_is_missing (KabPdfField *self);
void kab_pdf_field_set_missing (KabPdfField *self, gboolean missing);
char *kab_pdf_field_describe (KabPdfField *self);
GVariant *kab_pdf_field_to_request (KabPdfField *self);
JsonNode *kab_pdf_field_dup_content (KabPdfField *self);
gboolean kab_pdf_field_set_content (KabPdfField *self, JsonNode *content);

G_END_DECLS
