/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "kab-api-context.h"
#include "kab-registrations.h"
#include "kab-request.h"

G_BEGIN_DECLS

/**
 * KabRegistrationBody:
 * @citizenships: JSON array
 * @consents: JSON array
 * @email: normalised
 * @phone: normalised
 * @password: normalised
 *
 * `RegistrationRequest` of docs/openapi.yaml, checked.
 */
typedef struct
{
  char *client_type;
  char *citizenships;
  char *consents;
  char *email;
  char *phone;
  char *password;
  char *language;
} KabRegistrationBody;

KabRegistrationBody *
kab_registration_body_read (KabRequest *request, KabBankData *bank, GError **error);
void kab_registration_body_free (KabRegistrationBody *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabRegistrationBody, kab_registration_body_free)

G_END_DECLS
