/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-http-exchange.h"

#include "kab-http-checks.h"
#include "kab-http-guard.h"
#include "kab-http-reply.h"
#include "kab-http-server-private.h"
#include "kab-http-upload.h"
#include "kab-log.h"
#include "kab-problem.h"
#include "kab-request-private.h"

/* A refused body of up to this size is read to its end, so that the client sees the answer instead
 * of a reset connection. */
#define DISCARD_MAX (8 * 1024 * 1024)

typedef enum
{
  STATE_HEADERS, /* the header section is complete */
  STATE_ADMIT,   /* a worker decides whether a streamed body may come */
  STATE_BODY,
  STATE_DISCARD, /* the answer is known, the rest of the body is thrown away */
  STATE_WORK,    /* a worker answers */
  STATE_SENT,
} State;

struct _KabExchange
{
  gatomicrefcount ref_count;
  KabHttpServer *server;         /* (owned) */
  struct MHD_Connection *mhd;    /* valid until the request is completed */
  KabHttpConnection *connection; /* (owned) */
  KabRequest *request;           /* (owned) */
  const KabRoute *route;         /* (nullable) */
  gpointer user_data;            /* of the route */
  KabHttpUpload *upload;         /* (owned) (nullable): a streamed body */
  GByteArray *buffer;            /* (owned) (nullable): a buffered body */
  gint64 started;

  /* The HTTP thread's own. */
  State state;
  gboolean closes;
  gsize discarded;
  guint status;

  GMutex mutex;
  gboolean is_suspended;  /* (mutex mutex) */
  gboolean is_abandoned;  /* (mutex mutex) */
  KabResponse *response;  /* (owned) (nullable) (mutex mutex) */
  KabEventStream *events; /* (owned) (nullable) (mutex mutex): of the response that is being sent */
};

/* The first response counts. */
static void
respond (KabExchange *self, KabResponse *response)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->response)
    return;
  kab_request_complete_response (self->request, response);
  self->response = g_object_ref (response);
}

static void
respond_with_error (KabExchange *self, const GError *error)
{
  g_autoptr (GError) problem = kab_http_server_map_error (self->server, error);
  g_autoptr (KabResponse) response = kab_response_new_problem (problem);

  if (problem->code == KAB_PROBLEM_INTERNAL)
    kab_log (KAB_LOG_ERROR, "request-failed",
             KAB_LOG_STR ("requestId", kab_request_get_id (self->request)),
             KAB_LOG_STR ("route", self->route ? self->route->path : "none"),
             KAB_LOG_STR ("domain", error ? g_quark_to_string (error->domain) : "none"),
             KAB_LOG_INT ("code", error ? error->code : 0), NULL);
  respond (self, response);
}

static gboolean
has_response (KabExchange *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->response != NULL;
}

static void
run_handler (KabExchange *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KabResponse) response = self->route->handler (self->request, self->user_data, &error);

  if (response)
    {
      response = kab_http_apply_if_none_match (self->request, g_steal_pointer (&response));
      respond (self, response);
    }
  else
    respond_with_error (self, error);
}

/* On a worker: a request whose body, if any, is in memory. */
static void
answer_job (gpointer user_data)
{
  g_autoptr (KabExchange) self = user_data;
  g_autoptr (GError) error = NULL;
  GBytes *body = g_byte_array_free_to_bytes (g_steal_pointer (&self->buffer));

  if (kab_request_take_body (self->request, body, self->route->body == KAB_BODY_JSON, &error) &&
      kab_http_server_authorize (self->server, self->request, self->route, &error))
    run_handler (self);
  else
    respond_with_error (self, error);
  kab_exchange_resume (self);
}

/* On a worker: before a streamed body is read. */
static void
admit_job (gpointer user_data)
{
  g_autoptr (KabExchange) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!kab_http_server_authorize (self->server, self->request, self->route, &error) ||
      !kab_http_upload_begin (self->upload, &error))
    respond_with_error (self, error);
  kab_exchange_resume (self);
}

