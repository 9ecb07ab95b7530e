/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api.h"
#include "kab-draft-journal.h"

G_BEGIN_DECLS

void kab_closing_begin_async (KabApi *api,
                              KabDraftJournal *journal,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
void kab_closing_finish (GAsyncResult *result);

G_END_DECLS
