/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "kab-bank-data.h"
#include "kab-document.h"

G_BEGIN_DECLS

void kab_document_write_summary (GString *text,
                                 KabBankData *bank,
                                 const KabDocument *document,
                                 KabDocumentActor viewer);
JsonObject *kab_document_view (KabTransaction *tx,
                               KabBankData *bank,
                               const KabDocument *document,
                               KabDocumentActor viewer,
                               GError **error);

G_END_DECLS