/* Finds the route; a path without it is answered here, OPTIONS included. */
static gboolean
find_route (KabExchange *self, GError **error)
{
  const char *method = kab_request_get_method (self->request);
  g_autoptr (GHashTable) parameters = NULL;
  g_autoptr (GError) error_local = NULL;
  g_autofree char *allow = NULL;

  self->route = kab_router_find (kab_http_server_get_router (self->server), method,
                                 kab_request_get_path (self->request), &self->user_data,
                                 &parameters, &allow, &error_local);
  if (self->route)
    {
      kab_request_take_route (self->request, self->route->path, g_steal_pointer (&parameters));
      return TRUE;
    }
  if (allow)
    {
      g_autoptr (KabResponse) response = g_str_equal (method, "OPTIONS")
                                             ? kab_response_new_empty (204)
                                             : kab_response_new_problem (error_local);

      kab_response_set_header (response, "Allow", allow);
      respond (self, response);
    }
  else
    g_propagate_error (error, g_steal_pointer (&error_local));
  return FALSE;
}

static gboolean
check_throttle (KabExchange *self, GError **error)
{
  KabThrottle *throttle = kab_http_server_get_settings (self->server)->throttle;

  return !throttle ||
         kab_throttle_take (throttle, kab_request_get_client_network (self->request), error);
}

/* Returns: whether a handler is to answer; if not, error says why, or the response is there */
static gboolean
check_request (KabExchange *self, const char *version, GError **error)
{
  const KabHttpSettings *settings = kab_http_server_get_settings (self->server);

  self->closes = TRUE;
  if (!kab_http_guard_check (self->mhd, version, self->request, error))
    return FALSE;
  kab_request_identify (self->request, settings->trusted_proxies);
  if (kab_http_server_is_stopping (self->server))
    {
      kab_problem_set_retry (error, KAB_PROBLEM_STOPPING, 1);
      return FALSE;
    }
  self->closes = FALSE;
  return find_route (self, error) &&
         ((self->route->flags & KAB_ROUTE_IMMEDIATE) || check_throttle (self, error)) &&
         kab_http_check_body (self->request, self->route, error) &&
         kab_http_check_preconditions (self->request, self->route, error);
}

static enum MHD_Result
send_response (KabExchange *self)
{
  g_mutex_lock (&self->mutex);
  g_set_object (&self->events, kab_response_get_events (self->response));
  g_mutex_unlock (&self->mutex);
  kab_http_connection_begin_work (self->connection);
  self->state = STATE_SENT;
  self->status = kab_response_get_status (self->response);
  return kab_http_reply_queue (self, self->mhd, self->response, kab_request_get_id (self->request),
                               self->closes);
}

/* The answer is known before the body. One that is too large, or that waits for our word, is not
 * read; another is, since a client that still sends would miss the answer. */
static enum MHD_Result
refuse_body (KabExchange *self)
{
  gboolean has_body = kab_http_has_body (self->request);
  gboolean is_unread = kab_request_get_header (self->request, "expect") ||
                       kab_request_get_content_length (self->request) > DISCARD_MAX ||
                       kab_response_get_status (self->response) == MHD_HTTP_CONTENT_TOO_LARGE;

  self->closes |= has_body && is_unread;
  if (!has_body || self->closes)
    return send_response (self);
  self->state = STATE_DISCARD;
  kab_http_connection_begin_body (self->connection);
  return MHD_YES;
}

/* Puts the connection to sleep and hands the exchange to a worker. The mutex makes the worker's
 * resume wait for the suspend. */
static enum MHD_Result
wait_for_worker (KabExchange *self, State state, KabHttpJob job)
{
  g_autoptr (GError) error = NULL;
  gboolean is_queued;

  kab_http_connection_begin_work (self->connection);
  g_mutex_lock (&self->mutex);
  is_queued = kab_http_server_queue (self->server, job, kab_exchange_ref (self), &error);
  if (is_queued && !self->is_abandoned)
    {
      self->is_suspended = TRUE;
      MHD_suspend_connection (self->mhd);
    }
  g_mutex_unlock (&self->mutex);
  if (is_queued)
    {
      self->state = state;
      return MHD_YES;
    }
  kab_exchange_unref (self);
  respond_with_error (self, error);
  return state == STATE_ADMIT ? refuse_body (self) : send_response (self);
}

