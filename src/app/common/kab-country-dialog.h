/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "common/kab-countries.h"

G_BEGIN_DECLS

#define KAB_TYPE_COUNTRY_DIALOG (kab_country_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KabCountryDialog, kab_country_dialog, KAB, COUNTRY_DIALOG, AdwDialog)

AdwDialog *kab_country_dialog_new (const char *title, const char *code);

G_END_DECLS
