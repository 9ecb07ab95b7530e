/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kab-comment.h"
#include "kab-document-version.h"
#include "kab-history-entry.h"

G_BEGIN_DECLS

GtkWidget *kab_comment_row_new (KabComment *comment, const char *action_name);
GtkWidget *kab_version_row_new (KabDocumentVersion *version,
                                const char *answers_action,
                                const char *file_action);
GtkWidget *kab_history_row_new (KabHistoryEntry *entry);

G_END_DECLS
