/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"

G_BEGIN_DECLS

#define KAB_TYPE_HISTORY_ENTRY (kab_history_entry_get_type ())

/**
 * KabHistoryEntry:
 *
 * An entry of «Darbību vēsture» (DOC-8).
 */
G_DECLARE_FINAL_TYPE (KabHistoryEntry, kab_history_entry, KAB, HISTORY_ENTRY, KabRecord)

/** An empty one, to be filled by kab_record_update_from_json(). Returns: (transfer full) */
KabHistoryEntry *kab_history_entry_new (void);

/** #KabHistoryEntry:at: when. Returns: (transfer none) (nullable) */
GDateTime *kab_history_entry_get_at (KabHistoryEntry *self);
/** #KabHistoryEntry:actor: `client`, `bank` or `system`. Returns: (transfer none) */
const char *kab_history_entry_get_actor (KabHistoryEntry *self);
/** #KabHistoryEntry:action: stable code, such as `document-submitted`. Returns: (transfer none) */
const char *kab_history_entry_get_action (KabHistoryEntry *self);
/** #KabHistoryEntry:revision: version of the object; 0 when it has none. */
gint64 kab_history_entry_get_revision (KabHistoryEntry *self);

G_END_DECLS
