/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_NOTICE_ROW (kab_notice_row_get_type ())
G_DECLARE_FINAL_TYPE (KabNoticeRow, kab_notice_row, KAB, NOTICE_ROW, AdwPreferencesRow)

GtkWidget *kab_notice_row_new (const char *title);
void kab_notice_row_set (KabNoticeRow *self, gboolean email, gboolean sms);
void kab_notice_row_get (KabNoticeRow *self, gboolean *email, gboolean *sms);

G_END_DECLS
