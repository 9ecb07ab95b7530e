/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-form-field.h"

G_BEGIN_DECLS

/**
 * KabFormDefinition:
 *
 * A form as data: sections of fields, what is visible and required when, and
 * all texts in every language. The format is described in data/bank/README.md.
 * Immutable and reference counted; may be used by several threads.
 */
typedef struct _KabFormDefinition KabFormDefinition;

/**
 * KabFormSection:
 *
 * Fields under one title. Owned by its definition.
 */
typedef struct _KabFormSection KabFormSection;

#define KAB_TYPE_FORM_DEFINITION (kab_form_definition_get_type ())

GType kab_form_definition_get_type (void);
KabFormDefinition *kab_form_definition_new_from_data (const char *data,
                                                      gssize length,
                                                      const char *name,
                                                      KabFormCatalog *catalog,
                                                      GError **error);
KabFormDefinition *
kab_form_definition_new_from_file (const char *path, KabFormCatalog *catalog, GError **error);
KabFormDefinition *kab_form_definition_new_from_node (JsonNode *root,
                                                      const char *name,
                                                      KabFormCatalog *catalog,
                                                      GError **error);
KabFormDefinition *kab_form_definition_ref (KabFormDefinition *self);
void kab_form_definition_unref (KabFormDefinition *self);
const char *kab_form_definition_get_id (KabFormDefinition *self);
guint kab_form_definition_get_version (KabFormDefinition *self);
const char *const *kab_form_definition_get_languages (KabFormDefinition *self);
const char *kab_form_definition_get_title (KabFormDefinition *self, const char *language);
const char *kab_form_definition_get_help (KabFormDefinition *self, const char *language);
GPtrArray *kab_form_definition_get_sections (KabFormDefinition *self);
JsonNode *kab_form_definition_get_root (KabFormDefinition *self);
const KabFormField *kab_form_definition_find_field (KabFormDefinition *self, const char *pointer);
const char *kab_form_definition_get_rule_message (KabFormDefinition *self,
                                                  const char *rule,
                                                  const char *language);
const char *kab_form_section_get_title (const KabFormSection *self, const char *language);
const char *kab_form_section_get_help (const KabFormSection *self, const char *language);
GPtrArray *kab_form_section_get_fields (const KabFormSection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabFormDefinition, kab_form_definition_unref)

G_END_DECLS
