/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "identification/kab-identification-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_PHONE_DIALOG (kab_phone_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KabPhoneDialog, kab_phone_dialog, KAB, PHONE_DIALOG, AdwDialog)

AdwDialog *kab_phone_dialog_new (KabIdentificationModel *model);

G_END_DECLS
