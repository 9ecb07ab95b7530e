/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-users.h"

G_BEGIN_DECLS

gboolean
kab_passwords_is_temporary (const KabUser *user, GBytes *key, const char *password, gint64 now);
gboolean kab_passwords_set_temporary (KabTransaction *tx,
                                      GBytes *key,
                                      const char *user,
                                      const char *password,
                                      gint64 *expires_at,
                                      GError **error);
gboolean kab_passwords_take_temporary (KabTransaction *tx, const KabUser *user, GError **error);
gboolean
kab_passwords_rehash (KabTransaction *tx, const KabUser *user, const char *hash, GError **error);
gboolean
kab_passwords_replace (KabTransaction *tx, const KabUser *user, const char *hash, GError **error);

G_END_DECLS
