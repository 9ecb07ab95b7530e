/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-draft-journal.h"

G_BEGIN_DECLS

const char *kab_application_place_find (KabDraftJournal *journal);
void kab_application_place_keep (KabDraftJournal *journal, const char *place);
void kab_application_place_forget (KabDraftJournal *journal);

G_END_DECLS