static enum MHD_Result
take_headers (KabExchange *self, const char *version)
{
  g_autoptr (GError) error = NULL;

  if (!check_request (self, version, &error))
    {
      if (error)
        respond_with_error (self, error);
      return refuse_body (self);
    }
  if (self->route->body == KAB_BODY_STREAM)
    {
      self->upload = kab_http_upload_new (self, self->request, self->route->sink, self->user_data,
                                          kab_http_body_limit (self->route));
      return wait_for_worker (self, STATE_ADMIT, admit_job);
    }
  self->buffer = g_byte_array_new ();
  self->state = STATE_BODY;
  kab_http_connection_begin_body (self->connection);
  return MHD_YES;
}

static enum MHD_Result
take_admission (KabExchange *self)
{
  if (has_response (self))
    return refuse_body (self);
  self->state = STATE_BODY;
  kab_http_connection_begin_body (self->connection);
  return MHD_YES;
}

static enum MHD_Result
discard (KabExchange *self, size_t *length)
{
  kab_http_connection_count_body (self->connection, *length);
  self->discarded += *length;
  *length = 0;
  return self->discarded <= DISCARD_MAX ? MHD_YES : MHD_NO;
}

static enum MHD_Result
take_upload (KabExchange *self, const char *data, size_t *length)
{
  if (kab_http_upload_take (self->upload, data, *length))
    {
      kab_http_connection_count_body (self->connection, *length);
      *length = 0;
      return MHD_YES;
    }
  kab_http_connection_pause (self->connection);
  kab_exchange_suspend (self);
  kab_http_upload_await_space (self->upload);
  return MHD_YES;
}

static enum MHD_Result
take_body (KabExchange *self, const char *data, size_t *length)
{
  gsize limit = kab_http_body_limit (self->route);
  g_autoptr (GError) error = NULL;

  kab_http_connection_unpause (self->connection);
  if (has_response (self) || (self->upload && kab_http_upload_has_failed (self->upload)))
    return discard (self, length);
  if (self->upload)
    return take_upload (self, data, length);
  if (self->buffer->len + *length > limit)
    {
      kab_problem_set (&error, KAB_PROBLEM_BODY_TOO_LARGE, "At most %" G_GSIZE_FORMAT " bytes",
                       limit);
      respond_with_error (self, error);
      return discard (self, length);
    }
  kab_http_connection_count_body (self->connection, *length);
  g_byte_array_append (self->buffer, (const guint8 *) data, (guint) *length);
  *length = 0;
  return MHD_YES;
}

static enum MHD_Result
take_end (KabExchange *self)
{
  if (has_response (self))
    return send_response (self);
  if (self->upload)
    {
      self->state = STATE_WORK;
      kab_http_connection_begin_work (self->connection);
      kab_exchange_suspend (self);
      kab_http_upload_finish (self->upload);
      return MHD_YES;
    }
  if (self->route->flags & KAB_ROUTE_IMMEDIATE)
    {
      run_handler (self);
      return send_response (self);
    }
  return wait_for_worker (self, STATE_WORK, answer_job);
}

