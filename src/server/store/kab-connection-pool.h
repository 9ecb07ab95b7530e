/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-connection.h"

G_BEGIN_DECLS

/**
 * KabConnectionPool:
 *
 * The connections for reading: made when they are needed, up to a limit, then waited for.
 */
typedef struct _KabConnectionPool KabConnectionPool;

KabConnectionPool *
kab_connection_pool_new (const KabEngine *engine, const char *location, guint limit);
void kab_connection_pool_free (KabConnectionPool *self);
KabConnection *kab_connection_pool_take (KabConnectionPool *self, GError **error);
void kab_connection_pool_put (KabConnectionPool *self, KabConnection *connection);

G_END_DECLS
