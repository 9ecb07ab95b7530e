/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api.h"
#include "kab-file.h"

G_BEGIN_DECLS

#define KAB_TYPE_DOWNLOAD (kab_download_get_type ())
G_DECLARE_FINAL_TYPE (KabDownload, kab_download, KAB, DOWNLOAD, GObject)

KabDownload *kab_download_new (KabApi *api, KabFile *file);

KabFile *kab_download_get_file (KabDownload *self);
gboolean kab_download_get_active (KabDownload *self);
double kab_download_get_progress (KabDownload *self);
void kab_download_cancel (KabDownload *self);

void kab_download_save_async (KabDownload *self,
                              GFile *target,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean kab_download_save_finish (KabDownload *self, GAsyncResult *result, GError **error);

void kab_download_read_async (KabDownload *self, GAsyncReadyCallback callback, gpointer user_data);
GBytes *kab_download_read_finish (KabDownload *self, GAsyncResult *result, GError **error);

G_END_DECLS
