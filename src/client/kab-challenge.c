/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-challenge.h"

#include "kab-record-private.h"

enum
{
  FIELD_ID,
  FIELD_TARGET,
  FIELD_EXPIRES_AT,
};

struct _KabChallenge
{
  KabRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (KabChallenge, kab_challenge, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "id", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "target", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "expires-at", .kind = KAB_FIELD_TIME, .presence = KAB_FIELD_REQUIRED },
};

static void
kab_challenge_class_init (KabChallengeClass *klass)
{
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   FIELD_ID, KAB_FIELD_NONE);
}

static void
kab_challenge_init (KabChallenge *self)
{
}

const char *
kab_challenge_get_id (KabChallenge *self)
{
  g_return_val_if_fail (KAB_IS_CHALLENGE (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_ID);
}

const char *
kab_challenge_get_target (KabChallenge *self)
{
  g_return_val_if_fail (KAB_IS_CHALLENGE (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_TARGET);
}

GDateTime *
kab_challenge_get_expires_at (KabChallenge *self)
{
  g_return_val_if_fail (KAB_IS_CHALLENGE (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_EXPIRES_AT);
}
