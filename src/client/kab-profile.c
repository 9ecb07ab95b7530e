/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-profile.h"

#include "kab-record-private.h"

enum
{
  FIELD_VERSION,
  FIELD_NAME,
  FIELD_EMAIL,
  FIELD_PHONE,
  FIELD_CITIZENSHIPS,
  FIELD_LANGUAGE,
  FIELD_NOTICES,
  FIELD_CONSENTS,
};

struct _KabProfile
{
  KabRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (KabProfile, kab_profile, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "version", .kind = KAB_FIELD_INT, .presence = KAB_FIELD_REQUIRED },
  { .name = "name", .kind = KAB_FIELD_STRING },
  { .name = "email", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "phone", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "citizenships", .kind = KAB_FIELD_STRINGS },
  { .name = "language", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "notices", .kind = KAB_FIELD_OBJECT, .presence = KAB_FIELD_REQUIRED },
  { .name = "consents", .kind = KAB_FIELD_LIST, .presence = KAB_FIELD_REQUIRED,
    .get_item_type = kab_consent_get_type },
};

static void
kab_profile_class_init (KabProfileClass *klass)
{
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   KAB_FIELD_NONE, FIELD_VERSION);
}

static void
kab_profile_init (KabProfile *self)
{
}

KabProfile *
kab_profile_new (void)
{
  return g_object_new (KAB_TYPE_PROFILE, NULL);
}

gint64
kab_profile_get_version (KabProfile *self)
{
  g_return_val_if_fail (KAB_IS_PROFILE (self), 0);

  return kab_record_get_int (KAB_RECORD (self), FIELD_VERSION);
}

const char *
kab_profile_get_name (KabProfile *self)
{
  g_return_val_if_fail (KAB_IS_PROFILE (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_NAME);
}

const char *
kab_profile_get_email (KabProfile *self)
{
  g_return_val_if_fail (KAB_IS_PROFILE (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_EMAIL);
}

const char *
kab_profile_get_phone (KabProfile *self)
{
  g_return_val_if_fail (KAB_IS_PROFILE (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_PHONE);
}

const char * const *
kab_profile_get_citizenships (KabProfile *self)
{
  g_return_val_if_fail (KAB_IS_PROFILE (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_CITIZENSHIPS);
}

const char *
kab_profile_get_language (KabProfile *self)
{
  g_return_val_if_fail (KAB_IS_PROFILE (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_LANGUAGE);
}

JsonObject *
kab_profile_get_notices (KabProfile *self)
{
  g_return_val_if_fail (KAB_IS_PROFILE (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_NOTICES);
}

GListModel *
kab_profile_get_consents (KabProfile *self)
{
  g_return_val_if_fail (KAB_IS_PROFILE (self), NULL);

  return kab_record_get_object (KAB_RECORD (self), FIELD_CONSENTS);
}
