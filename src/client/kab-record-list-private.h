/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record-list.h"

G_BEGIN_DECLS

/**
 * Makes the list be @records (of KabRecord, borrowed), announcing only the ranges that differ.
 */
void kab_record_list_replace (KabRecordList *self, GPtrArray *records);

/** Puts @record in front unless it is in the list already. */
void kab_record_list_put_first (KabRecordList *self, KabRecord *record);

/**
 * The record that @object is about: the one of its key, brought up to date, or a new one that isn't in
 * the list yet.
 *
 * Returns: (transfer full) (nullable) NULL with KAB_API_ERROR_GARBAGE
 */
KabRecord *kab_record_list_merge (KabRecordList *self, JsonObject *object, GError **error);

G_END_DECLS
