/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KabProxyList:
 *
 * The networks whose X-Forwarded-For and X-Request-Id are believed.
 */
typedef GPtrArray KabProxyList;

KabProxyList *kab_proxy_list_new (const char *const *networks, GError **error);
gboolean kab_proxy_list_contains (KabProxyList *self, GInetAddress *address);
GInetAddress *
kab_proxy_list_get_client (KabProxyList *self, GInetAddress *peer, const char *forwarded_for);
char *kab_peer_network (GInetAddress *address);

G_END_DECLS
