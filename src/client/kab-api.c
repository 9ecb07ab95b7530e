/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-api.h"

#include "kab-api-error-private.h"
#include "kab-api-private.h"
#include "kab-idle-connections.h"
#include "kab-request-private.h"
#include "kab-secret-memory.h"

/* After so many failures in a row, within so many seconds, calls fail without being tried. */
#define BREAK_FAILURES 5
#define BREAK_SECONDS  30

/* Longest pause, in seconds, that the bank is granted when it asks for one. */
#define MAX_ASKED_PAUSE 60

#define MAX_CONNECTIONS  6
#define MAX_HEALTH_BYTES 4096

static const KabTimeouts default_timeouts = {
  .io = 15,
  .call = 30,
  .silence = 45,
  .retry_ms = 200,
  .probe_min_ms = 1000,
  .probe_max_ms = 60000,
  .kept = 10,
  .piece_ms = 1000,
};

struct _KabApi
{
  GObject parent_instance;

  char *base_uri; /* (owned) without a slash at its end */
  char *bank_key; /* (owned) (nullable) */
  char *token;    /* (owned) (nullable) locked memory */
  guint token_serial;
  KabTimeouts timeouts;
  SoupSession *session;       /* (owned) */
  SoupSession *event_session; /* (owned) */

  gboolean online;
  guint failures;      /* in a row */
  gint64 last_failure; /* monotonic */
  guint probe_source;
  guint probe_wait_ms;
  gboolean probing;
  GCancellable *probe_cancellable; /* (owned) */
};

enum
{
  PROP_0,
  PROP_BASE_URI,
  PROP_ONLINE,
  PROP_SIGNED_IN,
  N_PROPS,
};

enum
{
  SESSION_ENDED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KabApi, kab_api, G_TYPE_OBJECT)

static void schedule_probe (KabApi *self);

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_strcmp0 (host, "localhost") == 0 ||
         (address != NULL && g_inet_address_get_is_loopback (address));
}

/* https with a host and no user, or http to this computer. */
static gboolean
is_safe_uri (GUri *uri)
{
  const char *host = uri ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0' || g_uri_get_userinfo (uri) != NULL)
    return FALSE;

  return g_str_equal (g_uri_get_scheme (uri), "https") ||
         (g_str_equal (g_uri_get_scheme (uri), "http") && is_loopback (host));
}

