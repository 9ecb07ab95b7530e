/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who asks: proxies that are believed and others, and networks that ask too much. */

#include <string.h>

#include "kab-peer.h"
#include "kab-request.h"
#include "kab-test-server.h"
#include "kab-throttle.h"

static KabResponse *
peer_handler (KabRequest *request, gpointer user_data, GError **error)
{
  g_autofree char *client = g_inet_address_to_string (kab_request_get_client_address (request));
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "client", client);
  return kab_response_new_json (200, object);
}

static KabResponse *
health_handler (KabRequest *request, gpointer user_data, GError **error)
{
  return kab_response_new_empty (200);
}

static KabTestServer *
start_server (const KabHttpSettings *settings)
{
  static const KabRoute routes[] = {
    { KAB_METHOD_GET, "/v1/peer", "getPeer", peer_handler, KAB_ACCESS_PUBLIC },
    { KAB_METHOD_GET, "/healthz", "health", health_handler, KAB_ACCESS_PUBLIC,
      KAB_ROUTE_IMMEDIATE },
  };

  return kab_test_server_new (settings, routes, G_N_ELEMENTS (routes), NULL);
}

static char *
get_client (KabTestReply *reply)
{
  g_autoptr (JsonNode) node = json_from_string (reply->body, NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  return g_strdup (json_object_get_string_member (json_node_get_object (node), "client"));
}

static void
assert_status (KabTestServer *server, const char *path, guint status)
{
  g_autoptr (KabTestReply) reply = kab_test_get (server->port, path, NULL);

  g_assert_cmpuint (reply->status, ==, status);
}

static void
test_proxies (void)
{
  static const char *const NETWORKS[] = { "127.0.0.1", "10.0.0.0/8", NULL };
  KabHttpSettings settings;
  g_autoptr (GPtrArray) proxies = kab_network_list_new (NETWORKS, NULL);
  g_autoptr (KabTestServer) server = NULL;
  static const char *const CASES[][2] = {
    { "X-Forwarded-For: 192.0.2.7\r\n", "192.0.2.7" },
    { "X-Forwarded-For: 198.51.100.9, 192.0.2.7, 10.1.2.3\r\n", "192.0.2.7" },
    { "X-Forwarded-For: nonsense, 192.0.2.7\r\n", "192.0.2.7" },
    { "X-Forwarded-For: 192.0.2.7, nonsense\r\n", "127.0.0.1" },
    { "X-Forwarded-For: 2001:db8::1\r\n", "2001:db8::1" },
    { NULL, "127.0.0.1" },
  };

  kab_http_settings_init (&settings);
  settings.trusted_proxies = proxies;
  server = start_server (&settings);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (KabTestReply) reply = kab_test_get (server->port, "/v1/peer", CASES[i][0]);
      g_autofree char *client = get_client (reply);

      g_assert_cmpstr (client, ==, CASES[i][1]);
    }
}

static void
test_untrusted_proxy (void)
{
  KabHttpSettings settings;
  g_autoptr (KabTestServer) server = NULL;
  g_autoptr (KabTestReply) reply = NULL;
  g_autofree char *client = NULL;

  kab_http_settings_init (&settings);
  server = start_server (&settings);
  reply = kab_test_get (server->port, "/v1/peer", "X-Forwarded-For: 192.0.2.7\r\n");
  client = get_client (reply);

  g_assert_cmpstr (client, ==, "127.0.0.1");
}

static void
test_throttled_peer (void)
{
  KabHttpSettings settings;
  g_autoptr (KabThrottle) throttle = kab_throttle_new (2, 3600);
  g_autoptr (KabTestServer) server = NULL;
  g_autoptr (KabTestReply) refused = NULL;
  g_autofree char *retry = NULL;

  kab_http_settings_init (&settings);
  settings.throttle = throttle;
  server = start_server (&settings);
  assert_status (server, "/v1/peer", 200);
  assert_status (server, "/v1/peer", 200);
  refused = kab_test_get (server->port, "/v1/peer", NULL);
  g_assert_cmpuint (refused->status, ==, 429);
  g_assert_nonnull (strstr (refused->body, "\"code\":\"too-many-requests\""));
  retry = kab_test_reply_header (refused, "retry-after");
  g_assert_cmpint (atoi (retry), >, 1000);
  assert_status (server, "/healthz", 200);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/http/proxies", test_proxies);
  g_test_add_func ("/server/http/untrusted-proxy", test_untrusted_proxy);
  g_test_add_func ("/server/http/throttled-peer", test_throttled_peer);
  return g_test_run ();
}
