/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "kab-transaction.h"

G_BEGIN_DECLS

gboolean kab_attachment_check (KabTransaction *tx,
                               const char *owner,
                               const char *file,
                               const char *pointer,
                               GError **error);
gboolean kab_attachments_check (KabTransaction *tx,
                                const char *owner,
                                const char *const *files,
                                GHashTable *known,
                                const char *pointer,
                                GError **error);

G_END_DECLS
