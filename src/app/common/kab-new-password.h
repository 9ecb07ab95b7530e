/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_NEW_PASSWORD (kab_new_password_get_type ())
G_DECLARE_FINAL_TYPE (KabNewPassword, kab_new_password, KAB, NEW_PASSWORD, AdwPreferencesGroup)

const char *kab_new_password_get_text (KabNewPassword *self);
GtkWidget *kab_new_password_get_row (KabNewPassword *self);
gboolean kab_new_password_check (KabNewPassword *self);

G_END_DECLS
