/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-response.h"

G_BEGIN_DECLS

typedef void (*KabHeaderFunc) (const char *name, const char *value, gpointer user_data);

void kab_response_foreach_header (KabResponse *self, KabHeaderFunc func, gpointer user_data);
KabEventStream *kab_response_get_events (KabResponse *self);
gboolean kab_response_is_streamed (KabResponse *self, guint64 *length);
GBytes *kab_response_read (KabResponse *self, guint64 offset, GError **error);

G_END_DECLS
