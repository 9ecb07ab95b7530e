/* SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * KabResponse:
 *
 * What a handler answers with: a status, header fields, and a body that is bytes, is read piece by
 * piece, or is a stream of events. The frame adds what every response carries.
 */

#include "kab-response.h"

#include <stdarg.h>

#include "kab-problem.h"
#include "kab-response-private.h"

struct _KabResponse
{
  GObject parent_instance;

  guint status;
  GHashTable *headers;    /* (owned): name → value */
  GBytes *body;           /* (owned) (nullable) */
  KabEventStream *events; /* (owned) (nullable) */
  KabBodyReader reader;   /* (nullable) */
  gpointer reader_data;
  GDestroyNotify reader_destroy;
  guint64 start;  /* where the reader is asked to begin */
  guint64 length; /* of what it gives */
};

G_DEFINE_FINAL_TYPE (KabResponse, kab_response, G_TYPE_OBJECT)

static gboolean
is_field_value (const char *value)
{
  for (const char *p = value; *p; p++)
    if (g_ascii_iscntrl (*p))
      return FALSE;
  return TRUE;
}

static KabResponse *
new_response (guint status, const char *content_type)
{
  KabResponse *self = g_object_new (KAB_TYPE_RESPONSE, NULL);

  self->status = status;
  if (content_type)
    kab_response_set_header (self, "Content-Type", content_type);
  return self;
}

static GBytes *
node_to_bytes (JsonNode *node)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  gsize length;
  char *text;

  json_generator_set_root (generator, node);
  text = json_generator_to_data (generator, &length);
  return g_bytes_new_take (text, length);
}

static void
kab_response_finalize (GObject *object)
{
  KabResponse *self = KAB_RESPONSE (object);

  if (self->reader_destroy)
    self->reader_destroy (self->reader_data);
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_object (&self->events);
  G_OBJECT_CLASS (kab_response_parent_class)->finalize (object);
}

static void
kab_response_class_init (KabResponseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_response_finalize;
}

static void
kab_response_init (KabResponse *self)
{
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * kab_response_new_empty:
 * @status: such as 204
 *
 * Returns: (transfer full): a response without a body
 */
KabResponse *
kab_response_new_empty (guint status)
{
  return new_response (status, NULL);
}

/**
 * kab_response_new_json:
 * @status: such as 200 or 201
 * @object: (transfer full): the body
 *
 * Returns: (transfer full): a JSON response
 */
KabResponse *
kab_response_new_json (guint status, JsonObject *object)
{
  KabResponse *self = new_response (status, "application/json");
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  self->body = node_to_bytes (node);
  return self;
}

/**
 * kab_response_new_bytes:
 * @content_type: of the body
 * @body: (transfer full): the body
 *
 * Returns: (transfer full): a response with that body
 */
KabResponse *
kab_response_new_bytes (guint status, const char *content_type, GBytes *body)
{
  KabResponse *self = new_response (status, content_type);

  self->body = body;
  return self;
}

/**
 * kab_response_new_stream:
 * @length: bytes of the whole body
 * @reader: asked for one piece after the other, at the client's pace
 *
 * Returns: (transfer full): a 200 whose body is never whole in memory
 */
KabResponse *
kab_response_new_stream (const char *content_type,
                         guint64 length,
                         KabBodyReader reader,
                         gpointer user_data,
                         GDestroyNotify destroy)
{
  KabResponse *self = new_response (200, content_type);

  self->length = length;
  self->reader = reader;
  self->reader_data = user_data;
  self->reader_destroy = destroy;
  return self;
}

/**
 * kab_response_new_events:
 * @stream: (transfer none): keep a reference and push to it
 *
 * Returns: (transfer full): a response that stays open
 */
KabResponse *
kab_response_new_events (KabEventStream *stream)
{
  KabResponse *self = new_response (200, "text/event-stream");

  /* nginx would gather events otherwise. */
  kab_response_set_header (self, "X-Accel-Buffering", "no");
  self->events = g_object_ref (stream);
  return self;
}

/**
 * kab_response_new_problem:
 * @error: an error of the domain %KAB_PROBLEM
 *
 * Returns: (transfer full): the answer of RFC 9457
 */
KabResponse *
kab_response_new_problem (const GError *error)
{
  KabResponse *self = new_response (kab_problem_get_status ((KabProblemCode) error->code),
                                    "application/problem+json");
  g_autoptr (JsonNode) node = kab_problem_to_json (error);
  guint retry_after = kab_problem_get_retry_after (error);

  self->body = node_to_bytes (node);
  if (retry_after > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", retry_after);

      kab_response_set_header (self, "Retry-After", seconds);
    }
  if (error->code == KAB_PROBLEM_UNAUTHENTICATED)
    kab_response_set_header (self, "WWW-Authenticate", "Bearer");
  return self;
}

/**
 * kab_response_set_header:
 * @value: its value; one with control characters is left out, so that none can start a new field
 */
void
kab_response_set_header (KabResponse *self, const char *name, const char *value)
{
  if (is_field_value (value))
    g_hash_table_replace (self->headers, g_strdup (name), g_strdup (value));
}

/**
 * kab_response_set_etag:
 * @tag: the tag without quotes, such as a version number
 *
 * A GET whose If-None-Match names it is answered with 304.
 */
void
kab_response_set_etag (KabResponse *self, const char *tag)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", tag);

  kab_response_set_header (self, "ETag", quoted);
}

