/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api.h"
#include "kab-bank.h"

G_BEGIN_DECLS

/** GET /v1/bank. Returns of finish: (transfer full) a KabBank, or NULL with KAB_API_ERROR */
void kab_bank_load_async (KabApi *api,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
KabBank *kab_bank_load_finish (KabApi *api, GAsyncResult *result, GError **error);

/**
 * GET /v1/legal-documents/{id}. Returns of finish: (transfer full) the PDF, or NULL with
 * KAB_API_ERROR
 */
void kab_legal_document_load_async (KabApi *api,
                                    KabLegalDocument *document,
                                    const char *language,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GBytes *kab_legal_document_load_finish (KabApi *api, GAsyncResult *result, GError **error);

/**
 * GET /v1/forms/{id}. A definition that was read once is kept and only read again when it changed.
 * Returns of finish: (transfer full) the definition's JSON, or NULL with KAB_API_ERROR
 */
void kab_form_load_async (KabApi *api,
                          const char *id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
JsonObject *kab_form_load_finish (KabApi *api, GAsyncResult *result, GError **error);

/**
 * GET /v1/lists/{id}. Returns of finish: (transfer full) the items `[{"value", "label"}]`, or
 * NULL with KAB_API_ERROR
 */
void kab_list_load_async (KabApi *api,
                          const char *id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
JsonArray *kab_list_load_finish (KabApi *api, GAsyncResult *result, GError **error);

G_END_DECLS
