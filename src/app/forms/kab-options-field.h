/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/kab-field-view.h"

G_BEGIN_DECLS

#define KAB_TYPE_OPTIONS_FIELD (kab_options_field_get_type ())
G_DECLARE_FINAL_TYPE (KabOptionsField, kab_options_field, KAB, OPTIONS_FIELD, KabFieldView)

G_END_DECLS
