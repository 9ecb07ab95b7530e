/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api.h"
#include "kab-record.h"

G_BEGIN_DECLS

/**
 * KabReplyReader: makes the result of an operation from its answer.
 *
 * @target: (nullable): what the operation is about
 *
 * Returns: the result, or NULL with an error
 */
typedef gpointer (*KabReplyReader) (KabApi *api, KabReply *reply, gpointer target, GError **error);

/**
 * Sends @request and reads its answer by @read.
 *
 * @request: (transfer full)
 * @target: (nullable): a GObject, kept until the end
 * @destroy: (nullable): frees the result when nobody takes it
 */
void kab_operation_start (KabApi *api,
                          KabRequest *request,
                          gpointer target,
                          KabReplyReader read,
                          GDestroyNotify destroy,
                          gpointer source_tag,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/** The result is a new record of @record_type. @request: (transfer full) */
void kab_operation_start_new (KabApi *api,
                              KabRequest *request,
                              GType record_type,
                              gpointer source_tag,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/** @record takes over the answer; the result is a boolean. @request: (transfer full) */
void kab_operation_start_update (KabApi *api,
                                 KabRequest *request,
                                 gpointer record,
                                 gpointer source_tag,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/** The answer says nothing but success; the result is a boolean. @request: (transfer full) */
void kab_operation_start_plain (KabApi *api,
                                KabRequest *request,
                                gpointer source_tag,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/** The result is the answer's GBytes, of type @media_type. @request: (transfer full) */
void kab_operation_start_bytes (KabApi *api,
                                KabRequest *request,
                                const char *media_type,
                                gpointer source_tag,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/** Returns: (transfer full) (nullable) NULL with the error */
gpointer
kab_operation_finish (KabApi *api, GAsyncResult *result, gpointer source_tag, GError **error);
gboolean kab_operation_finish_boolean (KabApi *api,
                                       GAsyncResult *result,
                                       gpointer source_tag,
                                       GError **error);

/** The object of @reply. Returns: (transfer none) (nullable) NULL with KAB_API_ERROR_GARBAGE */
JsonObject *kab_operation_get_object (KabReply *reply, GError **error);

/** Sets @member to a copy of @object or, when that is NULL, leaves it out. */
void kab_operation_set_object (JsonObject *body, const char *member, JsonObject *object);

/** Sets @member to @values or, when they are NULL, leaves it out. */
void kab_operation_set_strings (JsonObject *body, const char *member, const char *const *values);

G_END_DECLS
