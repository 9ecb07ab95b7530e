/* SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * KabRequest:
 *
 * One request as its handler sees it: everything is copied out of the HTTP library, so it may be
 * read from any worker thread. One thread at a time works with it.
 */

#include "kab-request.h"

#include <sodium.h>

#include "kab-http-syntax.h"
#include "kab-json.h"
#include "kab-problem.h"
#include "kab-request-private.h"

/* Nothing that this server reads nests deeper. */
#define JSON_DEPTH_MAX           32
#define REQUEST_ID_BYTES         16
#define FORWARDED_REQUEST_ID_MAX 64

struct _KabRequest
{
  GObject parent_instance;

  char *id;
  char *method;
  char *uri;              /* (owned): path and query as they were sent */
  char *path;             /* (owned) (nullable): set by parse_target */
  const char *route_path; /* (unowned) (nullable): the route's template */
  GHashTable *parameters; /* (owned) (nullable) */
  GHashTable *query;      /* (owned) (nullable) */
  GHashTable *headers;    /* (owned): lower-case name → value */
  GHashTable *reply;      /* (owned) (nullable): name → value */
  GInetAddress *peer;     /* (owned) */
  GInetAddress *client;   /* (owned) */
  char *client_network;
  char *if_match; /* (owned) (nullable) */
  char *idempotency_key;
  GBytes *body;     /* (owned) (nullable) */
  JsonObject *json; /* (owned) (nullable) */
  gpointer data;
  GDestroyNotify data_destroy;
  gpointer caller;
  GDestroyNotify caller_destroy;
  KabAccess role;
};

G_DEFINE_FINAL_TYPE (KabRequest, kab_request, G_TYPE_OBJECT)

static char *
make_id (void)
{
  guint8 random[REQUEST_ID_BYTES];
  char text[2 * REQUEST_ID_BYTES + 1];

  randombytes_buf (random, sizeof random);
  sodium_bin2hex (text, sizeof text, random, sizeof random);
  return g_strdup (text);
}

static GHashTable *
new_fields (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static gboolean
parse_query (KabRequest *self, const char *query, GError **error)
{
  g_autoptr (GError) error_local = NULL;
  gboolean is_sound = TRUE;
  GUriParamsIter iter;
  char *name;
  char *value;

  self->query = new_fields ();
  g_uri_params_iter_init (&iter, query, -1, "&", G_URI_PARAMS_WWW_FORM);
  while (is_sound && g_uri_params_iter_next (&iter, &name, &value, &error_local))
    is_sound = g_hash_table_insert (self->query, name, value);
  if (!is_sound || error_local)
    kab_problem_set (error, KAB_PROBLEM_INVALID_QUERY, NULL);
  return is_sound && !error_local;
}

static void
kab_request_finalize (GObject *object)
{
  KabRequest *self = KAB_REQUEST (object);

  if (self->data_destroy)
    self->data_destroy (self->data);
  if (self->caller_destroy)
    self->caller_destroy (self->caller);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->method, g_free);
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->parameters, g_hash_table_unref);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_clear_pointer (&self->reply, g_hash_table_unref);
  g_clear_pointer (&self->client_network, g_free);
  g_clear_pointer (&self->if_match, g_free);
  g_clear_pointer (&self->idempotency_key, g_free);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->json, json_object_unref);
  g_clear_object (&self->peer);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (kab_request_parent_class)->finalize (object);
}

static void
kab_request_class_init (KabRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_request_finalize;
}

static void
kab_request_init (KabRequest *self)
{
  self->headers = new_fields ();
  self->role = KAB_ACCESS_PUBLIC;
}

/**
 * kab_request_new:
 * @method: the method
 * @uri: path and query as they were sent
 * @peer: who is at the other end of the socket
 *
 * Returns: (transfer full): a request that still lacks headers and target
 */
KabRequest *
kab_request_new (const char *method, const char *uri, GInetAddress *peer)
{
  KabRequest *self = g_object_new (KAB_TYPE_REQUEST, NULL);

  self->id = make_id ();
  self->method = g_strdup (method);
  self->uri = g_strdup (uri);
  self->peer = g_object_ref (peer);
  self->client = g_object_ref (peer);
  return self;
}

