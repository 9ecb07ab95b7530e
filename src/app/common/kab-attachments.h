/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-attachment.h"

G_BEGIN_DECLS

#define KAB_TYPE_ATTACHMENTS (kab_attachments_get_type ())
G_DECLARE_FINAL_TYPE (KabAttachments, kab_attachments, KAB, ATTACHMENTS, GObject)

KabAttachments *kab_attachments_new (KabApi *api, guint maximum);

KabApi *kab_attachments_get_api (KabAttachments *self);
guint kab_attachments_get_maximum (KabAttachments *self);
guint kab_attachments_get_excess (KabAttachments *self);
gboolean kab_attachments_get_busy (KabAttachments *self);
gboolean kab_attachments_get_failed (KabAttachments *self);
gboolean kab_attachments_get_modified (KabAttachments *self);
char **kab_attachments_dup_ids (KabAttachments *self);

KabAttachment *kab_attachments_add (KabAttachments *self, GFile *file);
KabAttachment *kab_attachments_add_upload (KabAttachments *self, KabUpload *upload);
guint kab_attachments_remove (KabAttachments *self, KabAttachment *attachment);
void kab_attachments_restore (KabAttachments *self, KabAttachment *attachment, guint position);
void kab_attachments_forget (KabAttachments *self, KabAttachment *attachment);
void kab_attachments_clear (KabAttachments *self);
void kab_attachments_show_files (KabAttachments *self, GListModel *files);
void kab_attachments_set_saved (KabAttachments *self);

G_END_DECLS
