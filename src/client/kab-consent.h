/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-record.h"

G_BEGIN_DECLS

#define KAB_TYPE_CONSENT (kab_consent_get_type ())

/**
 * KabConsent:
 *
 * A legal document that the user accepted.
 */
G_DECLARE_FINAL_TYPE (KabConsent, kab_consent, KAB, CONSENT, KabRecord)

/** #KabConsent:document: id of the legal document. Returns: (transfer none) */
const char *kab_consent_get_document (KabConsent *self);
/** #KabConsent:version: the version that was shown. Returns: (transfer none) */
const char *kab_consent_get_version (KabConsent *self);
/** #KabConsent:title: its title. Returns: (transfer none) (nullable) */
KabTranslations *kab_consent_get_title (KabConsent *self);
/** #KabConsent:accepted-at: when it was accepted. Returns: (transfer none) (nullable) */
GDateTime *kab_consent_get_accepted_at (KabConsent *self);

G_END_DECLS
