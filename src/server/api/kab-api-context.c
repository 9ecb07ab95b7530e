/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-api-context.h"

/* What a network of a household or a small office needs, and no more. */
#define DOOR_BURST          60
#define DOOR_REFILL_SECONDS 600

/* One try a minute in the long run. */
#define LOGIN_BURST          10
#define LOGIN_REFILL_SECONDS 600

/* No more than a hundred tries an hour (ASVS 4.0.3, 2.2.1). */
#define ACCOUNT_BURST          100
#define ACCOUNT_REFILL_SECONDS 3600

/* Half a year. */
#define APPLICATION_PATIENCE (180 * G_TIME_SPAN_DAY)

/* Reg. (EU) 2018/389, 4(3)(d): five minutes without activity; a working day in any case. */
#define SESSION_IDLE     (5 * G_TIME_SPAN_MINUTE)
#define SESSION_ABSOLUTE (8 * G_TIME_SPAN_HOUR)

/**
 * kab_api_context_new:
 * @bank: (transfer full): the bank's data
 * @is_demo: whether it is the demo bank
 * @secret_key: %KAB_SECRETS_KEY_SIZE bytes that codes are hashed and secrets sealed with
 *
 * Returns: (transfer full): what handlers work with, with the usual limits
 */
KabApiContext *
kab_api_context_new (KabStore *store,
                     KabBankData *bank,
                     gboolean is_demo,
                     KabPasswordPool *passwords,
                     GBytes *secret_key)
{
  KabApiContext *self = g_new0 (KabApiContext, 1);

  self->store = g_object_ref (store);
  self->bank = bank;
  self->publication = kab_api_publication_new (bank, is_demo);
  self->passwords = g_object_ref (passwords);
  kab_codes_init (&self->codes, secret_key);
  self->door_throttle = kab_throttle_new (DOOR_BURST, DOOR_REFILL_SECONDS);
  self->login_throttle = kab_throttle_new (LOGIN_BURST, LOGIN_REFILL_SECONDS);
  self->account_throttle = kab_throttle_new (ACCOUNT_BURST, ACCOUNT_REFILL_SECONDS);
  self->session_limits = (KabSessionLimits) { SESSION_IDLE, SESSION_ABSOLUTE };
  self->application_patience = APPLICATION_PATIENCE;
  self->events = kab_live_events_new (store, &self->session_limits);
  return self;
}

/**
 * kab_api_context_set_identification:
 * @provider: who identifies people
 * @webhook_secret: what the provider's notices are signed with
 * @webhook_algorithms: digests that are good enough
 * @sandbox_mode: what genuine notices say of themselves
 *
 * Has to be called before the server starts.
 */
void
kab_api_context_set_identification (KabApiContext *self,
                                    KabIdentificationProvider *provider,
                                    const char *webhook_secret,
                                    const char *const *webhook_algorithms,
                                    gboolean sandbox_mode)
{
  g_set_object (&self->identification, provider);
  kab_sumsub_notice_rules_clear (&self->notice_rules);
  self->notice_rules =
      (KabSumsubNoticeRules) { g_strdup (webhook_secret), g_strdupv ((char **) webhook_algorithms),
                               sandbox_mode };
}

void
kab_api_context_free (KabApiContext *self)
{
  kab_live_events_stop (self->events);
  g_clear_object (&self->events);
  g_clear_object (&self->identification);
  kab_sumsub_notice_rules_clear (&self->notice_rules);
  g_clear_object (&self->store);
  g_clear_pointer (&self->publication, kab_api_publication_free);
  g_clear_pointer (&self->bank, kab_bank_data_free);
  g_clear_object (&self->passwords);
  kab_codes_clear (&self->codes);
  g_clear_object (&self->door_throttle);
  g_clear_object (&self->login_throttle);
  g_clear_object (&self->account_throttle);
  g_free (self);
}
