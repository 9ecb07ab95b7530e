/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-history-entry.h"

G_BEGIN_DECLS

char *kab_history_dup_sentence (KabHistoryEntry *entry);

G_END_DECLS
