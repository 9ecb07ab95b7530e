/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"

G_BEGIN_DECLS

#define KAB_TYPE_IDENTIFICATION (kab_identification_get_type ())

/**
 * KabIdentification:
 *
 * Identification of one person of an application (PID, VID, INP).
 */
G_DECLARE_FINAL_TYPE (KabIdentification, kab_identification, KAB, IDENTIFICATION, KabRecord)

/** An empty one, to be filled by kab_record_update_from_json(). Returns: (transfer full) */
KabIdentification *kab_identification_new (void);

/** #KabIdentification:id: its id. Returns: (transfer none) */
const char *kab_identification_get_id (KabIdentification *self);
/** #KabIdentification:mine: whether the user is that person. */
gboolean kab_identification_get_mine (KabIdentification *self);
/** #KabIdentification:kind: `photo`, `video` or `in-person`. Returns: (transfer none) */
const char *kab_identification_get_kind (KabIdentification *self);
/**
 * #KabIdentification:state: `not-started`, `in-progress`, `passed`, `failed` or
 * `repeat-requested`. Returns: (transfer none)
 */
const char *kab_identification_get_state (KabIdentification *self);
/**
 * #KabIdentification:comment: what the provider or the bank says to the person. Returns:
 * (transfer none) (nullable)
 */
const char *kab_identification_get_comment (KabIdentification *self);
/** #KabIdentification:labels: stable codes of the reasons of a refusal. Returns: (transfer none) */
const char *const *kab_identification_get_labels (KabIdentification *self);

G_END_DECLS
