/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/kab-download.h"
#include "kab-upload.h"

G_BEGIN_DECLS

#define KAB_TYPE_ATTACHMENT (kab_attachment_get_type ())
G_DECLARE_FINAL_TYPE (KabAttachment, kab_attachment, KAB, ATTACHMENT, GObject)

KabAttachment *kab_attachment_new_for_file (KabFile *file);
KabAttachment *kab_attachment_new_for_upload (KabUpload *upload);

const char *kab_attachment_get_name (KabAttachment *self);
gint64 kab_attachment_get_size (KabAttachment *self);
KabUploadState kab_attachment_get_state (KabAttachment *self);
double kab_attachment_get_progress (KabAttachment *self);
const char *kab_attachment_get_id (KabAttachment *self);
KabFile *kab_attachment_get_file (KabAttachment *self);
void kab_attachment_set_file (KabAttachment *self, KabFile *file);
KabUpload *kab_attachment_get_upload (KabAttachment *self);
KabDownload *kab_attachment_get_download (KabAttachment *self);
void kab_attachment_set_download (KabAttachment *self, KabDownload *download);

char *kab_attachment_dup_status (KabAttachment *self);
char *kab_attachment_dup_problem (KabAttachment *self);
const char *kab_file_get_icon_name (const char *name);

G_END_DECLS
