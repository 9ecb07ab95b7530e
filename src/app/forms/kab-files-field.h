/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/kab-field-view.h"

G_BEGIN_DECLS

#define KAB_TYPE_FILES_FIELD (kab_files_field_get_type ())
G_DECLARE_FINAL_TYPE (KabFilesField, kab_files_field, KAB, FILES_FIELD, KabFieldView)

G_END_DECLS
