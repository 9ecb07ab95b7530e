/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "forms/kab-form-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_ENTRY_DIALOG (kab_entry_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KabEntryDialog, kab_entry_dialog, KAB, ENTRY_DIALOG, AdwDialog)

AdwDialog *kab_entry_dialog_new (KabFormModel *model, const KabFormField *group, const char *place);

G_END_DECLS