/**
 * kab_request_take_header:
 *
 * Adds a field; one that was there is continued as a list (RFC 9110 section 5.3).
 */
void
kab_request_take_header (KabRequest *self, const char *name, const char *value)
{
  g_autofree char *key = g_ascii_strdown (name, -1);
  const char *before = g_hash_table_lookup (self->headers, key);
  char *joined = before ? g_strconcat (before, ", ", value, NULL) : g_strdup (value);

  g_hash_table_replace (self->headers, g_steal_pointer (&key), joined);
}

/**
 * kab_request_parse_target:
 *
 * Cuts the target into path and query parameters.
 *
 * Returns: %TRUE, or %FALSE with a problem: not in origin form, a broken escape, bad UTF-8 or the
 *   same query parameter twice
 */
gboolean
kab_request_parse_target (KabRequest *self, GError **error)
{
  const char *query = strchr (self->uri, '?');

  if (self->uri[0] != '/' || strchr (self->uri, '#') || !kab_http_has_sound_escapes (self->uri))
    {
      kab_problem_set (error, KAB_PROBLEM_INVALID_PATH, NULL);
      return FALSE;
    }
  self->path = query ? g_strndup (self->uri, (gsize) (query - self->uri)) : g_strdup (self->uri);
  return !query || parse_query (self, query + 1, error);
}

/**
 * kab_request_identify:
 * @proxies: (nullable): whose words about the client count
 *
 * Finds out who asks, and takes over the request id of a trusted proxy.
 */
void
kab_request_identify (KabRequest *self, KabNetworkList *proxies)
{
  const char *forwarded_id = kab_request_get_header (self, "x-request-id");

  g_clear_object (&self->client);
  self->client = kab_network_list_get_client (proxies, self->peer,
                                              kab_request_get_header (self, "x-forwarded-for"));
  g_clear_pointer (&self->client_network, g_free);
  self->client_network = kab_peer_network (self->client);
  if (forwarded_id && kab_network_list_contains (proxies, self->peer) &&
      kab_http_is_token (forwarded_id, FORWARDED_REQUEST_ID_MAX))
    g_set_str (&self->id, forwarded_id);
}

/**
 * kab_request_get_uri:
 *
 * Returns: path and query as they were sent; never log it
 */
const char *
kab_request_get_uri (KabRequest *self)
{
  return self->uri;
}

/**
 * kab_request_get_path:
 *
 * Returns: the path as it was sent; never log it
 */
const char *
kab_request_get_path (KabRequest *self)
{
  return self->path;
}

/**
 * kab_request_take_route:
 * @route_path: (not nullable): the route's template, a static string
 * @path_parameters: (transfer full) (nullable): values by name
 */
void
kab_request_take_route (KabRequest *self, const char *route_path, GHashTable *path_parameters)
{
  self->route_path = route_path;
  g_clear_pointer (&self->parameters, g_hash_table_unref);
  self->parameters = path_parameters;
}

/**
 * kab_request_parse_preconditions:
 *
 * Reads If-Match and Idempotency-Key.
 *
 * Returns: %TRUE, or %FALSE with %KAB_PROBLEM_INVALID_HEADER when one is there but malformed
 */
gboolean
kab_request_parse_preconditions (KabRequest *self, GError **error)
{
  const char *if_match = kab_request_get_header (self, "if-match");
  const char *key = kab_request_get_header (self, "idempotency-key");

  if (if_match)
    self->if_match = kab_http_parse_entity_tag (if_match);
  if (key)
    self->idempotency_key = kab_http_parse_idempotency_key (key);
  if ((if_match && !self->if_match) || (key && !self->idempotency_key))
    {
      kab_problem_set (error, KAB_PROBLEM_INVALID_HEADER, "%s",
                       if_match && !self->if_match ? "If-Match takes one strong entity tag"
                                                   : "Idempotency-Key is malformed");
      return FALSE;
    }
  return TRUE;
}

