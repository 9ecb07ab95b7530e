/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "shell/kab-client-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_CLIENT_SHELL (kab_client_shell_get_type ())
G_DECLARE_FINAL_TYPE (KabClientShell, kab_client_shell, KAB, CLIENT_SHELL, AdwBin)

GtkWidget *kab_client_shell_new (KabClientModel *model);
AdwNavigationView *kab_client_shell_get_view (KabClientShell *self);
void kab_client_shell_show_content (KabClientShell *self);

G_END_DECLS
