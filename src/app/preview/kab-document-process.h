/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "preview/kab-document-reply.h"

G_BEGIN_DECLS

#define KAB_TYPE_DOCUMENT_PROCESS (kab_document_process_get_type ())
G_DECLARE_FINAL_TYPE (KabDocumentProcess, kab_document_process, KAB, DOCUMENT_PROCESS, GObject)

KabDocumentProcess *kab_document_process_acquire (void);
void kab_document_process_prepare (void);
void kab_document_process_drop_spare (void);

const char *kab_document_process_get_pid (KabDocumentProcess *self);
gboolean kab_document_process_has_ended (KabDocumentProcess *self);
void kab_document_process_end (KabDocumentProcess *self);

void kab_document_process_call_async (KabDocumentProcess *self,
                                      KabHelperKind kind,
                                      GVariant *arguments,
                                      int bulk,
                                      gsize bulk_size,
                                      int priority,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
KabDocumentReply *
kab_document_process_call_finish (KabDocumentProcess *self, GAsyncResult *result, GError **error);

G_END_DECLS
