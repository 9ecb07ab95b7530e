/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in/kab-sign-in-model.h"

/**
 * KabSignInModel:
 *
 * What is typed to sign in, apart from the password: `login`, an e-mail address or phone number.
 */
struct _KabSignInModel
{
  GObject parent_instance;

  KabAccess *access; /* (owned) */
  char *login;       /* (owned) */
};

enum
{
  PROP_LOGIN = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KabSignInModel, kab_sign_in_model, G_TYPE_OBJECT)

static void
kab_sign_in_model_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_LOGIN:
      g_value_set_string (value, KAB_SIGN_IN_MODEL (object)->login);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_sign_in_model_set_property (GObject *object,
                                guint property_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_LOGIN:
      if (g_set_str (&KAB_SIGN_IN_MODEL (object)->login, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
kab_sign_in_model_finalize (GObject *object)
{
  KabSignInModel *self = KAB_SIGN_IN_MODEL (object);

  g_clear_object (&self->access);
  g_free (self->login);

  G_OBJECT_CLASS (kab_sign_in_model_parent_class)->finalize (object);
}

static void
kab_sign_in_model_class_init (KabSignInModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kab_sign_in_model_get_property;
  object_class->set_property = kab_sign_in_model_set_property;
  object_class->finalize = kab_sign_in_model_finalize;

  properties[PROP_LOGIN] =
      g_param_spec_string ("login", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kab_sign_in_model_init (KabSignInModel *self)
{
  self->login = g_strdup ("");
}

/**
 * kab_sign_in_model_new:
 * @access: the way into the bank, which has answered
 *
 * Returns: (transfer full): nothing typed yet
 */
KabSignInModel *
kab_sign_in_model_new (KabAccess *access)
{
  KabSignInModel *self = g_object_new (KAB_TYPE_SIGN_IN_MODEL, NULL);

  g_set_object (&self->access, access);

  return self;
}

/**
 * kab_sign_in_model_get_access:
 * @self: a model
 *
 * Returns: (transfer none): the way in
 */
KabAccess *
kab_sign_in_model_get_access (KabSignInModel *self)
{
  g_return_val_if_fail (KAB_IS_SIGN_IN_MODEL (self), NULL);

  return self->access;
}
