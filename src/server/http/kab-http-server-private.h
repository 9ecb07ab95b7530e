/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <microhttpd.h>

#include "kab-http-exchange.h"
#include "kab-http-server.h"
#include "kab-http-workers.h"

G_BEGIN_DECLS

/* What an exchange asks of the server that it belongs to; callable from any thread. */
const KabHttpSettings *kab_http_server_get_settings (KabHttpServer *self);
KabRouter *kab_http_server_get_router (KabHttpServer *self);
gboolean kab_http_server_is_stopping (KabHttpServer *self);
gboolean kab_http_server_queue (KabHttpServer *self, KabHttpJob job, gpointer data, GError **error);
void kab_http_server_continue (KabHttpServer *self, KabHttpJob job, gpointer data);
gboolean kab_http_server_authorize (KabHttpServer *self,
                                    KabRequest *request,
                                    const KabRoute *route,
                                    GError **error);
GError *kab_http_server_map_error (KabHttpServer *self, const GError *error);
void kab_http_server_remove_exchange (KabHttpServer *self, KabExchange *exchange);
KabMetrics *kab_http_server_get_metrics (KabHttpServer *self);

G_END_DECLS
