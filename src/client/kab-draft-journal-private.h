/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-draft-cipher.h"
#include "kab-draft-journal.h"

G_BEGIN_DECLS

#define KAB_DRAFT_ENDING         ".draft"
#define KAB_DRAFT_MAX_KEY_LENGTH 200

/* One draft: in memory always, on the disk when there is a key. */
typedef struct
{
  JsonObject *object; /* (owned) (nullable) NULL: to be removed */
  gint64 time;
  gboolean writing;
  gboolean dirty;   /* changed since the write under way began */
  GPtrArray *tasks; /* (owned) of GTask that wait for the next write to end */
} KabDraft;

struct _KabDraftJournal
{
  GObject parent_instance;

  char *bank;             /* (owned) */
  char *new_key;          /* (owned) (nullable) while it is being kept */
  GFile *folder;          /* (owned) of this bank */
  KabDraftCipher *cipher; /* (owned) (nullable) NULL: memory only */
  GHashTable *drafts;     /* (owned) key → KabDraft */
  guint n_writing;        /* writes under way */
  GPtrArray *flushes;     /* (owned) of GTask that wait until there are none */
  gboolean failing;       /* the last write didn't succeed */
  guint damaged;
};

KabDraft *kab_draft_new (void);
void kab_draft_free (KabDraft *draft);

G_END_DECLS
