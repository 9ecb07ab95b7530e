/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-application.h"
#include "kab-bank-data.h"
#include "kab-journey.h"

G_BEGIN_DECLS

/**
 * KabCase:
 * @facts: what has happened so far; its arrays are @persons and @documents
 * @journey: what follows from it; empty while no service was chosen
 * @persons: (owned) (element-type KabJourneyPerson)
 * @documents: (owned) (element-type KabDocumentState)
 *
 * An application as the rules see it.
 */
typedef struct
{
  KabJourneyFacts facts;
  KabJourney journey;
  GArray *persons;
  GArray *documents;
} KabCase;

KabCase *kab_case_facts_load (KabTransaction *tx,
                              KabBankData *bank,
                              const KabApplication *application,
                              GError **error);
gboolean
kab_case_refresh (KabTransaction *tx, KabBankData *bank, const char *application, GError **error);
gboolean kab_case_offers_signing (KabBankData *bank);
void kab_case_free (KabCase *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabCase, kab_case_free)

G_END_DECLS
