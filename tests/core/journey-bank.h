/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-journey.h"

#define FEE 15000

static const KabJourneySettings bank = {
  .fee = { FEE, "EUR" },
  .offers_signing = TRUE,
  .may_mix_branches = TRUE,
  .expected_documents = 2,
};

/* The journey of services that can be chosen together. */
static inline void
compute (KabServices services,
         const KabJourneySettings *settings,
         const KabJourneyFacts *facts,
         KabJourney *journey)
{
  KabClientType type =
      services & (KAB_SERVICES (KAB_SERVICE_ACCOUNT) - 1) ? KAB_CLIENT_NATURAL : KAB_CLIENT_LEGAL;
  g_autoptr (GError) error = NULL;

  kab_journey_compute (type, services, settings, facts, journey, &error);
  g_assert_no_error (error);
}
