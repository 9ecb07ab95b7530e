/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-bank-data.h"
#include "kab-identification-provider.h"
#include "kab-outbox.h"
#include "kab-store.h"

G_BEGIN_DECLS

gboolean kab_identification_job_run (KabStore                   *store,
                                     KabBankData                *bank,
                                     KabIdentificationProvider  *provider,
                                     const KabOutboxMessage     *message,
                                     GError                    **error);

G_END_DECLS
