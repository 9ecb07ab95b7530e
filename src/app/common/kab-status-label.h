/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kab-document-workflow.h"

G_BEGIN_DECLS

const char *kab_document_state_get_word (KabDocumentState state);
const char *kab_document_state_get_icon_name (KabDocumentState state);

#define KAB_TYPE_STATUS_LABEL (kab_status_label_get_type ())
G_DECLARE_FINAL_TYPE (KabStatusLabel, kab_status_label, KAB, STATUS_LABEL, AdwBin)

GtkWidget *kab_status_label_new (void);
void kab_status_label_set_state (KabStatusLabel *self, KabDocumentState state);

G_END_DECLS
