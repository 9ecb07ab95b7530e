/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "home/kab-home-model.h"
#include "shell/kab-window.h"

G_BEGIN_DECLS

KabSection *kab_home_section_new (KabClientData *data, KabBank *bank, KabDraftJournal *journal);
void kab_home_add_routes (KabWindow *window);

G_END_DECLS