/**
 * kab_request_take_body:
 * @body: (transfer full): all of it
 * @is_json: whether to parse it
 *
 * Returns: %TRUE, or %FALSE with a #KabJsonError, which is answered with 400
 */
gboolean
kab_request_take_body (KabRequest *self, GBytes *body, gboolean is_json, GError **error)
{
  gsize length;
  const char *text;

  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = body;
  if (!is_json)
    return TRUE;
  text = g_bytes_get_data (body, &length);
  self->json = kab_json_parse_object (text, length, length, JSON_DEPTH_MAX, error);
  return self->json != NULL;
}

/**
 * kab_request_set_role:
 * @role: one bit: who the authenticator says this is
 */
void
kab_request_set_role (KabRequest *self, KabAccess role)
{
  self->role = role;
}

/**
 * kab_request_get_id:
 *
 * Returns: the id in X-Request-Id and in the log
 */
const char *
kab_request_get_id (KabRequest *self)
{
  return self->id;
}

/**
 * kab_request_get_method:
 *
 * Returns: the method as it was sent: "HEAD" on a GET route as well
 */
const char *
kab_request_get_method (KabRequest *self)
{
  return self->method;
}

/**
 * kab_request_get_route_path:
 *
 * Returns: (nullable): the template of the route, safe to log
 */
const char *
kab_request_get_route_path (KabRequest *self)
{
  return self->route_path;
}

/**
 * kab_request_get_parameter:
 * @name: a name in braces of the route's path
 *
 * Returns: its value, of the form [A-Za-z0-9_-]{1,64}
 */
const char *
kab_request_get_parameter (KabRequest *self, const char *name)
{
  return self->parameters ? g_hash_table_lookup (self->parameters, name) : NULL;
}

/**
 * kab_request_get_query:
 * @name: a query parameter
 *
 * Returns: (nullable): its value, valid UTF-8
 */
const char *
kab_request_get_query (KabRequest *self, const char *name)
{
  return self->query ? g_hash_table_lookup (self->query, name) : NULL;
}

/**
 * kab_request_get_query_integer:
 * @name: a query parameter, such as "limit"
 * @fallback: the value when it is missing
 * @value: (out): its value
 *
 * Returns: %TRUE, or %FALSE with %KAB_PROBLEM_INVALID_QUERY when it is no number of that range
 */
gboolean
kab_request_get_query_integer (KabRequest *self,
                               const char *name,
                               gint64 minimum,
                               gint64 maximum,
                               gint64 fallback,
                               gint64 *value,
                               GError **error)
{
  const char *text = kab_request_get_query (self, name);

  *value = fallback;
  if (!text || g_ascii_string_to_signed (text, 10, minimum, maximum, value, NULL))
    return TRUE;
  kab_problem_set (error, KAB_PROBLEM_INVALID_QUERY, "%s takes a number", name);
  return FALSE;
}

/**
 * kab_request_get_header:
 * @name: the field's name in lower case
 *
 * Returns: (nullable): its value
 */
const char *
kab_request_get_header (KabRequest *self, const char *name)
{
  return g_hash_table_lookup (self->headers, name);
}

/**
 * kab_request_get_header_integer:
 * @name: the field's name in lower case, such as "upload-offset"
 * @value: (out): its value, 0 or more
 *
 * Returns: %TRUE, or %FALSE with %KAB_PROBLEM_INVALID_HEADER when it is missing or no such number
 */
gboolean
kab_request_get_header_integer (KabRequest *self,
                                const char *name,
                                gint64 maximum,
                                gint64 *value,
                                GError **error)
{
  const char *text = kab_request_get_header (self, name);

  if (text && g_ascii_isdigit (text[0]) &&
      g_ascii_string_to_signed (text, 10, 0, maximum, value, NULL))
    return TRUE;
  kab_problem_set (error, KAB_PROBLEM_INVALID_HEADER, "%s takes a number", name);
  return FALSE;
}

