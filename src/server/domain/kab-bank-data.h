/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "kab-form-definition.h"

G_BEGIN_DECLS

/**
 * KabBankData:
 *
 * What a bank keeps in its folder (`bank.json`, forms, questionnaires, legal documents), read and
 * checked once at start; immutable afterwards and shared by all threads.
 */
typedef struct _KabBankData KabBankData;

KabBankData *kab_bank_data_load (const char *folder, GError **error);
void kab_bank_data_free (KabBankData *self);
JsonObject *kab_bank_data_get_information (KabBankData *self);
KabFormCatalog *kab_bank_data_get_catalog (KabBankData *self);
const char *kab_bank_data_get_name (KabBankData *self);
const char *const *kab_bank_data_get_languages (KabBankData *self);
JsonArray *kab_bank_data_get_legal_documents (KabBankData *self);
const char *kab_bank_data_get_document_kind (JsonObject *entry);
gboolean kab_bank_data_offers_registration (KabBankData *self, const char *client_type);
gboolean kab_bank_data_has_country (KabBankData *self, const char *code);
KabFormDefinition *kab_bank_data_find_form (KabBankData *self, const char *id);
JsonObject *kab_bank_data_find_form_entry (KabBankData *self, const char *id);
JsonObject *kab_bank_data_find_service (KabBankData *self, const char *code);
JsonObject *kab_bank_data_find_legal_document (KabBankData *self, const char *id);
GBytes *kab_bank_data_load_file (KabBankData *self,
                                 JsonObject *files,
                                 const char *language,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabBankData, kab_bank_data_free)

G_END_DECLS
