/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-country.h"

G_BEGIN_DECLS

#define KAB_TYPE_COUNTRIES (kab_countries_get_type ())
G_DECLARE_FINAL_TYPE (KabCountries, kab_countries, KAB, COUNTRIES, GObject)

KabCountries *kab_countries_new (void);
KabCountry *kab_countries_find (KabCountries *self, const char *code);

char *kab_countries_dup_name (const char *code);
char *kab_countries_dup_language (const char *code);

G_END_DECLS
