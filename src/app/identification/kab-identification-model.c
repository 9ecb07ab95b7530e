/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identification/kab-identification-model.h"

#include "kab-onboarding-operations.h"
#include "kab-time.h"

/* A link that ends in less than this is not handed out any more. */
#define MARGIN (30 * KAB_TIME_SECOND)

/**
 * KabIdentificationModel:
 *
 * The identification of who is signed in, as it is now, and the link to where it is done. A link
 * lives for minutes; it is asked for when it is wanted, and again when it has ended.
 *
 * Signals: "changed" whenever anything that is shown may be different.
 */
struct _KabIdentificationModel
{
  GObject parent_instance;

  KabClientData *data;               /* (owned) */
  KabOnboarding *onboarding;         /* (owned) (nullable) */
  KabIdentification *identification; /* (owned) (nullable) */
  char *link;                        /* (owned) (nullable) */
  gint64 expires_at;
  GError *error;             /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
  guint timer;
  gboolean busy;
  gboolean fresh;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabIdentificationModel, kab_identification_model, G_TYPE_OBJECT)

static void
tell (KabIdentificationModel *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Of several the one that is demanded in addition comes last (VID-2). */
static KabIdentification *
find_mine (KabOnboarding *onboarding)
{
  GListModel *all = onboarding != NULL ? kab_onboarding_get_identifications (onboarding) : NULL;
  KabIdentification *mine = NULL;

  for (guint i = 0; all != NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (KabIdentification) each = g_list_model_get_item (all, i);

      if (kab_identification_get_mine (each) &&
          g_strcmp0 (kab_identification_get_kind (each), "in-person") != 0)
        mine = each;
    }

  return mine;
}

static void
forget_link (KabIdentificationModel *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->link, g_free);
}

static gboolean
can_begin (KabIdentificationModel *self)
{
  KabIdentificationState state = kab_identification_model_get_state (self);

  return state != KAB_IDENTIFICATION_PASSED && state != KAB_IDENTIFICATION_FAILED;
}

static void
replace_link (KabIdentificationModel *self)
{
  forget_link (self);
  if (self->fresh && can_begin (self))
    kab_identification_model_fetch (self);
  tell (self);
}

/* To ask for a link is what brings it in progress: the link that came is still the one. */
static void
state_changed_cb (KabIdentificationModel *self)
{
  if (kab_identification_model_get_state (self) != KAB_IDENTIFICATION_IN_PROGRESS)
    replace_link (self);
}