/* Returns: (transfer full) (nullable) the address without a slash at its end */
static char *
normalize_base_uri (const char *base_uri, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (base_uri, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *text = NULL;

  if (!is_safe_uri (uri) || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    {
      g_propagate_error (error, kab_api_error_new (KAB_API_ERROR_ADDRESS, NULL,
                                                   "%s isn't an https address", base_uri));
      return NULL;
    }

  text = g_uri_to_string (uri);
  while (g_str_has_suffix (text, "/"))
    text[strlen (text) - 1] = '\0';

  return g_steal_pointer (&text);
}

static gboolean
base_is_loopback (KabApi *self)
{
  g_autoptr (GUri) uri = g_uri_parse (self->base_uri, SOUP_HTTP_URI_FLAGS, NULL);

  return is_loopback (g_uri_get_host (uri));
}

static SoupSession *
new_session (KabApi *self, guint timeout)
{
  SoupSession *session = soup_session_new_with_options (
      "timeout", timeout, "idle-timeout", 0, "user-agent", "Kabinets/" KAB_VERSION, "max-conns",
      2 * MAX_CONNECTIONS, "max-conns-per-host", MAX_CONNECTIONS, NULL);

  /* No challenge can draw out a password that another program keeps. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (base_is_loopback (self))
    soup_session_set_proxy_resolver (session, NULL);
  kab_idle_connections_watch (session);

  return session;
}

static void
set_online (KabApi *self, gboolean online)
{
  if (self->online == online)
    return;

  self->online = online;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONLINE]);
}

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KabApi *self = KAB_API (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (KabReply) reply = kab_api_exchange_finish (self, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->probing = FALSE;
  if (!self->online)
    schedule_probe (self);
}

static void
probe (KabApi *self)
{
  g_autoptr (KabRequest) request = kab_request_new ("GET", "/healthz");
  g_autoptr (SoupMessage) message = kab_api_new_message (self, request);

  g_clear_handle_id (&self->probe_source, g_source_remove);
  if (self->probing)
    return;

  self->probing = TRUE;
  kab_api_exchange_async (self, message, MAX_HEALTH_BYTES, self->timeouts.io,
                          self->probe_cancellable, probed_cb, NULL);
}

static gboolean
probe_due_cb (gpointer user_data)
{
  KabApi *self = user_data;

  self->probe_source = 0;
  probe (self);

  return G_SOURCE_REMOVE;
}

static void
schedule_probe (KabApi *self)
{
  if (self->probe_source != 0 || self->probing)
    return;

  self->probe_source = g_timeout_add (kab_api_jitter (self->probe_wait_ms), probe_due_cb, self);
  self->probe_wait_ms = MIN (2 * self->probe_wait_ms, self->timeouts.probe_max_ms);
}

/* Only a hint: the monitor may be wrong both ways. */
static void
network_changed_cb (GNetworkMonitor *monitor, gboolean available, KabApi *self)
{
  if (available)
    kab_api_reconnect (self);
}

static void
kab_api_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KabApi *self = KAB_API (object);

  switch (prop_id)
    {
    case PROP_BASE_URI:
      g_value_set_string (value, self->base_uri);
      break;
    case PROP_ONLINE:
      g_value_set_boolean (value, self->online);
      break;
    case PROP_SIGNED_IN:
      g_value_set_boolean (value, kab_api_get_signed_in (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kab_api_dispose (GObject *object)
{
  KabApi *self = KAB_API (object);

  g_clear_handle_id (&self->probe_source, g_source_remove);
  g_cancellable_cancel (self->probe_cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->event_session);
  G_OBJECT_CLASS (kab_api_parent_class)->dispose (object);
}

static void
kab_api_finalize (GObject *object)
{
  KabApi *self = KAB_API (object);

  g_object_unref (self->probe_cancellable);
  kab_secret_free (self->token);
  g_free (self->base_uri);
  g_free (self->bank_key);
  G_OBJECT_CLASS (kab_api_parent_class)->finalize (object);
}

static void
kab_api_class_init (KabApiClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kab_api_get_property;
  object_class->dispose = kab_api_dispose;
  object_class->finalize = kab_api_finalize;

  properties[PROP_BASE_URI] = g_param_spec_string ("base-uri", NULL, NULL, NULL, flags);
  properties[PROP_ONLINE] = g_param_spec_boolean ("online", NULL, NULL, TRUE, flags);
  properties[PROP_SIGNED_IN] = g_param_spec_boolean ("signed-in", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SESSION_ENDED] = g_signal_new ("session-ended", KAB_TYPE_API, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_api_init (KabApi *self)
{
  self->online = TRUE;
  self->timeouts = default_timeouts;
  self->probe_wait_ms = default_timeouts.probe_min_ms;
  self->probe_cancellable = g_cancellable_new ();
}

KabApi *
kab_api_new (const char *base_uri, GError **error)
{
  g_autofree char *normal = NULL;
  KabApi *self;

  g_return_val_if_fail (base_uri != NULL, NULL);

  normal = normalize_base_uri (base_uri, error);
  if (normal == NULL)
    return NULL;

  self = g_object_new (KAB_TYPE_API, NULL);
  self->base_uri = g_steal_pointer (&normal);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (network_changed_cb), self, G_CONNECT_DEFAULT);

  return self;
}

const char *
kab_api_get_base_uri (KabApi *self)
{
  g_return_val_if_fail (KAB_IS_API (self), NULL);

  return self->base_uri;
}

gboolean
kab_api_set_base_uri (KabApi *self, const char *base_uri, GError **error)
{
  g_autofree char *normal = NULL;

  g_return_val_if_fail (KAB_IS_API (self), FALSE);
  g_return_val_if_fail (base_uri != NULL, FALSE);

  normal = normalize_base_uri (base_uri, error);
  if (normal == NULL)
    return FALSE;

  if (!g_set_str (&self->base_uri, normal))
    return TRUE;
  g_clear_object (&self->session);
  g_clear_object (&self->event_session);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BASE_URI]);
  kab_api_reconnect (self);

  return TRUE;
}

const char *
kab_api_get_bank_key (KabApi *self)
{
  g_return_val_if_fail (KAB_IS_API (self), NULL);

  return self->bank_key ? self->bank_key : self->base_uri;
}

void
kab_api_set_bank_key (KabApi *self, const char *key)
{
  g_return_if_fail (KAB_IS_API (self));

  g_set_str (&self->bank_key, key);
}

gboolean
kab_api_get_online (KabApi *self)
{
  g_return_val_if_fail (KAB_IS_API (self), FALSE);

  return self->online;
}

gboolean
kab_api_get_signed_in (KabApi *self)
{
  g_return_val_if_fail (KAB_IS_API (self), FALSE);

  return self->token != NULL;
}

void
kab_api_set_token (KabApi *self, const char *token)
{
  gboolean signed_in;

  g_return_if_fail (KAB_IS_API (self));

  signed_in = self->token != NULL;
  kab_secret_take (&self->token, token);
  self->token_serial++;
  if (signed_in != (self->token != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIGNED_IN]);
}

const KabTimeouts *
kab_api_get_timeouts (KabApi *self)
{
  g_return_val_if_fail (KAB_IS_API (self), NULL);

  return &self->timeouts;
}

void
kab_api_set_timeouts (KabApi *self, const KabTimeouts *timeouts)
{
  g_return_if_fail (KAB_IS_API (self));
  g_return_if_fail (timeouts != NULL);

  self->timeouts = *timeouts;
  self->probe_wait_ms = timeouts->probe_min_ms;
  g_clear_object (&self->session);
  g_clear_object (&self->event_session);
}

void
kab_api_reconnect (KabApi *self)
{
  g_return_if_fail (KAB_IS_API (self));

  if (self->online)
    return;

  self->failures = 0;
  self->probe_wait_ms = self->timeouts.probe_min_ms;
  probe (self);
}

SoupSession *
kab_api_get_session (KabApi *self)
{
  if (self->session == NULL)
    self->session = new_session (self, self->timeouts.io);
  kab_idle_connections_close (self->session, self->timeouts.kept);

  return self->session;
}

SoupSession *
kab_api_get_event_session (KabApi *self)
{
  if (self->event_session == NULL)
    self->event_session = new_session (self, self->timeouts.silence);
  kab_idle_connections_close (self->event_session, self->timeouts.kept);

  return self->event_session;
}

gboolean
kab_api_is_safe_address (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);

  return is_safe_uri (uri);
}

SoupMessage *
kab_api_new_message (KabApi *self, KabRequest *request)
{
  g_autofree char *uri = g_strconcat (self->base_uri, request->path->str, NULL);
  SoupMessage *message = soup_message_new (request->method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  const char *token = request->token ? request->token : self->token;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
      explicit_bzero (value, strlen (value));
    }
  if (!request->expects_bytes)
    soup_message_headers_replace (headers, "Accept", "application/json, application/problem+json");
  if (request->idempotency_key != NULL)
    soup_message_headers_replace (headers, "Idempotency-Key", request->idempotency_key);
  if (request->if_match != NULL)
    soup_message_headers_replace (headers, "If-Match", request->if_match);
  if (request->if_none_match != NULL)
    soup_message_headers_replace (headers, "If-None-Match", request->if_none_match);
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", request->body);

  return message;
}

void
kab_request_keep_token (KabRequest *request, KabApi *self)
{
  kab_request_set_token (request, self->token);
}

guint
kab_api_get_token_serial (KabApi *self)
{
  return self->token_serial;
}

void
kab_api_end_session (KabApi *self, guint serial)
{
  if (self->token == NULL || self->token_serial != serial)
    return;

  g_object_ref (self);
  kab_api_set_token (self, NULL);
  g_signal_emit (self, signals[SESSION_ENDED], 0);
  g_object_unref (self);
}

void
kab_api_note_success (KabApi *self)
{
  self->failures = 0;
  self->probe_wait_ms = self->timeouts.probe_min_ms;
  g_clear_handle_id (&self->probe_source, g_source_remove);
  set_online (self, TRUE);
}

void
kab_api_note_failure (KabApi *self, const GError *error)
{
  if (!kab_api_error_is_connection (error))
    return;

  self->failures++;
  self->last_failure = g_get_monotonic_time ();
  set_online (self, FALSE);
  schedule_probe (self);
}

gboolean
kab_api_is_broken (KabApi *self)
{
  return !self->online && self->failures >= BREAK_FAILURES &&
         g_get_monotonic_time () - self->last_failure < BREAK_SECONDS * G_USEC_PER_SEC;
}

guint
kab_api_jitter (guint milliseconds)
{
  return milliseconds / 2 + g_random_int_range (0, milliseconds / 2 + 1);
}

guint
kab_api_make_pause (KabApi *self, guint first_ms, guint failures, const GError *error)
{
  KabProblem *problem = kab_api_problem_from_error (error);
  int asked = problem ? kab_problem_get_retry_after (problem) : 0;
  guint wait = MIN ((guint64) first_ms << MIN (failures, 16u), self->timeouts.probe_max_ms);

  return MAX (kab_api_jitter (wait), CLAMP (asked, 0, MAX_ASKED_PAUSE) * 1000u);
}

GError *
kab_api_map_error (KabApi *self, GError *error)
{
  KabApiError code = KAB_API_ERROR_UNREACHABLE;
  GError *mapped;

  if (error->domain == KAB_API_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    code = KAB_API_ERROR_TIMEOUT;
  else if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE) ||
           g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_HANDSHAKE))
    code = KAB_API_ERROR_UNTRUSTED;
  else if (error->domain == SOUP_SESSION_ERROR ||
           g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS))
    code = KAB_API_ERROR_GARBAGE;
  else if (!base_is_loopback (self) &&
           !g_network_monitor_get_network_available (g_network_monitor_get_default ()))
    code = KAB_API_ERROR_OFFLINE;

  mapped = kab_api_error_new (code, NULL, "%s", error->message);
  g_error_free (error);

  return mapped;
}
