/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "registration/kab-registration-model.h"

G_BEGIN_DECLS

/* Under which the journal keeps what was typed. */
#define KAB_REGISTRATION_DRAFT_KEY "registration"

/**
 * KabRegistrationModel:
 *
 * A registration while it is filled in. What is typed, except the password, is kept in the journal,
 * with the token once the codes were sent, so that a crash loses nothing.
 */
struct _KabRegistrationModel
{
  GObject parent_instance;

  KabAccess *access; /* (owned) */

  char *client_type;   /* (owned) */
  char *citizenship;   /* (owned) (nullable): ISO 3166-1 alpha-2 */
  char *citizenship_2; /* (owned) (nullable) */
  gboolean has_second;
  gboolean consent;
  char *email;         /* (owned) */
  char *phone;         /* (owned) (nullable): E.164 */
  char *phone_country; /* (owned) (nullable) */
  GHashTable *read;    /* (owned): "id@version" of what was opened */

  KabRegistration *registration; /* (owned) (nullable): waits for its codes */
  gint64 clock_offset;           /* this computer's clock less the bank's, microseconds */
  char *token;                   /* (owned) (nullable): of the draft, until it is resumed */
  char *key;                     /* (owned) (nullable): of the codes that were sent last */
  char *key_codes;               /* (owned) (nullable): those codes */
  guint save_source;
};

void kab_registration_model_save (KabRegistrationModel *self);
void kab_registration_model_set_registration (KabRegistrationModel *self,
                                              KabRegistration *registration);

G_END_DECLS
