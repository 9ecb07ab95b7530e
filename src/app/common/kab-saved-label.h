/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kab-autosave.h"

G_BEGIN_DECLS

/**
 * KabSavedState:
 * @KAB_SAVED_NOTHING: nothing to save yet
 * @KAB_SAVED_SAVING: on its way to the bank
 * @KAB_SAVED_AT_BANK: the bank has it
 * @KAB_SAVED_HERE: kept on this computer until the line is back
 * @KAB_SAVED_FAILED: neither; the text says so until it works again
 */
typedef enum
{
  KAB_SAVED_NOTHING,
  KAB_SAVED_SAVING,
  KAB_SAVED_AT_BANK,
  KAB_SAVED_HERE,
  KAB_SAVED_FAILED,
} KabSavedState;

KabSavedState kab_saved_state_of (KabAutosave *autosave);

#define KAB_TYPE_SAVED_LABEL (kab_saved_label_get_type ())
G_DECLARE_FINAL_TYPE (KabSavedLabel, kab_saved_label, KAB, SAVED_LABEL, AdwBin)

GtkWidget *kab_saved_label_new (void);
void kab_saved_label_set (KabSavedLabel *self, KabSavedState state, gint64 time);

G_END_DECLS
