/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"
#include "kab-consent.h"

G_BEGIN_DECLS

#define KAB_TYPE_PROFILE (kab_profile_get_type ())

/**
 * KabProfile:
 *
 * The profile of the user (SET-1…7).
 */
G_DECLARE_FINAL_TYPE (KabProfile, kab_profile, KAB, PROFILE, KabRecord)

/** An empty one, to be filled by kab_record_update_from_json(). Returns: (transfer full) */
KabProfile *kab_profile_new (void);

/** #KabProfile:version: its version, for If-Match. */
gint64 kab_profile_get_version (KabProfile *self);
/**
 * #KabProfile:name: name, empty until an application says it. Returns: (transfer none) (nullable)
 */
const char *kab_profile_get_name (KabProfile *self);
/** #KabProfile:email: e-mail address. Returns: (transfer none) */
const char *kab_profile_get_email (KabProfile *self);
/** #KabProfile:phone: phone number, E.164. Returns: (transfer none) */
const char *kab_profile_get_phone (KabProfile *self);
/** #KabProfile:citizenships: ISO 3166-1 alpha-2 codes. Returns: (transfer none) */
const char *const *kab_profile_get_citizenships (KabProfile *self);
/** #KabProfile:language: language of messages from the bank. Returns: (transfer none) */
const char *kab_profile_get_language (KabProfile *self);
/**
 * #KabProfile:notices: kind of notice (`corrections`, `messages`, `decisions`) → `{"email": bool,
 * "sms": bool}`. Returns: (transfer none) (nullable)
 */
JsonObject *kab_profile_get_notices (KabProfile *self);
/** #KabProfile:consents: what was accepted. Returns: (transfer none) a GListModel of KabConsent */
GListModel *kab_profile_get_consents (KabProfile *self);

G_END_DECLS
