/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-phone-row.h"

G_BEGIN_DECLS

void kab_contact_field_prepare_email (GtkWidget *row);
gboolean kab_contact_field_check_email (GtkWidget *row);
void kab_contact_field_prepare_phone (KabPhoneRow *row);
gboolean kab_contact_field_check_phone (KabPhoneRow *row);

G_END_DECLS
