/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/kab-bank-model.h"

/**
 * KabBankModel:
 *
 * The bank as the pages see it: whether it is reached, its name, contacts and opening hours. Who
 * talks to the server answers `connect`, sets the texts in the current language and then calls
 * kab_bank_model_set_ready() or kab_bank_model_set_failed(). `notify::state` comes after every
 * change of state or outage.
 */
struct _KabBankModel
{
  GObject parent_instance;

  char *address; /* (owned) (nullable) */
  KabBankState state;
  KabOutage outage;
  char *activity;     /* (owned) (nullable): untranslated */
  char *name;         /* (owned) (nullable) */
  GdkPaintable *logo; /* (owned) (nullable) */
  char *phone;        /* (owned) (nullable) */
  char *email;        /* (owned) (nullable) */
  char *hours;        /* (owned) (nullable) */
  gboolean is_demo;

  KabServices services; /* what it offers */
  KabJourneySettings journey;
};

enum
{
  PROP_ADDRESS = 1,
  PROP_STATE,
  PROP_OUTAGE,
  PROP_ACTIVITY,
  PROP_NAME,
  PROP_LOGO,
  PROP_PHONE,
  PROP_EMAIL,
  PROP_HOURS,
  PROP_IS_DEMO,
  N_PROPS,
};

enum
{
  CONNECT,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabBankModel, kab_bank_model, G_TYPE_OBJECT)

static void
set_state (KabBankModel *self, KabBankState state, KabOutage outage)
{
  if (self->state == state && self->outage == outage)
    return;

  self->state = state;
  self->outage = outage;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OUTAGE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static char **
text_of (KabBankModel *self, guint property_id)
{
  switch (property_id)
    {
    case PROP_ADDRESS:
      return &self->address;
    case PROP_ACTIVITY:
      return &self->activity;
    case PROP_NAME:
      return &self->name;
    case PROP_PHONE:
      return &self->phone;
    case PROP_EMAIL:
      return &self->email;
    case PROP_HOURS:
      return &self->hours;
    default:
      return NULL;
    }
}

static void
kab_bank_model_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  KabBankModel *self = KAB_BANK_MODEL (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_OUTAGE:
      g_value_set_uint (value, self->outage);
      break;
    case PROP_LOGO:
      g_value_set_object (value, self->logo);
      break;
    case PROP_IS_DEMO:
      g_value_set_boolean (value, self->is_demo);
      break;
    default:
      g_value_set_string (value, *text_of (self, property_id));
    }
}

