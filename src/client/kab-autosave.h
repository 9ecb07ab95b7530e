/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api.h"
#include "kab-document.h"
#include "kab-draft-journal.h"
#include "kab-onboarding.h"

G_BEGIN_DECLS

/**
 * KabAutosaveState:
 * @KAB_AUTOSAVE_SAVED: the bank has everything; kab_autosave_get_saved_at() says since when
 * @KAB_AUTOSAVE_CHANGED: typed just now, not yet sent
 * @KAB_AUTOSAVE_SAVING: on its way
 * @KAB_AUTOSAVE_OFFLINE: kept in the journal; is sent when the line is back
 * @KAB_AUTOSAVE_CONFLICT: changed elsewhere meanwhile: choose by kab_autosave_resolve()
 * @KAB_AUTOSAVE_FAILED: refused by the bank (kab_autosave_get_error()); kept in the journal
 */
typedef enum
{
  KAB_AUTOSAVE_SAVED,
  KAB_AUTOSAVE_CHANGED,
  KAB_AUTOSAVE_SAVING,
  KAB_AUTOSAVE_OFFLINE,
  KAB_AUTOSAVE_CONFLICT,
  KAB_AUTOSAVE_FAILED,
} KabAutosaveState;

#define KAB_TYPE_AUTOSAVE_STATE (kab_autosave_state_get_type ())
GType kab_autosave_state_get_type (void) G_GNUC_CONST;

#define KAB_TYPE_AUTOSAVE (kab_autosave_get_type ())

/**
 * KabAutosave:
 *
 * Keeps the answers of one form saved while it is filled: in the journal and with the bank at most
 * half a second after the last change.
 *
 * Properties, all notifying: state (KabAutosaveState), saved-at (GDateTime), has-draft (boolean:
 * the journal had unsent answers when it was made).
 *
 * Signals: "replaced" () when the answers were changed elsewhere while nothing was unsaved here:
 * show kab_autosave_get_answers() anew.
 */
G_DECLARE_FINAL_TYPE (KabAutosave, kab_autosave, KAB, AUTOSAVE, GObject)

/** Of the draft of an application. @journal may be NULL. Returns: (transfer full) */
KabAutosave *
kab_autosave_new_for_onboarding (KabApi *api, KabDraftJournal *journal, KabOnboarding *onboarding);

/** Of the answers of an electronic questionnaire. Returns: (transfer full) */
KabAutosave *
kab_autosave_new_for_document (KabApi *api, KabDraftJournal *journal, KabDocument *document);

/**
 * The answers to show: unsent ones of the journal, else the bank's.
 *
 * Returns: (transfer none) (nullable)
 */
JsonObject *kab_autosave_get_answers (KabAutosave *self);

/** What the form says now; @answers are copied. Cheap: call it at each change. */
void kab_autosave_change (KabAutosave *self, JsonObject *answers);

/**
 * Saves at once what is unsaved, before a submit or on leaving. Finish: FALSE with KAB_API_ERROR
 * (the state says more)
 */
void kab_autosave_flush_async (KabAutosave *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean kab_autosave_flush_finish (KabAutosave *self, GAsyncResult *result, GError **error);

KabAutosaveState kab_autosave_get_state (KabAutosave *self);

/** Whether what isn't with the bank yet outlives the app; `state` is notified when that changes. */
gboolean kab_autosave_get_kept (KabAutosave *self);

/** When the bank last had everything. Returns: (transfer none) (nullable) */
GDateTime *kab_autosave_get_saved_at (KabAutosave *self);

/** Why it failed. Returns: (transfer none) (nullable) */
const GError *kab_autosave_get_error (KabAutosave *self);

/** In a conflict: what was typed here. Returns: (transfer none) (nullable) */
JsonObject *kab_autosave_get_mine (KabAutosave *self);

/** In a conflict: what the bank has. Returns: (transfer none) (nullable) */
JsonObject *kab_autosave_get_theirs (KabAutosave *self);

/**
 * Ends a conflict with @answers: mine, theirs, or a mix of them; copied, and saved over the bank's.
 * Nothing but this ends it.
 */
void kab_autosave_resolve (KabAutosave *self, JsonObject *answers);

G_END_DECLS
