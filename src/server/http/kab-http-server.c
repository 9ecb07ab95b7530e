/* SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * KabHttpServer:
 *
 * The bank's HTTP server on libmicrohttpd. A message's way: the library parses it strictly on an
 * HTTP thread; the guard refuses what could be read in two ways; the router finds the row; the body
 * is gathered, or handed to the row's sink; the connection sleeps while a worker authorizes the
 * caller and runs the handler; then the response is sent. A watch cuts slow clients, keeps streams
 * of events alive, and kab_http_server_stop() finishes what was accepted.
 */

#include "kab-http-server.h"

#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

#include "kab-http-roster.h"
#include "kab-http-server-private.h"
#include "kab-json.h"
#include "kab-log.h"
#include "kab-problem.h"
#include "kab-request-private.h"

/* Read buffer and header section of one connection live in this. */
#define CONNECTION_MEMORY (32 * 1024)

struct _KabHttpServer
{
  GObject parent_instance;

  KabHttpSettings settings;
  KabRouter *router;              /* (owned) */
  KabMetrics *metrics;            /* (owned) */
  KabAuthenticator authenticator; /* (nullable) */
  gpointer authenticator_data;
  KabErrorMapper mapper; /* (nullable) */
  gpointer mapper_data;

  struct MHD_Daemon *daemon; /* (owned) (nullable) */
  KabHttpWorkers *workers;   /* (owned) (nullable) */
  KabHttpRoster *roster;     /* (owned) */
  guint16 port;
  int is_stopping; /* (atomic) */
};

G_DEFINE_FINAL_TYPE (KabHttpServer, kab_http_server, G_TYPE_OBJECT)

static GInetAddress *
make_address (const struct sockaddr *address)
{
  const struct sockaddr_in *v4 = (const struct sockaddr_in *) address;
  const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *) address;

  if (address->sa_family == AF_INET6)
    return g_inet_address_new_from_bytes ((const guint8 *) &v6->sin6_addr, G_SOCKET_FAMILY_IPV6);
  return g_inet_address_new_from_bytes ((const guint8 *) &v4->sin_addr, G_SOCKET_FAMILY_IPV4);
}

static enum MHD_Result
connection_offered_cb (void *user_data, const struct sockaddr *socket_address, socklen_t length)
{
  KabHttpServer *self = user_data;
  g_autoptr (GInetAddress) address = NULL;

  if (kab_http_server_is_stopping (self))
    return MHD_NO;
  address = make_address (socket_address);
  if (kab_network_list_contains (self->settings.trusted_proxies, address) ||
      kab_http_roster_count_peer (self->roster, address) < self->settings.connection_limit_per_peer)
    return MHD_YES;
  kab_metrics_add (self->metrics, "kabinets_connections_refused_total",
                   "Connections over the limit of one peer.", 1);
  return MHD_NO;
}

static void
connection_opened (KabHttpServer *self, struct MHD_Connection *mhd, void **socket_context)
{
  const union MHD_ConnectionInfo *fd =
      MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
  int number = fd->connect_fd;
  const union MHD_ConnectionInfo *peer =
      MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  g_autoptr (GInetAddress) address = make_address (peer->client_addr);
  KabHttpConnection *connection = kab_http_connection_new (number, address);

  *socket_context = connection;
  kab_http_roster_add_connection (self->roster, connection);
}

static void
connection_changed_cb (void *user_data,
                       struct MHD_Connection *mhd,
                       void **socket_context,
                       enum MHD_ConnectionNotificationCode code)
{
  KabHttpServer *self = user_data;
  KabHttpConnection *connection = *socket_context;

  if (code == MHD_CONNECTION_NOTIFY_STARTED)
    {
      connection_opened (self, mhd, socket_context);
      return;
    }
  kab_http_connection_closed (connection);
  kab_http_roster_remove_connection (self->roster, connection);
}

static KabHttpConnection *
get_connection (struct MHD_Connection *mhd)
{
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

  return info->socket_context;
}

static void *
request_line_came_cb (void *user_data, const char *uri, struct MHD_Connection *mhd)
{
  kab_http_connection_take_uri (get_connection (mhd), uri);
  return NULL;
}

static enum MHD_Result
request_came_cb (void *user_data,
                 struct MHD_Connection *mhd,
                 const char *url,
                 const char *method,
                 const char *version,
                 const char *data,
                 size_t *length,
                 void **request_context)
{
  KabHttpServer *self = user_data;

  if (!*request_context)
    {
      KabExchange *exchange = kab_exchange_new (self, mhd, get_connection (mhd), method);

      *request_context = exchange;
      kab_http_roster_add_exchange (self->roster, exchange);
    }
  return kab_exchange_step (*request_context, version, data, length);
}

