/* SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * KabServer:
 *
 * The bank's server, put together from its configuration: store, bank data, HTTP, routes, password
 * pool, jobs, metrics.
 */

#include "kab-server.h"

#include "kab-api.h"
#include "kab-jobs.h"
#include "kab-log.h"
#include "kab-secrets.h"
#include "kab-sumsub.h"

struct _KabServer
{
  GObject parent_instance;

  KabConfig *config;          /* (owned) */
  KabStore *store;            /* (owned) */
  KabRouter *router;          /* (owned) */
  KabMetrics *metrics;        /* (owned) */
  KabHealth *health;          /* (owned) */
  KabPasswordPool *passwords; /* (owned) */
  KabApiContext *context;     /* (owned) */
  KabHttpServer *http;        /* (owned) */
  KabJobs *jobs;              /* (owned) (nullable): while it runs */
};

G_DEFINE_FINAL_TYPE (KabServer, kab_server, G_TYPE_OBJECT)

static gint64
read_passwords_busy (gpointer user_data)
{
  return kab_password_pool_get_n_busy (user_data);
}

static gint64
read_passwords_waiting (gpointer user_data)
{
  return kab_password_pool_get_n_waiting (user_data);
}

static KabLogLevel
parse_level (const char *level)
{
  static const char *const LEVELS[] = {
    [KAB_LOG_ERROR] = "error",
    [KAB_LOG_WARNING] = "warning",
    [KAB_LOG_INFO] = "info",
    [KAB_LOG_DEBUG] = "debug",
  };

  for (guint i = 0; i < G_N_ELEMENTS (LEVELS); i++)
    if (g_str_equal (level, LEVELS[i]))
      return i;
  return KAB_LOG_INFO;
}

static gint64
read_store_waiting (gpointer user_data)
{
  KabStoreFigures figures;

  kab_store_get_figures (user_data, &figures);
  return figures.waiting;
}

static gboolean
store_checked_cb (gpointer user_data, GError **error)
{
  return kab_store_check (user_data, error);
}

static gboolean
open_store (KabServer *self, GError **error)
{
  const char *key = self->config->store.history_key;
  g_autoptr (GBytes) history_key = *key ? g_bytes_new (key, strlen (key)) : NULL;
  const KabStoreOptions options = {
    .history_key = history_key,
    .readers = (guint) self->config->server.workers,
  };

  self->store = kab_store_open (self->config->store.url, &options, error);
  if (!self->store)
    return FALSE;
  kab_metrics_add_gauge (self->metrics, "kabinets_store_waiting", "Writes that wait for the store.",
                         read_store_waiting, self->store);
  return TRUE;
}

static gboolean
make_http (KabServer *self, GError **error)
{
  const KabConfig *config = self->config;
  g_autoptr (GPtrArray) proxies =
      kab_network_list_new ((const char *const *) config->server.trusted_proxies, error);
  g_autoptr (KabThrottle) throttle =
      kab_throttle_new ((guint) config->limits.requests_per_minute, 60);
  KabHttpSettings settings;

  if (!proxies)
    return FALSE;
  kab_http_settings_init (&settings);
  settings.address = config->server.address;
  settings.port = (guint16) config->server.port;
  settings.n_http_threads = (guint) config->server.http_threads;
  settings.n_workers = (guint) config->server.workers;
  settings.queue_limit = (guint) config->limits.queue;
  settings.connection_limit = (guint) config->limits.connections;
  settings.connection_limit_per_peer = (guint) config->limits.connections_per_peer;
  settings.trusted_proxies = proxies;
  settings.throttle = throttle;
  self->http = kab_http_server_new (&settings, self->router, self->metrics);
  kab_api_serve (self->http, self->context);
  return TRUE;
}

static void
make_passwords (KabServer *self)
{
  self->passwords = kab_password_pool_new ((gsize) self->config->limits.password_memory << 20,
                                           (guint) self->config->limits.password_passes);
  kab_metrics_add_gauge (self->metrics, "kabinets_passwords_busy",
                         "Password computations that run.", read_passwords_busy, self->passwords);
  kab_metrics_add_gauge (self->metrics, "kabinets_passwords_waiting",
                         "Password computations that wait.", read_passwords_waiting,
                         self->passwords);
}

static gboolean
make_health (KabServer *self, GError **error)
{
  g_autoptr (GPtrArray) networks =
      kab_network_list_new ((const char *const *) self->config->server.metrics_from, error);

  if (!networks)
    return FALSE;
  self->health = kab_health_new (self->metrics, networks);
  kab_health_set_ready_check (self->health, store_checked_cb, self->store);
  kab_health_add_routes (self->health, self->router);
  return TRUE;
}

/* Demo visitors all come from this machine. */
static void
open_doors (KabApiContext *context)
{
  g_clear_object (&context->door_throttle);
  context->door_throttle = kab_throttle_new (6000, 60);
}

static GBytes *
derive_secret_key (const KabConfig *config)
{
  guint8 key[KAB_SECRETS_KEY_SIZE];

  kab_secrets_derive_key (config->server.secret_key, strlen (config->server.secret_key), "server",
                          key);
  return g_bytes_new (key, sizeof key);
}

