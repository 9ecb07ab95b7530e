/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "application/kab-application-model.h"

#include "application/kab-application-place.h"
#include "forms/kab-bank-forms.h"
#include "kab-onboarding-operations.h"

/**
 * KabApplicationModel:
 *
 * The application form of who is signed in: begun anew when there is none, saved while it is
 * filled, submitted in the end.
 */
struct _KabApplicationModel
{
  GObject parent_instance;

  KabClientData *data;           /* (owned) */
  KabBank *bank;                 /* (owned) */
  KabDraftJournal *journal;      /* (owned) (nullable) */
  KabOnboarding *onboarding;     /* (owned) (nullable) */
  KabFormModel *form;            /* (owned) (nullable) */
  KabAutosave *autosave;         /* (owned) (nullable) */
  KabFormDefinition *definition; /* (owned) (nullable) */
  GCancellable *cancellable;     /* (owned) */
  GError *error;                 /* (owned) (nullable) */
  char *create_key;              /* (owned) */
  char *submit_key;              /* (owned) (nullable) */
  char *place;                   /* (owned) (nullable) */
  gboolean place_kept;           /* in the journal */
  KabApplicationPhase phase;
};

enum
{
  PROP_PHASE = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (KabApplicationPhase,
                    kab_application_phase,
                    G_DEFINE_ENUM_VALUE (KAB_APPLICATION_LOADING, "loading"),
                    G_DEFINE_ENUM_VALUE (KAB_APPLICATION_UNAVAILABLE, "unavailable"),
                    G_DEFINE_ENUM_VALUE (KAB_APPLICATION_FILLING, "filling"),
                    G_DEFINE_ENUM_VALUE (KAB_APPLICATION_SENDING, "sending"),
                    G_DEFINE_ENUM_VALUE (KAB_APPLICATION_SENT, "sent"))
G_DEFINE_FINAL_TYPE (KabApplicationModel, kab_application_model, G_TYPE_OBJECT)

static void
set_phase (KabApplicationModel *self, KabApplicationPhase phase)
{
  if (self->phase == phase)
    return;

  self->phase = phase;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PHASE]);
}

/* @error: (transfer full) */
static void
fail (KabApplicationModel *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  set_phase (self, KAB_APPLICATION_UNAVAILABLE);
}

static void
answers_changed_cb (KabApplicationModel *self)
{
  kab_autosave_change (self->autosave, kab_form_model_get_answers (self->form));
}

static void
replaced_cb (KabApplicationModel *self)
{
  kab_form_model_set_answers (self->form, kab_autosave_get_answers (self->autosave));
}

static gboolean
is_draft (KabApplicationModel *self)
{
  return g_strcmp0 (kab_onboarding_get_state (self->onboarding), "draft") == 0;
}

