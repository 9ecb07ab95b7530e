/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "common/kab-attachments.h"

G_BEGIN_DECLS

#define KAB_TYPE_UPLOAD_LIST (kab_upload_list_get_type ())
G_DECLARE_FINAL_TYPE (KabUploadList, kab_upload_list, KAB, UPLOAD_LIST, AdwBin)

GtkWidget *kab_upload_list_new (KabAttachments *attachments);
void kab_upload_list_set_attachments (KabUploadList *self, KabAttachments *attachments);
void kab_upload_list_set_editable (KabUploadList *self, gboolean editable);
void kab_upload_list_set_error (KabUploadList *self, const char *text);
void kab_upload_list_choose (KabUploadList *self);
void kab_upload_list_take_drops (KabUploadList *self, GtkWidget *area);

G_END_DECLS
