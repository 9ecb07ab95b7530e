/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-request.h"

#include "kab-sandbox-json.h"

#include <string.h>

/**
 * KabSandboxRequest:
 *
 * One HTTP request as it was received: the address and the body are the very bytes that came.
 */
struct _KabSandboxRequest
{
  GObject parent_instance;

  SoupServerMessage *message; /* (owned) */
  char *target;               /* (owned) path with query */
  char *path;                 /* (owned) still percent-encoded, without the prefix */
  GHashTable *query;          /* (owned) */
  GBytes *body;               /* (owned) */
  JsonObject *record;         /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (KabSandboxRequest, kab_sandbox_request, G_TYPE_OBJECT)

static void
kab_sandbox_request_finalize (GObject *object)
{
  KabSandboxRequest *self = KAB_SANDBOX_REQUEST (object);

  g_object_unref (self->message);
  g_free (self->target);
  g_free (self->path);
  g_hash_table_unref (self->query);
  g_bytes_unref (self->body);
  g_clear_pointer (&self->record, json_object_unref);
  G_OBJECT_CLASS (kab_sandbox_request_parent_class)->finalize (object);
}

static void
kab_sandbox_request_class_init (KabSandboxRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_sandbox_request_finalize;
}

static void
kab_sandbox_request_init (KabSandboxRequest *self)
{
}

/**
 * kab_sandbox_request_new:
 * @message: the message of the HTTP library, read completely
 * @line: its request line as received
 * @prefix: how many characters of the path don't belong to the interface
 *
 * Returns: (transfer full) (nullable): the request, or %NULL when the line isn't one
 */
KabSandboxRequest *
kab_sandbox_request_new (SoupServerMessage *message, const char *line, gsize prefix)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", 3);
  KabSandboxRequest *self;
  const char *query;

  if (g_strv_length (parts) != 3 || parts[1][0] != '/' || strlen (parts[1]) < prefix)
    return NULL;
  query = strchr (parts[1], '?');
  self = g_object_new (KAB_TYPE_SANDBOX_REQUEST, NULL);
  self->message = g_object_ref (message);
  self->target = g_strdup (parts[1]);
  self->path = g_strndup (parts[1] + prefix, strcspn (parts[1] + prefix, "?"));
  self->query = soup_form_decode (query ? query + 1 : "");
  self->body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  return self;
}

/**
 * kab_sandbox_request_get_message:
 * @self: a request
 *
 * Returns: (transfer none): the message of the HTTP library
 */
SoupServerMessage *
kab_sandbox_request_get_message (KabSandboxRequest *self)
{
  return self->message;
}

/**
 * kab_sandbox_request_get_method:
 * @self: a request
 *
 * Returns: (transfer none): the method
 */
const char *
kab_sandbox_request_get_method (KabSandboxRequest *self)
{
  return soup_server_message_get_method (self->message);
}

/**
 * kab_sandbox_request_get_target:
 * @self: a request
 *
 * Returns: (transfer none): path and query as in the request line
 */
const char *
kab_sandbox_request_get_target (KabSandboxRequest *self)
{
  return self->target;
}

/**
 * kab_sandbox_request_get_path:
 * @self: a request
 *
 * Returns: (transfer none): the path, still percent-encoded
 */
const char *
kab_sandbox_request_get_path (KabSandboxRequest *self)
{
  return self->path;
}

/**
 * kab_sandbox_request_get_body:
 * @self: a request
 *
 * Returns: (transfer none): the body's bytes
 */
GBytes *
kab_sandbox_request_get_body (KabSandboxRequest *self)
{
  return self->body;
}

/**
 * kab_sandbox_request_get_header:
 * @self: a request
 * @name: a header's name
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
kab_sandbox_request_get_header (KabSandboxRequest *self, const char *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (self->message),
                                       name);
}

/**
 * kab_sandbox_request_get_query:
 * @self: a request
 * @name: a parameter of the query
 *
 * Returns: (transfer none) (nullable): its value, decoded
 */
const char *
kab_sandbox_request_get_query (KabSandboxRequest *self, const char *name)
{
  return g_hash_table_lookup (self->query, name);
}

