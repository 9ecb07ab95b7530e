/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-api-context.h"
#include "kab-authenticator.h"
#include "kab-problem.h"
#include "kab-response.h"

G_BEGIN_DECLS

/**
 * KabApiOperation:
 * @tx: the transaction that it runs in
 * @caller: who asks
 * @data: what the handler prepared
 *
 * The part of a handler that uses the store. It may be run more than once (see #KabStoreFunc), so
 * it changes nothing outside of the transaction.
 *
 * Returns: (transfer full): the answer, or %NULL with an error, which undoes everything
 */
typedef KabResponse *(*KabApiOperation) (KabTransaction *tx,
                                         const KabCaller *caller,
                                         KabRequest *request,
                                         const KabApiContext *context,
                                         gpointer data,
                                         GError **error);

KabResponse *kab_api_look_up (const KabApiContext *context,
                              KabRequest *request,
                              KabApiOperation operation,
                              gpointer data,
                              GError **error);
KabResponse *kab_api_read (const KabApiContext *context,
                           KabRequest *request,
                           KabApiOperation operation,
                           gpointer data,
                           GError **error);
KabResponse *kab_api_write (const KabApiContext *context,
                            KabRequest *request,
                            KabApiOperation operation,
                            gpointer data,
                            GError **error);
KabResponse *kab_api_write_seen (const KabApiContext *context,
                                 KabRequest *request,
                                 KabApiOperation operation,
                                 GError **error);
gboolean kab_api_map_error (const GError *error, gpointer user_data, GError **problem);

G_END_DECLS
