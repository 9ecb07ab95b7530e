/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KAB_TYPE_COUNTRY (kab_country_get_type ())
G_DECLARE_FINAL_TYPE (KabCountry, kab_country, KAB, COUNTRY, GObject)

KabCountry *kab_country_new (const char *code, const char *english_name);
const char *kab_country_get_code (KabCountry *self);
const char *kab_country_get_name (KabCountry *self);
gboolean kab_country_matches (KabCountry *self, const char *search);

G_END_DECLS
