/* SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * KabRouter:
 *
 * The table of routes, kept as a tree of path segments. It is filled before the server starts and
 * only read afterwards.
 */

#include "kab-router.h"

#include "kab-problem.h"

#define PARAMETER_LENGTH_MAX 64

static const char *const METHOD_NAMES[KAB_N_METHODS] = {
  [KAB_METHOD_GET] = "GET",         [KAB_METHOD_HEAD] = "HEAD",   [KAB_METHOD_POST] = "POST",
  [KAB_METHOD_PUT] = "PUT",         [KAB_METHOD_PATCH] = "PATCH", [KAB_METHOD_DELETE] = "DELETE",
  [KAB_METHOD_OPTIONS] = "OPTIONS",
};

typedef struct
{
  const KabRoute *route;
  gpointer user_data;
} Target;

typedef struct _Node Node;
struct _Node
{
  GHashTable *literals; /* (owned): segment → Node */
  Node *parameter;      /* (owned) (nullable): what any id leads to */
  char *parameter_name; /* (owned) (nullable) */
  Target targets[KAB_N_METHODS];
};

struct _KabRouter
{
  GObject parent_instance;

  Node *root;
  GPtrArray *routes; /* (owned): of KabRoute, unowned, ended by NULL */
};

G_DEFINE_FINAL_TYPE (KabRouter, kab_router, G_TYPE_OBJECT)

static void
free_node (Node *node)
{
  g_clear_pointer (&node->literals, g_hash_table_unref);
  g_clear_pointer (&node->parameter, free_node);
  g_free (node->parameter_name);
  g_free (node);
}

static Node *
new_node (void)
{
  Node *node = g_new0 (Node, 1);

  node->literals =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) free_node);
  return node;
}

static Node *
ensure_child (Node *node, const char *segment)
{
  Node *child;
  gsize length = strlen (segment);

  if (segment[0] == '{')
    {
      g_autofree char *name = g_strndup (segment + 1, length - 2);

      g_assert (segment[length - 1] == '}');
      if (!node->parameter)
        {
          node->parameter = new_node ();
          node->parameter_name = g_steal_pointer (&name);
        }
      else
        g_assert_cmpstr (node->parameter_name, ==, name);
      return node->parameter;
    }
  child = g_hash_table_lookup (node->literals, segment);
  if (!child)
    {
      child = new_node ();
      g_hash_table_insert (node->literals, g_strdup (segment), child);
    }
  return child;
}

/* The segment without its escapes, or NULL: escaped slashes and control characters have no use
 * here. */
static char *
decode_segment (const char *segment, const char *end)
{
  g_autofree char *decoded = g_uri_unescape_segment (segment, end, "/");

  if (!decoded || !g_utf8_validate (decoded, -1, NULL))
    return NULL;
  for (const char *p = decoded; *p; p++)
    if (g_ascii_iscntrl (*p) || *p == '\\')
      return NULL;
  return g_steal_pointer (&decoded);
}

static gboolean
is_identifier (const char *text)
{
  gsize length = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

  return length > 0 && length <= PARAMETER_LENGTH_MAX && text[length] == 0;
}

/* Returns: (nullable): where the segment leads to; a parameter's value is kept */
static const Node *
step (const Node *node, char *segment, GHashTable **parameters)
{
  g_autofree char *value = segment;
  const Node *next = g_hash_table_lookup (node->literals, value);

  if (next || !node->parameter || !is_identifier (value))
    return next;
  if (!*parameters)
    *parameters = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_hash_table_insert (*parameters, (gpointer) node->parameter_name, g_steal_pointer (&value));
  return node->parameter;
}

/* Returns: (nullable): the node; NULL with an error for a malformed or unknown path */
static const Node *
walk (const Node *node, const char *path, GHashTable **parameters, GError **error)
{
  for (const char *end = path; node && *end == '/';)
    {
      const char *start = end + 1;
      char *segment;

      end = start + strcspn (start, "/");
      segment = decode_segment (start, end);
      if (!segment)
        {
          kab_problem_set (error, KAB_PROBLEM_INVALID_PATH, NULL);
          return NULL;
        }
      node = step (node, segment, parameters);
    }
  if (!node)
    kab_problem_set (error, KAB_PROBLEM_NOT_FOUND, NULL);
  return node;
}

static char *
list_methods (const Node *node)
{
  GString *allow = g_string_new (NULL);

  for (KabMethod method = 0; method < KAB_N_METHODS; method++)
    {
      gboolean has = node->targets[method].route != NULL;

      has |= method == KAB_METHOD_HEAD && node->targets[KAB_METHOD_GET].route;
      has |= method == KAB_METHOD_OPTIONS;
      if (has)
        g_string_append_printf (allow, "%s%s", allow->len ? ", " : "", METHOD_NAMES[method]);
    }
  return g_string_free (allow, FALSE);
}

