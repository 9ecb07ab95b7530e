/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-idle-connections.h"

#define USE_KEY "kab-use"

typedef struct
{
  guint n_requests;  /* under way */
  gint64 idle_since; /* monotonic, when there is none */
} Use;

static void
request_queued_cb (SoupSession *session, SoupMessage *message, gpointer user_data)
{
  Use *use = user_data;

  use->n_requests++;
}

static void
request_unqueued_cb (SoupSession *session, SoupMessage *message, gpointer user_data)
{
  Use *use = user_data;

  if (--use->n_requests == 0)
    use->idle_since = g_get_monotonic_time ();
}

void
kab_idle_connections_watch (SoupSession *session)
{
  Use *use = g_new0 (Use, 1);

  g_object_set_data_full (G_OBJECT (session), USE_KEY, use, g_free);
  g_signal_connect (session, "request-queued", G_CALLBACK (request_queued_cb), use);
  g_signal_connect (session, "request-unqueued", G_CALLBACK (request_unqueued_cb), use);
}

void
kab_idle_connections_close (SoupSession *session, guint seconds)
{
  const Use *use = g_object_get_data (G_OBJECT (session), USE_KEY);

  if (use->n_requests == 0 &&
      g_get_monotonic_time () - use->idle_since >= seconds * G_TIME_SPAN_SECOND)
    soup_session_abort (session);
}
