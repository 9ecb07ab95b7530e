/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-api-context.h"
#include "kab-config.h"
#include "kab-health.h"
#include "kab-http-server.h"
#include "kab-password-pool.h"
#include "kab-store.h"

G_BEGIN_DECLS

#define KAB_TYPE_SERVER (kab_server_get_type ())
G_DECLARE_FINAL_TYPE (KabServer, kab_server, KAB, SERVER, GObject)

KabServer *kab_server_new (KabConfig *config, GError **error);
KabHttpServer *kab_server_get_http (KabServer *self);
KabStore *kab_server_get_store (KabServer *self);
KabApiContext *kab_server_get_context (KabServer *self);
gboolean kab_server_start (KabServer *self, GError **error);
gboolean kab_server_stop (KabServer *self);

G_END_DECLS
