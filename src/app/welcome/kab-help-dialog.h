/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "common/kab-bank-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_HELP_DIALOG (kab_help_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KabHelpDialog, kab_help_dialog, KAB, HELP_DIALOG, AdwDialog)

AdwDialog *kab_help_dialog_new (KabBankModel *bank);

G_END_DECLS
