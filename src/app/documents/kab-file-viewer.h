/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "common/kab-download.h"
#include "preview/kab-preview-page.h"

G_BEGIN_DECLS

KabPreviewPage *kab_file_viewer_push (GtkWidget *origin, const char *title);
void kab_file_viewer_open (GtkWidget *origin, KabApi *api, KabFile *file);

G_END_DECLS
