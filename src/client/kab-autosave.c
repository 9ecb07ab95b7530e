/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-autosave.h"

#include "kab-api-error-private.h"
#include "kab-json-copy.h"
#include "kab-json.h"
#include "kab-operation-private.h"

/* After the last change, and after the first one when changes never stop. */
#define QUIET_MS 400
#define LONGEST_MS 2000

struct _KabAutosave
{
  GObject parent_instance;

  KabApi *api;               /* (owned) */
  KabDraftJournal *journal;  /* (owned) (nullable) */
  KabRecord *record;         /* (owned) */
  const char *folder;        /* of the record's path */
  char *journal_key;         /* (owned) */

  JsonObject *answers;       /* (owned) what the form says */
  JsonObject *base;          /* (owned) (nullable) what the bank had when these were begun */
  gint64 base_version;
  JsonObject *sending;       /* (owned) (nullable) what is on its way */
  JsonObject *theirs;        /* (owned) (nullable) in a conflict */
  gint64 their_version;

  KabAutosaveState state;
  GDateTime *saved_at;       /* (owned) (nullable) */
  GError *error;             /* (owned) (nullable) */
  gboolean has_draft;
  GCancellable *cancellable; /* (owned) */
  GPtrArray *flushes;        /* (owned) of GTask that wait for everything to be saved */
  guint save_source;
  gint64 changed_at;         /* monotonic, of the first change since the last save */
};

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

static void save (KabAutosave *self);
static void load_theirs (KabAutosave *self);

G_DEFINE_FINAL_TYPE (KabAutosave, kab_autosave, G_TYPE_OBJECT)
G_DEFINE_ENUM_TYPE (KabAutosaveState, kab_autosave_state,
                    G_DEFINE_ENUM_VALUE (KAB_AUTOSAVE_SAVED, "saved"),
                    G_DEFINE_ENUM_VALUE (KAB_AUTOSAVE_CHANGED, "changed"),
                    G_DEFINE_ENUM_VALUE (KAB_AUTOSAVE_SAVING, "saving"),
                    G_DEFINE_ENUM_VALUE (KAB_AUTOSAVE_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (KAB_AUTOSAVE_CONFLICT, "conflict"),
                    G_DEFINE_ENUM_VALUE (KAB_AUTOSAVE_FAILED, "failed"))

static JsonObject *
record_answers (KabAutosave *self)
{
  return KAB_IS_DOCUMENT (self->record) ? kab_document_get_answers (KAB_DOCUMENT (self->record))
                                        : kab_onboarding_get_answers (KAB_ONBOARDING (self->record));
}

static gint64
record_version (KabAutosave *self)
{
  return KAB_IS_DOCUMENT (self->record) ? kab_document_get_version (KAB_DOCUMENT (self->record))
                                        : kab_onboarding_get_version (KAB_ONBOARDING (self->record));
}

static void
set_object (JsonObject **place, JsonObject *object)
{
  JsonObject *copy = object ? kab_json_copy (object) : NULL;

  g_clear_pointer (place, json_object_unref);
  *place = copy;
}

static gboolean
is_unsaved (KabAutosave *self)
{
  return !kab_json_equal (self->answers, self->base);
}

/* @error: (nullable). Who waits is told when nothing is under way any more. */
static void
set_state (KabAutosave *self, KabAutosaveState state, const GError *error)
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

static void
set_saved_now (KabAutosave *self)
{
  g_clear_pointer (&self->saved_at, g_date_time_unref);
  self->saved_at = g_date_time_new_now_utc ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVED_AT]);
}

/* What the form says, beside what it was begun from: enough to go on after a crash. */
static void
write_journal (KabAutosave *self)
{
  g_autoptr (JsonObject) draft = NULL;

  if (self->journal == NULL)
    return;

  draft = json_object_new ();
  json_object_set_object_member (draft, "answers", json_object_ref (self->answers));
  json_object_set_int_member (draft, "version", self->base_version);
  kab_operation_set_object (draft, "base", self->base);
  kab_draft_journal_put_async (self->journal, self->journal_key, draft, NULL, NULL, NULL);
}

