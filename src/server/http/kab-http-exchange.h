/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <microhttpd.h>

#include "kab-http-connection.h"
#include "kab-http-server.h"

G_BEGIN_DECLS

/*
 * One request and its response on their way through the server: the HTTP thread feeds it with what
 * arrives, workers answer it, and in between the connection sleeps.
 */
typedef struct _KabExchange KabExchange;
typedef struct _KabHttpUpload KabHttpUpload;

KabExchange *kab_exchange_new (KabHttpServer *server,
                               struct MHD_Connection *mhd,
                               KabHttpConnection *connection,
                               const char *method);
KabExchange *kab_exchange_ref (KabExchange *self);
void kab_exchange_unref (KabExchange *self);
KabHttpServer *kab_exchange_get_server (KabExchange *self);
KabHttpConnection *kab_exchange_get_connection (KabExchange *self);

/* The HTTP thread's. */
enum MHD_Result
kab_exchange_step (KabExchange *self, const char *version, const char *data, size_t *length);
void kab_exchange_completed (KabExchange *self, gboolean is_complete);
void kab_exchange_suspend (KabExchange *self);

/* Any thread's. */
void kab_exchange_resume (KabExchange *self);
void kab_exchange_abandon (KabExchange *self);
gboolean kab_exchange_is_abandoned (KabExchange *self);
KabEventStream *kab_exchange_dup_events (KabExchange *self);

/* The upload's. */
KabHttpUpload *kab_exchange_get_upload (KabExchange *self);
void kab_exchange_upload_written (KabExchange *self, const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabExchange, kab_exchange_unref)

G_END_DECLS
