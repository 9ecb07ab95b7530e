/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-events.h"

#include "kab-api-error-private.h"
#include "kab-api-private.h"
#include "kab-event-parser.h"
#include "kab-gentle-cancel.h"
#include "kab-json.h"
#include "kab-request-private.h"

#define READ_BYTES     4096
#define MAX_DATA_BYTES 4096
#define MAX_DATA_DEPTH 4

typedef struct
{
  char *id;   /* (owned) */
  char *type; /* (owned) */
  char *data; /* (owned) */
} Parsed;

struct _KabEvents
{
  GObject parent_instance;

  KabApi *api; /* (owned) */
  gboolean started;
  gboolean connected;
  char *last_id;  /* (owned) (nullable) */
  guint failures; /* in a row */
  guint retry_source;

  /* one connection */
  KabGentleCancel *cancel; /* (owned) (nullable) */
  KabRequest *request;     /* (owned) (nullable) */
  SoupMessage *message;    /* (owned) (nullable) */
  guint token_serial;
  GInputStream *stream;   /* (owned) (nullable) */
  KabEventParser *parser; /* (owned) (nullable) */
  GPtrArray *parsed;      /* (owned) of Parsed, not told yet */
};

enum
{
  PROP_0,
  PROP_CONNECTED,
  N_PROPS,
};

enum
{
  EVENT,
  RESET,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void open_stream (KabEvents *self);
static void read_more (KabEvents *self);

G_DEFINE_FINAL_TYPE (KabEvents, kab_events, G_TYPE_OBJECT)

static void
set_connected (KabEvents *self, gboolean connected)
{
  if (self->connected == connected)
    return;

  self->connected = connected;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTED]);
}

static void
close_stream (KabEvents *self)
{
  if (self->cancel != NULL)
    kab_gentle_cancel_trigger (self->cancel);
  g_clear_pointer (&self->cancel, kab_gentle_cancel_free);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_pointer (&self->request, kab_request_unref);
  g_clear_object (&self->message);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->parser, kab_event_parser_free);
}

static gboolean
retry_due_cb (gpointer user_data)
{
  KabEvents *self = user_data;

  self->retry_source = 0;
  open_stream (self);

  return G_SOURCE_REMOVE;
}

/* The connection is lost: another one after a pause, which grows from loss to loss. */
static void
connect_later (KabEvents *self)
{
  const KabTimeouts *timeouts = kab_api_get_timeouts (self->api);
  guint asked = self->parser ? kab_event_parser_get_retry (self->parser) : 0;
  guint wait =
      MIN ((guint64) timeouts->probe_min_ms << MIN (self->failures, 16u), timeouts->probe_max_ms);

  close_stream (self);
  set_connected (self, FALSE);
  if (!self->started)
    return;

  self->failures++;
  self->retry_source = g_timeout_add (kab_api_jitter (MAX (wait, asked)), retry_due_cb, self);
}

/* @error: (transfer full) */
static void
handle_error (KabEvents *self, GError *error)
{
  g_autoptr (GError) mapped = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      return;
    }

  mapped = kab_api_map_error (self->api, error);
  kab_api_note_failure (self->api, mapped);
  if (g_error_matches (mapped, KAB_API_ERROR, KAB_API_ERROR_UNAUTHORIZED))
    {
      guint serial = self->token_serial;

      kab_events_stop (self);
      kab_api_end_session (self->api, serial);
      return;
    }
  connect_later (self);
}

/* Whether @id was seen already; ids of one user rise. */
static gboolean
is_old (KabEvents *self, const char *id)
{
  guint64 number, last;

  if (*id == '\0' || self->last_id == NULL)
    return FALSE;
  if (g_ascii_string_to_unsigned (id, 10, 0, G_MAXUINT64, &number, NULL) &&
      g_ascii_string_to_unsigned (self->last_id, 10, 0, G_MAXUINT64, &last, NULL))
    return number <= last;

  return g_str_equal (id, self->last_id);
}

static void
parsed_free (Parsed *parsed)
{
  g_free (parsed->id);
  g_free (parsed->type);
  g_free (parsed->data);
  g_free (parsed);
}

