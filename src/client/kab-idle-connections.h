/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * kab_idle_connections_watch:
 * @session: has libsoup's own "idle-timeout" set to 0
 *
 * Notes when the session has nothing to do. Up to 3.6.5 libsoup's timer can fire for a connection
 * that a request takes in the same turn of the main loop: the connection is freed under the
 * request, which then never ends, or reads freed memory when it is cancelled.
 */
void kab_idle_connections_watch (SoupSession *session);

/**
 * kab_idle_connections_close:
 *
 * To be called before a request: closes what was kept since the last one when that ended @seconds
 * ago, and nothing while another request is under way.
 */
void kab_idle_connections_close (SoupSession *session, guint seconds);

G_END_DECLS
