/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define KAB_TYPE_PASSWORD_POOL (kab_password_pool_get_type ())
G_DECLARE_FINAL_TYPE (KabPasswordPool, kab_password_pool, KAB, PASSWORD_POOL, GObject)

KabPasswordPool *kab_password_pool_new (gsize memory_bytes, guint passes);
void kab_password_pool_set_limits (KabPasswordPool *self, guint at_once, guint queue_limit);
char *kab_password_pool_hash (KabPasswordPool *self, const char *password, GError **error);
gboolean kab_password_pool_verify (KabPasswordPool *self,
                                   const char *hash,
                                   const char *password,
                                   gboolean *is_right,
                                   GError **error);
gboolean kab_password_pool_needs_rehash (KabPasswordPool *self, const char *hash);
guint kab_password_pool_get_n_busy (KabPasswordPool *self);
guint kab_password_pool_get_n_waiting (KabPasswordPool *self);

G_END_DECLS
