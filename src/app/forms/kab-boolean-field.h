/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/kab-field-view.h"

G_BEGIN_DECLS

#define KAB_TYPE_BOOLEAN_FIELD (kab_boolean_field_get_type ())
G_DECLARE_FINAL_TYPE (KabBooleanField, kab_boolean_field, KAB, BOOLEAN_FIELD, KabFieldView)

G_END_DECLS
