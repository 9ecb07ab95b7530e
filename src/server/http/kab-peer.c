/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-peer.h"

/* An IPv4 address that came in over a dual-stack socket is the IPv4 address. */
static GInetAddress *
unmap (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);
  static const guint8 PREFIX[12] = { [10] = 0xff, [11] = 0xff };

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
      memcmp (bytes, PREFIX, 12) == 0)
    return g_inet_address_new_from_bytes (bytes + 12, G_SOCKET_FAMILY_IPV4);
  return g_object_ref (address);
}

/**
 * kab_network_list_new:
 * @networks: (nullable) (array zero-terminated=1): addresses or networks such as "10.0.0.0/8"
 *
 * Returns: (transfer full): the list, free it with g_ptr_array_unref(), or %NULL with an error of
 *   GIO's about the network that can't be read
 */
KabNetworkList *
kab_network_list_new (const char *const *networks, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; networks && networks[i]; i++)
    {
      GInetAddressMask *mask = g_inet_address_mask_new_from_string (networks[i], error);

      if (!mask)
        return NULL;
      g_ptr_array_add (list, mask);
    }
  return g_steal_pointer (&list);
}

/**
 * kab_network_list_contains:
 * @self: (nullable): the list; %NULL is empty
 *
 * Returns: whether the address is in one of the networks
 */
gboolean
kab_network_list_contains (KabNetworkList *self, GInetAddress *address)
{
  g_autoptr (GInetAddress) plain = unmap (address);

  for (guint i = 0; self && i < self->len; i++)
    if (g_inet_address_mask_matches (g_ptr_array_index (self, i), plain))
      return TRUE;
  return FALSE;
}

/**
 * kab_network_list_get_client:
 * @self: (nullable): the trusted proxies
 * @peer: who is at the other end of the socket
 * @forwarded_for: (nullable): the X-Forwarded-For header
 *
 * Walks the header from its end as long as the hop that wrote it is trusted; what a client has put
 * in front stays unread (OWASP ASVS 4.1.3).
 *
 * Returns: (transfer full): the client's address
 */
GInetAddress *
kab_network_list_get_client (KabNetworkList *self, GInetAddress *peer, const char *forwarded_for)
{
  g_autoptr (GInetAddress) client = unmap (peer);
  g_auto (GStrv) hops = forwarded_for ? g_strsplit (forwarded_for, ",", 64) : NULL;

  for (guint i = hops ? g_strv_length (hops) : 0; i > 0; i--)
    {
      g_autoptr (GInetAddress) hop = NULL;

      if (!kab_network_list_contains (self, client))
        break;
      hop = g_inet_address_new_from_string (g_strstrip (hops[i - 1]));
      if (!hop)
        break;
      g_object_unref (client);
      client = unmap (hop);
    }
  return g_steal_pointer (&client);
}

/**
 * kab_peer_network:
 * @address: an address
 *
 * Returns: (transfer full): the key under which the address is throttled: its /24, or its /56 for
 *   IPv6, since one subscriber owns at least that
 */
char *
kab_peer_network (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return g_strdup_printf ("%u.%u.%u.0/24", bytes[0], bytes[1], bytes[2]);
  return g_strdup_printf ("%02x%02x:%02x%02x:%02x%02x:%02x00::/56", bytes[0], bytes[1], bytes[2],
                          bytes[3], bytes[4], bytes[5], bytes[6]);
}