/**
 * kab_response_set_range:
 * @first: the first byte that is sent
 * @last: the last one, within the body
 *
 * Makes a streamed response a 206 with a part of its body (RFC 9110 section 15.3.7).
 */
void
kab_response_set_range (KabResponse *self, guint64 first, guint64 last)
{
  g_autofree char *range =
      g_strdup_printf ("bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT,
                       first, last, self->length);

  self->status = 206;
  self->start = first;
  self->length = last - first + 1;
  kab_response_set_header (self, "Content-Range", range);
}

/**
 * kab_response_set_location:
 * @format: the path of what was created
 */
void
kab_response_set_location (KabResponse *self, const char *format, ...)
{
  g_autofree char *path = NULL;
  va_list arguments;

  va_start (arguments, format);
  path = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  kab_response_set_header (self, "Location", path);
}

/**
 * kab_response_set_file_name:
 * @file_name: UTF-8, as the customer named it
 * @is_inline: whether it may be shown in place
 *
 * Sets Content-Disposition: a plain ASCII stand-in, and the real name by RFC 8187.
 */
void
kab_response_set_file_name (KabResponse *self, const char *file_name, gboolean is_inline)
{
  g_autofree char *valid = g_utf8_make_valid (file_name, -1);
  g_autofree char *escaped = g_uri_escape_string (valid, "!#$&+^`|", FALSE);
  g_autofree char *plain = g_str_to_ascii (valid, "C");
  g_autofree char *value = NULL;

  for (char *p = plain; *p; p++)
    if (g_ascii_iscntrl (*p) || strchr ("\"\\/%", *p))
      *p = '_';
  value = g_strdup_printf ("%s; filename=\"%s\"; filename*=UTF-8''%s",
                           is_inline ? "inline" : "attachment", plain, escaped);
  kab_response_set_header (self, "Content-Disposition", value);
}

/**
 * kab_response_get_status:
 *
 * Returns: the HTTP status
 */
guint
kab_response_get_status (KabResponse *self)
{
  return self->status;
}

/**
 * kab_response_get_header:
 * @name: the name as it was set
 *
 * Returns: (nullable): its value
 */
const char *
kab_response_get_header (KabResponse *self, const char *name)
{
  return g_hash_table_lookup (self->headers, name);
}

/**
 * kab_response_get_body:
 *
 * Returns: (transfer none) (nullable): the body, unless it is empty, read in pieces or events; what
 *   a repeat of an idempotent request is answered with
 */
GBytes *
kab_response_get_body (KabResponse *self)
{
  return self->body;
}

/**
 * kab_response_foreach_header:
 *
 * Calls @func for each field.
 */
void
kab_response_foreach_header (KabResponse *self, KabHeaderFunc func, gpointer user_data)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, self->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    func (name, value, user_data);
}

/**
 * kab_response_get_events:
 *
 * Returns: (transfer none) (nullable): the stream of events
 */
KabEventStream *
kab_response_get_events (KabResponse *self)
{
  return self->events;
}

/**
 * kab_response_is_streamed:
 * @length: (out): bytes of the whole body
 *
 * Returns: whether the body is to be read with kab_response_read()
 */
gboolean
kab_response_is_streamed (KabResponse *self, guint64 *length)
{
  *length = self->length;
  return self->reader != NULL;
}

/* The end of a part needn't be the end of a piece. */
static GBytes *
cut_off (KabResponse *self, GBytes *piece, guint64 offset)
{
  const guint64 left = self->length - offset;
  GBytes *beginning;

  if (self->status != 206 || g_bytes_get_size (piece) <= left)
    return piece;
  beginning = g_bytes_new_from_bytes (piece, 0, left);
  g_bytes_unref (piece);
  return beginning;
}

/**
 * kab_response_read:
 *
 * Returns: (transfer full): the next piece, see #KabBodyReader; %NULL with %KAB_PROBLEM_INTERNAL
 *   when it came out empty or longer than announced
 */
GBytes *
kab_response_read (KabResponse *self, guint64 offset, GError **error)
{
  GBytes *piece = self->reader (self->reader_data, self->start + offset, error);
  gsize length;

  if (piece)
    piece = cut_off (self, piece, offset);
  length = piece ? g_bytes_get_size (piece) : 0;
  if (piece && (length == 0 || length > self->length - offset))
    {
      g_clear_pointer (&piece, g_bytes_unref);
      kab_problem_set (error, KAB_PROBLEM_INTERNAL, NULL);
    }
  return piece;
}
