/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "home/kab-home-model.h"

#include "application/kab-application-place.h"

/**
 * KabHomeModel:
 *
 * What the home page shows: the application at hand with its stages and decisions, kept up to date
 * by the bank's live events. It starts the data of who came in, so that a failure is told where
 * they look, and starts them again when the line is back.
 *
 * Signals: "changed" whenever anything that is shown may be different, more than once at times.
 */
struct _KabHomeModel
{
  GObject parent_instance;

  KabClientData *data;       /* (owned) */
  KabBank *bank;             /* (owned) */
  KabDraftJournal *journal;  /* (owned) (nullable) */
  GSignalGroup *onboarding;  /* (owned) */
  GSignalGroup *stages;      /* (owned) */
  GSignalGroup *decisions;   /* (owned) */
  GSignalGroup *photos;      /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GError *error;             /* (owned) (nullable) */
  gboolean resumed;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabHomeModel, kab_home_model, G_TYPE_OBJECT)

static void
changed_cb (KabHomeModel *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
onboarding_changed_cb (KabHomeModel *self)
{
  KabOnboarding *onboarding = kab_client_data_get_onboarding (self->data);

  g_signal_group_set_target (self->onboarding, onboarding);
  g_signal_group_set_target (self->stages,
                             onboarding != NULL ? kab_onboarding_get_stages (onboarding) : NULL);
  g_signal_group_set_target (self->decisions,
                             onboarding != NULL ? kab_onboarding_get_decisions (onboarding) : NULL);
  g_signal_group_set_target (
      self->photos, onboarding != NULL ? kab_onboarding_get_identifications (onboarding) : NULL);
  changed_cb (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabHomeModel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!kab_client_data_start_finish (KAB_CLIENT_DATA (source), result, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  changed_cb (self);
}

static void
online_changed_cb (KabHomeModel *self, GParamSpec *pspec, KabApi *api)
{
  if (kab_api_get_online (api) && self->error != NULL)
    kab_home_model_load (self);
}

static GSignalGroup *
create_group (KabHomeModel *self, GType type, const char *signal)
{
  GSignalGroup *group = g_signal_group_new (type);

  g_signal_group_connect_swapped (group, signal, G_CALLBACK (changed_cb), self);

  return group;
}

static void
kab_home_model_dispose (GObject *object)
{
  KabHomeModel *self = KAB_HOME_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->onboarding);
  g_clear_object (&self->stages);
  g_clear_object (&self->decisions);
  g_clear_object (&self->photos);
  g_clear_object (&self->journal);
  g_clear_object (&self->bank);
  g_clear_object (&self->data);

  G_OBJECT_CLASS (kab_home_model_parent_class)->dispose (object);
}

static void
kab_home_model_finalize (GObject *object)
{
  KabHomeModel *self = KAB_HOME_MODEL (object);

  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (kab_home_model_parent_class)->finalize (object);
}

static void
kab_home_model_class_init (KabHomeModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_home_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = kab_home_model_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_home_model_init (KabHomeModel *self)
{
  self->cancellable = g_cancellable_new ();
  self->onboarding = create_group (self, KAB_TYPE_ONBOARDING, "notify");
  self->stages = create_group (self, G_TYPE_LIST_MODEL, "items-changed");
  self->decisions = create_group (self, G_TYPE_LIST_MODEL, "items-changed");
  self->photos = create_group (self, G_TYPE_LIST_MODEL, "items-changed");
}

/**
 * kab_home_model_new:
 * @data: what the bank knows about who is signed in
 * @bank: the bank
 * @journal: (nullable): where unsent answers are kept
 *
 * Starts @data, unless they are there already.
 *
 * Returns: (transfer full): the model
 */
KabHomeModel *
kab_home_model_new (KabClientData *data, KabBank *bank, KabDraftJournal *journal)
{
  KabHomeModel *self = g_object_new (KAB_TYPE_HOME_MODEL, NULL);

  g_set_object (&self->data, data);
  g_set_object (&self->bank, bank);
  g_set_object (&self->journal, journal);
  g_signal_connect_object (data, "notify::onboarding", G_CALLBACK (onboarding_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (data, "notify::documents-to-do", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (data, "notify::loaded", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (kab_client_data_get_api (data), "notify::online",
                           G_CALLBACK (online_changed_cb), self, G_CONNECT_SWAPPED);
  onboarding_changed_cb (self);
  if (!kab_client_data_get_loaded (data))
    kab_home_model_load (self);

  return self;
}

/* What a getter returns belongs to the model. */
KabClientData *
kab_home_model_get_data (KabHomeModel *self)
{
  g_return_val_if_fail (KAB_IS_HOME_MODEL (self), NULL);

  return self->data;
}

KabBank *
kab_home_model_get_bank (KabHomeModel *self)
{
  g_return_val_if_fail (KAB_IS_HOME_MODEL (self), NULL);

  return self->bank;
}

KabDraftJournal *
kab_home_model_get_journal (KabHomeModel *self)
{
  g_return_val_if_fail (KAB_IS_HOME_MODEL (self), NULL);

  return self->journal;
}

/**
 * kab_home_model_get_error:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): why the data could not be read
 */
const GError *
kab_home_model_get_error (KabHomeModel *self)
{
  g_return_val_if_fail (KAB_IS_HOME_MODEL (self), NULL);

  return self->error;
}

/**
 * kab_home_model_load:
 * @self: a model
 *
 * Reads anew what the bank knows, after it could not be read.
 */
void
kab_home_model_load (KabHomeModel *self)
{
  g_return_if_fail (KAB_IS_HOME_MODEL (self));

  g_clear_error (&self->error);
  kab_client_data_start_async (self->data, self->cancellable, loaded_cb, g_object_ref (self));
  changed_cb (self);
}

/**
 * kab_home_model_take_cut_off:
 * @self: a model
 *
 * Returns: whether the program ended in the middle of the application form the last time, so that
 *   the form should be opened; told once
 */
gboolean
kab_home_model_take_cut_off (KabHomeModel *self)
{
  g_return_val_if_fail (KAB_IS_HOME_MODEL (self), FALSE);

  if (self->resumed)
    return FALSE;

  self->resumed = TRUE;

  return kab_application_place_find (self->journal) != NULL;
}
