/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-application.h"
#include "kab-bank-data.h"

G_BEGIN_DECLS

GPtrArray *kab_document_requests_list (KabBankData *bank, KabServices services);
gboolean kab_document_requests_create (KabTransaction *tx,
                                       KabBankData *bank,
                                       const KabApplication *application,
                                       GError **error);

G_END_DECLS
