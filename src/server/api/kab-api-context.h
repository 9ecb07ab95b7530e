/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-api-publication.h"
#include "kab-bank-data.h"
#include "kab-codes.h"
#include "kab-identification-provider.h"
#include "kab-live-events.h"
#include "kab-password-pool.h"
#include "kab-sessions.h"
#include "kab-store.h"
#include "kab-sumsub-notice.h"
#include "kab-throttle.h"

G_BEGIN_DECLS

/**
 * KabApiContext:
 * @store: (owned)
 * @bank: (owned): the bank's data, which doesn't change while the server runs
 * @publication: (owned): what everybody may read of it
 * @passwords: (owned)
 * @codes: how codes are made and checked; holds the server's key
 * @door_throttle: (owned): what a network may ask without a token
 * @login_throttle: (owned): tries to sign in under one name from one network
 * @account_throttle: (owned): tries to sign in under one name from networks that it never came from
 * @session_limits: how long a session lives
 * @application_patience: how long an application waits for the client; 0 for ever
 * @events: (owned): the streams of events that are open here
 * @identification: (owned) (nullable): who identifies people; set with
 *   kab_api_context_set_identification()
 * @notice_rules: which of its notices are genuine
 *
 * What every handler is given; immutable once the server runs.
 */
typedef struct
{
  KabStore *store;
  KabBankData *bank;
  KabApiPublication *publication;
  KabPasswordPool *passwords;
  KabCodes codes;
  KabThrottle *door_throttle;
  KabThrottle *login_throttle;
  KabThrottle *account_throttle;
  KabSessionLimits session_limits;
  GTimeSpan application_patience;
  KabLiveEvents *events;
  KabIdentificationProvider *identification;
  KabSumsubNoticeRules notice_rules;
} KabApiContext;

KabApiContext *kab_api_context_new (KabStore *store,
                                    KabBankData *bank,
                                    gboolean is_demo,
                                    KabPasswordPool *passwords,
                                    GBytes *secret_key);
void kab_api_context_set_identification (KabApiContext *self,
                                         KabIdentificationProvider *provider,
                                         const char *webhook_secret,
                                         const char *const *webhook_algorithms,
                                         gboolean sandbox_mode);
void kab_api_context_free (KabApiContext *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabApiContext, kab_api_context_free)

G_END_DECLS
