/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-api.h"
#include "kab-record-list.h"

G_BEGIN_DECLS

#define KAB_TYPE_PAGED_LIST (kab_paged_list_get_type ())

/**
 * KabPagedList:
 *
 * A GListModel over a list of the bank that comes in pages. Nothing is asked for before the first
 * kab_paged_list_load_more_async() or _refresh_async(). Updates are as gentle as KabRecordList's.
 *
 * Properties: loading (boolean), has-more (boolean; TRUE before the first page), loaded (boolean;
 * whether the first page came), n-items (uint).
 *
 * Signals: "page-loaded" (JsonObject page) with the members beside the items.
 */
G_DECLARE_FINAL_TYPE (KabPagedList, kab_paged_list, KAB, PAGED_LIST, GObject)

/**
 * @path: where the list is, such as `/v1/documents`, without query
 * @item_type: a final class of KabRecord
 *
 * Returns: (transfer full)
 */
KabPagedList *kab_paged_list_new (KabApi *api, const char *path, GType item_type);

gboolean kab_paged_list_get_loading (KabPagedList *self);
gboolean kab_paged_list_get_loaded (KabPagedList *self);
gboolean kab_paged_list_get_has_more (KabPagedList *self);

/** The record with @key, among those loaded. Returns: (transfer none) (nullable) */
gpointer kab_paged_list_find (KabPagedList *self, const char *key);

/**
 * Puts in what one answer said: changes the record of the same key, or adds it in front.
 *
 * Returns: (transfer none) (nullable) the record, NULL with KAB_API_ERROR_GARBAGE
 */
gpointer kab_paged_list_put (KabPagedList *self, JsonObject *object, GError **error);

/** Puts @record in front unless a record of its key is in the list already. */
void kab_paged_list_adopt (KabPagedList *self, KabRecord *record);

/** Asks for the next page. Nothing to do is success. A call while one is under way joins it. */
void kab_paged_list_load_more_async (KabPagedList *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean kab_paged_list_load_more_finish (KabPagedList *self, GAsyncResult *result, GError **error);

/** Asks for every page that is left. */
void kab_paged_list_load_all_async (KabPagedList *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean kab_paged_list_load_all_finish (KabPagedList *self, GAsyncResult *result, GError **error);

/** Asks for the first page anew and merges it; pages loaded after it stay. */
void kab_paged_list_refresh_async (KabPagedList *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean kab_paged_list_refresh_finish (KabPagedList *self, GAsyncResult *result, GError **error);

G_END_DECLS
