/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-autosave.h"

#include "kab-autosave-private.h"
#include "kab-json-copy.h"
#include "kab-json.h"

enum
{
  PROP_0,
  PROP_STATE,
  PROP_SAVED_AT,
  PROP_HAS_DRAFT,
  N_PROPS,
};

enum
{
  REPLACED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabAutosave, kab_autosave, G_TYPE_OBJECT)
G_DEFINE_ENUM_TYPE (KabAutosaveState,
                    kab_autosave_state,
                    G_DEFINE_ENUM_VALUE (KAB_AUTOSAVE_SAVED, "saved"),
                    G_DEFINE_ENUM_VALUE (KAB_AUTOSAVE_CHANGED, "changed"),
                    G_DEFINE_ENUM_VALUE (KAB_AUTOSAVE_SAVING, "saving"),
                    G_DEFINE_ENUM_VALUE (KAB_AUTOSAVE_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (KAB_AUTOSAVE_CONFLICT, "conflict"),
                    G_DEFINE_ENUM_VALUE (KAB_AUTOSAVE_FAILED, "failed"))

/* @error: (nullable). Who waits is told when nothing is under way any more. */
void
kab_autosave_set_state (KabAutosave *self, KabAutosaveState state, const GError *error)
{
  g_autoptr (GPtrArray) flushes = NULL;

  g_clear_error (&self->error);
  self->error = error ? g_error_copy (error) : NULL;
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  if (state == KAB_AUTOSAVE_CHANGED || state == KAB_AUTOSAVE_SAVING)
    return;

  flushes = g_steal_pointer (&self->flushes);
  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < flushes->len; i++)
    {
      GTask *task = g_ptr_array_index (flushes, i);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

void
kab_autosave_set_saved_now (KabAutosave *self)
{
  g_clear_pointer (&self->saved_at, g_date_time_unref);
  self->saved_at = g_date_time_new_now_utc ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVED_AT]);
}

void
kab_autosave_adopt (KabAutosave *self, JsonObject *answers, gint64 version)
{
  self->base_version = version;
  if (kab_json_equal (answers, self->base))
    return;

  kab_autosave_set_object (&self->base, answers);
  kab_autosave_set_object (&self->answers, answers);
  g_signal_emit (self, signals[REPLACED], 0);
}

/* The object was read again: what was begun from it is only touched when nothing is unsaved. */
static void
record_changed_cb (KabAutosave *self)
{
  if (self->sending != NULL || self->theirs != NULL || kab_autosave_is_unsaved (self) ||
      kab_autosave_record_answers (self) == NULL)
    return;

  kab_autosave_adopt (self, kab_autosave_record_answers (self), kab_autosave_record_version (self));
}

static void
online_changed_cb (KabAutosave *self)
{
  if (kab_api_get_online (self->api) && self->state == KAB_AUTOSAVE_OFFLINE)
    kab_autosave_save (self);
}

