/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "kab-caller.h"
#include "kab-transaction.h"

G_BEGIN_DECLS

/**
 * KabTrace:
 * @caller: (nullable): who did it; %NULL for the server itself
 * @subject: in whose history it is shown
 * @action: what, of docs/history-actions.md
 * @object_kind: `application`, `document` or `identification`
 * @object_id: which one
 * @version: the revision of a document; 0 for none
 * @params: (nullable): what the sentence about it needs; no personal data
 *
 * An entry of «Darbību vēsture» (DOC-8, STF-16).
 */
typedef struct
{
  const KabCaller *caller;
  const char *subject;
  const char *action;
  const char *object_kind;
  const char *object_id;
  gint64 version;
  JsonObject *params;
} KabTrace;

gboolean kab_trace_add (KabTransaction *tx, const KabTrace *trace, GError **error);
gboolean kab_trace_add_save (KabTransaction *tx, const KabTrace *trace, GError **error);
gboolean kab_trace_tell (KabTransaction *tx,
                         const char *audience,
                         const char *type,
                         const char *object_kind,
                         const char *object_id,
                         gint64 version,
                         GError **error);

G_END_DECLS
