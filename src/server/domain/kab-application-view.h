/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "kab-case.h"

G_BEGIN_DECLS

JsonObject *kab_application_view (KabTransaction *tx,
                                  KabBankData *bank,
                                  const KabApplication *application,
                                  gboolean for_staff,
                                  GError **error);

G_END_DECLS