/* The form and the application are there. */
static void
begin (KabApplicationModel *self)
{
  KabFormContext *context =
      kab_client_form_context (self->data, kab_onboarding_get_services (self->onboarding));
  JsonObject *answers = kab_onboarding_get_answers (self->onboarding);

  g_clear_object (&self->autosave);
  g_clear_object (&self->form);
  if (is_draft (self))
    {
      self->autosave = kab_autosave_new_for_onboarding (kab_client_data_get_api (self->data),
                                                        self->journal, self->onboarding);
      answers = kab_autosave_get_answers (self->autosave);
    }
  self->form = kab_form_model_new (self->definition, answers, context);
  kab_form_model_send_files (self->form, kab_client_data_get_api (self->data), self->journal,
                             kab_onboarding_get_id (self->onboarding));
  kab_form_model_set_read_only (self->form, self->autosave == NULL);
  if (self->autosave != NULL)
    {
      g_signal_connect_object (self->form, "changed", G_CALLBACK (answers_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->autosave, "replaced", G_CALLBACK (replaced_cb), self,
                               G_CONNECT_SWAPPED);
    }
  set_phase (self, self->autosave != NULL ? KAB_APPLICATION_FILLING : KAB_APPLICATION_SENT);
}

/* Submitted from another device. */
static void
state_changed_cb (KabApplicationModel *self)
{
  if (self->phase == KAB_APPLICATION_FILLING && !is_draft (self))
    begin (self);
}

static void
take_onboarding (KabApplicationModel *self, KabOnboarding *onboarding)
{
  if (self->onboarding != NULL)
    g_signal_handlers_disconnect_by_func (self->onboarding, state_changed_cb, self);
  g_set_object (&self->onboarding, onboarding);
  g_signal_connect_object (onboarding, "notify::state", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabApplicationModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KabOnboarding) onboarding =
      kab_onboarding_create_finish (KAB_API (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (onboarding == NULL)
    {
      fail (self, g_steal_pointer (&error));
      return;
    }

  kab_client_data_adopt_onboarding (self->data, onboarding);
  take_onboarding (self, onboarding);
  begin (self);
}

static void
create (KabApplicationModel *self)
{
  KabFormContext *context = kab_client_form_context (self->data, NULL);
  g_autoptr (KabFormModel) empty = kab_form_model_new (self->definition, NULL, context);

  kab_onboarding_create_async (kab_client_data_get_api (self->data),
                               kab_form_definition_get_id (self->definition),
                               kab_form_model_get_answers (empty), self->create_key,
                               self->cancellable, created_cb, g_object_ref (self));
}

static void
form_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabApplicationModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KabFormDefinition) definition =
      kab_bank_open_form_finish (KAB_API (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (definition == NULL)
    {
      fail (self, g_steal_pointer (&error));
      return;
    }

  g_clear_pointer (&self->definition, kab_form_definition_unref);
  self->definition = g_steal_pointer (&definition);
  if (self->onboarding != NULL)
    begin (self);
  else
    create (self);
}

/* The application at hand, else the bank's form for this kind of client. */
static const char *
get_form_id (KabApplicationModel *self)
{
  KabSession *session = kab_client_data_get_session (self->data);
  JsonObject *forms = kab_bank_get_application_forms (self->bank);
  const char *type = kab_session_get_client_type (session);

  if (self->onboarding != NULL)
    return kab_onboarding_get_form (self->onboarding);
  if (forms == NULL)
    return NULL;

  return json_object_get_string_member_with_default (forms, type != NULL ? type : "natural", NULL);
}

/* One that ended without a decision is not gone on with. */
static gboolean
is_open (KabOnboarding *onboarding)
{
  const char *state = onboarding != NULL ? kab_onboarding_get_state (onboarding) : NULL;

  return state != NULL && !g_str_equal (state, "withdrawn") && !g_str_equal (state, "expired");
}

static void
kab_application_model_get_property (GObject *object,
                                    guint property_id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_PHASE:
      g_value_set_enum (value, KAB_APPLICATION_MODEL (object)->phase);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_application_model_dispose (GObject *object)
{
  KabApplicationModel *self = KAB_APPLICATION_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->autosave);
  g_clear_object (&self->form);
  g_clear_object (&self->onboarding);
  g_clear_object (&self->journal);
  g_clear_object (&self->bank);
  g_clear_object (&self->data);

  G_OBJECT_CLASS (kab_application_model_parent_class)->dispose (object);
}

static void
kab_application_model_finalize (GObject *object)
{
  KabApplicationModel *self = KAB_APPLICATION_MODEL (object);

  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_clear_pointer (&self->definition, kab_form_definition_unref);
  g_free (self->create_key);
  g_free (self->submit_key);
  g_free (self->place);

  G_OBJECT_CLASS (kab_application_model_parent_class)->finalize (object);
}

static void
kab_application_model_class_init (KabApplicationModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kab_application_model_get_property;
  object_class->dispose = kab_application_model_dispose;
  object_class->finalize = kab_application_model_finalize;

  properties[PROP_PHASE] =
      g_param_spec_enum ("phase", NULL, NULL, KAB_TYPE_APPLICATION_PHASE, KAB_APPLICATION_LOADING,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kab_application_model_init (KabApplicationModel *self)
{
  self->cancellable = g_cancellable_new ();
  self->create_key = kab_idempotency_key_new ();
}

/**
 * kab_application_model_new:
 * @data: what the bank knows about who is signed in
 * @bank: the bank
 * @journal: (nullable): where unsent answers are kept
 *
 * Returns: (transfer full): the application that is open, or a new one; nothing is asked of the
 * bank before kab_application_model_load()
 */
KabApplicationModel *
kab_application_model_new (KabClientData *data, KabBank *bank, KabDraftJournal *journal)
{
  KabApplicationModel *self = g_object_new (KAB_TYPE_APPLICATION_MODEL, NULL);
  KabOnboarding *onboarding = kab_client_data_get_onboarding (data);

  g_set_object (&self->data, data);
  g_set_object (&self->bank, bank);
  g_set_object (&self->journal, journal);
  if (is_open (onboarding))
    take_onboarding (self, onboarding);

  return self;
}

KabApplicationPhase
kab_application_model_get_phase (KabApplicationModel *self)
{
  g_return_val_if_fail (KAB_IS_APPLICATION_MODEL (self), KAB_APPLICATION_LOADING);

  return self->phase;
}

/* What a getter returns belongs to the model; all of it may be NULL before the form is there. */
const GError *
kab_application_model_get_error (KabApplicationModel *self)
{
  g_return_val_if_fail (KAB_IS_APPLICATION_MODEL (self), NULL);

  return self->error;
}

KabFormModel *
kab_application_model_get_form (KabApplicationModel *self)
{
  g_return_val_if_fail (KAB_IS_APPLICATION_MODEL (self), NULL);

  return self->form;
}

KabAutosave *
kab_application_model_get_autosave (KabApplicationModel *self)
{
  g_return_val_if_fail (KAB_IS_APPLICATION_MODEL (self), NULL);

  return self->autosave;
}

KabOnboarding *
kab_application_model_get_onboarding (KabApplicationModel *self)
{
  g_return_val_if_fail (KAB_IS_APPLICATION_MODEL (self), NULL);

  return self->onboarding;
}

/**
 * kab_application_model_get_place:
 * @self: an application
 *
 * Returns: (transfer none) (nullable): the field where to go on, also after a crash
 */
const char *
kab_application_model_get_place (KabApplicationModel *self)
{
  g_return_val_if_fail (KAB_IS_APPLICATION_MODEL (self), NULL);

  return self->place != NULL ? self->place : kab_application_place_find (self->journal);
}

/**
 * kab_application_model_set_place:
 * @self: an application
 * @place: (nullable): the field that somebody is in; %NULL when the form was left in order
 */
void
kab_application_model_set_place (KabApplicationModel *self, const char *place)
{
  gboolean changed;

  g_return_if_fail (KAB_IS_APPLICATION_MODEL (self));

  changed = place != NULL && g_set_str (&self->place, place);
  if (self->journal == NULL)
    return;

  if (place == NULL)
    kab_application_place_forget (self->journal);
  else if (changed || !self->place_kept)
    kab_application_place_keep (self->journal, place);
  self->place_kept = place != NULL;
}

/**
 * kab_application_model_open:
 * @self: an application
 *
 * Makes the form ready, unless it is; when the application has ended, that of a new one.
 */
void
kab_application_model_open (KabApplicationModel *self)
{
  g_return_if_fail (KAB_IS_APPLICATION_MODEL (self));

  if (self->form == NULL || !is_open (self->onboarding))
    kab_application_model_load (self);
}

/* The list of applications has been read. */
static void
open_form (KabApplicationModel *self)
{
  const char *id;

  if (!is_open (self->onboarding))
    g_clear_object (&self->onboarding);
  if (self->onboarding == NULL && is_open (kab_client_data_get_onboarding (self->data)))
    take_onboarding (self, kab_client_data_get_onboarding (self->data));
  id = get_form_id (self);
  if (id == NULL)
    {
      fail (self, g_error_new_literal (KAB_API_ERROR, KAB_API_ERROR_GARBAGE,
                                       "The bank names no application form"));
      return;
    }

  kab_bank_open_form_async (kab_client_data_get_api (self->data), self->bank, id, self->cancellable,
                            form_opened_cb, g_object_ref (self));
}

static void
applications_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabApplicationModel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (kab_paged_list_refresh_finish (KAB_PAGED_LIST (source), result, &error))
    open_form (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (self, g_steal_pointer (&error));
}

/**
 * kab_application_model_load:
 * @self: an application
 *
 * Loads the form, and begins an application when there is none; also to try again. Somebody may
 * come straight here, before it is known which applications there are: that is found out first.
 */
void
kab_application_model_load (KabApplicationModel *self)
{
  KabPagedList *applications;

  g_return_if_fail (KAB_IS_APPLICATION_MODEL (self));

  set_phase (self, KAB_APPLICATION_LOADING);
  applications = kab_client_data_get_onboardings (self->data);
  if (kab_paged_list_get_loaded (applications))
    open_form (self);
  else
    kab_paged_list_refresh_async (applications, self->cancellable, applications_loaded_cb,
                                  g_object_ref (self));
}

/**
 * kab_application_model_resolve:
 * @self: an application that was changed elsewhere meanwhile
 * @answers: what is right
 */
void
kab_application_model_resolve (KabApplicationModel *self, JsonObject *answers)
{
  g_return_if_fail (KAB_IS_APPLICATION_MODEL (self));

  if (kab_autosave_get_theirs (self->autosave) == NULL)
    return;

  kab_autosave_resolve (self->autosave, answers);
  kab_form_model_set_answers (self->form, kab_autosave_get_answers (self->autosave));
}

static void
take_refusals (KabApplicationModel *self, const GError *error)
{
  KabProblem *problem = kab_api_problem_from_error (error);

  for (guint i = 0; problem != NULL && i < kab_problem_get_n_errors (problem); i++)
    kab_form_model_refuse (self->form, kab_problem_get_pointer (problem, i),
                           kab_problem_get_error_code (problem, i),
                           kab_problem_get_params (problem, i));
}

static void
finish_submit (GTask *task, GError *error)
{
  KabApplicationModel *self = g_task_get_source_object (task);

  if (error == NULL)
    {
      begin (self);
      g_task_return_boolean (task, TRUE);
      return;
    }

  set_phase (self, KAB_APPLICATION_FILLING);
  take_refusals (self, error);
  g_task_return_error (task, error);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  KabApplicationModel *self = g_task_get_source_object (task);
  GError *error = NULL;

  kab_onboarding_submit_finish (KAB_API (source), result, &error);
  /* What was answered is over; a lost line may be asked again under the same key. */
  if (!kab_api_error_is_connection (error))
    g_clear_pointer (&self->submit_key, g_free);
  finish_submit (task, error);
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  KabApplicationModel *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (!kab_autosave_flush_finish (KAB_AUTOSAVE (source), result, &error))
    {
      finish_submit (task, error);
      return;
    }

  if (self->submit_key == NULL)
    self->submit_key = kab_idempotency_key_new ();
  kab_onboarding_submit_async (kab_client_data_get_api (self->data), self->onboarding,
                               self->submit_key, cancellable, submitted_cb,
                               g_steal_pointer (&task));
}

/**
 * kab_application_model_submit_async:
 * @self: an application that is being filled
 *
 * Saves what is unsaved and submits it (NAT-12). Finish: %FALSE with KAB_API_ERROR; what the bank
 * says to single answers is in the form
 */
void
kab_application_model_submit_async (KabApplicationModel *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task;

  g_return_if_fail (KAB_IS_APPLICATION_MODEL (self));
  g_return_if_fail (self->phase == KAB_APPLICATION_FILLING);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kab_application_model_submit_async);
  set_phase (self, KAB_APPLICATION_SENDING);
  kab_autosave_flush_async (self->autosave, cancellable, flushed_cb, task);
}

gboolean
kab_application_model_submit_finish (KabApplicationModel *self,
                                     GAsyncResult *result,
                                     GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
