/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-form-error.h"
#include "kab-form-text.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * KabFormCatalog:
 *
 * What a bank contributes to its forms: named lists of options, its name, its
 * legal documents, and fields for the slots that forms reserve. It is read from
 * the bank information (`bank.json`, or what the server says of it). The lists
 * "countries" (ISO 3166-1 alpha-2 and XK) and "languages" (ISO 639-1) are
 * always there; their options carry no texts, which the shower takes from
 * iso-codes. Immutable and reference counted; may be used by several threads.
 */
typedef struct _KabFormCatalog KabFormCatalog;

/**
 * KabFormOption:
 *
 * One value that may be chosen.
 */
typedef struct _KabFormOption KabFormOption;

#define KAB_FORM_LIST_COUNTRIES        "countries"
#define KAB_FORM_LIST_LANGUAGES        "languages"
#define KAB_FORM_LIST_LEGAL_DOCUMENTS  "legal-documents"
#define KAB_FORM_LIST_MANAGERS         "managers"
#define KAB_FORM_LIST_SERVICES         "services"
#define KAB_FORM_LIST_SERVICES_NATURAL "services-natural"
#define KAB_FORM_LIST_SERVICES_LEGAL   "services-legal"

#define KAB_TYPE_FORM_CATALOG (kab_form_catalog_get_type ())

GType kab_form_catalog_get_type (void);
KabFormCatalog *kab_form_catalog_new (void);
KabFormCatalog *
kab_form_catalog_new_from_data (const char *data, gssize length, const char *name, GError **error);
KabFormCatalog *kab_form_catalog_new_from_file (const char *path, GError **error);
KabFormCatalog *kab_form_catalog_new_from_node (JsonNode *root, const char *name, GError **error);
KabFormCatalog *kab_form_catalog_ref (KabFormCatalog *self);
void kab_form_catalog_unref (KabFormCatalog *self);
GPtrArray *kab_form_catalog_get_options (KabFormCatalog *self, const char *list);
const char *kab_form_option_get_value (const KabFormOption *self);
const char *kab_form_option_get_label (const KabFormOption *self, const char *language);
const char *kab_form_option_get_help (const KabFormOption *self, const char *language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabFormCatalog, kab_form_catalog_unref)

G_END_DECLS
