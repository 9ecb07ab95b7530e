/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-caller.h"
#include "kab-codes.h"

G_BEGIN_DECLS

/**
 * KabRegistrationNew:
 * @citizenships: JSON array of ISO 3166-1 alpha-2 codes
 * @consents: JSON array of `document` and `version` (A27)
 * @email: normalised
 * @phone: normalised
 * @password_hash: encoded
 *
 * What a registration begins with; all checked before.
 */
typedef struct
{
  const char *client_type;
  const char *citizenships;
  const char *consents;
  const char *email;
  const char *phone;
  const char *password_hash;
  const char *language;
} KabRegistrationNew;

/**
 * KabRegistration:
 *
 * A registration that is under way. Times are microseconds since 1970.
 */
typedef struct
{
  char *id;
  gint64 version;
  gint64 expires_at;
  KabCodeState email;
  KabCodeState phone;
} KabRegistration;

/**
 * KabConfirmation:
 * @email: what the e-mail's code is
 * @phone: what the phone's code is
 * @user: (nullable): the account, when both are right
 */
typedef struct
{
  KabCodeVerdict email;
  gint64 email_tries_left;
  KabCodeVerdict phone;
  gint64 phone_tries_left;
  char *user;
} KabConfirmation;

KabCaller *kab_registrations_find_caller (KabTransaction *tx, const char *token, GError **error);
char *kab_registrations_create (KabTransaction *tx,
                                const KabCodes *codes,
                                const KabRegistrationNew *details,
                                char **id,
                                GError **error);
KabRegistration *
kab_registrations_get (KabTransaction *tx, const KabCodes *codes, const char *id, GError **error);
gboolean kab_registrations_change_address (KabTransaction *tx,
                                           const KabCodes *codes,
                                           const char *id,
                                           gint64 version,
                                           const char *email,
                                           const char *phone,
                                           GError **error);
gboolean kab_registrations_resend (KabTransaction *tx,
                                   const KabCodes *codes,
                                   const char *id,
                                   const char *channel,
                                   GError **error);
gboolean kab_registrations_confirm (KabTransaction *tx,
                                    const KabCodes *codes,
                                    const char *id,
                                    const char *email_code,
                                    const char *phone_code,
                                    KabConfirmation *confirmation,
                                    GError **error);
void kab_registration_free (KabRegistration *self);
void kab_confirmation_clear (KabConfirmation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabRegistration, kab_registration_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KabConfirmation, kab_confirmation_clear)

G_END_DECLS
