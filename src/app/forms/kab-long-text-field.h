/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/kab-field-view.h"

G_BEGIN_DECLS

#define KAB_TYPE_LONG_TEXT_FIELD (kab_long_text_field_get_type ())
G_DECLARE_FINAL_TYPE (KabLongTextField, kab_long_text_field, KAB, LONG_TEXT_FIELD, KabFieldView)

G_END_DECLS
