/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kab-api.h"
#include "kab-profile.h"

G_BEGIN_DECLS

#define KAB_TYPE_ADDRESS_CHANGE_DIALOG (kab_address_change_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KabAddressChangeDialog,
                      kab_address_change_dialog,
                      KAB,
                      ADDRESS_CHANGE_DIALOG,
                      AdwDialog)

AdwDialog *kab_address_change_dialog_new (KabApi *api, KabProfile *profile, gboolean is_email);

G_END_DECLS