static void
set_identification (KabServer *self)
{
  const KabConfig *config = self->config;
  const KabSumsubSettings settings = { .base_url = config->sumsub.base_url,
                                       .token = config->sumsub.token,
                                       .secret = config->sumsub.secret,
                                       .level_photo = config->sumsub.level_photo,
                                       .level_video = config->sumsub.level_video };
  g_autoptr (KabSumsub) sumsub = kab_sumsub_new (&settings);

  kab_api_context_set_identification (
      self->context, KAB_IDENTIFICATION_PROVIDER (sumsub), config->sumsub.webhook_secret,
      (const char *const *) config->sumsub.webhook_algorithms, config->sumsub.sandbox_mode);
}

static gboolean
make_context (KabServer *self, GError **error)
{
  const KabConfig *config = self->config;
  KabBankData *bank = kab_bank_data_load (config->bank.data_directory, error);
  g_autoptr (GBytes) key = NULL;

  if (!bank)
    return FALSE;
  key = derive_secret_key (config);
  self->context =
      kab_api_context_new (self->store, bank, !config->is_production, self->passwords, key);
  self->context->session_limits.idle = config->session.idle * G_TIME_SPAN_SECOND;
  self->context->session_limits.absolute = config->session.absolute * G_TIME_SPAN_SECOND;
  self->context->application_patience = config->application.patience * G_TIME_SPAN_DAY;
  self->context->codes.lifetime = config->codes.lifetime * G_TIME_SPAN_MINUTE;
  self->context->codes.resend_after = config->codes.resend_after * G_TIME_SPAN_SECOND;
  self->context->codes.tries = config->codes.tries;
  self->context->codes.per_hour = config->codes.per_hour;
  if (!config->is_production)
    open_doors (self->context);
  set_identification (self);
  kab_api_add_routes (self->router, self->context);
  return TRUE;
}

static const char *
text_or_null (const char *text)
{
  return *text ? text : NULL;
}

static KabPostman *
make_postman (KabServer *self)
{
  const KabConfig *config = self->config;
  const KabMailServer server = { .host = config->mail.host,
                                 .port = (guint) config->mail.port,
                                 .starttls = config->mail.starttls,
                                 .ca_file = (char *) text_or_null (config->mail.ca_file),
                                 .user = (char *) text_or_null (config->mail.user),
                                 .password = (char *) text_or_null (config->mail.password) };

  return kab_postman_new (
      kab_mailer_new (&server),
      kab_sms_gateway_new (config->sms.url, config->sms.token, config->sms.sender),
      kab_bank_data_get_name (self->context->bank), config->mail.from, self->context->codes.key);
}

static void
kab_server_finalize (GObject *object)
{
  KabServer *self = KAB_SERVER (object);

  g_clear_object (&self->http);
  g_clear_object (&self->router);
  g_clear_pointer (&self->health, kab_health_free);
  g_clear_object (&self->metrics);
  g_clear_pointer (&self->context, kab_api_context_free);
  g_clear_object (&self->passwords);
  g_clear_object (&self->store);
  g_clear_pointer (&self->config, kab_config_free);
  G_OBJECT_CLASS (kab_server_parent_class)->finalize (object);
}

static void
kab_server_class_init (KabServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_server_finalize;
}

static void
kab_server_init (KabServer *self)
{
  self->router = kab_router_new ();
  self->metrics = kab_metrics_new ();
}

/**
 * kab_server_new:
 * @config: (transfer full): its configuration
 *
 * Returns: (transfer full): a server that doesn't listen yet, or %NULL with an error
 */
KabServer *
kab_server_new (KabConfig *config, GError **error)
{
  g_autoptr (KabServer) self = g_object_new (KAB_TYPE_SERVER, NULL);

  self->config = config;
  kab_log_set_level (parse_level (config->log.level));
  make_passwords (self);
  if (!open_store (self, error) || !make_context (self, error) || !make_health (self, error) ||
      !make_http (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * kab_server_get_http:
 *
 * Returns: (transfer none): for the authenticator and the address
 */
KabHttpServer *
kab_server_get_http (KabServer *self)
{
  return self->http;
}

/**
 * kab_server_get_store:
 *
 * Returns: (transfer none): the open store
 */
KabStore *
kab_server_get_store (KabServer *self)
{
  return self->store;
}

/**
 * kab_server_get_context:
 *
 * Returns: (transfer none): what handlers and jobs work with
 */
KabApiContext *
kab_server_get_context (KabServer *self)
{
  return self->context;
}

/**
 * kab_server_start:
 *
 * Returns: %TRUE when it listens, or %FALSE with an error
 */
gboolean
kab_server_start (KabServer *self, GError **error)
{
  if (!kab_http_server_start (self->http, error))
    return FALSE;
  self->jobs = kab_jobs_new (self->context, self->metrics, make_postman (self));
  kab_log (KAB_LOG_INFO, "listening", KAB_LOG_STR ("address", self->config->server.address),
           KAB_LOG_INT ("port", kab_http_server_get_port (self->http)), NULL);
  return TRUE;
}

/**
 * kab_server_stop:
 *
 * Stops accepting, answers what was accepted, for at most ten seconds, and closes the store.
 *
 * Returns: whether all of it was answered; if not, workers still run, and nothing that they use may
 *   be freed
 */
gboolean
kab_server_stop (KabServer *self)
{
  gboolean is_drained = kab_http_server_stop (self->http);

  g_clear_pointer (&self->jobs, kab_jobs_stop);
  kab_store_close (self->store);
  kab_log (is_drained ? KAB_LOG_INFO : KAB_LOG_WARNING, "stopped",
           KAB_LOG_STR ("end", is_drained ? "complete" : "broken"), NULL);
  return is_drained;
}
