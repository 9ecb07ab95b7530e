/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-health.h"

#include "kab-log.h"
#include "kab-problem.h"

struct _KabHealth
{
  KabMetrics *metrics;          /* (owned) */
  KabNetworkList *metrics_from; /* (owned) */
  KabReadyCheck check;          /* (nullable) */
  gpointer check_data;
};

static KabResponse *
new_text (char *text)
{
  return kab_response_new_bytes (200, "text/plain; version=0.0.4; charset=utf-8",
                                 g_bytes_new_take (text, strlen (text)));
}

static KabResponse *
health_handler (KabRequest *request, gpointer user_data, GError **error)
{
  return new_text (g_strdup ("alive\n"));
}

static KabResponse *
ready_handler (KabRequest *request, gpointer user_data, GError **error)
{
  KabHealth *self = user_data;
  g_autoptr (GError) error_local = NULL;

  if (!self->check || self->check (self->check_data, &error_local))
    return new_text (g_strdup ("ready\n"));
  kab_log (KAB_LOG_ERROR, "not-ready",
           KAB_LOG_STR ("domain", error_local ? g_quark_to_string (error_local->domain) : "none"),
           KAB_LOG_INT ("code", error_local ? error_local->code : 0), NULL);
  kab_problem_set_retry (error, KAB_PROBLEM_STORE_UNAVAILABLE, 5);
  return NULL;
}

/* Figures about a bank's traffic are not for everybody (OWASP ASVS 13.4.5). */
static KabResponse *
metrics_handler (KabRequest *request, gpointer user_data, GError **error)
{
  KabHealth *self = user_data;

  if (kab_network_list_contains (self->metrics_from, kab_request_get_client_address (request)))
    return new_text (kab_metrics_to_text (self->metrics));
  kab_problem_set (error, KAB_PROBLEM_NOT_FOUND, NULL);
  return NULL;
}

static const KabRoute ROUTES[] = {
  { KAB_METHOD_GET, "/healthz", "health", health_handler, KAB_ACCESS_PUBLIC, KAB_ROUTE_IMMEDIATE,
    .answer = KAB_ANSWER_TEXT },
  { KAB_METHOD_GET, "/readyz", "ready", ready_handler, KAB_ACCESS_PUBLIC,
    .answer = KAB_ANSWER_TEXT },
  { KAB_METHOD_GET, "/metrics", "metrics", metrics_handler, KAB_ACCESS_PUBLIC, KAB_ROUTE_IMMEDIATE,
    .answer = KAB_ANSWER_TEXT },
};

/**
 * kab_health_new:
 * @metrics: (transfer none): what /metrics shows
 * @metrics_from: (transfer none): to whom
 *
 * Returns: (transfer full): the handlers of /healthz, /readyz and /metrics
 */
KabHealth *
kab_health_new (KabMetrics *metrics, KabNetworkList *metrics_from)
{
  KabHealth *self = g_new0 (KabHealth, 1);

  self->metrics = g_object_ref (metrics);
  self->metrics_from = g_ptr_array_ref (metrics_from);
  return self;
}

/**
 * kab_health_free:
 */
void
kab_health_free (KabHealth *self)
{
  g_object_unref (self->metrics);
  g_ptr_array_unref (self->metrics_from);
  g_free (self);
}

/**
 * kab_health_set_ready_check:
 *
 * Sets what /readyz asks. Call it before the server starts.
 */
void
kab_health_set_ready_check (KabHealth *self, KabReadyCheck check, gpointer user_data)
{
  self->check = check;
  self->check_data = user_data;
}

/**
 * kab_health_add_routes:
 *
 * Adds the three routes; @self has to live as long as the router is used.
 */
void
kab_health_add_routes (KabHealth *self, KabRouter *router)
{
  kab_router_add (router, ROUTES, G_N_ELEMENTS (ROUTES), self);
}