static void
request_completed_cb (void *user_data,
                      struct MHD_Connection *mhd,
                      void **request_context,
                      enum MHD_RequestTerminationCode code)
{
  KabExchange *exchange = *request_context;

  *request_context = NULL;
  if (!exchange)
    return;
  kab_exchange_completed (exchange, code == MHD_REQUEST_TERMINATED_COMPLETED_OK);
  kab_exchange_unref (exchange);
}

/* Paths are decoded segment by segment, after they were cut: an escaped slash is no slash. */
static size_t
leave_escaped_cb (void *user_data, struct MHD_Connection *mhd, char *text)
{
  return strlen (text);
}

/* Only the constant part: the arguments may hold what a client sent. */
static void
library_logged_cb (void *user_data, const char *format, va_list arguments)
{
  kab_log (KAB_LOG_DEBUG, "http-library", KAB_LOG_STR ("text", format), NULL);
}

static gboolean
start_daemon (KabHttpServer *self, GSocketAddress *address, GError **error)
{
  const KabHttpSettings *settings = &self->settings;
  gssize size = g_socket_address_get_native_size (address);
  g_autofree struct sockaddr *native = g_malloc0 ((gsize) size);
  unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_SUSPEND_RESUME | MHD_USE_ERROR_LOG;

  if (!g_socket_address_to_native (address, native, (gsize) size, error))
    return FALSE;
  if (native->sa_family == AF_INET6)
    flags |= MHD_USE_DUAL_STACK;
  self->daemon = MHD_start_daemon (
      flags, settings->port, connection_offered_cb, self, request_came_cb, self,
      MHD_OPTION_EXTERNAL_LOGGER, library_logged_cb, self, MHD_OPTION_SOCK_ADDR_LEN,
      (socklen_t) size, native, MHD_OPTION_CLIENT_DISCIPLINE_LVL, 1, MHD_OPTION_THREAD_POOL_SIZE,
      settings->n_http_threads, MHD_OPTION_CONNECTION_LIMIT, settings->connection_limit,
      MHD_OPTION_CONNECTION_TIMEOUT, settings->idle_timeout_s, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
      (size_t) CONNECTION_MEMORY, MHD_OPTION_NOTIFY_CONNECTION, connection_changed_cb, self,
      MHD_OPTION_NOTIFY_COMPLETED, request_completed_cb, self, MHD_OPTION_URI_LOG_CALLBACK,
      request_line_came_cb, self, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped_cb, self,
      MHD_OPTION_END);
  if (!self->daemon)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Can't listen on %s port %u: %s",
                 settings->address, settings->port, g_strerror (errno));
  return self->daemon != NULL;
}

static void
slow_client_cut_cb (gpointer user_data)
{
  KabHttpServer *self = user_data;

  kab_metrics_add (self->metrics, "kabinets_slow_clients_total",
                   "Connections cut for sending too slowly.", 1);
}

static void
start_watch (KabHttpServer *self)
{
  const KabHttpPatience patience = {
    self->settings.header_timeout_ms * G_TIME_SPAN_MILLISECOND,
    self->settings.body_grace_ms * G_TIME_SPAN_MILLISECOND,
    self->settings.body_bytes_rate,
  };

  kab_http_roster_watch (self->roster, &patience,
                         self->settings.event_interval_ms * G_TIME_SPAN_MILLISECOND,
                         slow_client_cut_cb, self);
}

static gint64
read_queue_depth (gpointer user_data)
{
  KabHttpServer *self = user_data;

  return kab_http_workers_get_n_queued (self->workers);
}

static gint64
read_n_working (gpointer user_data)
{
  KabHttpServer *self = user_data;

  return kab_http_workers_get_n_busy (self->workers);
}

static gint64
read_n_connections (gpointer user_data)
{
  return kab_http_server_get_n_connections (user_data);
}

static void
kab_http_server_dispose (GObject *object)
{
  KabHttpServer *self = KAB_HTTP_SERVER (object);

  kab_http_server_stop (self);
  G_OBJECT_CLASS (kab_http_server_parent_class)->dispose (object);
}