/* Only kept: a handler of a signal may do away with the parser. */
static void
event_parsed_cb (const char *id, const char *type, const char *data, gpointer user_data)
{
  KabEvents *self = user_data;
  Parsed *parsed = g_new (Parsed, 1);

  parsed->id = g_strdup (id);
  parsed->type = g_strdup (type);
  parsed->data = g_strdup (data);
  g_ptr_array_add (self->parsed, parsed);
}

static void
take_event (KabEvents *self, const char *id, const char *type, const char *data)
{
  g_autoptr (JsonObject) object = NULL;
  const char *object_id;
  gint64 version = 0;

  if (!g_str_equal (type, "reset") && is_old (self, id))
    return;
  if (*id != '\0')
    g_set_str (&self->last_id, id);
  self->failures = 0;

  if (g_str_equal (type, "reset"))
    {
      g_signal_emit (self, signals[RESET], 0);
      return;
    }
  if (g_str_equal (type, "session-ended"))
    {
      kab_api_end_session (self->api, self->token_serial);
      return;
    }

  object = kab_json_parse_object (data, strlen (data), MAX_DATA_BYTES, MAX_DATA_DEPTH, NULL);
  object_id = object ? kab_json_get_string (object, "id", 64, NULL) : NULL;
  if (object != NULL && kab_json_has (object, "version"))
    kab_json_get_integer (object, "version", 0, KAB_JSON_INTEGER_MAX, &version, NULL);
  /* What isn't understood may have been important. */
  if (object_id == NULL)
    g_signal_emit (self, signals[RESET], 0);
  else
    g_signal_emit (self, signals[EVENT], g_quark_try_string (type), type, object_id, version);
}

static void
bytes_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabEvents) self = g_steal_pointer (&user_data);
  GError *error = NULL;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  g_autoptr (GInputStream) stream = g_object_ref (G_INPUT_STREAM (source));
  g_autoptr (GPtrArray) parsed = NULL;
  gconstpointer data;
  gsize length;
  gboolean good;

  /* What belongs to a stream that was given up says nothing any more. */
  if (self->stream != stream)
    {
      g_clear_error (&error);
      return;
    }
  if (bytes == NULL)
    {
      handle_error (self, error);
      return;
    }

  data = g_bytes_get_data (bytes, &length);
  good = length > 0 && kab_event_parser_feed (self->parser, data, length);
  parsed = g_steal_pointer (&self->parsed);
  self->parsed = g_ptr_array_new_with_free_func ((GDestroyNotify) parsed_free);
  for (guint i = 0; i < parsed->len && self->stream == stream; i++)
    {
      const Parsed *event = g_ptr_array_index (parsed, i);

      take_event (self, event->id, event->type, event->data);
    }

  if (self->stream != stream)
    return;
  if (good)
    read_more (self);
  else
    connect_later (self);
}

static void
read_more (KabEvents *self)
{
  g_input_stream_read_bytes_async (self->stream, READ_BYTES, G_PRIORITY_DEFAULT,
                                   kab_gentle_cancel_get (self->cancel), bytes_read_cb,
                                   g_object_ref (self));
}

static void
refusal_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabEvents) self = g_steal_pointer (&user_data);
  GError *error = NULL;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  g_autoptr (KabReply) reply = NULL;

  if (self->stream != G_INPUT_STREAM (source))
    {
      g_clear_error (&error);
      return;
    }
  if (bytes == NULL)
    {
      handle_error (self, error);
      return;
    }

  reply = kab_reply_new (self->message, g_steal_pointer (&bytes));
  if (kab_reply_check (reply, self->request, TRUE, &error))
    error = kab_api_error_new (KAB_API_ERROR_GARBAGE, NULL, "These are no events");
  handle_error (self, error);
}

static gboolean
is_event_stream (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  return soup_message_get_status (message) == SOUP_STATUS_OK &&
         g_strcmp0 (soup_message_headers_get_content_type (headers, NULL), "text/event-stream") ==
             0;
}

