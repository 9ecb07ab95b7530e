/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/kab-field-view.h"

G_BEGIN_DECLS

#define KAB_TYPE_OPTION_FIELD (kab_option_field_get_type ())
G_DECLARE_FINAL_TYPE (KabOptionField, kab_option_field, KAB, OPTION_FIELD, KabFieldView)

G_END_DECLS
