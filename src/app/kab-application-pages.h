/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-application.h"

G_BEGIN_DECLS

void kab_application_pages_add (KabWindow *window);
KabClientModel *kab_application_pages_new_client (KabBankModel *bank, KabAccess *access);

G_END_DECLS
