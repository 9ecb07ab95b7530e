/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "kab-bank-data.h"
#include "kab-caller.h"
#include "kab-document-workflow.h"
#include "kab-transaction.h"

G_BEGIN_DECLS

/**
 * KabDocumentComment:
 * @field: a JSON pointer into the answers; empty for the whole document
 * @text: what to correct
 */
typedef struct
{
  const char *field;
  const char *text;
} KabDocumentComment;

/* Steps of the client. */
gboolean kab_documents_save (KabTransaction *tx,
                             KabBankData *bank,
                             const KabCaller *caller,
                             const char *id,
                             gint64 version,
                             JsonObject *answers,
                             const char *const *files,
                             GError **error);
gboolean kab_documents_submit (KabTransaction *tx,
                               KabBankData *bank,
                               const KabCaller *caller,
                               const char *id,
                               gint64 version,
                               GError **error);
gboolean kab_documents_approve (KabTransaction *tx,
                                KabBankData *bank,
                                const KabCaller *caller,
                                const char *id,
                                gint64 version,
                                GError **error);

/* Steps of an employee. */
gboolean kab_documents_request_information (KabTransaction *tx,
                                            KabBankData *bank,
                                            const KabCaller *caller,
                                            const char *id,
                                            gint64 version,
                                            const KabDocumentComment *comments,
                                            guint n_comments,
                                            GError **error);
gboolean kab_documents_hand_over (KabTransaction *tx,
                                  KabBankData *bank,
                                  const KabCaller *caller,
                                  const char *id,
                                  gint64 version,
                                  KabDocumentAction action,
                                  const char *const *files,
                                  GError **error);

G_END_DECLS
