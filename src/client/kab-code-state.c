/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-code-state.h"

#include "kab-record-private.h"

enum
{
  FIELD_TARGET,
  FIELD_CONFIRMED,
  FIELD_EXPIRES_AT,
  FIELD_RESEND_AT,
  FIELD_TRIES_LEFT,
};

struct _KabCodeState
{
  KabRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (KabCodeState, kab_code_state, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "target", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "confirmed", .kind = KAB_FIELD_BOOLEAN, .presence = KAB_FIELD_REQUIRED },
  { .name = "expires-at", .kind = KAB_FIELD_TIME, .presence = KAB_FIELD_REQUIRED },
  { .name = "resend-at", .kind = KAB_FIELD_TIME, .presence = KAB_FIELD_REQUIRED },
  { .name = "tries-left", .kind = KAB_FIELD_INT, .presence = KAB_FIELD_REQUIRED },
};

static void
kab_code_state_class_init (KabCodeStateClass *klass)
{
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   KAB_FIELD_NONE, KAB_FIELD_NONE);
}

static void
kab_code_state_init (KabCodeState *self)
{
}

const char *
kab_code_state_get_target (KabCodeState *self)
{
  g_return_val_if_fail (KAB_IS_CODE_STATE (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_TARGET);
}

gboolean
kab_code_state_get_confirmed (KabCodeState *self)
{
  g_return_val_if_fail (KAB_IS_CODE_STATE (self), FALSE);

  return kab_record_get_boolean (KAB_RECORD (self), FIELD_CONFIRMED);
}

GDateTime *
kab_code_state_get_expires_at (KabCodeState *self)
{
  g_return_val_if_fail (KAB_IS_CODE_STATE (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_EXPIRES_AT);
}

GDateTime *
kab_code_state_get_resend_at (KabCodeState *self)
{
  g_return_val_if_fail (KAB_IS_CODE_STATE (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_RESEND_AT);
}

gint64
kab_code_state_get_tries_left (KabCodeState *self)
{
  g_return_val_if_fail (KAB_IS_CODE_STATE (self), 0);

  return kab_record_get_int (KAB_RECORD (self), FIELD_TRIES_LEFT);
}
