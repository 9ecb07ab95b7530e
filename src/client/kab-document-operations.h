/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api.h"
#include "kab-document.h"

G_BEGIN_DECLS

/** GET /v1/documents/{id}: adds files, comments, versions and answers to @document. */
void kab_document_load_async (KabApi *api,
                              KabDocument *document,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean kab_document_load_finish (KabApi *api, GAsyncResult *result, GError **error);

/**
 * PUT /v1/documents/{id}: saves without submitting (DOC-5).
 *
 * @answers: (nullable): of an electronic questionnaire, borrowed; NULL leaves them
 * @files: (nullable): ids of finished uploads (kab_upload_get_id()) and of files that stay; NULL
 *   leaves them
 */
void kab_document_save_async (KabApi *api,
                              KabDocument *document,
                              JsonObject *answers,
                              const char *const *files,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean kab_document_save_finish (KabApi *api, GAsyncResult *result, GError **error);

/** POST …/submission: sends what was saved (DOC-6). */
void kab_document_submit_async (KabApi *api,
                                KabDocument *document,
                                const char *key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean kab_document_submit_finish (KabApi *api, GAsyncResult *result, GError **error);

/** POST …/approval: approves the final package (A17). */
void kab_document_approve_async (KabApi *api,
                                 KabDocument *document,
                                 const char *key,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean kab_document_approve_finish (KabApi *api, GAsyncResult *result, GError **error);

/** GET …/template: the blank PDF questionnaire. Returns of finish: (transfer full) */
void kab_document_load_template_async (KabApi *api,
                                       KabDocument *document,
                                       const char *language,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GBytes *kab_document_load_template_finish (KabApi *api, GAsyncResult *result, GError **error);

/**
 * «Darbību vēsture» of @document, oldest first.
 *
 * Returns: (transfer full) a KabPagedList of KabHistoryEntry
 */
GListModel *kab_document_new_history (KabApi *api, KabDocument *document);

/**
 * GET /v1/files/{id}, streamed into @target: written beside it and moved over it when whole and
 * when size and digest are right, so that a failure leaves @target as it was. Where the line breaks
 * in the middle, what came stays and the rest is asked for by Range, as often as more comes.
 *
 * @progress: (nullable): bytes so far and in all, called until the callback
 */
void kab_file_download_async (KabApi *api,
                              KabFile *file,
                              GFile *target,
                              GFileProgressCallback progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/**
 * Returns: FALSE with KAB_API_ERROR (GARBAGE for a wrong size or digest) or G_IO_ERROR of @target
 */
gboolean kab_file_download_finish (KabApi *api, GAsyncResult *result, GError **error);

G_END_DECLS
