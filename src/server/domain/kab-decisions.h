/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-bank-data.h"
#include "kab-caller.h"
#include "kab-journey.h"
#include "kab-transaction.h"

G_BEGIN_DECLS

gboolean kab_decisions_make (KabTransaction *tx,
                             KabBankData *bank,
                             const KabCaller *caller,
                             const char *application,
                             KabService service,
                             KabDecision decision,
                             GError **error);

G_END_DECLS
