/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/kab-field-view.h"

G_BEGIN_DECLS

#define KAB_TYPE_COUNTRY_FIELD (kab_country_field_get_type ())
G_DECLARE_FINAL_TYPE (KabCountryField, kab_country_field, KAB, COUNTRY_FIELD, KabFieldView)

G_END_DECLS
