/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "documents/kab-document-model.h"

G_BEGIN_DECLS

void kab_filling_open (GtkWidget *origin, KabDocumentModel *model, const char *field);
void kab_filling_save_blank (GtkWidget *origin, KabDocumentModel *model);

G_END_DECLS
