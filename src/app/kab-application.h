/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "common/kab-bank-model.h"
#include "common/kab-language.h"
#include "shell/kab-window.h"
#include "sign-in/kab-access.h"

G_BEGIN_DECLS

#define KAB_TYPE_APPLICATION (kab_application_get_type ())
G_DECLARE_FINAL_TYPE (KabApplication, kab_application, KAB, APPLICATION, AdwApplication)

KabApplication *kab_application_new (void);
KabLanguage *kab_application_get_language (KabApplication *self);
KabBankModel *kab_application_get_bank (KabApplication *self);
KabAccess *kab_application_get_access (KabApplication *self);
KabWindow *kab_application_get_window (KabApplication *self);

G_END_DECLS
