/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sign-in/kab-access.h"

G_BEGIN_DECLS

#define KAB_TYPE_PASSWORD_DIALOG (kab_password_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KabPasswordDialog, kab_password_dialog, KAB, PASSWORD_DIALOG, AdwDialog)

AdwDialog *kab_password_dialog_new (KabAccess *access, const char *temporary_password);

G_END_DECLS
