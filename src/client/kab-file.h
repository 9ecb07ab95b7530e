/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"

G_BEGIN_DECLS

#define KAB_TYPE_FILE (kab_file_get_type ())

/**
 * KabFile:
 *
 * A file that the bank has.
 */
G_DECLARE_FINAL_TYPE (KabFile, kab_file, KAB, FILE, KabRecord)

/** An empty one, to be filled by kab_record_update_from_json(). Returns: (transfer full) */
KabFile *kab_file_new (void);

/** #KabFile:id: the id to download it by. Returns: (transfer none) */
const char *kab_file_get_id (KabFile *self);
/** #KabFile:name: its name. Returns: (transfer none) */
const char *kab_file_get_name (KabFile *self);
/** #KabFile:size: bytes. */
gint64 kab_file_get_size (KabFile *self);
/** #KabFile:sha256: digest in hexadecimal digits. Returns: (transfer none) (nullable) */
const char *kab_file_get_sha256 (KabFile *self);

G_END_DECLS