/**
 * kab_request_dup_bearer_token:
 *
 * Returns: (transfer full) (nullable): the token of `Authorization: Bearer` (RFC 6750); wipe it
 */
char *
kab_request_dup_bearer_token (KabRequest *self)
{
  const char *value = kab_request_get_header (self, "authorization");

  if (!value || g_ascii_strncasecmp (value, "Bearer ", 7) != 0 ||
      !kab_http_is_token (value + 7, 256))
    return NULL;
  return g_strdup (value + 7);
}

/**
 * kab_request_get_idempotency_key:
 *
 * Returns: (nullable): the key; never %NULL on a route that needs it
 */
const char *
kab_request_get_idempotency_key (KabRequest *self)
{
  return self->idempotency_key;
}

/**
 * kab_request_get_if_match:
 *
 * Returns: (nullable): the entity tag without quotes; never %NULL on a route that needs it
 */
const char *
kab_request_get_if_match (KabRequest *self)
{
  return self->if_match;
}

/**
 * kab_request_get_client_address:
 *
 * Returns: (transfer none): the client's address, behind a trusted proxy the forwarded one
 */
GInetAddress *
kab_request_get_client_address (KabRequest *self)
{
  return self->client;
}

/**
 * kab_request_get_client_network:
 *
 * Returns: the key for throttles, see kab_peer_network()
 */
const char *
kab_request_get_client_network (KabRequest *self)
{
  return self->client_network;
}

/**
 * kab_request_get_json:
 *
 * Returns: (transfer none): the body of a %KAB_BODY_JSON route
 */
JsonObject *
kab_request_get_json (KabRequest *self)
{
  return self->json;
}

/**
 * kab_request_get_body:
 *
 * Returns: (transfer none) (nullable): the body as it came, of a JSON or BYTES route
 */
GBytes *
kab_request_get_body (KabRequest *self)
{
  return self->body;
}

/**
 * kab_request_get_content_length:
 *
 * Returns: the announced length of the body, or -1 when there is none or it comes in chunks
 */
gint64
kab_request_get_content_length (KabRequest *self)
{
  const char *text = kab_request_get_header (self, "content-length");
  gint64 length;

  return text && g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &length, NULL) ? length : -1;
}

/**
 * kab_request_set_data:
 * @data: what the steps of a streamed upload share
 */
void
kab_request_set_data (KabRequest *self, gpointer data, GDestroyNotify destroy)
{
  if (self->data_destroy)
    self->data_destroy (self->data);
  self->data = data;
  self->data_destroy = destroy;
}

/**
 * kab_request_get_data:
 *
 * Returns: what kab_request_set_data() was given
 */
gpointer
kab_request_get_data (KabRequest *self)
{
  return self->data;
}

/**
 * kab_request_set_reply_header:
 * @name: a field of the answer
 * @value: its value
 *
 * Sets a field that the answer has whatever it will be, a refusal as well.
 */
void
kab_request_set_reply_header (KabRequest *self, const char *name, const char *value)
{
  if (!self->reply)
    self->reply = new_fields ();
  g_hash_table_replace (self->reply, g_strdup (name), g_strdup (value));
}

/* Puts what kab_request_set_reply_header() was given into the answer. */
void
kab_request_complete_response (KabRequest *self, KabResponse *response)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  if (!self->reply)
    return;
  g_hash_table_iter_init (&iter, self->reply);
  while (g_hash_table_iter_next (&iter, &name, &value))
    kab_response_set_header (response, name, value);
}

/**
 * kab_request_set_caller:
 * @caller: what the authenticator found out, such as a session
 */
void
kab_request_set_caller (KabRequest *self, gpointer caller, GDestroyNotify destroy)
{
  if (self->caller_destroy)
    self->caller_destroy (self->caller);
  self->caller = caller;
  self->caller_destroy = destroy;
}

/**
 * kab_request_get_caller:
 *
 * Returns: (nullable): what kab_request_set_caller() was given
 */
gpointer
kab_request_get_caller (KabRequest *self)
{
  return self->caller;
}
