/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-phone-feed.h"

#include <libsoup/soup.h>
#include <string.h>

#include "kab-event-parser.h"
#include "kab-json.h"

#define READ_BYTES     4096
#define MAX_DATA_BYTES (1024 * 1024)
#define MAX_DATA_DEPTH 4
#define PAUSE_MS       1000

struct _KabPhoneFeed
{
  GObject parent_instance;

  GListStore *messages; /* (owned) of KabPhoneMessage, newest first */
  SoupSession *session; /* (owned) */
  char *base_uri;       /* (owned) (nullable) */
  gint64 started_at;    /* UTC microseconds: what is older was there at first */
  guint retry_source;

  /* one connection */
  GCancellable *cancellable; /* (owned) */
  GInputStream *stream;      /* (owned) (nullable) */
  KabEventParser *parser;    /* (owned) (nullable) */
};

enum
{
  ARRIVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);
static void open_stream (KabPhoneFeed *self);
static void read_more (KabPhoneFeed *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (KabPhoneFeed,
                               kab_phone_feed,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return KAB_TYPE_PHONE_MESSAGE;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (KAB_PHONE_FEED (model)->messages));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (KAB_PHONE_FEED (model)->messages), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
close_stream (KabPhoneFeed *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->parser, kab_event_parser_free);
}

static gboolean
retry_due_cb (gpointer user_data)
{
  KabPhoneFeed *self = user_data;

  self->retry_source = 0;
  open_stream (self);

  return G_SOURCE_REMOVE;
}

static void
connect_later (KabPhoneFeed *self)
{
  close_stream (self);
  if (self->base_uri != NULL)
    self->retry_source = g_timeout_add (PAUSE_MS, retry_due_cb, self);
}

static gint64
get_newest_id (KabPhoneFeed *self)
{
  g_autoptr (KabPhoneMessage) newest = g_list_model_get_item (G_LIST_MODEL (self), 0);

  return newest != NULL ? kab_phone_message_get_id (newest) : 0;
}

/* Ids rise; what is known already was only said again. */
static void
event_cb (const char *id, const char *type, const char *data, gpointer user_data)
{
  KabPhoneFeed *self = user_data;
  g_autoptr (JsonObject) object =
      kab_json_parse_object (data, strlen (data), MAX_DATA_BYTES, MAX_DATA_DEPTH, NULL);
  g_autoptr (KabPhoneMessage) message =
      object != NULL ? kab_phone_message_new_from_json (object) : NULL;

  if (message == NULL || kab_phone_message_get_id (message) <= get_newest_id (self))
    return;

  g_list_store_insert (self->messages, 0, message);
  if (kab_phone_message_get_time (message) >= self->started_at)
    g_signal_emit (self, signals[ARRIVED], 0, message);
}

static void
bytes_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabPhoneFeed) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gconstpointer data;
  gsize length;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      self->stream != G_INPUT_STREAM (source))
    return;

  data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  if (data != NULL && length > 0 && kab_event_parser_feed (self->parser, data, length))
    read_more (self);
  else
    connect_later (self);
}

static void
read_more (KabPhoneFeed *self)
{
  g_input_stream_read_bytes_async (self->stream, READ_BYTES, G_PRIORITY_DEFAULT, self->cancellable,
                                   bytes_read_cb, g_object_ref (self));
}

static void
message_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KabPhoneFeed) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream =
      soup_session_send_finish (SOUP_SESSION (source), result, &error);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (stream == NULL || soup_message_get_status (message) != SOUP_STATUS_OK)
    {
      connect_later (self);
      return;
    }

  self->stream = g_steal_pointer (&stream);
  self->parser = kab_event_parser_new (event_cb, self);
  read_more (self);
}

static void
open_stream (KabPhoneFeed *self)
{
  g_autofree char *uri = g_strconcat (self->base_uri, "/phone/events", NULL);
  g_autofree char *last = g_strdup_printf ("%" G_GINT64_FORMAT, get_newest_id (self));
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, uri);

  if (message == NULL)
    return;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept",
                                "text/event-stream");
  soup_message_headers_replace (soup_message_get_request_headers (message), "Last-Event-ID", last);
  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, self->cancellable,
                           message_sent_cb, g_object_ref (self));
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  g_list_model_items_changed (G_LIST_MODEL (user_data), position, removed, added);
}

static void
kab_phone_feed_dispose (GObject *object)
{
  KabPhoneFeed *self = KAB_PHONE_FEED (object);

  g_clear_pointer (&self->base_uri, g_free);
  close_stream (self);
  G_OBJECT_CLASS (kab_phone_feed_parent_class)->dispose (object);
}

static void
kab_phone_feed_finalize (GObject *object)
{
  KabPhoneFeed *self = KAB_PHONE_FEED (object);

  g_object_unref (self->cancellable);
  g_object_unref (self->session);
  g_object_unref (self->messages);
  G_OBJECT_CLASS (kab_phone_feed_parent_class)->finalize (object);
}

static void
kab_phone_feed_class_init (KabPhoneFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_phone_feed_dispose;
  G_OBJECT_CLASS (klass)->finalize = kab_phone_feed_finalize;

  signals[ARRIVED] = g_signal_new ("arrived", KAB_TYPE_PHONE_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, KAB_TYPE_PHONE_MESSAGE);
}

static void
kab_phone_feed_init (KabPhoneFeed *self)
{
  self->messages = g_list_store_new (KAB_TYPE_PHONE_MESSAGE);
  /* The sandbox is on this computer: no proxy has anything to do with it. */
  self->session = soup_session_new_with_options ("proxy-resolver", NULL, "idle-timeout", 0, NULL);
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (self->messages, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_DEFAULT);
}

KabPhoneFeed *
kab_phone_feed_new (void)
{
  return g_object_new (KAB_TYPE_PHONE_FEED, NULL);
}

void
kab_phone_feed_connect (KabPhoneFeed *self, const char *base_uri)
{
  g_return_if_fail (KAB_IS_PHONE_FEED (self));

  if (!g_set_str (&self->base_uri, base_uri))
    return;

  close_stream (self);
  self->started_at = g_get_real_time ();
  if (self->base_uri != NULL)
    open_stream (self);
}
