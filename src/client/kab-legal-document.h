/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"

G_BEGIN_DECLS

#define KAB_TYPE_LEGAL_DOCUMENT (kab_legal_document_get_type ())

/**
 * KabLegalDocument:
 *
 * One of the documents of the bank that bind a client or explain something (REG-11…14).
 */
G_DECLARE_FINAL_TYPE (KabLegalDocument, kab_legal_document, KAB, LEGAL_DOCUMENT, KabRecord)

/** An empty one, to be filled by kab_record_update_from_json(). Returns: (transfer full) */
KabLegalDocument *kab_legal_document_new (void);

/** #KabLegalDocument:id: the id to ask the PDF by. Returns: (transfer none) */
const char *kab_legal_document_get_id (KabLegalDocument *self);
/**
 * #KabLegalDocument:kind: `privacy-notice`, `general-terms`, `price-list`,
 * `remote-identification-rules` or `cabinet-instruction`. Returns: (transfer none)
 */
const char *kab_legal_document_get_kind (KabLegalDocument *self);
/**
 * #KabLegalDocument:version: the version that is current; goes into the consent (A27). Returns:
 * (transfer none)
 */
const char *kab_legal_document_get_version (KabLegalDocument *self);
/** #KabLegalDocument:title: its title. Returns: (transfer none) (nullable) */
KabTranslations *kab_legal_document_get_title (KabLegalDocument *self);
/** #KabLegalDocument:binding: whether a registration has to accept it. */
gboolean kab_legal_document_get_binding (KabLegalDocument *self);

G_END_DECLS
