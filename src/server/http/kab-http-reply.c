/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * From a KabResponse to what libmicrohttpd sends. A body that is read in pieces comes from a
 * worker, a stream of events from whoever pushes; while there is nothing to send the connection
 * sleeps.
 */

#include "kab-http-reply.h"

#include "kab-event-stream-private.h"
#include "kab-http-server-private.h"
#include "kab-log.h"

#define BLOCK_BYTES (32 * 1024)

/* A body under way; shared by the HTTP thread and the worker that reads the next piece. */
typedef struct
{
  gatomicrefcount ref_count;
  KabExchange *exchange; /* (owned) */
  KabResponse *response; /* (owned) */

  GMutex mutex;
  GBytes *piece;        /* (owned) (nullable) (mutex mutex) */
  guint64 piece_offset; /* (mutex mutex): of the piece in the body */
  gboolean has_failed;  /* (mutex mutex) */
} Reply;

static Reply *
new_reply (KabExchange *exchange, KabResponse *response)
{
  Reply *self = g_new0 (Reply, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->exchange = kab_exchange_ref (exchange);
  self->response = g_object_ref (response);
  return self;
}

static Reply *
ref_reply (Reply *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
unref_reply (Reply *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->piece, g_bytes_unref);
  g_object_unref (self->response);
  kab_exchange_unref (self->exchange);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* On a worker: reads the piece that the HTTP thread waits for. */
static void
read_piece_job (gpointer user_data)
{
  Reply *self = user_data;
  g_autoptr (GError) error = NULL;
  GBytes *piece;
  guint64 offset;

  g_mutex_lock (&self->mutex);
  offset = self->piece_offset;
  g_mutex_unlock (&self->mutex);
  piece = kab_response_read (self->response, offset, &error);
  if (!piece)
    kab_log (KAB_LOG_ERROR, "body-read-failed",
             KAB_LOG_STR ("domain", g_quark_to_string (error->domain)),
             KAB_LOG_INT ("code", error->code), NULL);
  g_mutex_lock (&self->mutex);
  self->piece = piece;
  self->has_failed = piece == NULL;
  g_mutex_unlock (&self->mutex);
  kab_exchange_resume (self->exchange);
  unref_reply (self);
}

static ssize_t
piece_wanted_cb (void *user_data, uint64_t position, char *buffer, size_t size)
{
  Reply *self = user_data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  const char *bytes;
  gsize length;
  gsize start;

  if (self->has_failed || kab_exchange_is_abandoned (self->exchange))
    return MHD_CONTENT_READER_END_WITH_ERROR;
  if (!self->piece)
    {
      self->piece_offset = position;
      kab_exchange_suspend (self->exchange);
      kab_http_server_continue (kab_exchange_get_server (self->exchange), read_piece_job,
                                ref_reply (self));
      return 0;
    }
  bytes = g_bytes_get_data (self->piece, &length);
  start = (gsize) (position - self->piece_offset);
  size = MIN (size, length - start);
  memcpy (buffer, bytes + start, size);
  if (start + size == length)
    g_clear_pointer (&self->piece, g_bytes_unref);
  return (ssize_t) size;
}

static void
reply_freed_cb (void *user_data)
{
  unref_reply (user_data);
}

static ssize_t
events_wanted_cb (void *user_data, uint64_t position, char *buffer, size_t size)
{
  Reply *self = user_data;
  gssize length = kab_event_stream_read (kab_response_get_events (self->response), buffer, size);

  return length >= 0 ? (ssize_t) length : (ssize_t) MHD_CONTENT_READER_END_OF_STREAM;
}

static void
events_freed_cb (void *user_data)
{
  Reply *self = user_data;

  kab_event_stream_detach (kab_response_get_events (self->response));
  unref_reply (self);
}

static void
suspend_carrier (gpointer carrier)
{
  kab_exchange_suspend (carrier);
}

static void
resume_carrier (gpointer carrier)
{
  kab_exchange_resume (carrier);
}

static void
cut_carrier (gpointer carrier)
{
  kab_http_connection_cut (kab_exchange_get_connection (carrier));
}

static const KabEventCarrier EVENT_CARRIER = { suspend_carrier, resume_carrier, cut_carrier };

static void
bytes_freed_cb (void *user_data)
{
  g_bytes_unref (user_data);
}

static struct MHD_Response *
make_mhd_response (KabExchange *exchange, KabResponse *response)
{
  KabEventStream *events = kab_response_get_events (response);
  GBytes *body = kab_response_get_body (response);
  guint64 length;

  if (events)
    {
      kab_event_stream_attach (events, &EVENT_CARRIER, exchange);
      return MHD_create_response_from_callback (MHD_SIZE_UNKNOWN, BLOCK_BYTES, events_wanted_cb,
                                                new_reply (exchange, response), events_freed_cb);
    }
  if (kab_response_is_streamed (response, &length))
    return MHD_create_response_from_callback (length, BLOCK_BYTES, piece_wanted_cb,
                                              new_reply (exchange, response), reply_freed_cb);
  if (body)
    return MHD_create_response_from_buffer_with_free_callback_cls (
        g_bytes_get_size (body), g_bytes_get_data (body, NULL), bytes_freed_cb, g_bytes_ref (body));
  return MHD_create_response_empty (MHD_RF_NONE);
}

static void
header_added_cb (const char *name, const char *value, gpointer user_data)
{
  MHD_add_response_header (user_data, name, value);
}

/*
 * kab_http_reply_queue:
 * @closes: whether the connection ends with this response
 *
 * Adds what every response carries and hands it to the HTTP library; HTTP thread only.
 */
enum MHD_Result
kab_http_reply_queue (KabExchange *exchange,
                      struct MHD_Connection *mhd,
                      KabResponse *response,
                      const char *request_id,
                      gboolean closes)
{
  struct MHD_Response *mhd_response = make_mhd_response (exchange, response);
  enum MHD_Result result;

  kab_response_foreach_header (response, header_added_cb, mhd_response);
  MHD_add_response_header (mhd_response, "X-Request-Id", request_id);
  MHD_add_response_header (mhd_response, "X-Content-Type-Options", "nosniff");
  if (!kab_response_get_header (response, "Cache-Control"))
    MHD_add_response_header (mhd_response, "Cache-Control", "no-store");
  if (closes)
    MHD_add_response_header (mhd_response, "Connection", "close");
  result = MHD_queue_response (mhd, kab_response_get_status (response), mhd_response);
  MHD_destroy_response (mhd_response);
  return result;
}
