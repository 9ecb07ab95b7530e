/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "common/kab-download.h"

G_BEGIN_DECLS

void kab_file_saver_choose (GtkWidget *widget, KabDownload *download);
void kab_file_saver_save (GtkWidget *widget, KabDownload *download, GFile *target);
char *kab_download_dup_problem (const GError *error);

G_END_DECLS
