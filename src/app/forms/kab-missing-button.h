/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "forms/kab-form-model.h"

G_BEGIN_DECLS

#define KAB_TYPE_MISSING_BUTTON (kab_missing_button_get_type ())
G_DECLARE_FINAL_TYPE (KabMissingButton, kab_missing_button, KAB, MISSING_BUTTON, AdwBin)

GtkWidget *kab_missing_button_new (void);
void kab_missing_button_set_model (KabMissingButton *self, KabFormModel *model);

G_END_DECLS
