/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KAB_TYPE_LANGUAGE (kab_language_get_type ())
G_DECLARE_FINAL_TYPE (KabLanguage, kab_language, KAB, LANGUAGE, GObject)

void kab_language_bind_catalogues (void);
const char *const *kab_language_get_codes (void);
const char *kab_language_get_own_name (const char *code);

KabLanguage *kab_language_new (GSettings *settings);
const char *kab_language_get_current (KabLanguage *self);
void kab_language_set_current (KabLanguage *self, const char *code);

G_END_DECLS
