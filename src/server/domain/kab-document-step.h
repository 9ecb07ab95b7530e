/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "kab-bank-data.h"
#include "kab-caller.h"
#include "kab-document.h"

G_BEGIN_DECLS

/**
 * KabDocumentStep:
 * @caller: who takes it
 * @action: what is done
 * @from: the state before
 * @document: (owned): the document with the state that comes after; what else changes is set in it
 *
 * A step of the workflow (§11.1) between kab_document_step_begin() and kab_document_step_finish().
 */
typedef struct
{
  const KabCaller *caller;
  KabDocumentAction action;
  KabDocumentState from;
  KabDocument *document;
} KabDocumentStep;

KabDocumentStep *kab_document_step_begin (KabTransaction *tx,
                                          const KabCaller *caller,
                                          const char *id,
                                          gint64 version,
                                          KabDocumentAction action,
                                          GError **error);
gboolean kab_document_step_refuse (KabDocumentStep *self, const char *reason, GError **error);
gboolean kab_document_step_finish (KabDocumentStep *self,
                                   KabTransaction *tx,
                                   KabBankData *bank,
                                   GError **error);
gboolean kab_document_step_add_version (KabDocumentStep *self,
                                        KabTransaction *tx,
                                        const char *made_by,
                                        GError **error);
void kab_document_step_free (KabDocumentStep *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabDocumentStep, kab_document_step_free)

G_END_DECLS
