/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define KAB_TYPE_TRANSLATIONS (kab_translations_get_type ())

/**
 * KabTranslations:
 *
 * A text in several languages, as the bank sends it. Immutable, reference counted.
 */
typedef struct _KabTranslations KabTranslations;

GType kab_translations_get_type (void) G_GNUC_CONST;

/**
 * From `{"lv": …, "en": …, "ru": …}`. Returns: (transfer full) (nullable) NULL when a value isn't a
 * string.
 */
KabTranslations *kab_translations_new_from_json (JsonObject *object);
KabTranslations *kab_translations_ref (KabTranslations *self);
void kab_translations_unref (KabTranslations *self);

/**
 * The text in @language (`lv`, or a locale such as `lv_LV.UTF-8`), else in English, Latvian or
 * Russian.
 *
 * Returns: (transfer none) never NULL; empty when there is none at all
 */
const char *kab_translations_get (KabTranslations *self, const char *language);

/** Whether all texts are the same in all languages. @a and @b may be NULL. */
gboolean kab_translations_equal (KabTranslations *a, KabTranslations *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabTranslations, kab_translations_unref)

G_END_DECLS