/* The bank has @answers as @version. */
static void
settle (KabAutosave *self, JsonObject *answers, gint64 version)
{
  set_object (&self->base, answers);
  self->base_version = version;
  set_saved_now (self);
  if (is_unsaved (self))
    {
      set_state (self, KAB_AUTOSAVE_CHANGED, NULL);
      save (self);
      return;
    }

  if (self->journal != NULL)
    kab_draft_journal_remove (self->journal, self->journal_key);
  set_state (self, KAB_AUTOSAVE_SAVED, NULL);
}

static void
handle_error (KabAutosave *self, const GError *error)
{
  if (kab_api_error_is_connection (error)
      || g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_BUSY))
    set_state (self, KAB_AUTOSAVE_OFFLINE, error);
  else if (g_error_matches (error, KAB_API_ERROR, KAB_API_ERROR_CONFLICT))
    load_theirs (self);
  else
    set_state (self, KAB_AUTOSAVE_FAILED, error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabAutosave) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) sent = NULL;

  if (!kab_operation_finish_boolean (KAB_API (source), result, saved_cb, &error)
      && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  sent = g_steal_pointer (&self->sending);
  if (error != NULL)
    handle_error (self, error);
  else
    settle (self, sent, record_version (self));
}

static KabRequest *
new_request (KabAutosave *self, const char *method)
{
  g_autofree char *path = g_strconcat (self->folder, "/{}", NULL);

  return kab_request_new (method, path, kab_record_get_key (self->record));
}

static void
save (KabAutosave *self)
{
  KabRequest *request;
  JsonObject *body;

  g_clear_handle_id (&self->save_source, g_source_remove);
  self->changed_at = 0;
  write_journal (self);
  if (self->sending != NULL || self->theirs != NULL)
    return;

  set_object (&self->sending, self->answers);
  set_state (self, KAB_AUTOSAVE_SAVING, NULL);

  body = json_object_new ();
  kab_operation_set_object (body, "answers", self->sending);
  request = new_request (self, "PUT");
  kab_request_take_body (request, body);
  kab_request_set_if_match (request, self->base_version);
  kab_operation_start_update (self->api, request, self->record, saved_cb, self->cancellable,
                              saved_cb, g_object_ref (self));
}

static gboolean
save_due_cb (gpointer user_data)
{
  KabAutosave *self = user_data;

  self->save_source = 0;
  save (self);

  return G_SOURCE_REMOVE;
}

static void
schedule_save (KabAutosave *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 left;

  if (self->changed_at == 0)
    self->changed_at = now;
  left = LONGEST_MS - (now - self->changed_at) / 1000;

  g_clear_handle_id (&self->save_source, g_source_remove);
  self->save_source = g_timeout_add (CLAMP (left, 0, QUIET_MS), save_due_cb, self);
}

/*
 * Somebody changed the object meanwhile. That is a conflict only when it were the answers and they
 * aren't what was sent from here (whose answer was lost on the way).
 */
static void
compare_theirs (KabAutosave *self, JsonObject *theirs, gint64 version)
{
  if (kab_json_equal (theirs, self->answers))
    {
      settle (self, theirs, version);
    }
  else if (kab_json_equal (theirs, self->base))
    {
      self->base_version = version;
      save (self);
    }
  else
    {
      g_autoptr (GError) error = kab_api_error_new (KAB_API_ERROR_CONFLICT, NULL,
                                                    "The answers were changed elsewhere");

      set_object (&self->theirs, theirs);
      self->their_version = version;
      set_state (self, KAB_AUTOSAVE_CONFLICT, error);
    }
}

static void
theirs_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabAutosave) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) empty = NULL;

  if (!kab_operation_finish_boolean (KAB_API (source), result, theirs_loaded_cb, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        handle_error (self, error);
      return;
    }

  empty = json_object_new ();
  compare_theirs (self, record_answers (self) ? record_answers (self) : empty,
                  record_version (self));
}

static void
load_theirs (KabAutosave *self)
{
  kab_operation_start_update (self->api, new_request (self, "GET"), self->record,
                              theirs_loaded_cb, self->cancellable, theirs_loaded_cb,
                              g_object_ref (self));
}

