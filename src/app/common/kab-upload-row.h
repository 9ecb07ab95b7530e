/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "common/kab-attachment.h"

G_BEGIN_DECLS

#define KAB_TYPE_UPLOAD_ROW (kab_upload_row_get_type ())
G_DECLARE_FINAL_TYPE (KabUploadRow, kab_upload_row, KAB, UPLOAD_ROW, AdwPreferencesRow)

GtkWidget *kab_upload_row_new (KabAttachment *attachment, gboolean editable);
KabAttachment *kab_upload_row_get_attachment (KabUploadRow *self);

G_END_DECLS
