/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_ADDRESS_DIALOG (kab_address_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KabAddressDialog, kab_address_dialog, KAB, ADDRESS_DIALOG, AdwDialog)

AdwDialog *kab_address_dialog_new (const char *address);

G_END_DECLS
