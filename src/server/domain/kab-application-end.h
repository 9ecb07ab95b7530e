/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-application.h"
#include "kab-bank-data.h"
#include "kab-caller.h"

G_BEGIN_DECLS

KabApplication *kab_application_end_withdraw (KabTransaction *tx,
                                              KabBankData *bank,
                                              const KabCaller *caller,
                                              const char *id,
                                              gint64 version,
                                              GError **error);
gboolean kab_application_end_expire (KabTransaction *tx,
                                     KabBankData *bank,
                                     gint64 before,
                                     guint limit,
                                     guint *n_expired,
                                     GError **error);

G_END_DECLS
