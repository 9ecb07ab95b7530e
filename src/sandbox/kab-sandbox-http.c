/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-http.h"

#include "kab-sandbox-json.h"
#include "kab-sandbox-tap.h"

#define TAP_KEY "kab-sandbox-tap"

/**
 * KabSandboxHttp:
 *
 * The HTTP side of all stand-ins on one loopback port. It answers only this machine, so the
 * library's server, which isn't made for hostile clients, is enough.
 */
struct _KabSandboxHttp
{
  GObject parent_instance;

  KabSandboxScript *script; /* (owned) */
  GSocketService *listener; /* (owned) */
  SoupServer *server;       /* (owned) */
  GHashTable *delays;       /* (owned) of (owned) Delay */
  char *url;                /* (owned) */
};

typedef struct
{
  KabSandboxHttp *http; /* (unowned) owns the server that owns the route */
  char *provider;       /* (owned) (nullable) %NULL is neither logged nor disturbed */
  gsize prefix;
  KabSandboxHandler handler;
  gpointer user_data;
} Route;

typedef struct
{
  Route *route;               /* (unowned) */
  KabSandboxRequest *request; /* (owned) */
  guint source;
} Delay;

G_DEFINE_FINAL_TYPE (KabSandboxHttp, kab_sandbox_http, G_TYPE_OBJECT)

static void
free_route (gpointer data)
{
  Route *route = data;

  g_free (route->provider);
  g_free (route);
}

static void
free_delay (gpointer data)
{
  Delay *delay = data;

  g_clear_handle_id (&delay->source, g_source_remove);
  g_object_unref (delay->request);
  g_free (delay);
}

static KabSandboxTap *
tap_of (SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_remote_address (message);

  return address ? g_object_get_data (G_OBJECT (address), TAP_KEY) : NULL;
}

static gboolean
delay_over_cb (gpointer data)
{
  Delay *delay = data;
  Route *route = delay->route;

  delay->source = 0;
  route->handler (delay->request, route->user_data);
  soup_server_message_unpause (kab_sandbox_request_get_message (delay->request));
  g_hash_table_remove (route->http->delays, delay);
  return G_SOURCE_REMOVE;
}

static void
answer_later (Route *route, KabSandboxRequest *request)
{
  const KabSandboxSettings *settings = kab_sandbox_script_get_settings (route->http->script);
  Delay *delay = g_new0 (Delay, 1);

  delay->route = route;
  delay->request = g_object_ref (request);
  delay->source = g_timeout_add (settings->slow_delay, delay_over_cb, delay);
  g_hash_table_add (route->http->delays, delay);
  soup_server_message_pause (kab_sandbox_request_get_message (request));
}

static void
break_off (KabSandboxRequest *request)
{
  g_autoptr (GIOStream) connection =
      soup_server_message_steal_connection (kab_sandbox_request_get_message (request));

  g_io_stream_close (connection, NULL, NULL);
}

/* The wrong answers that any HTTP service can give. */
static gboolean
misbehave (Route *route, KabSandboxRequest *request)
{
  KabSandboxScript *script = route->http->script;
  g_autoptr (GError) error = NULL;

  if (kab_sandbox_script_take (script, route->provider, "slow"))
    answer_later (route, request);
  else if (kab_sandbox_script_take (script, route->provider, "drop"))
    break_off (request);
  else if (kab_sandbox_script_take (script, route->provider, "garbage"))
    kab_sandbox_request_reply (request, 200, "application/json", "{\"id\": \"5f");
  else if (kab_sandbox_script_take (script, route->provider, "error"))
    kab_sandbox_request_reply (request, 500, "text/html", "<h1>Internal Server Error</h1>");
  else if (kab_sandbox_script_take (script, route->provider, "rate-limit"))
    {
      soup_message_headers_replace (
          soup_server_message_get_response_headers (kab_sandbox_request_get_message (request)),
          "Retry-After", "1");
      error = g_error_new_literal (KAB_SANDBOX_ERROR, 429, "Too many requests");
      kab_sandbox_request_reply_error (request, error);
    }
  else
    return FALSE;
  return TRUE;
}

static void
request_read_cb (SoupServer *server,
                 SoupServerMessage *message,
                 const char *path,
                 GHashTable *query,
                 gpointer user_data)
{
  Route *route = user_data;
  KabSandboxTap *tap = tap_of (message);
  g_autofree char *line = tap ? kab_sandbox_tap_get_line (tap) : NULL;
  g_autoptr (KabSandboxRequest) request =
      line ? kab_sandbox_request_new (message, line, route->prefix) : NULL;

  if (!request)
    {
      soup_server_message_set_status (message, 400, NULL);
      return;
    }
  if (route->provider)
    kab_sandbox_request_set_record (
        request, kab_sandbox_script_record (route->http->script, route->provider));
  if (!route->provider || !misbehave (route, request))
    route->handler (request, route->user_data);
}

