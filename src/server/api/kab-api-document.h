/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-api-operation.h"
#include "kab-document.h"

G_BEGIN_DECLS

KabResponse *kab_api_document_answer (KabTransaction *tx,
                                      const KabApiContext *context,
                                      const char *id,
                                      KabDocumentActor viewer,
                                      GError **error);
gboolean kab_api_document_read_files (KabRequest *request, char ***files, GError **error);

G_END_DECLS
