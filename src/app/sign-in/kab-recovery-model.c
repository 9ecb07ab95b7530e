/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in/kab-recovery-model.h"

#include "kab-recovery-operations.h"
#include "kab-request.h"
#include "kab-time.h"

/* The earliest that another code can be asked for (A2). */
#define RESEND_AFTER (60 * KAB_TIME_SECOND)

/**
 * KabRecoveryModel:
 *
 * Getting in without the password (RCV-1 to RCV-7): `login` is where the code and then the
 * temporary password go.
 */
struct _KabRecoveryModel
{
  GObject parent_instance;

  KabAccess *access;       /* (owned) */
  char *login;             /* (owned) */
  KabChallenge *challenge; /* (owned) (nullable) */
  gint64 resend_at;        /* by this computer's clock */
};

enum
{
  PROP_LOGIN = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabRecoveryModel, kab_recovery_model, G_TYPE_OBJECT)

static void
kab_recovery_model_get_property (GObject *object,
                                 guint property_id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_LOGIN:
      g_value_set_string (value, KAB_RECOVERY_MODEL (object)->login);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_recovery_model_set_property (GObject *object,
                                 guint property_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_LOGIN:
      if (g_set_str (&KAB_RECOVERY_MODEL (object)->login, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_recovery_model_finalize (GObject *object)
{
  KabRecoveryModel *self = KAB_RECOVERY_MODEL (object);

  g_clear_object (&self->access);
  g_clear_object (&self->challenge);
  g_free (self->login);

  G_OBJECT_CLASS (kab_recovery_model_parent_class)->finalize (object);
}

static void
kab_recovery_model_class_init (KabRecoveryModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kab_recovery_model_get_property;
  object_class->set_property = kab_recovery_model_set_property;
  object_class->finalize = kab_recovery_model_finalize;

  properties[PROP_LOGIN] =
      g_param_spec_string ("login", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kab_recovery_model_init (KabRecoveryModel *self)
{
  self->login = g_strdup ("");
}

/**
 * kab_recovery_model_new:
 * @access: the way into the bank, which has answered
 *
 * Returns: (transfer full): a recovery that has not begun
 */
KabRecoveryModel *
kab_recovery_model_new (KabAccess *access)
{
  KabRecoveryModel *self = g_object_new (KAB_TYPE_RECOVERY_MODEL, NULL);

  g_set_object (&self->access, access);

  return self;
}

/**
 * kab_recovery_model_get_challenge:
 * @self: a recovery
 *
 * Returns: (transfer none) (nullable): the code that was sent
 */
KabChallenge *
kab_recovery_model_get_challenge (KabRecoveryModel *self)
{
  g_return_val_if_fail (KAB_IS_RECOVERY_MODEL (self), NULL);

  return self->challenge;
}

/**
 * kab_recovery_model_get_resend_at:
 * @self: a recovery
 *
 * Returns: from when another code can be asked for, by this computer's clock, in microseconds
 */
gint64
kab_recovery_model_get_resend_at (KabRecoveryModel *self)
{
  g_return_val_if_fail (KAB_IS_RECOVERY_MODEL (self), 0);

  return self->resend_at;
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  KabRecoveryModel *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (KabChallenge) challenge =
      kab_recovery_create_finish (KAB_API (source), result, &error);

  if (challenge == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_set_object (&self->challenge, challenge);
  self->resend_at = kab_clock_now () + RESEND_AFTER;
  g_task_return_boolean (task, TRUE);
}

/**
 * kab_recovery_model_start_async:
 * @self: a recovery with a login
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * A code goes to the login if it is somebody's; the answer is the same in any case.
 */
void
kab_recovery_model_start_async (KabRecoveryModel *self,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autofree char *key = kab_idempotency_key_new ();
  GTask *task;

  g_return_if_fail (KAB_IS_RECOVERY_MODEL (self));
  g_return_if_fail (self->login != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, kab_recovery_model_start_async);
  kab_recovery_create_async (kab_access_get_api (self->access), self->login, key, NULL, started_cb,
                             task);
}

/* Returns: whether a code was sent, as far as can be told */
gboolean
kab_recovery_model_start_finish (KabRecoveryModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (kab_recovery_confirm_finish (KAB_API (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * kab_recovery_model_confirm_async:
 * @self: a recovery whose code was sent
 * @code: six digits
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * The temporary password goes to the same place (RCV-6).
 */
void
kab_recovery_model_confirm_async (KabRecoveryModel *self,
                                  const char *code,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autofree char *key = kab_idempotency_key_new ();
  GTask *task;

  g_return_if_fail (KAB_IS_RECOVERY_MODEL (self));
  g_return_if_fail (self->challenge != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, kab_recovery_model_confirm_async);
  kab_recovery_confirm_async (kab_access_get_api (self->access), self->challenge, code, key, NULL,
                              confirmed_cb, task);
}

/* Returns: whether the code was right; else with the error at /code */
gboolean
kab_recovery_model_confirm_finish (KabRecoveryModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
