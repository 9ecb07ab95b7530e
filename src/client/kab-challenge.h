/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"

G_BEGIN_DECLS

#define KAB_TYPE_CHALLENGE (kab_challenge_get_type ())

/**
 * KabChallenge:
 *
 * A code that was sent and is waited for, of a recovery or a change of address.
 */
G_DECLARE_FINAL_TYPE (KabChallenge, kab_challenge, KAB, CHALLENGE, KabRecord)

/** #KabChallenge:id: its id. Returns: (transfer none) */
const char *kab_challenge_get_id (KabChallenge *self);
/** #KabChallenge:target: the address that it went to, masked. Returns: (transfer none) */
const char *kab_challenge_get_target (KabChallenge *self);
/** #KabChallenge:expires-at: until when it is valid. Returns: (transfer none) (nullable) */
GDateTime *kab_challenge_get_expires_at (KabChallenge *self);

G_END_DECLS