static void
nothing_there_cb (SoupServer *server,
                  SoupServerMessage *message,
                  const char *path,
                  GHashTable *query,
                  gpointer user_data)
{
  soup_server_message_set_status (message, 404, NULL);
}

static void
request_over_cb (KabSandboxHttp *self, SoupServerMessage *message)
{
  KabSandboxTap *tap = tap_of (message);

  if (tap)
    kab_sandbox_tap_reset (tap);
}

static gboolean
connection_made_cb (KabSandboxHttp *self, GSocketConnection *connection)
{
  g_autoptr (KabSandboxTappedConnection) tapped = kab_sandbox_tapped_connection_new (connection);
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GError) error = NULL;

  if (!local || !remote)
    return TRUE;
  g_object_set_data_full (G_OBJECT (remote), TAP_KEY,
                          g_object_ref (kab_sandbox_tapped_connection_get_tap (tapped)),
                          g_object_unref);
  if (!soup_server_accept_iostream (self->server, G_IO_STREAM (tapped), local, remote, &error))
    g_message ("A connection was not taken: %s", error->message);
  return TRUE;
}

static void
kab_sandbox_http_dispose (GObject *object)
{
  kab_sandbox_http_stop (KAB_SANDBOX_HTTP (object));
  G_OBJECT_CLASS (kab_sandbox_http_parent_class)->dispose (object);
}

static void
kab_sandbox_http_finalize (GObject *object)
{
  KabSandboxHttp *self = KAB_SANDBOX_HTTP (object);

  g_hash_table_unref (self->delays);
  g_object_unref (self->listener);
  g_object_unref (self->server);
  g_clear_object (&self->script);
  g_free (self->url);
  G_OBJECT_CLASS (kab_sandbox_http_parent_class)->finalize (object);
}

static void
kab_sandbox_http_class_init (KabSandboxHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kab_sandbox_http_dispose;
  G_OBJECT_CLASS (klass)->finalize = kab_sandbox_http_finalize;
}

static void
kab_sandbox_http_init (KabSandboxHttp *self)
{
  self->delays = g_hash_table_new_full (NULL, NULL, free_delay, NULL);
  self->listener = g_socket_service_new ();
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, nothing_there_cb, NULL, NULL);
  g_signal_connect_swapped (self->server, "request-finished", G_CALLBACK (request_over_cb), self);
  g_signal_connect_swapped (self->server, "request-aborted", G_CALLBACK (request_over_cb), self);
  g_signal_connect_swapped (self->listener, "incoming", G_CALLBACK (connection_made_cb), self);
}

/**
 * kab_sandbox_http_new:
 * @script: orders and log
 * @error: of GIO, when there is no free port
 *
 * Returns: (transfer full) (nullable): a server on a free port of 127.0.0.1
 */
KabSandboxHttp *
kab_sandbox_http_new (KabSandboxScript *script, GError **error)
{
  g_autoptr (KabSandboxHttp) self = g_object_new (KAB_TYPE_SANDBOX_HTTP, NULL);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) got = NULL;

  self->script = g_object_ref (script);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->listener), wanted,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &got,
                                      error))
    return NULL;
  self->url = g_strdup_printf ("http://127.0.0.1:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got)));
  g_socket_service_start (self->listener);
  return g_steal_pointer (&self);
}

/**
 * kab_sandbox_http_get_url:
 * @self: the server
 *
 * Returns: (transfer none): its root, without a slash at the end
 */
const char *
kab_sandbox_http_get_url (KabSandboxHttp *self)
{
  return self->url;
}

/**
 * kab_sandbox_http_serve:
 * @self: the server
 * @path: where the interface begins
 * @prefix: how many characters of the path are its secret and not part of it
 * @provider: (nullable): its name in orders and log, %NULL for neither
 * @handler: what answers
 * @user_data: for @handler; has to live until kab_sandbox_http_stop()
 */
void
kab_sandbox_http_serve (KabSandboxHttp *self,
                        const char *path,
                        gsize prefix,
                        const char *provider,
                        KabSandboxHandler handler,
                        gpointer user_data)
{
  Route *route = g_new0 (Route, 1);

  route->http = self;
  route->provider = g_strdup (provider);
  route->prefix = prefix;
  route->handler = handler;
  route->user_data = user_data;
  soup_server_add_handler (self->server, path, request_read_cb, route, free_route);
}

/**
 * kab_sandbox_http_stop:
 * @self: the server
 *
 * Ends all connections; no handler is called any more.
 */
void
kab_sandbox_http_stop (KabSandboxHttp *self)
{
  g_hash_table_remove_all (self->delays);
  g_socket_service_stop (self->listener);
  g_socket_listener_close (G_SOCKET_LISTENER (self->listener));
  soup_server_disconnect (self->server);
}
