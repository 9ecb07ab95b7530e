/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/kab-field-view.h"

G_BEGIN_DECLS

#define KAB_TYPE_TEXT_FIELD (kab_text_field_get_type ())
G_DECLARE_FINAL_TYPE (KabTextField, kab_text_field, KAB, TEXT_FIELD, KabFieldView)

G_END_DECLS