/* The object was read again: what was begun from it is only touched when nothing is unsaved. */
static void
record_changed_cb (KabAutosave *self)
{
  if (self->sending != NULL || self->theirs != NULL || is_unsaved (self)
      || record_answers (self) == NULL)
    return;

  self->base_version = record_version (self);
  if (kab_json_equal (record_answers (self), self->base))
    return;

  set_object (&self->base, record_answers (self));
  set_object (&self->answers, record_answers (self));
  g_signal_emit (self, signals[REPLACED], 0);
}

static void
online_changed_cb (KabAutosave *self)
{
  if (kab_api_get_online (self->api) && self->state == KAB_AUTOSAVE_OFFLINE)
    save (self);
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
    write_journal (self);
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
  const GParamFlags flags
      = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_autosave_get_property;
  object_class->dispose = kab_autosave_dispose;
  object_class->finalize = kab_autosave_finalize;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, KAB_TYPE_AUTOSAVE_STATE,
                                              KAB_AUTOSAVE_SAVED, flags);
  properties[PROP_SAVED_AT]
      = g_param_spec_boxed ("saved-at", NULL, NULL, G_TYPE_DATE_TIME, flags);
  properties[PROP_HAS_DRAFT] = g_param_spec_boolean ("has-draft", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[REPLACED] = g_signal_new ("replaced", KAB_TYPE_AUTOSAVE, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_autosave_init (KabAutosave *self)
{
  self->cancellable = g_cancellable_new ();
  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Takes up what the journal has, from the version it was begun with. */
static void
take_draft (KabAutosave *self)
{
  JsonObject *draft
      = self->journal ? kab_draft_journal_get (self->journal, self->journal_key) : NULL;
  JsonObject *answers = draft ? kab_json_get_object (draft, "answers", NULL) : NULL;
  gint64 version;

  if (answers == NULL
      || !kab_json_get_integer (draft, "version", 0, KAB_JSON_INTEGER_MAX, &version, NULL))
    return;

  set_object (&self->answers, answers);
  self->base_version = version;
  set_object (&self->base, kab_json_has (draft, "base")
                               ? kab_json_get_object (draft, "base", NULL) : NULL);
  self->has_draft = is_unsaved (self);
  if (self->has_draft)
    {
      self->state = KAB_AUTOSAVE_CHANGED;
      schedule_save (self);
    }
}

static KabAutosave *
new_autosave (KabApi *api, KabDraftJournal *journal, KabRecord *record, const char *folder,
              const char *kind)
{
  KabAutosave *self = g_object_new (KAB_TYPE_AUTOSAVE, NULL);
  g_autoptr (JsonObject) empty = json_object_new ();

  self->api = g_object_ref (api);
  self->journal = journal ? g_object_ref (journal) : NULL;
  self->record = g_object_ref (record);
  self->folder = folder;
  self->journal_key = g_strdup_printf ("%s/%s", kind, kab_record_get_key (record));
  self->base_version = record_version (self);
  set_object (&self->base, record_answers (self) ? record_answers (self) : empty);
  set_object (&self->answers, self->base);
  take_draft (self);

  g_signal_connect_object (record, "notify::answers", G_CALLBACK (record_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (record, "notify::version", G_CALLBACK (record_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (api, "notify::online", G_CALLBACK (online_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

KabAutosave *
kab_autosave_new_for_onboarding (KabApi *api, KabDraftJournal *journal,
                                 KabOnboarding *onboarding)
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

  set_object (&self->answers, answers);
  schedule_save (self);
  /* A choice that is open stays open. */
  if (self->theirs == NULL && self->sending == NULL)
    set_state (self, KAB_AUTOSAVE_CHANGED, NULL);
}

void
kab_autosave_flush_async (KabAutosave *self, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (KAB_IS_AUTOSAVE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_autosave_flush_async);
  g_ptr_array_add (self->flushes, task);
  if (self->theirs != NULL)
    {
      g_autoptr (GError) error = g_error_copy (self->error);

      set_state (self, KAB_AUTOSAVE_CONFLICT, error);
    }
  else if (self->sending == NULL && !is_unsaved (self))
    {
      set_state (self, KAB_AUTOSAVE_SAVED, NULL);
    }
  else
    {
      save (self);
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
  set_object (&self->answers, answers);
  json_object_unref (answers);
  settle (self, theirs, self->their_version);
}
