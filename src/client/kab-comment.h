/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"

G_BEGIN_DECLS

#define KAB_TYPE_COMMENT (kab_comment_get_type ())

/**
 * KabComment:
 *
 * What the bank wants corrected, pinned to a field (STF-3).
 */
G_DECLARE_FINAL_TYPE (KabComment, kab_comment, KAB, COMMENT, KabRecord)

/**
 * #KabComment:field: JSON pointer of the field, NULL or empty for the whole document. Returns:
 * (transfer none) (nullable)
 */
const char *kab_comment_get_field (KabComment *self);
/** #KabComment:field-label: label of the field. Returns: (transfer none) (nullable) */
KabTranslations *kab_comment_get_field_label (KabComment *self);
/** #KabComment:text: what to do. Returns: (transfer none) */
const char *kab_comment_get_text (KabComment *self);

G_END_DECLS
