/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-http-server.h"

G_BEGIN_DECLS

/* A server on loopback with a few routes, and a client that sends what it is told, byte by byte. */
typedef struct
{
  KabHttpServer *server;
  KabRouter *router;
  KabMetrics *metrics;
  guint16 port;
} KabTestServer;

/* One response, or what came of it before the connection ended. */
typedef struct
{
  guint status; /* 0: none came */
  char *head;
  char *body;
  gsize body_length;
  gboolean is_closed; /* the server ended the connection */
} KabTestReply;

KabTestServer *kab_test_server_new (const KabHttpSettings *settings,
                                    const KabRoute *routes,
                                    gsize n_routes,
                                    gpointer user_data);
void kab_test_server_free (KabTestServer *self);

int kab_test_connect (guint16 port);
gboolean kab_test_send (int fd, const char *bytes, gssize length);
KabTestReply *kab_test_receive (int fd, guint timeout_ms);
gboolean kab_test_is_closed (int fd, guint timeout_ms);
KabTestReply *kab_test_ask (guint16 port, const char *message, gssize length);
KabTestReply *kab_test_get (guint16 port, const char *path, const char *headers);
char *kab_test_reply_header (KabTestReply *reply, const char *name);
void kab_test_reply_free (KabTestReply *reply);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabTestServer, kab_test_server_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabTestReply, kab_test_reply_free)

/* What is awaited comes at once; this is against hanging only, however busy the machine is. */
#define KAB_TEST_PATIENCE_MS (60 * 1000)

/* Waits until the condition holds. */
#define KAB_TEST_WAIT(condition)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 wait_end = g_get_monotonic_time () + KAB_TEST_PATIENCE_MS * G_TIME_SPAN_MILLISECOND;    \
    while (!(condition) && g_get_monotonic_time () < wait_end)                                     \
      g_usleep (2000);                                                                             \
    g_assert_true (condition);                                                                     \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