/* The same state means something else when nothing can be kept here. */
static void
persistent_changed_cb (KabAutosave *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
kab_autosave_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KabAutosave *self = KAB_AUTOSAVE (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_SAVED_AT:
      g_value_set_boxed (value, self->saved_at);
      break;
    case PROP_HAS_DRAFT:
      g_value_set_boolean (value, self->has_draft);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* What is unsaved goes to the journal at least. */
static void
kab_autosave_dispose (GObject *object)
{
  KabAutosave *self = KAB_AUTOSAVE (object);

  if (self->save_source != 0)
    kab_autosave_write_journal (self);
  g_clear_handle_id (&self->save_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->journal);
  g_clear_object (&self->record);
  g_clear_object (&self->api);
  G_OBJECT_CLASS (kab_autosave_parent_class)->dispose (object);
}

static void
kab_autosave_finalize (GObject *object)
{
  KabAutosave *self = KAB_AUTOSAVE (object);

  g_clear_pointer (&self->answers, json_object_unref);
  g_clear_pointer (&self->base, json_object_unref);
  json_array_unref (self->sent);
  g_clear_pointer (&self->sending, json_object_unref);
  g_clear_pointer (&self->theirs, json_object_unref);
  g_clear_pointer (&self->saved_at, g_date_time_unref);
  g_clear_error (&self->error);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->flushes);
  g_free (self->journal_key);
  G_OBJECT_CLASS (kab_autosave_parent_class)->finalize (object);
}

static void
kab_autosave_class_init (KabAutosaveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_autosave_get_property;
  object_class->dispose = kab_autosave_dispose;
  object_class->finalize = kab_autosave_finalize;

  properties[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, KAB_TYPE_AUTOSAVE_STATE, KAB_AUTOSAVE_SAVED, flags);
  properties[PROP_SAVED_AT] = g_param_spec_boxed ("saved-at", NULL, NULL, G_TYPE_DATE_TIME, flags);
  properties[PROP_HAS_DRAFT] = g_param_spec_boolean ("has-draft", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[REPLACED] = g_signal_new ("replaced", KAB_TYPE_AUTOSAVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
}

static void
kab_autosave_init (KabAutosave *self)
{
  self->cancellable = g_cancellable_new ();
  self->sent = json_array_new ();
  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
}

/*
 * Whether nothing of a draft is left to send: it says what the bank has, or what it was begun from
 * and the bank has nothing that was sent since.
 */
static gboolean
is_moot (KabAutosave *self)
{
  JsonObject *banks = kab_autosave_record_answers (self);

  return kab_json_equal (self->answers, banks) ||
         (kab_json_equal (self->answers, self->base) && !kab_autosave_was_sent (self, banks));
}

/* Takes up what the journal has, from the version it was begun with. Returns: FALSE for nothing */
static gboolean
take_draft (KabAutosave *self)
{
  JsonObject *draft =
      self->journal ? kab_draft_journal_get (self->journal, self->journal_key) : NULL;
  JsonObject *answers = draft ? kab_json_get_object (draft, "answers", NULL) : NULL;

  if (answers == NULL ||
      !kab_json_get_integer (draft, "version", 0, KAB_JSON_INTEGER_MAX, &self->base_version, NULL))
    return FALSE;

  kab_autosave_set_object (&self->answers, answers);
  kab_autosave_set_object (
      &self->base, kab_json_has (draft, "base") ? kab_json_get_object (draft, "base", NULL) : NULL);
  kab_autosave_take_sent (self, draft);
  if (!is_moot (self))
    return TRUE;

  kab_draft_journal_remove (self->journal, self->journal_key);

  return FALSE;
}

static void
take_record (KabAutosave *self)
{
  JsonObject *answers = kab_autosave_record_answers (self);
  g_autoptr (JsonObject) empty = json_object_new ();

  self->base_version = kab_autosave_record_version (self);
  kab_autosave_set_object (&self->base, answers ? answers : empty);
  kab_autosave_set_object (&self->answers, self->base);
  kab_autosave_forget_sent (self);
}

static KabAutosave *
new_autosave (KabApi *api,
              KabDraftJournal *journal,
              KabRecord *record,
              const char *folder,
              const char *kind)
{
  KabAutosave *self = g_object_new (KAB_TYPE_AUTOSAVE, NULL);

  self->api = g_object_ref (api);
  self->journal = journal ? g_object_ref (journal) : NULL;
  self->record = g_object_ref (record);
  self->folder = folder;
  self->journal_key = g_strdup_printf ("%s/%s", kind, kab_record_get_key (record));
  self->has_draft = take_draft (self);
  if (self->has_draft)
    {
      self->state = KAB_AUTOSAVE_CHANGED;
      kab_autosave_schedule_save (self);
    }
  else
    {
      take_record (self);
    }

  g_signal_connect_object (record, "notify::answers", G_CALLBACK (record_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (record, "notify::version", G_CALLBACK (record_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (api, "notify::online", G_CALLBACK (online_changed_cb), self,
                           G_CONNECT_SWAPPED);

  if (journal != NULL)
    g_signal_connect_object (journal, "notify::persistent", G_CALLBACK (persistent_changed_cb),
                             self, G_CONNECT_SWAPPED);

  return self;
}

KabAutosave *
kab_autosave_new_for_onboarding (KabApi *api, KabDraftJournal *journal, KabOnboarding *onboarding)
{
  g_return_val_if_fail (KAB_IS_API (api), NULL);
  g_return_val_if_fail (KAB_IS_ONBOARDING (onboarding), NULL);

  return new_autosave (api, journal, KAB_RECORD (onboarding), "/v1/applications", "application");
}

KabAutosave *
kab_autosave_new_for_document (KabApi *api, KabDraftJournal *journal, KabDocument *document)
{
  g_return_val_if_fail (KAB_IS_API (api), NULL);
  g_return_val_if_fail (KAB_IS_DOCUMENT (document), NULL);

  return new_autosave (api, journal, KAB_RECORD (document), "/v1/documents", "document");
}

JsonObject *
kab_autosave_get_answers (KabAutosave *self)
{
  g_return_val_if_fail (KAB_IS_AUTOSAVE (self), NULL);

  return self->answers;
}

void
kab_autosave_change (KabAutosave *self, JsonObject *answers)
{
  g_return_if_fail (KAB_IS_AUTOSAVE (self));
  g_return_if_fail (answers != NULL);

  if (kab_json_equal (self->answers, answers))
    return;

  kab_autosave_set_object (&self->answers, answers);
  kab_autosave_schedule_save (self);
  /* A choice that is open stays open. */
  if (self->theirs == NULL && self->sending == NULL)
    kab_autosave_set_state (self, KAB_AUTOSAVE_CHANGED, NULL);
}

void
kab_autosave_flush_async (KabAutosave *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;

  g_return_if_fail (KAB_IS_AUTOSAVE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_autosave_flush_async);
  g_ptr_array_add (self->flushes, task);
  if (self->theirs != NULL)
    {
      g_autoptr (GError) error = g_error_copy (self->error);

      kab_autosave_set_state (self, KAB_AUTOSAVE_CONFLICT, error);
    }
  else if (self->sending == NULL && !kab_autosave_is_unsaved (self))
    {
      kab_autosave_set_state (self, KAB_AUTOSAVE_SAVED, NULL);
    }
  else
    {
      kab_autosave_save (self);
    }
}

gboolean
kab_autosave_flush_finish (KabAutosave *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

KabAutosaveState
kab_autosave_get_state (KabAutosave *self)
{
  g_return_val_if_fail (KAB_IS_AUTOSAVE (self), KAB_AUTOSAVE_FAILED);

  return self->state;
}

gboolean
kab_autosave_get_kept (KabAutosave *self)
{
  g_return_val_if_fail (KAB_IS_AUTOSAVE (self), FALSE);

  return self->journal != NULL && kab_draft_journal_get_persistent (self->journal);
}

GDateTime *
kab_autosave_get_saved_at (KabAutosave *self)
{
  g_return_val_if_fail (KAB_IS_AUTOSAVE (self), NULL);

  return self->saved_at;
}

const GError *
kab_autosave_get_error (KabAutosave *self)
{
  g_return_val_if_fail (KAB_IS_AUTOSAVE (self), NULL);

  return self->error;
}

JsonObject *
kab_autosave_get_mine (KabAutosave *self)
{
  g_return_val_if_fail (KAB_IS_AUTOSAVE (self), NULL);

  return self->theirs ? self->answers : NULL;
}

JsonObject *
kab_autosave_get_theirs (KabAutosave *self)
{
  g_return_val_if_fail (KAB_IS_AUTOSAVE (self), NULL);

  return self->theirs;
}

void
kab_autosave_resolve (KabAutosave *self, JsonObject *answers)
{
  g_autoptr (JsonObject) theirs = NULL;

  g_return_if_fail (KAB_IS_AUTOSAVE (self));
  g_return_if_fail (answers != NULL);
  g_return_if_fail (self->theirs != NULL);

  /* @answers may be one of ours. */
  json_object_ref (answers);
  theirs = g_steal_pointer (&self->theirs);
  kab_autosave_set_object (&self->answers, answers);
  json_object_unref (answers);
  kab_autosave_settle (self, theirs, self->their_version);
}
