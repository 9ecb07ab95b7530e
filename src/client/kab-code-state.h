/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"

G_BEGIN_DECLS

#define KAB_TYPE_CODE_STATE (kab_code_state_get_type ())

/**
 * KabCodeState:
 *
 * One of the two codes of a registration (CON-7).
 */
G_DECLARE_FINAL_TYPE (KabCodeState, kab_code_state, KAB, CODE_STATE, KabRecord)

/** #KabCodeState:target: the address that the code went to, masked. Returns: (transfer none) */
const char *kab_code_state_get_target (KabCodeState *self);
/** #KabCodeState:confirmed: whether the code was given rightly. */
gboolean kab_code_state_get_confirmed (KabCodeState *self);
/** #KabCodeState:expires-at: until when it is valid. Returns: (transfer none) (nullable) */
GDateTime *kab_code_state_get_expires_at (KabCodeState *self);
/**
 * #KabCodeState:resend-at: from when another one can be asked for. Returns: (transfer none)
 * (nullable)
 */
GDateTime *kab_code_state_get_resend_at (KabCodeState *self);
/** #KabCodeState:tries-left: how often a wrong one may still be given. */
gint64 kab_code_state_get_tries_left (KabCodeState *self);

G_END_DECLS
