/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_PHONE_ROW (kab_phone_row_get_type ())
G_DECLARE_FINAL_TYPE (KabPhoneRow, kab_phone_row, KAB, PHONE_ROW, AdwEntryRow)

char *kab_phone_row_dup_number (KabPhoneRow *self);
void kab_phone_row_set_number (KabPhoneRow *self, const char *number);
const char *kab_phone_row_get_country (KabPhoneRow *self);
void kab_phone_row_set_country (KabPhoneRow *self, const char *country);

G_END_DECLS
