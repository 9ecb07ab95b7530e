/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-consent.h"

#include "kab-record-private.h"

enum
{
  FIELD_DOCUMENT,
  FIELD_VERSION,
  FIELD_TITLE,
  FIELD_ACCEPTED_AT,
};

struct _KabConsent
{
  KabRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (KabConsent, kab_consent, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "document", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "version", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "title", .kind = KAB_FIELD_TEXT },
  { .name = "accepted-at", .kind = KAB_FIELD_TIME },
};

static void
kab_consent_class_init (KabConsentClass *klass)
{
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   FIELD_DOCUMENT, KAB_FIELD_NONE);
}

static void
kab_consent_init (KabConsent *self)
{
}

const char *
kab_consent_get_document (KabConsent *self)
{
  g_return_val_if_fail (KAB_IS_CONSENT (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_DOCUMENT);
}

const char *
kab_consent_get_version (KabConsent *self)
{
  g_return_val_if_fail (KAB_IS_CONSENT (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_VERSION);
}

KabTranslations *
kab_consent_get_title (KabConsent *self)
{
  g_return_val_if_fail (KAB_IS_CONSENT (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_TITLE);
}

GDateTime *
kab_consent_get_accepted_at (KabConsent *self)
{
  g_return_val_if_fail (KAB_IS_CONSENT (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_ACCEPTED_AT);
}
