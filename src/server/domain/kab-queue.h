/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "kab-bank-data.h"
#include "kab-transaction.h"

G_BEGIN_DECLS

/**
 * KabQueueQuery:
 * @waits_for: `bank`, `client` or `any`
 * @since: only cases after this place, together with @id; 0 for the beginning
 * @id: of the case at that place
 * @limit: how many at most
 */
typedef struct
{
  const char *waits_for;
  gint64 since;
  const char *id;
  guint limit;
} KabQueueQuery;

JsonArray *kab_queue_list (KabTransaction *tx,
                           const KabQueueQuery *query,
                           gint64 *next_since,
                           char **next_id,
                           GError **error);
JsonObject *kab_queue_view_case (KabTransaction *tx,
                                 KabBankData *bank,
                                 const char *application,
                                 GError **error);

G_END_DECLS
