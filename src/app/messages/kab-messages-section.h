/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-data.h"
#include "kab-draft-journal.h"
#include "shell/kab-section.h"

G_BEGIN_DECLS

KabSection *kab_messages_section_new (KabClientData *data, KabDraftJournal *journal);

G_END_DECLS
