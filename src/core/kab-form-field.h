/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-form-catalog.h"

G_BEGIN_DECLS

/**
 * KabFormFieldKind:
 * @KAB_FORM_FIELD_TEXT: one line; the answer is a string
 * @KAB_FORM_FIELD_LONG_TEXT: several lines; a string
 * @KAB_FORM_FIELD_DATE: a day; a string "YYYY-MM-DD"
 * @KAB_FORM_FIELD_CHOICE: one option; its value
 * @KAB_FORM_FIELD_CHOICES: several options; an array of values in no order
 * @KAB_FORM_FIELD_BOOLEAN: yes or no; a boolean. Required, it is a question that
 *   has to be answered; else a check box, whose absence means no
 * @KAB_FORM_FIELD_CONSENT: a check box that, when required, has to be ticked; a boolean
 * @KAB_FORM_FIELD_COUNTRY: one country; its code
 * @KAB_FORM_FIELD_LANGUAGE: one language; its code
 * @KAB_FORM_FIELD_PHONE: a telephone number; a string "+37120000000"
 * @KAB_FORM_FIELD_EMAIL: an address; a string
 * @KAB_FORM_FIELD_NUMBER: a decimal string such as "12.5"
 * @KAB_FORM_FIELD_PERCENT: a decimal string
 * @KAB_FORM_FIELD_MONEY: a decimal string, in the field's currency
 * @KAB_FORM_FIELD_FILES: an array of objects {upload, name, size}
 * @KAB_FORM_FIELD_GROUP: repeated entries; an array of objects of the group's fields
 * @KAB_FORM_FIELD_NOTE: words to read, perhaps with documents; no answer
 * @KAB_FORM_FIELD_HEADING: a heading within a section; no answer
 */
typedef enum
{
  KAB_FORM_FIELD_TEXT,
  KAB_FORM_FIELD_LONG_TEXT,
  KAB_FORM_FIELD_DATE,
  KAB_FORM_FIELD_CHOICE,
  KAB_FORM_FIELD_CHOICES,
  KAB_FORM_FIELD_BOOLEAN,
  KAB_FORM_FIELD_CONSENT,
  KAB_FORM_FIELD_COUNTRY,
  KAB_FORM_FIELD_LANGUAGE,
  KAB_FORM_FIELD_PHONE,
  KAB_FORM_FIELD_EMAIL,
  KAB_FORM_FIELD_NUMBER,
  KAB_FORM_FIELD_PERCENT,
  KAB_FORM_FIELD_MONEY,
  KAB_FORM_FIELD_FILES,
  KAB_FORM_FIELD_GROUP,
  KAB_FORM_FIELD_NOTE,
  KAB_FORM_FIELD_HEADING,
} KabFormFieldKind;

/**
 * KabFormField:
 *
 * One field of a form, or of a repeating group. Owned by its definition and
 * valid as long as that is.
 */
typedef struct _KabFormField KabFormField;

/**
 * KabFormNameFunc:
 * @list: the name of a list of the catalogue
 * @code: a value of it
 * @language: the language to name it in
 * @data: of the caller
 *
 * Names what the catalogue has no text for: countries and languages.
 *
 * Returns: (transfer full) (nullable): the name
 */
typedef char *(*KabFormNameFunc) (const char *list,
                                  const char *code,
                                  const char *language,
                                  gpointer data);

const char *kab_form_field_get_id (const KabFormField *self);
KabFormFieldKind kab_form_field_get_kind (const KabFormField *self);
const KabFormField *kab_form_field_get_group (const KabFormField *self);
const char *kab_form_field_get_label (const KabFormField *self, const char *language);
const char *kab_form_field_get_help (const KabFormField *self, const char *language);
const char *kab_form_field_get_placeholder (const KabFormField *self, const char *language);
const char *kab_form_field_get_add_label (const KabFormField *self, const char *language);
const char *kab_form_field_get_purpose (const KabFormField *self);
const char *kab_form_field_get_currency (const KabFormField *self);
const char *kab_form_field_get_list (const KabFormField *self);
GPtrArray *kab_form_field_get_options (const KabFormField *self);
GPtrArray *kab_form_field_get_fields (const KabFormField *self);
JsonNode *kab_form_field_get_default (const KabFormField *self);
guint kab_form_field_get_max_count (const KabFormField *self);
gboolean kab_form_field_has_answer (const KabFormField *self);
gboolean kab_form_field_can_be_required (const KabFormField *self);
char *kab_form_field_dup_answer_text (const KabFormField *self,
                                      JsonNode *answer,
                                      const char *language,
                                      KabFormNameFunc name,
                                      gpointer data);
char *kab_form_field_dup_summary (const KabFormField *self,
                                  JsonObject *entry,
                                  const char *language,
                                  KabFormNameFunc name,
                                  gpointer data);

G_END_DECLS
