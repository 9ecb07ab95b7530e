/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-check.h"

G_BEGIN_DECLS

#define KAB_FILE_SIZE_MAX        (G_GUINT64_CONSTANT (150) * 1024 * 1024)
#define KAB_FILE_COUNT_MAX       10
#define KAB_FILE_HEAD_LENGTH     4096
#define KAB_FILE_NAME_LENGTH_MAX 200

/**
 * KabFileFormat:
 *
 * The sixteen formats of LGA-12.
 */
typedef enum
{
  KAB_FILE_JPG,
  KAB_FILE_JPEG,
  KAB_FILE_BMP,
  KAB_FILE_GIF,
  KAB_FILE_PNG,
  KAB_FILE_SVG,
  KAB_FILE_TXT,
  KAB_FILE_DOC,
  KAB_FILE_DOCX,
  KAB_FILE_XLS,
  KAB_FILE_XLSX,
  KAB_FILE_PDF,
  KAB_FILE_ODT,
  KAB_FILE_ODS,
  KAB_FILE_EDOC,
  KAB_FILE_ASICE,
  KAB_N_FILE_FORMATS,
} KabFileFormat;

const char *kab_file_format_extension (KabFileFormat format);
const char *kab_file_format_media_type (KabFileFormat format);
gboolean kab_file_format_from_name (const char *name, KabFileFormat *format);
const char *const *kab_file_rules_extensions (void);
KabCheck kab_file_rules_check_name (const char *name);
KabCheck kab_file_rules_check_size (guint64 size);
KabCheck kab_file_rules_check_count (guint n_files);
KabCheck kab_file_rules_check_head (const char *name, const guint8 *head, gsize length);
KabCheck kab_file_rules_check (const char *name, guint64 size, const guint8 *head, gsize length);
char *kab_file_rules_safe_name (const char *name);

G_END_DECLS
