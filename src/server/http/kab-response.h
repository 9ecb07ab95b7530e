/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "kab-event-stream.h"

G_BEGIN_DECLS

#define KAB_TYPE_RESPONSE (kab_response_get_type ())
G_DECLARE_FINAL_TYPE (KabResponse, kab_response, KAB, RESPONSE, GObject)

/**
 * KabBodyReader:
 * @offset: how many bytes of the body were handed out
 *
 * Reads the next piece of a body on a worker thread, for example one chunk row of a file.
 *
 * Returns: (transfer full): at least one byte, or %NULL with an error, which cuts the response off
 */
typedef GBytes *(*KabBodyReader) (gpointer user_data, guint64 offset, GError **error);

KabResponse *kab_response_new_empty (guint status);
KabResponse *kab_response_new_json (guint status, JsonObject *object);
KabResponse *kab_response_new_bytes (guint status, const char *content_type, GBytes *body);
KabResponse *kab_response_new_stream (const char *content_type,
                                      guint64 length,
                                      KabBodyReader reader,
                                      gpointer user_data,
                                      GDestroyNotify destroy);
KabResponse *kab_response_new_events (KabEventStream *stream);
KabResponse *kab_response_new_problem (const GError *error);

void kab_response_set_header (KabResponse *self, const char *name, const char *value);
void kab_response_set_etag (KabResponse *self, const char *tag);
void kab_response_set_location (KabResponse *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void kab_response_set_file_name (KabResponse *self, const char *file_name, gboolean is_inline);

void kab_response_set_range (KabResponse *self, guint64 first, guint64 last);

guint kab_response_get_status (KabResponse *self);
const char *kab_response_get_header (KabResponse *self, const char *name);
GBytes *kab_response_get_body (KabResponse *self);

G_END_DECLS
