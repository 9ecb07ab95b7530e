/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kab-api.h"
#include "kab-message.h"

G_BEGIN_DECLS

#define KAB_TYPE_MESSAGE_ROW (kab_message_row_get_type ())
G_DECLARE_FINAL_TYPE (KabMessageRow, kab_message_row, KAB, MESSAGE_ROW, AdwBin)

GtkWidget *kab_message_row_new (KabApi *api);
void kab_message_row_set_message (KabMessageRow *self, KabMessage *message, gboolean fresh);

G_END_DECLS
