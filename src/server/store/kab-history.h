/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-transaction.h"

G_BEGIN_DECLS

/**
 * KabHistoryEntry:
 * @actor_kind: who did it: `client`, `staff`, `system` …
 * @actor_id: (nullable): which of them
 * @subject_id: (nullable): in whose history it is shown
 * @action: what was done, as a stable word
 * @object_kind: to what kind of thing
 * @object_id: (nullable): which one
 * @version: which version of it; 0 for none
 * @detail: (nullable): JSON
 */
typedef struct
{
  const char *actor_kind;
  const char *actor_id;
  const char *subject_id;
  const char *action;
  const char *object_kind;
  const char *object_id;
  gint64 version;
  const char *detail;
} KabHistoryEntry;

/* An entry as it was recorded; @sequence counts from 1 without gaps. The texts belong to it. */
typedef struct
{
  gint64 sequence;
  gint64 at;
  KabHistoryEntry entry;
} KabHistoryRecord;

/* The last record: published elsewhere, it shows later that none of the earlier ones changed. */
typedef struct
{
  gint64 sequence;
  GBytes *hash;
} KabHistoryHead;

/**
 * KabHistoryQuery:
 * @object_kind: (nullable): only of this object, together with @object_id
 * @object_id: (nullable): only of this object
 * @subject_id: (nullable): only in this subject's history
 * @before: only records with a lower sequence; 0 for the newest
 * @limit: how many at most
 */
typedef struct
{
  const char *object_kind;
  const char *object_id;
  const char *subject_id;
  gint64 before;
  guint limit;
} KabHistoryQuery;

gboolean kab_history_append (KabTransaction *tx, const KabHistoryEntry *entry, GError **error);
GPtrArray *kab_history_list (KabTransaction *tx, const KabHistoryQuery *query, GError **error);
KabHistoryHead *kab_history_get_head (KabTransaction *tx, GError **error);
gboolean kab_history_verify (KabTransaction *tx,
                             const KabHistoryHead *known,
                             gint64 *first_bad,
                             GError **error);

void kab_history_record_free (KabHistoryRecord *self);
void kab_history_head_free (KabHistoryHead *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabHistoryRecord, kab_history_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabHistoryHead, kab_history_head_free)

G_END_DECLS
