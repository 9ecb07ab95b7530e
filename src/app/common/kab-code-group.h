/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_CODE_GROUP (kab_code_group_get_type ())
G_DECLARE_FINAL_TYPE (KabCodeGroup, kab_code_group, KAB, CODE_GROUP, AdwPreferencesGroup)

const char *kab_code_group_get_code (KabCodeGroup *self);
GtkWidget *kab_code_group_get_row (KabCodeGroup *self);
gboolean kab_code_group_check (KabCodeGroup *self);
void kab_code_group_set_sent (KabCodeGroup *self,
                              const char *target,
                              gint64 expires_at,
                              gint64 resend_at);
void kab_code_group_set_resending (KabCodeGroup *self, gboolean resending);
void kab_code_group_set_confirmed (KabCodeGroup *self, gboolean confirmed);

G_END_DECLS
