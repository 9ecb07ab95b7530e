/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-application.h"
#include "kab-bank-data.h"
#include "kab-caller.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

KabApplication *kab_applications_create (KabTransaction *tx,
                                         KabBankData *bank,
                                         const KabCaller *caller,
                                         const char *form,
                                         JsonObject *answers,
                                         GError **error);
KabApplication *kab_applications_save (KabTransaction *tx,
                                       KabBankData *bank,
                                       const KabCaller *caller,
                                       const char *id,
                                       gint64 version,
                                       JsonObject *answers,
                                       GError **error);
KabApplication *kab_applications_submit (KabTransaction *tx,
                                         KabBankData *bank,
                                         const KabCaller *caller,
                                         const char *id,
                                         gint64 version,
                                         GError **error);

G_END_DECLS
