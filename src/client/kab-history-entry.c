/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-history-entry.h"

#include "kab-record-private.h"

enum
{
  FIELD_AT,
  FIELD_ACTOR,
  FIELD_ACTION,
  FIELD_REVISION,
};

struct _KabHistoryEntry
{
  KabRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (KabHistoryEntry, kab_history_entry, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "at", .kind = KAB_FIELD_TIME, .presence = KAB_FIELD_REQUIRED },
  { .name = "actor", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "action", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "revision", .kind = KAB_FIELD_INT },
};

static void
kab_history_entry_class_init (KabHistoryEntryClass *klass)
{
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   KAB_FIELD_NONE, KAB_FIELD_NONE);
}

static void
kab_history_entry_init (KabHistoryEntry *self)
{
}

KabHistoryEntry *
kab_history_entry_new (void)
{
  return g_object_new (KAB_TYPE_HISTORY_ENTRY, NULL);
}

GDateTime *
kab_history_entry_get_at (KabHistoryEntry *self)
{
  g_return_val_if_fail (KAB_IS_HISTORY_ENTRY (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_AT);
}

const char *
kab_history_entry_get_actor (KabHistoryEntry *self)
{
  g_return_val_if_fail (KAB_IS_HISTORY_ENTRY (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_ACTOR);
}

const char *
kab_history_entry_get_action (KabHistoryEntry *self)
{
  g_return_val_if_fail (KAB_IS_HISTORY_ENTRY (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_ACTION);
}

gint64
kab_history_entry_get_revision (KabHistoryEntry *self)
{
  g_return_val_if_fail (KAB_IS_HISTORY_ENTRY (self), 0);

  return kab_record_get_int (KAB_RECORD (self), FIELD_REVISION);
}
