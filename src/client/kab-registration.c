/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-registration.h"

#include "kab-record-private.h"
#include "kab-secret-memory.h"

enum
{
  FIELD_ID,
  FIELD_VERSION,
  FIELD_EMAIL,
  FIELD_PHONE,
  FIELD_SERVER_TIME,
};

struct _KabRegistration
{
  KabRecord parent_instance;

  char *token; /* (owned) (nullable), wiped */
};

G_DEFINE_FINAL_TYPE (KabRegistration, kab_registration, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "id", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "version", .kind = KAB_FIELD_INT, .presence = KAB_FIELD_REQUIRED },
  { .name = "email",
    .kind = KAB_FIELD_RECORD,
    .presence = KAB_FIELD_REQUIRED,
    .get_item_type = kab_code_state_get_type },
  { .name = "phone",
    .kind = KAB_FIELD_RECORD,
    .presence = KAB_FIELD_REQUIRED,
    .get_item_type = kab_code_state_get_type },
  { .name = "server-time", .kind = KAB_FIELD_TIME, .presence = KAB_FIELD_REQUIRED },
};

static void
kab_registration_finalize (GObject *object)
{
  KabRegistration *self = KAB_REGISTRATION (object);

  kab_secret_free (self->token);
  G_OBJECT_CLASS (kab_registration_parent_class)->finalize (object);
}

static void
kab_registration_class_init (KabRegistrationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_registration_finalize;
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   KAB_FIELD_NONE, FIELD_VERSION);
}

static void
kab_registration_init (KabRegistration *self)
{
}

KabRegistration *
kab_registration_new (void)
{
  return g_object_new (KAB_TYPE_REGISTRATION, NULL);
}

const char *
kab_registration_get_id (KabRegistration *self)
{
  g_return_val_if_fail (KAB_IS_REGISTRATION (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_ID);
}

gint64
kab_registration_get_version (KabRegistration *self)
{
  g_return_val_if_fail (KAB_IS_REGISTRATION (self), 0);

  return kab_record_get_int (KAB_RECORD (self), FIELD_VERSION);
}

KabCodeState *
kab_registration_get_email (KabRegistration *self)
{
  g_return_val_if_fail (KAB_IS_REGISTRATION (self), NULL);

  return kab_record_get_object (KAB_RECORD (self), FIELD_EMAIL);
}

KabCodeState *
kab_registration_get_phone (KabRegistration *self)
{
  g_return_val_if_fail (KAB_IS_REGISTRATION (self), NULL);

  return kab_record_get_object (KAB_RECORD (self), FIELD_PHONE);
}

GDateTime *
kab_registration_get_server_time (KabRegistration *self)
{
  g_return_val_if_fail (KAB_IS_REGISTRATION (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_SERVER_TIME);
}

const char *
kab_registration_get_token (KabRegistration *self)
{
  g_return_val_if_fail (KAB_IS_REGISTRATION (self), NULL);

  return self->token;
}

void
kab_registration_set_token (KabRegistration *self, const char *token)
{
  g_return_if_fail (KAB_IS_REGISTRATION (self));

  kab_secret_take (&self->token, token);
}
