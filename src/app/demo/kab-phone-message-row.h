/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "kab-phone-message.h"

G_BEGIN_DECLS

#define KAB_TYPE_PHONE_MESSAGE_ROW (kab_phone_message_row_get_type ())
G_DECLARE_FINAL_TYPE (KabPhoneMessageRow,
                      kab_phone_message_row,
                      KAB,
                      PHONE_MESSAGE_ROW,
                      GtkListBoxRow)

GtkWidget *kab_phone_message_row_new (KabPhoneMessage *message);

G_END_DECLS
