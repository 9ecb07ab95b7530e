/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-application.h"
#include "kab-bank-data.h"
#include "kab-caller.h"
#include "kab-identification-review.h"
#include "kab-identification.h"

G_BEGIN_DECLS

/**
 * KabDemanded:
 *
 * What an employee may demand of a person or declare (INP, FAI, REP, STF-10).
 */
typedef enum
{
  KAB_DEMANDED_REPEAT_PHOTO,
  KAB_DEMANDED_VIDEO,
  KAB_DEMANDED_IN_PERSON,
  KAB_DEMANDED_FAILED,
  KAB_DEMANDED_PASSED,
} KabDemanded;

/* Kind of the outbox messages that kab-identification-jobs.h takes. */
#define KAB_OUTBOX_IDENTIFICATION "identification"

gboolean kab_demanded_from_name (const char *name, KabDemanded *demanded);
gboolean kab_identifications_add_photo (KabTransaction *tx,
                                        KabBankData *bank,
                                        const KabApplication *application,
                                        const char *person,
                                        GError **error);
gboolean kab_identifications_check_open (KabTransaction *tx,
                                         const KabIdentification *identification,
                                         GError **error);
gboolean kab_identifications_start (KabTransaction *tx,
                                    KabBankData *bank,
                                    const KabCaller *caller,
                                    const char *id,
                                    const char *provider_id,
                                    GError **error);
gboolean kab_identifications_demand (KabTransaction *tx,
                                     KabBankData *bank,
                                     const KabCaller *caller,
                                     const char *application,
                                     const char *id,
                                     KabDemanded demanded,
                                     const char *note,
                                     GError **error);
gboolean kab_identifications_review (KabTransaction *tx,
                                     KabBankData *bank,
                                     const char *id,
                                     gint64 event_at,
                                     const KabIdentificationReview *review,
                                     GError **error);

G_END_DECLS
