/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_SHORTCUTS_DIALOG (kab_shortcuts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KabShortcutsDialog, kab_shortcuts_dialog, KAB, SHORTCUTS_DIALOG, AdwDialog)

AdwDialog *kab_shortcuts_dialog_new (void);

G_END_DECLS
