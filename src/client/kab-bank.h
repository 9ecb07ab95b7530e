/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"
#include "kab-legal-document.h"

G_BEGIN_DECLS

#define KAB_TYPE_BANK (kab_bank_get_type ())

/**
 * KabBank:
 *
 * Who the bank is, what it offers and which documents bind. Public: known before anybody signs
 * in.
 */
G_DECLARE_FINAL_TYPE (KabBank, kab_bank, KAB, BANK, KabRecord)

/** An empty one, to be filled by kab_record_update_from_json(). Returns: (transfer full) */
KabBank *kab_bank_new (void);

/** #KabBank:name: the name that people use. Returns: (transfer none) */
const char *kab_bank_get_name (KabBank *self);
/** #KabBank:phone: how to call the bank. Returns: (transfer none) (nullable) */
const char *kab_bank_get_phone (KabBank *self);
/** #KabBank:email: how to write to the bank. Returns: (transfer none) (nullable) */
const char *kab_bank_get_email (KabBank *self);
/** #KabBank:opening-hours: when somebody answers. Returns: (transfer none) (nullable) */
KabTranslations *kab_bank_get_opening_hours (KabBank *self);
/** #KabBank:services: codes of the services that are offered (N1 … LE). Returns: (transfer none) */
const char *const *kab_bank_get_services (KabBank *self);
/**
 * #KabBank:application-forms: client type → id of the application form. Returns: (transfer none)
 * (nullable)
 */
JsonObject *kab_bank_get_application_forms (KabBank *self);
/**
 * #KabBank:fee-amount: fee for becoming a client as a decimal string, see `fee-currency`.
 * Returns: (transfer none)
 */
const char *kab_bank_get_fee_amount (KabBank *self);
/** #KabBank:fee-currency: ISO 4217 code of the fee. Returns: (transfer none) */
const char *kab_bank_get_fee_currency (KabBank *self);
/** #KabBank:signing-offered: whether documents can be signed here. */
gboolean kab_bank_get_signing_offered (KabBank *self);
/**
 * #KabBank:documents: service → array of the questionnaires that it asks for. Returns: (transfer
 * none) (nullable)
 */
JsonObject *kab_bank_get_documents (KabBank *self);
/**
 * #KabBank:legal-documents: its legal documents. Returns: (transfer none) a GListModel of
 * KabLegalDocument
 */
GListModel *kab_bank_get_legal_documents (KabBank *self);
/** #KabBank:max-file-bytes: largest file that can be sent, bytes; 0 when not said. */
gint64 kab_bank_get_max_file_bytes (KabBank *self);
/** #KabBank:file-formats: formats that are accepted. Returns: (transfer none) */
const char *const *kab_bank_get_file_formats (KabBank *self);
/** #KabBank:password-min-length: characters a password needs at least; 0 when not said. */
gint64 kab_bank_get_password_min_length (KabBank *self);
/** #KabBank:demo: whether this is the demo bank. */
gboolean kab_bank_get_demo (KabBank *self);
/**
 * #KabBank:catalog: what its forms take their lists, names and extra fields from; see
 * KabFormCatalog of core. Returns: (transfer none) (nullable)
 */
JsonObject *kab_bank_get_catalog (KabBank *self);

G_END_DECLS