static gboolean
has_any_route (const Node *node)
{
  for (KabMethod method = 0; method < KAB_N_METHODS; method++)
    if (node->targets[method].route)
      return TRUE;
  return FALSE;
}

static const Target *
find_target (const Node *node, const char *method)
{
  for (KabMethod i = 0; i < KAB_N_METHODS; i++)
    if (g_str_equal (method, METHOD_NAMES[i]) && node->targets[i].route)
      return &node->targets[i];
  if (g_str_equal (method, "HEAD") && node->targets[KAB_METHOD_GET].route)
    return &node->targets[KAB_METHOD_GET];
  return NULL;
}

static void
kab_router_finalize (GObject *object)
{
  KabRouter *self = KAB_ROUTER (object);

  g_clear_pointer (&self->root, free_node);
  g_clear_pointer (&self->routes, g_ptr_array_unref);
  G_OBJECT_CLASS (kab_router_parent_class)->finalize (object);
}

static void
kab_router_class_init (KabRouterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_router_finalize;
}

static void
kab_router_init (KabRouter *self)
{
  self->root = new_node ();
  self->routes = g_ptr_array_new_null_terminated (64, NULL, TRUE);
}

/**
 * kab_router_new:
 *
 * Returns: (transfer full): a router without routes
 */
KabRouter *
kab_router_new (void)
{
  return g_object_new (KAB_TYPE_ROUTER, NULL);
}

/**
 * kab_router_add:
 * @routes: (array length=n_routes): static rows; they must live as long as the router
 * @user_data: handed to their handlers
 *
 * Adds rows to the table. A row that repeats a method and path, or names a parameter differently
 * from its neighbours, is a programmer's error.
 */
void
kab_router_add (KabRouter *self, const KabRoute *routes, gsize n_routes, gpointer user_data)
{
  for (gsize i = 0; i < n_routes; i++)
    {
      const KabRoute *route = &routes[i];
      g_auto (GStrv) segments = NULL;
      Node *node = self->root;

      g_assert (route->path[0] == '/' && route->handler && route->access);
      g_assert ((route->body == KAB_BODY_STREAM) == (route->sink != NULL));
      g_assert (!(route->flags & KAB_ROUTE_IMMEDIATE) || route->access == KAB_ACCESS_PUBLIC);
      segments = g_strsplit (route->path + 1, "/", -1);
      for (gsize j = 0; segments[j]; j++)
        node = ensure_child (node, segments[j]);
      g_assert_null (node->targets[route->method].route);
      node->targets[route->method] = (Target) { route, user_data };
      g_ptr_array_add (self->routes, (gpointer) route);
    }
}

/**
 * kab_router_get_routes:
 * @n_routes: (out) (optional): how many
 *
 * Returns: (array zero-terminated=1) (transfer none): all rows, in the order they were added
 */
const KabRoute *const *
kab_router_get_routes (KabRouter *self, guint *n_routes)
{
  if (n_routes)
    *n_routes = self->routes->len;
  return (const KabRoute *const *) self->routes->pdata;
}

/**
 * kab_router_find:
 * @method: the method as it was sent
 * @path: the path as it was sent, without its query; it begins with a slash
 * @user_data: (out): what the route was added with
 * @parameters: (out) (transfer full) (nullable): the path's parameters by name, if it has any
 * @allow: (out) (transfer full) (nullable): the path's methods, when it exists but not with @method
 *
 * Returns: (nullable): the route, or %NULL with %KAB_PROBLEM_INVALID_PATH, %KAB_PROBLEM_NOT_FOUND
 * or %KAB_PROBLEM_METHOD_NOT_ALLOWED. An OPTIONS without a route of its own comes as the latter,
 *   with @allow.
 */
const KabRoute *
kab_router_find (KabRouter *self,
                 const char *method,
                 const char *path,
                 gpointer *user_data,
                 GHashTable **parameters,
                 char **allow,
                 GError **error)
{
  const Target *target;
  const Node *node;

  *user_data = NULL;
  *allow = NULL;
  *parameters = NULL;
  node = walk (self->root, path, parameters, error);
  if (!node)
    return NULL;
  if (!has_any_route (node))
    {
      kab_problem_set (error, KAB_PROBLEM_NOT_FOUND, NULL);
      return NULL;
    }
  target = find_target (node, method);
  if (!target)
    {
      *allow = list_methods (node);
      kab_problem_set (error, KAB_PROBLEM_METHOD_NOT_ALLOWED, NULL);
      return NULL;
    }
  *user_data = target->user_data;
  return target->route;
}

/**
 * kab_method_get_name:
 *
 * Returns: the method as it is written in a request
 */
const char *
kab_method_get_name (KabMethod method)
{
  return METHOD_NAMES[method];
}
