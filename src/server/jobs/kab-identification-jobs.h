/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-outbox.h"

G_BEGIN_DECLS

gboolean kab_identification_jobs_deliver (const KabOutboxMessage *message,
                                          gint64 now,
                                          gpointer context,
                                          GError **error);

G_END_DECLS