static void
kab_bank_model_set_property (GObject *object,
                             guint property_id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  KabBankModel *self = KAB_BANK_MODEL (object);
  gboolean changed = FALSE;

  switch (property_id)
    {
    case PROP_LOGO:
      changed = g_set_object (&self->logo, g_value_get_object (value));
      break;
    case PROP_IS_DEMO:
      changed = self->is_demo != g_value_get_boolean (value);
      self->is_demo = g_value_get_boolean (value);
      break;
    default:
      changed = g_set_str (text_of (self, property_id), g_value_get_string (value));
    }

  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
kab_bank_model_finalize (GObject *object)
{
  KabBankModel *self = KAB_BANK_MODEL (object);

  g_free (self->address);
  g_free (self->activity);
  g_free (self->name);
  g_clear_object (&self->logo);
  g_free (self->phone);
  g_free (self->email);
  g_free (self->hours);

  G_OBJECT_CLASS (kab_bank_model_parent_class)->finalize (object);
}

static void
kab_bank_model_class_init (KabBankModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_bank_model_get_property;
  object_class->set_property = kab_bank_model_set_property;
  object_class->finalize = kab_bank_model_finalize;

  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, readable);
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, KAB_BANK_NONE,
                                              KAB_BANK_UNREACHABLE, KAB_BANK_NONE, readable);
  properties[PROP_OUTAGE] = g_param_spec_uint ("outage", NULL, NULL, KAB_OUTAGE_NONE,
                                               KAB_OUTAGE_DEMO, KAB_OUTAGE_NONE, readable);
  properties[PROP_ACTIVITY] = g_param_spec_string ("activity", NULL, NULL, NULL, readable);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, writable);
  properties[PROP_LOGO] = g_param_spec_object ("logo", NULL, NULL, GDK_TYPE_PAINTABLE, writable);
  properties[PROP_PHONE] = g_param_spec_string ("phone", NULL, NULL, NULL, writable);
  properties[PROP_EMAIL] = g_param_spec_string ("email", NULL, NULL, NULL, writable);
  properties[PROP_HOURS] = g_param_spec_string ("hours", NULL, NULL, NULL, writable);
  properties[PROP_IS_DEMO] = g_param_spec_boolean ("is-demo", NULL, NULL, FALSE, writable);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* The server at this address is to be asked. */
  signals[CONNECT] = g_signal_new ("connect", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
kab_bank_model_init (KabBankModel *self)
{
  self->services = KAB_SERVICES (KAB_SERVICE_NEW_CLIENT) | KAB_SERVICES (KAB_SERVICE_CARD_USER) |
                   KAB_SERVICES (KAB_SERVICE_INTERNET_BANK_USER);
  self->journey.offers_signing = TRUE;
  self->journey.expected_documents = 2;
  g_strlcpy (self->journey.fee.currency, "EUR", sizeof self->journey.fee.currency);
}

/**
 * kab_bank_model_new:
 *
 * Returns: (transfer full): no bank yet
 */
KabBankModel *
kab_bank_model_new (void)
{
  return g_object_new (KAB_TYPE_BANK_MODEL, NULL);
}

#define GETTER(type, member, otherwise)                                                            \
  type kab_bank_model_get_##member (KabBankModel *self)                                            \
  {                                                                                                \
    g_return_val_if_fail (KAB_IS_BANK_MODEL (self), otherwise);                                    \
                                                                                                   \
    return self->member;                                                                           \
  }

/* What a getter returns belongs to the model and may be NULL until the bank answered. */
GETTER (const char *, address, NULL)
GETTER (KabBankState, state, KAB_BANK_NONE)
GETTER (KabOutage, outage, KAB_OUTAGE_NONE)
GETTER (const char *, activity, NULL)
GETTER (const char *, name, NULL)
GETTER (const char *, phone, NULL)
GETTER (const char *, email, NULL)
GETTER (const char *, hours, NULL)
GETTER (KabServices, services, 0)

/**
 * kab_bank_model_get_journey:
 * @self: the bank
 *
 * Returns: (transfer none): what it decided for all applications
 */
const KabJourneySettings *
kab_bank_model_get_journey (KabBankModel *self)
{
  g_return_val_if_fail (KAB_IS_BANK_MODEL (self), NULL);

  return &self->journey;
}

/**
 * kab_bank_model_set_journey:
 * @self: the bank
 * @services: what it offers
 * @settings: what it decided for all applications
 *
 * Call it before kab_bank_model_set_ready().
 */
void
kab_bank_model_set_journey (KabBankModel *self,
                            KabServices services,
                            const KabJourneySettings *settings)
{
  g_return_if_fail (KAB_IS_BANK_MODEL (self));

  self->services = services;
  self->journey = *settings;
}

/**
 * kab_bank_model_connect:
 * @self: the bank
 * @address: (nullable): its server's URL; %NULL forgets the bank
 *
 * Asks for that bank; the answer arrives as a change of `state`.
 */
void
kab_bank_model_connect (KabBankModel *self, const char *address)
{
  g_return_if_fail (KAB_IS_BANK_MODEL (self));

  if (g_set_str (&self->address, address))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ADDRESS]);
  if (address == NULL)
    {
      set_state (self, KAB_BANK_NONE, KAB_OUTAGE_NONE);
      return;
    }

  set_state (self, KAB_BANK_CONNECTING, KAB_OUTAGE_NONE);
  g_signal_emit (self, signals[CONNECT], 0, self->address);
}

/**
 * kab_bank_model_retry:
 * @self: the bank
 *
 * Asks the same address again. Without an address the demo bank was to be started: `connect` then
 * comes with %NULL.
 */
void
kab_bank_model_retry (KabBankModel *self)
{
  g_autofree char *address = NULL;

  g_return_if_fail (KAB_IS_BANK_MODEL (self));

  address = g_strdup (self->address);
  if (address != NULL)
    kab_bank_model_connect (self, address);
  else
    g_signal_emit (self, signals[CONNECT], 0, NULL);
}

/**
 * kab_bank_model_set_starting:
 * @self: the bank
 * @activity: what happens now, marked for translation but not translated
 *
 * The demo bank, which is not at any address yet, is being started.
 */
void
kab_bank_model_set_starting (KabBankModel *self, const char *activity)
{
  g_return_if_fail (KAB_IS_BANK_MODEL (self));

  set_state (self, KAB_BANK_STARTING, KAB_OUTAGE_NONE);
  if (g_set_str (&self->activity, activity))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVITY]);
}

/**
 * kab_bank_model_set_ready:
 * @self: the bank
 *
 * The server answered and the texts are set.
 */
void
kab_bank_model_set_ready (KabBankModel *self)
{
  g_return_if_fail (KAB_IS_BANK_MODEL (self));

  set_state (self, KAB_BANK_READY, KAB_OUTAGE_NONE);
}

/**
 * kab_bank_model_set_failed:
 * @self: the bank
 * @outage: why the server was not reached
 */
void
kab_bank_model_set_failed (KabBankModel *self, KabOutage outage)
{
  g_return_if_fail (KAB_IS_BANK_MODEL (self));

  set_state (self, KAB_BANK_UNREACHABLE, outage);
}
