/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-http-connection.h"
#include "kab-http-exchange.h"

G_BEGIN_DECLS

/* Who is connected and what is under way, and the watch over both. */
typedef struct _KabHttpRoster KabHttpRoster;
typedef void (*KabSlowClientCut) (gpointer user_data);

KabHttpRoster *kab_http_roster_new (void);
void kab_http_roster_free (KabHttpRoster *self);
void kab_http_roster_add_connection (KabHttpRoster *self, KabHttpConnection *connection);
void kab_http_roster_remove_connection (KabHttpRoster *self, KabHttpConnection *connection);
guint kab_http_roster_get_n_connections (KabHttpRoster *self);
guint kab_http_roster_count_peer (KabHttpRoster *self, GInetAddress *address);
void kab_http_roster_add_exchange (KabHttpRoster *self, KabExchange *exchange);
void kab_http_roster_remove_exchange (KabHttpRoster *self, KabExchange *exchange);
void kab_http_roster_watch (KabHttpRoster *self,
                            const KabHttpPatience *patience,
                            gint64 event_interval,
                            KabSlowClientCut cut,
                            gpointer user_data);
gboolean kab_http_roster_drain (KabHttpRoster *self, gint64 duration);

G_END_DECLS
