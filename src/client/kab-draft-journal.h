/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define KAB_TYPE_DRAFT_JOURNAL (kab_draft_journal_get_type ())

/**
 * KabDraftJournal:
 *
 * What was typed and isn't with the bank yet, so that neither a lost line nor a crash loses it. A
 * draft is a JSON object under a key such as `registration`, `application/ID`, `document/ID`,
 * `message`. On the disk each is a file of its own, XChaCha20-Poly1305 with a key that only the
 * secret service holds; the name tells nothing. Without a secret service drafts are kept in
 * memory only and #KabDraftJournal:persistent is FALSE, as it is while the disk takes nothing.
 * Never put a password into a draft.
 *
 * Properties: persistent (boolean, notifying), damaged (uint: drafts that were set aside as
 * unreadable).
 */
G_DECLARE_FINAL_TYPE (KabDraftJournal, kab_draft_journal, KAB, DRAFT_JOURNAL, GObject)

/**
 * Opens the journal for @bank (its base URI) under @folder (NULL: the user's data folder),
 * reading all drafts of it. Finish: (transfer full) never fails for want of a key or for damage,
 * NULL only with G_IO_ERROR_CANCELLED
 */
void kab_draft_journal_open_async (const char *bank,
                                   GFile *folder,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
KabDraftJournal *kab_draft_journal_open_finish (GAsyncResult *result, GError **error);

/** #KabDraftJournal:persistent: whether drafts outlive the app, as far as the last one tells. */
gboolean kab_draft_journal_get_persistent (KabDraftJournal *self);

/**
 * #KabDraftJournal:damaged: how many files couldn't be opened; they are kept with the ending
 * `.damaged`.
 */
guint kab_draft_journal_get_damaged (KabDraftJournal *self);

/** The draft under @key. Returns: (transfer none) (nullable) until the next change of that draft */
JsonObject *kab_draft_journal_get (KabDraftJournal *self, const char *key);

/** When the draft under @key was put. Returns: (transfer full) (nullable) */
GDateTime *kab_draft_journal_dup_time (KabDraftJournal *self, const char *key);

/**
 * The keys of all drafts, to offer to go on after a crash.
 *
 * Returns: (transfer full) (array zero-terminated=1)
 */
char **kab_draft_journal_dup_keys (KabDraftJournal *self);

/**
 * Keeps a copy of @draft under @key: in memory at once, on the disk before the finish callback
 * (the file is replaced as a whole). A later put of the same key wins. Finish: FALSE with
 * G_IO_ERROR; the draft is still in memory
 */
void kab_draft_journal_put_async (KabDraftJournal *self,
                                  const char *key,
                                  JsonObject *draft,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean kab_draft_journal_put_finish (KabDraftJournal *self, GAsyncResult *result, GError **error);

/** Forgets the draft under @key, here and on the disk. */
void kab_draft_journal_remove (KabDraftJournal *self, const char *key);

/**
 * Waits until the disk has what was put and removed so far, before the program ends. Finish: FALSE
 * only with G_IO_ERROR_CANCELLED, once the writing ended; whether it succeeded is told by
 * #KabDraftJournal:persistent
 */
void kab_draft_journal_flush_async (KabDraftJournal *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean
kab_draft_journal_flush_finish (KabDraftJournal *self, GAsyncResult *result, GError **error);

G_END_DECLS