/**
 * kab_sandbox_request_match:
 * @self: a request
 * @method: the method of a route
 * @pattern: its path, where "*" stands for one segment or the rest of one
 * @values: (out) (transfer full): what the stars stood for, decoded
 *
 * Returns: whether the request belongs to the route; @values is set only then
 */
gboolean
kab_sandbox_request_match (KabSandboxRequest *self,
                           const char *method,
                           const char *pattern,
                           char ***values)
{
  g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1);
  g_auto (GStrv) given = g_strsplit (self->path, "/", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (!g_str_equal (method, kab_sandbox_request_get_method (self)) ||
      g_strv_length (wanted) != g_strv_length (given))
    return FALSE;
  for (gsize i = 0; wanted[i]; i++)
    {
      const char *star = strchr (wanted[i], '*');
      char *value;

      if (!star && !g_str_equal (wanted[i], given[i]))
        return FALSE;
      if (!star)
        continue;
      if (strncmp (wanted[i], given[i], star - wanted[i]) != 0)
        return FALSE;
      value = g_uri_unescape_string (given[i] + (star - wanted[i]), NULL);
      if (!value || !*value || !g_utf8_validate (value, -1, NULL))
        {
          g_free (value);
          return FALSE;
        }
      g_strv_builder_take (builder, value);
    }
  *values = g_strv_builder_end (builder);
  return TRUE;
}

/**
 * kab_sandbox_request_set_record:
 * @self: a request
 * @record: (transfer none): its record in the log
 *
 * Writes the request into the record; the status follows with the reply.
 */
void
kab_sandbox_request_set_record (KabSandboxRequest *self, JsonObject *record)
{
  gsize length;
  const char *bytes = g_bytes_get_data (self->body, &length);
  g_autofree char *text = length > 0 ? g_utf8_make_valid (bytes, MIN (length, 4096)) : NULL;

  self->record = json_object_ref (record);
  json_object_set_string_member (record, "method", kab_sandbox_request_get_method (self));
  json_object_set_string_member (record, "target", self->target);
  if (text)
    json_object_set_string_member (record, "body", text);
}

/**
 * kab_sandbox_request_reply:
 * @self: a request
 * @status: the HTTP status
 * @media_type: the body's type
 * @body: the body
 *
 * Answers. Nothing that a stand-in says may be kept by a cache.
 */
void
kab_sandbox_request_reply (KabSandboxRequest *self,
                           guint status,
                           const char *media_type,
                           const char *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_server_message_set_status (self->message, status, NULL);
  soup_server_message_set_response (self->message, media_type, SOUP_MEMORY_COPY, body,
                                    strlen (body));
  if (self->record)
    json_object_set_int_member (self->record, "status", status);
}

/**
 * kab_sandbox_request_reply_object:
 * @self: a request
 * @status: the HTTP status
 * @object: (transfer full): the answer
 */
void
kab_sandbox_request_reply_object (KabSandboxRequest *self, guint status, JsonObject *object)
{
  g_autofree char *text = kab_sandbox_json_print (object, FALSE);

  kab_sandbox_request_reply (self, status, "application/json", text);
  json_object_unref (object);
}

/**
 * kab_sandbox_request_reply_array:
 * @self: a request
 * @array: (transfer full): the answer
 */
void
kab_sandbox_request_reply_array (KabSandboxRequest *self, JsonArray *array)
{
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), array);
  g_autofree char *text = json_to_string (node, FALSE);

  kab_sandbox_request_reply (self, 200, "application/json", text);
  json_array_unref (array);
}

/**
 * kab_sandbox_request_reply_error:
 * @self: a request
 * @error: of the domain %KAB_SANDBOX_ERROR
 *
 * Answers with the error's status and its words.
 */
void
kab_sandbox_request_reply_error (KabSandboxRequest *self, const GError *error)
{
  JsonObject *object = kab_sandbox_json_strings ("description", error->message, NULL);

  json_object_set_int_member (object, "code", error->code);
  kab_sandbox_request_reply_object (self, error->code, object);
}