KabExchange *
kab_exchange_new (KabHttpServer *server,
                  struct MHD_Connection *mhd,
                  KabHttpConnection *connection,
                  const char *method)
{
  KabExchange *self = g_new0 (KabExchange, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->server = g_object_ref (server);
  self->mhd = mhd;
  self->connection = kab_http_connection_ref (connection);
  self->request = kab_request_new (method, kab_http_connection_get_uri (connection),
                                   kab_http_connection_get_peer (connection));
  self->started = g_get_monotonic_time ();
  return self;
}

KabExchange *
kab_exchange_ref (KabExchange *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kab_exchange_unref (KabExchange *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->upload, kab_http_upload_free);
  g_clear_pointer (&self->buffer, g_byte_array_unref);
  g_clear_object (&self->response);
  g_clear_object (&self->events);
  g_object_unref (self->request);
  kab_http_connection_unref (self->connection);
  g_mutex_clear (&self->mutex);
  g_object_unref (self->server);
  g_free (self);
}

KabHttpServer *
kab_exchange_get_server (KabExchange *self)
{
  return self->server;
}

KabHttpConnection *
kab_exchange_get_connection (KabExchange *self)
{
  return self->connection;
}

KabHttpUpload *
kab_exchange_get_upload (KabExchange *self)
{
  return self->upload;
}

/* Called each time something has come, or the connection was woken. */
enum MHD_Result
kab_exchange_step (KabExchange *self, const char *version, const char *data, size_t *length)
{
  switch (self->state)
    {
    case STATE_HEADERS:
      return take_headers (self, version);
    case STATE_ADMIT:
      return take_admission (self);
    case STATE_BODY:
      return *length > 0 ? take_body (self, data, length) : take_end (self);
    case STATE_DISCARD:
      return *length > 0 ? discard (self, length) : send_response (self);
    case STATE_WORK:
      return has_response (self) ? send_response (self) : MHD_YES;
    case STATE_SENT:
    default:
      return MHD_YES;
    }
}

/* The response was sent, or the connection broke. */
void
kab_exchange_completed (KabExchange *self, gboolean is_complete)
{
  const char *route = self->route ? self->route->path : "none";
  const char *method = self->route ? kab_request_get_method (self->request) : "other";
  gint64 duration = g_get_monotonic_time () - self->started;

  if (self->upload)
    kab_http_upload_interrupt (self->upload);
  if (self->status)
    kab_metrics_count_request (kab_http_server_get_metrics (self->server), method, route,
                               self->status, duration);
  kab_log (KAB_LOG_INFO, "request", KAB_LOG_STR ("requestId", kab_request_get_id (self->request)),
           KAB_LOG_STR ("method", method), KAB_LOG_STR ("route", route),
           KAB_LOG_INT ("status", self->status), KAB_LOG_INT ("microseconds", duration),
           KAB_LOG_STR ("end", is_complete ? "complete" : "broken"), NULL);
  kab_http_connection_begin_idle (self->connection);
  kab_http_server_remove_exchange (self->server, self);
}

/* Puts the connection to sleep; from a callback of the HTTP library only. */
void
kab_exchange_suspend (KabExchange *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->is_abandoned || self->is_suspended)
    return;
  self->is_suspended = TRUE;
  MHD_suspend_connection (self->mhd);
}

/* Wakes the connection, if it sleeps. */
void
kab_exchange_resume (KabExchange *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (!self->is_suspended)
    return;
  self->is_suspended = FALSE;
  MHD_resume_connection (self->mhd);
}

/* The server stops and doesn't wait for this one any longer. */
void
kab_exchange_abandon (KabExchange *self)
{
  g_autoptr (GError) error = NULL;

  kab_problem_set_retry (&error, KAB_PROBLEM_STOPPING, 1);
  respond_with_error (self, error);
  g_mutex_lock (&self->mutex);
  self->is_abandoned = TRUE;
  g_mutex_unlock (&self->mutex);
  kab_exchange_resume (self);
}

gboolean
kab_exchange_is_abandoned (KabExchange *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->is_abandoned;
}

/* Returns: (transfer full) (nullable): the events that are being sent */
KabEventStream *
kab_exchange_dup_events (KabExchange *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->events ? g_object_ref (self->events) : NULL;
}

/* On a worker: all of a streamed body is written, or it was refused on the way. */
void
kab_exchange_upload_written (KabExchange *self, const GError *error)
{
  if (error)
    respond_with_error (self, error);
  else
    run_handler (self);
  kab_exchange_resume (self);
}
