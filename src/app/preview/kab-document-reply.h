/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "kab-helper-protocol.h"
#include "preview/kab-preview-error.h"

G_BEGIN_DECLS

/**
 * KabDocumentReply:
 * @arguments: (nullable): the inline part
 * @bulk: (nullable): the bulk, mapped and immutable
 *
 * An answer of the helper, its form checked.
 */
typedef struct
{
  GVariant *arguments;
  GBytes *bulk;
} KabDocumentReply;

KabDocumentReply *kab_document_reply_new (const KabHelperFrame *frame,
                                          const char *rest,
                                          gsize length,
                                          int descriptor);
void kab_document_reply_free (KabDocumentReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabDocumentReply, kab_document_reply_free)

GVariant *
kab_document_reply_read_bulk (const KabDocumentReply *reply, const char *type, GError **error);
int kab_preview_error_from_status (guint32 status);

G_END_DECLS
