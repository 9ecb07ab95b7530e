/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "kab-transaction.h"

G_BEGIN_DECLS

JsonArray *kab_case_history_of_application (KabTransaction *tx,
                                            const char *application,
                                            gint64 after,
                                            guint limit,
                                            gint64 *next,
                                            GError **error);
JsonArray *kab_case_history_of_document (KabTransaction *tx,
                                         const char *document,
                                         gint64 after,
                                         guint limit,
                                         gint64 *next,
                                         GError **error);

G_END_DECLS