static void
message_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabEvents) self = g_steal_pointer (&user_data);
  GError *error = NULL;
  gboolean stale =
      soup_session_get_async_result_message (SOUP_SESSION (source), result) != self->message;
  GInputStream *stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stale)
    {
      g_clear_object (&stream);
      g_clear_error (&error);
      return;
    }
  if (stream == NULL)
    {
      handle_error (self, error);
      return;
    }

  g_set_object (&self->stream, stream);
  g_object_unref (stream);
  if (!is_event_stream (self->message))
    {
      g_input_stream_read_bytes_async (stream, READ_BYTES, G_PRIORITY_DEFAULT,
                                       kab_gentle_cancel_get (self->cancel), refusal_read_cb,
                                       g_object_ref (self));
      return;
    }

  self->parser = kab_event_parser_new (event_parsed_cb, self);
  kab_api_note_success (self->api);
  set_connected (self, TRUE);
  if (self->stream == stream)
    read_more (self);
}

static void
open_stream (KabEvents *self)
{
  SoupMessageHeaders *headers;

  close_stream (self);
  self->cancel = kab_gentle_cancel_new (NULL);
  self->request = kab_request_new ("GET", "/v1/events");
  kab_request_expect_bytes (self->request, "text/event-stream");
  self->message = kab_api_new_message (self->api, self->request);
  self->token_serial = kab_api_get_token_serial (self->api);
  headers = soup_message_get_request_headers (self->message);
  soup_message_headers_replace (headers, "Accept", "text/event-stream");
  if (self->last_id != NULL)
    soup_message_headers_replace (headers, "Last-Event-ID", self->last_id);

  soup_session_send_async (kab_api_get_event_session (self->api), self->message,
                           KAB_API_IO_PRIORITY, kab_gentle_cancel_get (self->cancel),
                           message_sent_cb, g_object_ref (self));
}

/* The bank is back: no need to wait any longer. */
static void
online_changed_cb (KabApi *api, GParamSpec *pspec, KabEvents *self)
{
  if (kab_api_get_online (api) && self->retry_source != 0)
    open_stream (self);
}

static void
kab_events_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CONNECTED:
      g_value_set_boolean (value, KAB_EVENTS (object)->connected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kab_events_dispose (GObject *object)
{
  KabEvents *self = KAB_EVENTS (object);

  self->started = FALSE;
  close_stream (self);
  g_clear_object (&self->api);
  G_OBJECT_CLASS (kab_events_parent_class)->dispose (object);
}

static void
kab_events_finalize (GObject *object)
{
  KabEvents *self = KAB_EVENTS (object);

  g_ptr_array_unref (self->parsed);
  g_free (self->last_id);
  G_OBJECT_CLASS (kab_events_parent_class)->finalize (object);
}

static void
kab_events_class_init (KabEventsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kab_events_get_property;
  object_class->dispose = kab_events_dispose;
  object_class->finalize = kab_events_finalize;

  properties[PROP_CONNECTED] =
      g_param_spec_boolean ("connected", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[EVENT] =
      g_signal_new ("event", KAB_TYPE_EVENTS, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_INT64);
  signals[RESET] = g_signal_new ("reset", KAB_TYPE_EVENTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
kab_events_init (KabEvents *self)
{
  self->parsed = g_ptr_array_new_with_free_func ((GDestroyNotify) parsed_free);
}

KabEvents *
kab_events_new (KabApi *api)
{
  KabEvents *self;

  g_return_val_if_fail (KAB_IS_API (api), NULL);

  self = g_object_new (KAB_TYPE_EVENTS, NULL);
  self->api = g_object_ref (api);
  g_signal_connect_object (api, "notify::online", G_CALLBACK (online_changed_cb), self,
                           G_CONNECT_DEFAULT);

  return self;
}

void
kab_events_start (KabEvents *self)
{
  g_return_if_fail (KAB_IS_EVENTS (self));

  if (self->started)
    return;

  self->started = TRUE;
  self->failures = 0;
  open_stream (self);
}

void
kab_events_stop (KabEvents *self)
{
  g_return_if_fail (KAB_IS_EVENTS (self));

  self->started = FALSE;
  close_stream (self);
  set_connected (self, FALSE);
}

gboolean
kab_events_get_connected (KabEvents *self)
{
  g_return_val_if_fail (KAB_IS_EVENTS (self), FALSE);

  return self->connected;
}