static void
list_changed_cb (KabIdentificationModel *self)
{
  KabIdentification *mine = find_mine (self->onboarding);

  if (mine == self->identification)
    return;

  if (self->identification != NULL)
    g_signal_handlers_disconnect_by_data (self->identification, self);
  g_set_object (&self->identification, mine);
  if (mine != NULL)
    {
      g_signal_connect_object (mine, "notify::state", G_CALLBACK (state_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (mine, "notify", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
    }
  replace_link (self);
}

static void
onboarding_changed_cb (KabIdentificationModel *self)
{
  KabOnboarding *onboarding = kab_client_data_get_onboarding (self->data);

  if (self->onboarding != NULL)
    g_signal_handlers_disconnect_by_func (kab_onboarding_get_identifications (self->onboarding),
                                          list_changed_cb, self);
  g_set_object (&self->onboarding, onboarding);
  if (onboarding != NULL)
    g_signal_connect_object (kab_onboarding_get_identifications (onboarding), "items-changed",
                             G_CALLBACK (list_changed_cb), self, G_CONNECT_SWAPPED);
  list_changed_cb (self);
}

static void
expired_cb (gpointer user_data)
{
  KabIdentificationModel *self = user_data;

  self->timer = 0;
  g_clear_pointer (&self->link, g_free);
  if (self->fresh)
    kab_identification_model_fetch (self);
  tell (self);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabIdentificationModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) expires_at = NULL;
  g_autofree char *link =
      kab_identification_link_finish (KAB_API (source), result, &expires_at, &error);
  gint64 left;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->busy = FALSE;
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  forget_link (self);
  if (link != NULL)
    {
      self->link = g_steal_pointer (&link);
      left = g_date_time_to_unix (expires_at) * KAB_TIME_SECOND - kab_clock_now () - MARGIN;
      self->timer =
          g_timeout_add_once ((guint) CLAMP (left / 1000, 1000, G_MAXINT), expired_cb, self);
    }
  tell (self);
}

static void
kab_identification_model_dispose (GObject *object)
{
  KabIdentificationModel *self = KAB_IDENTIFICATION_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->identification);
  g_clear_object (&self->onboarding);
  g_clear_object (&self->data);

  G_OBJECT_CLASS (kab_identification_model_parent_class)->dispose (object);
}

static void
kab_identification_model_finalize (GObject *object)
{
  KabIdentificationModel *self = KAB_IDENTIFICATION_MODEL (object);

  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_free (self->link);

  G_OBJECT_CLASS (kab_identification_model_parent_class)->finalize (object);
}

static void
kab_identification_model_class_init (KabIdentificationModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_identification_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = kab_identification_model_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_identification_model_init (KabIdentificationModel *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * kab_identification_model_new:
 * @data: what the bank knows about who is signed in
 *
 * Returns: (transfer full): the identification of the application at hand
 */
KabIdentificationModel *
kab_identification_model_new (KabClientData *data)
{
  KabIdentificationModel *self = g_object_new (KAB_TYPE_IDENTIFICATION_MODEL, NULL);

  g_set_object (&self->data, data);
  g_signal_connect_object (data, "notify::onboarding", G_CALLBACK (onboarding_changed_cb), self,
                           G_CONNECT_SWAPPED);
  onboarding_changed_cb (self);

  return self;
}

/**
 * kab_identification_model_get_identification:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): the identification; %NULL when none is asked for
 */
KabIdentification *
kab_identification_model_get_identification (KabIdentificationModel *self)
{
  g_return_val_if_fail (KAB_IS_IDENTIFICATION_MODEL (self), NULL);

  return self->identification;
}

/**
 * kab_identification_model_get_state:
 * @self: a model
 *
 * Returns: how far it is; not started when there is none
 */
KabIdentificationState
kab_identification_model_get_state (KabIdentificationModel *self)
{
  KabIdentificationState state = KAB_IDENTIFICATION_NOT_STARTED;

  g_return_val_if_fail (KAB_IS_IDENTIFICATION_MODEL (self), KAB_IDENTIFICATION_NOT_STARTED);

  if (self->identification != NULL)
    kab_identification_state_from_name (kab_identification_get_state (self->identification),
                                        &state);

  return state;
}

/**
 * kab_identification_model_get_link:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): where it is done; %NULL before
 * kab_identification_model_fetch() and when it has ended
 */
const char *
kab_identification_model_get_link (KabIdentificationModel *self)
{
  g_return_val_if_fail (KAB_IS_IDENTIFICATION_MODEL (self), NULL);

  return self->link;
}

/* Whether a link is on its way. */
gboolean
kab_identification_model_get_busy (KabIdentificationModel *self)
{
  g_return_val_if_fail (KAB_IS_IDENTIFICATION_MODEL (self), FALSE);

  return self->busy;
}

/**
 * kab_identification_model_get_error:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): why there is no link
 */
const GError *
kab_identification_model_get_error (KabIdentificationModel *self)
{
  g_return_val_if_fail (KAB_IS_IDENTIFICATION_MODEL (self), NULL);

  return self->error;
}

/**
 * kab_identification_model_fetch:
 * @self: a model
 *
 * Asks the bank for a fresh link; "changed" tells of it.
 */
void
kab_identification_model_fetch (KabIdentificationModel *self)
{
  g_autofree char *key = NULL;

  g_return_if_fail (KAB_IS_IDENTIFICATION_MODEL (self));

  if (self->identification == NULL || self->busy)
    return;

  key = kab_idempotency_key_new ();
  self->busy = TRUE;
  g_clear_error (&self->error);
  kab_identification_link_async (kab_client_data_get_api (self->data), self->identification, key,
                                 self->cancellable, fetched_cb, g_object_ref (self));
  tell (self);
}

/**
 * kab_identification_model_keep_fresh:
 * @self: a model
 * @fresh: whether the link is on show, so that it must work at any time
 */
void
kab_identification_model_keep_fresh (KabIdentificationModel *self, gboolean fresh)
{
  g_return_if_fail (KAB_IS_IDENTIFICATION_MODEL (self));

  self->fresh = fresh;
  if (fresh && self->link == NULL)
    kab_identification_model_fetch (self);
}
