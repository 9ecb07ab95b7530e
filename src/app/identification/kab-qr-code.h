/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAB_TYPE_QR_CODE (kab_qr_code_get_type ())
G_DECLARE_FINAL_TYPE (KabQrCode, kab_qr_code, KAB, QR_CODE, GtkWidget)

void kab_qr_code_set_text (KabQrCode *self, const char *text);

G_END_DECLS
