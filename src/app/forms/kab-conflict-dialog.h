/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kab-form-definition.h"

G_BEGIN_DECLS

#define KAB_TYPE_CONFLICT_DIALOG (kab_conflict_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KabConflictDialog, kab_conflict_dialog, KAB, CONFLICT_DIALOG, AdwDialog)

AdwDialog *
kab_conflict_dialog_new (KabFormDefinition *definition, JsonObject *mine, JsonObject *theirs);

G_END_DECLS
