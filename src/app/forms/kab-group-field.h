/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/kab-field-view.h"

G_BEGIN_DECLS

#define KAB_TYPE_GROUP_FIELD (kab_group_field_get_type ())
G_DECLARE_FINAL_TYPE (KabGroupField, kab_group_field, KAB, GROUP_FIELD, KabFieldView)

G_END_DECLS