static void
kab_http_server_finalize (GObject *object)
{
  KabHttpServer *self = KAB_HTTP_SERVER (object);

  g_clear_pointer (&self->roster, kab_http_roster_free);
  g_clear_pointer (&self->settings.trusted_proxies, g_ptr_array_unref);
  g_clear_object (&self->settings.throttle);
  g_free ((char *) self->settings.address);
  g_clear_object (&self->router);
  g_clear_object (&self->metrics);
  G_OBJECT_CLASS (kab_http_server_parent_class)->finalize (object);
}

static void
kab_http_server_class_init (KabHttpServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kab_http_server_dispose;
  object_class->finalize = kab_http_server_finalize;
}

static void
kab_http_server_init (KabHttpServer *self)
{
  self->roster = kab_http_roster_new ();
}

/**
 * kab_http_settings_init:
 * @settings: (out caller-allocates): set to the defaults, on 127.0.0.1 and any free port
 */
void
kab_http_settings_init (KabHttpSettings *settings)
{
  *settings = (KabHttpSettings) {
    .address = "127.0.0.1",
    .n_http_threads = 2,
    .n_workers = 8,
    .queue_limit = 256,
    .connection_limit = 1000,
    .connection_limit_per_peer = 64,
    .header_timeout_ms = 10 * 1000,
    .body_grace_ms = 10 * 1000,
    .body_bytes_rate = 1000,
    .idle_timeout_s = 30,
    .event_interval_ms = 15 * 1000,
    .drain_ms = 10 * 1000,
  };
}

/**
 * kab_http_server_new:
 * @settings: copied
 * @router: (transfer none): filled already
 * @metrics: (transfer none): where requests are counted
 *
 * Returns: (transfer full): a server that doesn't listen yet
 */
KabHttpServer *
kab_http_server_new (const KabHttpSettings *settings, KabRouter *router, KabMetrics *metrics)
{
  KabHttpServer *self = g_object_new (KAB_TYPE_HTTP_SERVER, NULL);

  self->settings = *settings;
  self->settings.address = g_strdup (settings->address);
  if (settings->trusted_proxies)
    g_ptr_array_ref (settings->trusted_proxies);
  if (settings->throttle)
    g_object_ref (settings->throttle);
  self->router = g_object_ref (router);
  self->metrics = g_object_ref (metrics);
  return self;
}

/**
 * kab_http_server_set_authenticator:
 *
 * Sets who finds out who asks. Without one, only public routes can be called. Call it before
 * kab_http_server_start().
 */
void
kab_http_server_set_authenticator (KabHttpServer *self,
                                   KabAuthenticator authenticator,
                                   gpointer user_data)
{
  self->authenticator = authenticator;
  self->authenticator_data = user_data;
}

/**
 * kab_http_server_set_error_mapper:
 *
 * Sets what turns errors of other domains into problems. Call it before kab_http_server_start().
 */
void
kab_http_server_set_error_mapper (KabHttpServer *self, KabErrorMapper mapper, gpointer user_data)
{
  self->mapper = mapper;
  self->mapper_data = user_data;
}

/**
 * kab_http_server_start:
 *
 * Listens and serves, on threads of its own.
 *
 * Returns: %TRUE, or %FALSE with an error of GIO's, for example when the port is taken
 */
gboolean
kab_http_server_start (KabHttpServer *self, GError **error)
{
  g_autoptr (GSocketAddress) address =
      g_inet_socket_address_new_from_string (self->settings.address, self->settings.port);
  const union MHD_DaemonInfo *info;

  if (!address)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "“%s” is no address to listen on", self->settings.address);
      return FALSE;
    }
  self->workers = kab_http_workers_new (self->settings.n_workers, error);
  if (!self->workers || !start_daemon (self, address, error))
    return FALSE;
  info = MHD_get_daemon_info (self->daemon, MHD_DAEMON_INFO_BIND_PORT);
  self->port = info->port;
  start_watch (self);
  kab_metrics_add_gauge (self->metrics, "kabinets_queue_depth", "Requests that wait for a worker.",
                         read_queue_depth, self);
  kab_metrics_add_gauge (self->metrics, "kabinets_workers_busy", "Workers at work.", read_n_working,
                         self);
  kab_metrics_add_gauge (self->metrics, "kabinets_connections", "Open connections.",
                         read_n_connections, self);
  return TRUE;
}

/**
 * kab_http_server_stop:
 *
 * Turns new connections away, ends streams of events, answers what was accepted within the time of
 * #KabHttpSettings.drain_ms, then drops the rest. Blocks that long; not to be called from a
 * handler.
 *
 * Returns: whether everything that was accepted was answered
 */
