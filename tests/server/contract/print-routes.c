/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Prints the server's route table as JSON, for the tests that grow with it. */

#include <stdio.h>

#include "kab-api.h"
#include "kab-health.h"

static const struct
{
  KabAccess access;
  const char *name;
} roles[] = {
  { KAB_ACCESS_PUBLIC, "public" },
  { KAB_ACCESS_REGISTRATION, "registration" },
  { KAB_ACCESS_CLIENT, "client" },
  { KAB_ACCESS_STAFF, "staff" },
  { KAB_ACCESS_PASSWORD_CHANGE, "password-change" },
};

static const char *const bodies[] = {
  [KAB_BODY_NONE] = "none",
  [KAB_BODY_JSON] = "json",
  [KAB_BODY_BYTES] = "bytes",
  [KAB_BODY_STREAM] = "stream",
};

static const char *const answers[] = {
  [KAB_ANSWER_NONE] = "none", [KAB_ANSWER_JSON] = "json",     [KAB_ANSWER_TEXT] = "text",
  [KAB_ANSWER_FILE] = "file", [KAB_ANSWER_EVENTS] = "events",
};

static JsonNode *
describe (const KabRoute *route)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *access = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (route->access & roles[i].access)
      json_array_add_string_element (access, roles[i].name);
  json_object_set_string_member (object, "method", kab_method_get_name (route->method));
  json_object_set_string_member (object, "path", route->path);
  json_object_set_string_member (object, "operation", route->operation);
  json_object_set_array_member (object, "access", access);
  json_object_set_boolean_member (object, "needsKey",
                                  (route->flags & KAB_ROUTE_NEEDS_IDEMPOTENCY_KEY) != 0);
  json_object_set_boolean_member (object, "needsIfMatch",
                                  (route->flags & KAB_ROUTE_NEEDS_IF_MATCH) != 0);
  json_object_set_string_member (object, "body", bodies[route->body]);
  json_object_set_string_member (object, "answer", answers[route->answer]);
  json_object_set_string_member (object, "contentType",
                                 route->content_type != NULL ? route->content_type : "");
  json_node_take_object (node, object);
  return node;
}

int
main (void)
{
  g_autoptr (KabRouter) router = kab_router_new ();
  g_autoptr (KabMetrics) metrics = kab_metrics_new ();
  g_autoptr (GPtrArray) nobody = kab_network_list_new ((const char *const[]) { NULL }, NULL);
  g_autoptr (KabHealth) health = kab_health_new (metrics, nobody);
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *text = NULL;
  KabApiContext context = { 0 };
  JsonArray *array = json_array_new ();
  guint n_routes;
  const KabRoute *const *routes;

  kab_health_add_routes (health, router);
  kab_api_add_routes (router, &context);
  routes = kab_router_get_routes (router, &n_routes);
  for (guint i = 0; i < n_routes; i++)
    json_array_add_element (array, describe (routes[i]));
  json_node_take_array (root, array);
  text = json_to_string (root, FALSE);
  puts (text);
  return 0;
}
