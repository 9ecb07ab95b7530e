/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"

G_BEGIN_DECLS

#define KAB_TYPE_RECORD_LIST (kab_record_list_get_type ())

/**
 * KabRecordList:
 *
 * A GListModel of records of one type. An update keeps the objects that stay (told apart by
 * kab_record_get_key()), changes their properties in place and announces by `items-changed` only
 * the ranges that came, went or moved, so that selection, scroll position and focus survive.
 */
G_DECLARE_FINAL_TYPE (KabRecordList, kab_record_list, KAB, RECORD_LIST, GObject)

/** @item_type: a final class of KabRecord. Returns: (transfer full) */
KabRecordList *kab_record_list_new (GType item_type);

/**
 * Makes the list what @array says. All or nothing.
 *
 * Returns: FALSE with KAB_API_ERROR_GARBAGE
 */
gboolean kab_record_list_update (KabRecordList *self, JsonArray *array, GError **error);

/** The record with @key. Returns: (transfer none) (nullable) */
gpointer kab_record_list_find (KabRecordList *self, const char *key);

G_END_DECLS
