/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * One socket, as the watch over slow clients sees it. The HTTP library cuts a connection on which
 * nothing moves; one on which a byte moves now and then is cut from here.
 */
typedef struct _KabHttpConnection KabHttpConnection;

typedef struct
{
  gint64 header_timeout;   /* microseconds from the first byte of a message to its empty line */
  gint64 body_grace;       /* microseconds after which the body's rate counts */
  guint64 body_bytes_rate; /* bytes a second, on average */
} KabHttpPatience;

KabHttpConnection *kab_http_connection_new (int fd, GInetAddress *peer);
KabHttpConnection *kab_http_connection_ref (KabHttpConnection *self);
void kab_http_connection_unref (KabHttpConnection *self);
GInetAddress *kab_http_connection_get_peer (KabHttpConnection *self);

void kab_http_connection_take_uri (KabHttpConnection *self, const char *uri);
const char *kab_http_connection_get_uri (KabHttpConnection *self);
void kab_http_connection_begin_body (KabHttpConnection *self);
void kab_http_connection_count_body (KabHttpConnection *self, gsize length);
void kab_http_connection_pause (KabHttpConnection *self);
void kab_http_connection_unpause (KabHttpConnection *self);
void kab_http_connection_begin_work (KabHttpConnection *self);
void kab_http_connection_begin_idle (KabHttpConnection *self);

gboolean
kab_http_connection_is_late (KabHttpConnection *self, const KabHttpPatience *patience, gint64 now);
gboolean kab_http_connection_has_left (KabHttpConnection *self);
void kab_http_connection_cut (KabHttpConnection *self);
void kab_http_connection_closed (KabHttpConnection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabHttpConnection, kab_http_connection_unref)

G_END_DECLS
