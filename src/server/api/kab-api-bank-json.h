/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-bank-data.h"

G_BEGIN_DECLS

JsonObject *kab_api_bank_to_json (KabBankData *bank, gboolean is_demo);

G_END_DECLS
