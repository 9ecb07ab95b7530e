/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-autosave.h"

G_BEGIN_DECLS

struct _KabAutosave
{
  GObject parent_instance;

  KabApi *api;              /* (owned) */
  KabDraftJournal *journal; /* (owned) (nullable) */
  KabRecord *record;        /* (owned) */
  const char *folder;       /* of the record's path */
  char *journal_key;        /* (owned) */

  JsonObject *answers; /* (owned) what the form says */
  JsonObject *base;    /* (owned) (nullable) what the bank had when these were begun */
  gint64 base_version;
  JsonArray *sent;     /* (owned) answers that went out since and may have arrived */
  JsonObject *sending; /* (owned) (nullable) what is on its way */
  gboolean loading;    /* what the bank has is being read, to be compared */
  JsonObject *theirs;  /* (owned) (nullable) in a conflict */
  gint64 their_version;

  KabAutosaveState state;
  GDateTime *saved_at; /* (owned) (nullable) */
  GError *error;       /* (owned) (nullable) */
  gboolean has_draft;
  GCancellable *cancellable; /* (owned) */
  GPtrArray *flushes;        /* (owned) of GTask that wait for everything to be saved */
  guint save_source;
  guint failures;    /* in a row that may pass by themselves */
  gint64 changed_at; /* monotonic, of the first change since the last save */
};

/* What the form and the bank say: kab-autosave.c. @error: (nullable) */
void kab_autosave_set_state (KabAutosave *self, KabAutosaveState state, const GError *error);
void kab_autosave_set_saved_now (KabAutosave *self);

/** Shows @answers, which the bank has as @version: nothing here is lost by it. */
void kab_autosave_adopt (KabAutosave *self, JsonObject *answers, gint64 version);

/* The way to the bank and to the journal: kab-autosave-sending.c. */
JsonObject *kab_autosave_record_answers (KabAutosave *self);
gint64 kab_autosave_record_version (KabAutosave *self);
void kab_autosave_set_object (JsonObject **place, JsonObject *object);
gboolean kab_autosave_is_unsaved (KabAutosave *self);
gboolean kab_autosave_was_sent (KabAutosave *self, JsonObject *answers);
void kab_autosave_take_sent (KabAutosave *self, JsonObject *draft);
void kab_autosave_forget_sent (KabAutosave *self);
void kab_autosave_write_journal (KabAutosave *self);
void kab_autosave_settle (KabAutosave *self, JsonObject *answers, gint64 version);
void kab_autosave_save (KabAutosave *self);
void kab_autosave_schedule_save (KabAutosave *self);

G_END_DECLS
