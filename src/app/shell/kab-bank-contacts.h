/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "common/kab-bank-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_BANK_CONTACTS (kab_bank_contacts_get_type ())
G_DECLARE_FINAL_TYPE (KabBankContacts, kab_bank_contacts, KAB, BANK_CONTACTS, GtkWidget)

void kab_bank_contacts_set_bank (KabBankContacts *self, KabBankModel *bank);

G_END_DECLS