gboolean
kab_http_server_stop (KabHttpServer *self)
{
  gboolean is_drained = TRUE;

  g_atomic_int_set (&self->is_stopping, TRUE);
  if (self->daemon)
    {
      /* New connections are turned away as they come: MHD_quiesce_daemon() races with its own
       * threads in libmicrohttpd 1.0.1 and ends the process. */
      is_drained =
          kab_http_roster_drain (self->roster, self->settings.drain_ms * G_TIME_SPAN_MILLISECOND);
      g_clear_pointer (&self->daemon, MHD_stop_daemon);
    }
  if (self->workers && is_drained)
    kab_http_workers_finish (g_steal_pointer (&self->workers));
  g_clear_pointer (&self->workers, kab_http_workers_abandon);
  return is_drained;
}

/**
 * kab_http_server_get_port:
 *
 * Returns: the port it listens on
 */
guint16
kab_http_server_get_port (KabHttpServer *self)
{
  return self->port;
}

/**
 * kab_http_server_dup_url:
 *
 * Returns: (transfer full): such as "http://127.0.0.1:4711"
 */
char *
kab_http_server_dup_url (KabHttpServer *self)
{
  gboolean is_v6 = strchr (self->settings.address, ':') != NULL;

  return g_strdup_printf (is_v6 ? "http://[%s]:%u" : "http://%s:%u", self->settings.address,
                          self->port);
}

/**
 * kab_http_server_get_n_connections:
 *
 * Returns: how many connections are open
 */
guint
kab_http_server_get_n_connections (KabHttpServer *self)
{
  return kab_http_roster_get_n_connections (self->roster);
}

const KabHttpSettings *
kab_http_server_get_settings (KabHttpServer *self)
{
  return &self->settings;
}

KabRouter *
kab_http_server_get_router (KabHttpServer *self)
{
  return self->router;
}

KabMetrics *
kab_http_server_get_metrics (KabHttpServer *self)
{
  return self->metrics;
}

gboolean
kab_http_server_is_stopping (KabHttpServer *self)
{
  return g_atomic_int_get (&self->is_stopping);
}

/* Hands over work, unless too much waits already; on FALSE the data stays the caller's. */
gboolean
kab_http_server_queue (KabHttpServer *self, KabHttpJob job, gpointer data, GError **error)
{
  if (kab_http_workers_push (self->workers, job, data, self->settings.queue_limit))
    return TRUE;
  kab_problem_set_retry (error, KAB_PROBLEM_BUSY, 1);
  return FALSE;
}

/* Hands over work for a request that was accepted already. */
void
kab_http_server_continue (KabHttpServer *self, KabHttpJob job, gpointer data)
{
  kab_http_workers_push (self->workers, job, data, G_MAXUINT);
}

/* On a worker: whether the caller may call the route. */
gboolean
kab_http_server_authorize (KabHttpServer *self,
                           KabRequest *request,
                           const KabRoute *route,
                           GError **error)
{
  KabAccess role = KAB_ACCESS_PUBLIC;

  if (route->access == KAB_ACCESS_PUBLIC)
    return TRUE;
  if (self->authenticator && !self->authenticator (request, &role, self->authenticator_data, error))
    return FALSE;
  kab_request_set_role (request, role);
  if (route->access & (role | KAB_ACCESS_PUBLIC))
    return TRUE;
  if (role == KAB_ACCESS_PUBLIC)
    kab_problem_set (error, KAB_PROBLEM_UNAUTHENTICATED, NULL);
  else if (role == KAB_ACCESS_PASSWORD_CHANGE)
    kab_problem_set (error, KAB_PROBLEM_PASSWORD_CHANGE_REQUIRED, NULL);
  else
    kab_problem_set (error, KAB_PROBLEM_FORBIDDEN, NULL);
  return FALSE;
}

/* Returns: (transfer full): the problem that the error is, or means */
GError *
kab_http_server_map_error (KabHttpServer *self, const GError *error)
{
  GError *problem = NULL;

  if (error && error->domain == KAB_PROBLEM)
    return g_error_copy (error);
  if (error && error->domain == KAB_JSON_ERROR)
    {
      kab_problem_set_from_json (&problem, error);
      return problem;
    }
  if (!error || !self->mapper || !self->mapper (error, self->mapper_data, &problem))
    kab_problem_set (&problem, KAB_PROBLEM_INTERNAL, NULL);
  return problem;
}

void
kab_http_server_remove_exchange (KabHttpServer *self, KabExchange *exchange)
{
  kab_http_roster_remove_exchange (self->roster, exchange);
}
