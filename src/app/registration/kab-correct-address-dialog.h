/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "registration/kab-registration-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_CORRECT_ADDRESS_DIALOG (kab_correct_address_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KabCorrectAddressDialog,
                      kab_correct_address_dialog,
                      KAB,
                      CORRECT_ADDRESS_DIALOG,
                      AdwDialog)

AdwDialog *kab_correct_address_dialog_new (KabRegistrationModel *model, gboolean is_email);

G_END_DECLS
