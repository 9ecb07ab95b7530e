/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabEventParser:
 *
 * Cuts a stream of server-sent events (WHATWG HTML §9.2.6) into events. A half event at the end
 * of the stream is none.
 */
typedef struct _KabEventParser KabEventParser;

/**
 * @id: the last id seen, empty when none. @type: `message` when not said. @data: without the last
 * line feed.
 */
typedef void (*KabEventFunc) (const char *id,
                              const char *type,
                              const char *data,
                              gpointer user_data);

/** @func: called for each event that is whole, inside the feeding. Returns: (transfer full) */
KabEventParser *kab_event_parser_new (KabEventFunc func, gpointer user_data);
void kab_event_parser_free (KabEventParser *self);

/**
 * Takes @length more bytes.
 *
 * Returns: FALSE when a line or an event is larger than any of the bank's: give the stream up
 */
gboolean kab_event_parser_feed (KabEventParser *self, const char *data, gsize length);

/** Milliseconds that the stream asks to wait before connecting again; 0 when it didn't. */
guint kab_event_parser_get_retry (KabEventParser *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabEventParser, kab_event_parser_free)

G_END_DECLS
