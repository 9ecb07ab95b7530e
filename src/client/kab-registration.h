/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"
#include "kab-code-state.h"

G_BEGIN_DECLS

#define KAB_TYPE_REGISTRATION (kab_registration_get_type ())

/**
 * KabRegistration:
 *
 * A registration that waits for its two codes. Its token is kept beside it, see
 * kab_registration_get_token().
 */
G_DECLARE_FINAL_TYPE (KabRegistration, kab_registration, KAB, REGISTRATION, KabRecord)

/** An empty one, to be filled by kab_record_update_from_json(). Returns: (transfer full) */
KabRegistration *kab_registration_new (void);

/** #KabRegistration:id: its id. Returns: (transfer none) */
const char *kab_registration_get_id (KabRegistration *self);
/** #KabRegistration:version: its version. */
gint64 kab_registration_get_version (KabRegistration *self);
/** #KabRegistration:email: the code sent by e-mail. Returns: (transfer none) */
KabCodeState *kab_registration_get_email (KabRegistration *self);
/** #KabRegistration:phone: the code sent to the phone. Returns: (transfer none) */
KabCodeState *kab_registration_get_phone (KabRegistration *self);
/**
 * #KabRegistration:server-time: the clock of the bank when it answered: count the times above
 * from it. Returns: (transfer none) (nullable)
 */
GDateTime *kab_registration_get_server_time (KabRegistration *self);

/**
 * The token that only the creation of a registration gives; what belongs to it is asked for with
 * it. Keep it in no place but the draft journal. Returns: (transfer none) (nullable)
 */
const char *kab_registration_get_token (KabRegistration *self);

/**
 * Puts the token beside a registration that is taken up again; the copy is wiped with the object.
 */
void kab_registration_set_token (KabRegistration *self, const char *token);

G_END_DECLS
