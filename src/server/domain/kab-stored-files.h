/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-caller.h"
#include "kab-files.h"

G_BEGIN_DECLS

KabFile *
kab_stored_files_find (KabTransaction *tx, const KabCaller *caller, const char *id, GError **error);
gboolean kab_stored_files_release_orphans (KabTransaction *tx,
                                           gint64 expires_at,
                                           guint limit,
                                           guint *n_released,
                                           GError **error);

G_END_DECLS
