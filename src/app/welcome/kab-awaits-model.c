/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "welcome/kab-awaits-model.h"

/**
 * KabAwaitsModel:
 *
 * A question to the journey before anything is typed: who asks, and for which services. `changed`
 * tells that the answer, kab_awaits_model_get_journey(), is another one.
 */
struct _KabAwaitsModel
{
  GObject parent_instance;

  KabBankModel *bank; /* (owned) */
  KabClientType client_type;
  KabServices wanted;
  KabJourney journey;
  gboolean has_journey;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabAwaitsModel, kab_awaits_model, G_TYPE_OBJECT)

static KabServices
services_of (KabClientType type)
{
  KabServices services = 0;

  for (guint i = 0; i < KAB_N_SERVICES; i++)
    {
      if (kab_service_get_info (i)->client_type == type)
        services |= KAB_SERVICES (i);
    }

  return services;
}

static void
compute (KabAwaitsModel *self)
{
  const KabJourneyPerson person = { .is_registrant = TRUE, .represents_client = TRUE };
  const KabJourneyFacts facts = { .persons = &person, .n_persons = 1 };

  self->has_journey =
      kab_journey_compute (self->client_type, self->wanted, kab_bank_model_get_journey (self->bank),
                           &facts, &self->journey, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
kab_awaits_model_dispose (GObject *object)
{
  g_clear_object (&KAB_AWAITS_MODEL (object)->bank);

  G_OBJECT_CLASS (kab_awaits_model_parent_class)->dispose (object);
}

static void
kab_awaits_model_class_init (KabAwaitsModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_awaits_model_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_awaits_model_init (KabAwaitsModel *self)
{
}

/**
 * kab_awaits_model_new:
 * @bank: whose services are asked about
 *
 * Returns: (transfer full): a person who wants to become a client
 */
KabAwaitsModel *
kab_awaits_model_new (KabBankModel *bank)
{
  KabAwaitsModel *self = g_object_new (KAB_TYPE_AWAITS_MODEL, NULL);

  g_set_object (&self->bank, bank);
  self->wanted = KAB_SERVICES (KAB_SERVICE_NEW_CLIENT);
  compute (self);

  return self;
}

/**
 * kab_awaits_model_get_bank:
 * @self: a question
 *
 * Returns: (transfer none): whose services are asked about
 */
KabBankModel *
kab_awaits_model_get_bank (KabAwaitsModel *self)
{
  g_return_val_if_fail (KAB_IS_AWAITS_MODEL (self), NULL);

  return self->bank;
}

/**
 * kab_awaits_model_get_client_type:
 * @self: a question
 *
 * Returns: who asks
 */
KabClientType
kab_awaits_model_get_client_type (KabAwaitsModel *self)
{
  g_return_val_if_fail (KAB_IS_AWAITS_MODEL (self), KAB_CLIENT_NATURAL);

  return self->client_type;
}

/**
 * kab_awaits_model_set_client_type:
 * @self: a question
 * @type: who asks; the first service offered to them is wanted then
 */
void
kab_awaits_model_set_client_type (KabAwaitsModel *self, KabClientType type)
{
  KabServices offered;

  g_return_if_fail (KAB_IS_AWAITS_MODEL (self));

  if (self->client_type == type)
    return;

  self->client_type = type;
  offered = kab_awaits_model_get_offered (self);
  self->wanted = offered & -offered;
  compute (self);
}

/**
 * kab_awaits_model_get_wanted:
 * @self: a question
 * @service: a service
 *
 * Returns: whether it is wanted
 */
gboolean
kab_awaits_model_get_wanted (KabAwaitsModel *self, KabService service)
{
  g_return_val_if_fail (KAB_IS_AWAITS_MODEL (self), FALSE);

  return (self->wanted & KAB_SERVICES (service)) != 0;
}

/**
 * kab_awaits_model_set_wanted:
 * @self: a question
 * @service: a service
 * @wanted: whether it is wanted
 */
void
kab_awaits_model_set_wanted (KabAwaitsModel *self, KabService service, gboolean wanted)
{
  g_return_if_fail (KAB_IS_AWAITS_MODEL (self));

  if (kab_awaits_model_get_wanted (self, service) == wanted)
    return;

  self->wanted ^= KAB_SERVICES (service);
  compute (self);
}

/**
 * kab_awaits_model_get_offered:
 * @self: a question
 *
 * Returns: what the bank offers to this type of client
 */
KabServices
kab_awaits_model_get_offered (KabAwaitsModel *self)
{
  g_return_val_if_fail (KAB_IS_AWAITS_MODEL (self), 0);

  return kab_bank_model_get_services (self->bank) & services_of (self->client_type);
}

/**
 * kab_awaits_model_get_journey:
 * @self: a question
 *
 * Returns: (transfer none) (nullable): the answer; %NULL while nothing is wanted, or a combination
 *   that is impossible
 */
const KabJourney *
kab_awaits_model_get_journey (KabAwaitsModel *self)
{
  g_return_val_if_fail (KAB_IS_AWAITS_MODEL (self), NULL);

  return self->has_journey ? &self->journey : NULL;
}
