/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KabNetworkList:
 *
 * Addresses and networks, for example those of trusted proxies.
 */
typedef GPtrArray KabNetworkList;

KabNetworkList *kab_network_list_new (const char *const *networks, GError **error);
gboolean kab_network_list_contains (KabNetworkList *self, GInetAddress *address);
GInetAddress *
kab_network_list_get_client (KabNetworkList *self, GInetAddress *peer, const char *forwarded_for);
char *kab_peer_network (GInetAddress *address);

G_END_DECLS
