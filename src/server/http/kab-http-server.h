/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-metrics.h"
#include "kab-peer.h"
#include "kab-router.h"
#include "kab-throttle.h"

G_BEGIN_DECLS

#define KAB_TYPE_HTTP_SERVER (kab_http_server_get_type ())
G_DECLARE_FINAL_TYPE (KabHttpServer, kab_http_server, KAB, HTTP_SERVER, GObject)

/**
 * KabHttpSettings:
 *
 * Limits and time-outs. Start from kab_http_settings_init() and change what differs.
 */
typedef struct
{
  const char *address; /* "127.0.0.1", "::" … */
  guint16 port;        /* 0: any free one */
  guint n_http_threads;
  guint n_workers;
  guint queue_limit; /* requests that may wait for a worker; the next gets 503 */
  guint connection_limit;
  guint connection_limit_per_peer; /* a trusted proxy has no limit of its own */
  guint header_timeout_ms;         /* from the first byte of a message to its empty line */
  guint body_grace_ms;             /* after which the body's rate counts */
  guint body_bytes_rate;           /* bytes a second, on average */
  guint idle_timeout_s;            /* keep-alive without traffic */
  guint event_interval_ms;         /* silence on a stream of events before a comment */
  guint drain_ms;                  /* what kab_http_server_stop() waits for accepted requests */
  KabNetworkList *trusted_proxies; /* (nullable) */
  KabThrottle *throttle;           /* (nullable): by the client's network, before all else */
} KabHttpSettings;

/**
 * KabAuthenticator:
 * @role: (out): who it is, one bit of #KabAccess
 *
 * Finds out who asks, on a worker thread, for every route that isn't only public; keeps what it
 * found with kab_request_set_caller(). Without a token the role is %KAB_ACCESS_PUBLIC and no error.
 *
 * Returns: %TRUE, or %FALSE with a problem, usually %KAB_PROBLEM_UNAUTHENTICATED
 */
typedef gboolean (*KabAuthenticator) (KabRequest *request,
                                      KabAccess *role,
                                      gpointer user_data,
                                      GError **error);

/**
 * KabErrorMapper:
 * @error: an error that is no problem yet, such as one of the store
 * @problem: (out): the problem it means
 *
 * Returns: whether @problem was set; otherwise the answer is a 500
 */
typedef gboolean (*KabErrorMapper) (const GError *error, gpointer user_data, GError **problem);

void kab_http_settings_init (KabHttpSettings *settings);
KabHttpServer *
kab_http_server_new (const KabHttpSettings *settings, KabRouter *router, KabMetrics *metrics);
void kab_http_server_set_authenticator (KabHttpServer *self,
                                        KabAuthenticator authenticator,
                                        gpointer user_data);
void
kab_http_server_set_error_mapper (KabHttpServer *self, KabErrorMapper mapper, gpointer user_data);
gboolean kab_http_server_start (KabHttpServer *self, GError **error);
gboolean kab_http_server_stop (KabHttpServer *self);
guint16 kab_http_server_get_port (KabHttpServer *self);
char *kab_http_server_dup_url (KabHttpServer *self);
guint kab_http_server_get_n_connections (KabHttpServer *self);

G_END_DECLS
