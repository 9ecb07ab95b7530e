/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-http-exchange.h"

G_BEGIN_DECLS

/*
 * A body on its way to a sink: the HTTP thread fills one block while a worker writes the other, and
 * stops reading from the socket when both are full. A part of its exchange, which outlives it.
 */
KabHttpUpload *kab_http_upload_new (KabExchange *exchange,
                                    KabRequest *request,
                                    const KabBodySink *sink,
                                    gpointer user_data,
                                    guint64 limit);
void kab_http_upload_free (KabHttpUpload *self);
gboolean kab_http_upload_begin (KabHttpUpload *self, GError **error);
gboolean kab_http_upload_take (KabHttpUpload *self, const char *data, gsize length);
void kab_http_upload_await_space (KabHttpUpload *self);
gboolean kab_http_upload_has_failed (KabHttpUpload *self);
void kab_http_upload_finish (KabHttpUpload *self);
void kab_http_upload_interrupt (KabHttpUpload *self);

G_END_DECLS
