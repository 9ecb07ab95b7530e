/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-onboarding.h"

#include "kab-record-private.h"

enum
{
  FIELD_ID,
  FIELD_VERSION,
  FIELD_STATE,
  FIELD_FORM,
  FIELD_SERVICES,
  FIELD_ANSWERS,
  FIELD_SAVED_AT,
  FIELD_SUBMITTED_AT,
  FIELD_STAGES,
  FIELD_DOCUMENTS_OPEN,
  FIELD_DOCUMENTS_TOTAL,
  FIELD_IDENTIFICATIONS,
  FIELD_DECISIONS,
};

struct _KabOnboarding
{
  KabRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (KabOnboarding, kab_onboarding, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "id", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "version", .kind = KAB_FIELD_INT, .presence = KAB_FIELD_REQUIRED },
  { .name = "state", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "form", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "services", .kind = KAB_FIELD_STRINGS, .presence = KAB_FIELD_REQUIRED },
  { .name = "answers", .kind = KAB_FIELD_OBJECT, .presence = KAB_FIELD_REQUIRED },
  { .name = "saved-at", .kind = KAB_FIELD_TIME, .presence = KAB_FIELD_REQUIRED },
  { .name = "submitted-at", .kind = KAB_FIELD_TIME },
  { .name = "stages",
    .kind = KAB_FIELD_LIST,
    .presence = KAB_FIELD_REQUIRED,
    .get_item_type = kab_onboarding_stage_get_type },
  { .name = "documents-open", .kind = KAB_FIELD_BOOLEAN },
  { .name = "documents-total", .kind = KAB_FIELD_INT },
  { .name = "identifications",
    .kind = KAB_FIELD_LIST,
    .presence = KAB_FIELD_REQUIRED,
    .get_item_type = kab_identification_get_type },
  { .name = "decisions",
    .kind = KAB_FIELD_LIST,
    .presence = KAB_FIELD_REQUIRED,
    .get_item_type = kab_service_decision_get_type },
};

static void
kab_onboarding_class_init (KabOnboardingClass *klass)
{
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   FIELD_ID, FIELD_VERSION);
}

static void
kab_onboarding_init (KabOnboarding *self)
{
}

KabOnboarding *
kab_onboarding_new (void)
{
  return g_object_new (KAB_TYPE_ONBOARDING, NULL);
}

const char *
kab_onboarding_get_id (KabOnboarding *self)
{
  g_return_val_if_fail (KAB_IS_ONBOARDING (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_ID);
}

gint64
kab_onboarding_get_version (KabOnboarding *self)
{
  g_return_val_if_fail (KAB_IS_ONBOARDING (self), 0);

  return kab_record_get_int (KAB_RECORD (self), FIELD_VERSION);
}

const char *
kab_onboarding_get_state (KabOnboarding *self)
{
  g_return_val_if_fail (KAB_IS_ONBOARDING (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_STATE);
}

const char *
kab_onboarding_get_form (KabOnboarding *self)
{
  g_return_val_if_fail (KAB_IS_ONBOARDING (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_FORM);
}

const char *const *
kab_onboarding_get_services (KabOnboarding *self)
{
  g_return_val_if_fail (KAB_IS_ONBOARDING (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_SERVICES);
}

JsonObject *
kab_onboarding_get_answers (KabOnboarding *self)
{
  g_return_val_if_fail (KAB_IS_ONBOARDING (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_ANSWERS);
}

GDateTime *
kab_onboarding_get_saved_at (KabOnboarding *self)
{
  g_return_val_if_fail (KAB_IS_ONBOARDING (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_SAVED_AT);
}

GDateTime *
kab_onboarding_get_submitted_at (KabOnboarding *self)
{
  g_return_val_if_fail (KAB_IS_ONBOARDING (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_SUBMITTED_AT);
}

GListModel *
kab_onboarding_get_stages (KabOnboarding *self)
{
  g_return_val_if_fail (KAB_IS_ONBOARDING (self), NULL);

  return kab_record_get_object (KAB_RECORD (self), FIELD_STAGES);
}

gboolean
kab_onboarding_get_documents_open (KabOnboarding *self)
{
  g_return_val_if_fail (KAB_IS_ONBOARDING (self), FALSE);

  return kab_record_get_boolean (KAB_RECORD (self), FIELD_DOCUMENTS_OPEN);
}

gint64
kab_onboarding_get_documents_total (KabOnboarding *self)
{
  g_return_val_if_fail (KAB_IS_ONBOARDING (self), 0);

  return kab_record_get_int (KAB_RECORD (self), FIELD_DOCUMENTS_TOTAL);
}

GListModel *
kab_onboarding_get_identifications (KabOnboarding *self)
{
  g_return_val_if_fail (KAB_IS_ONBOARDING (self), NULL);

  return kab_record_get_object (KAB_RECORD (self), FIELD_IDENTIFICATIONS);
}

GListModel *
kab_onboarding_get_decisions (KabOnboarding *self)
{
  g_return_val_if_fail (KAB_IS_ONBOARDING (self), NULL);

  return kab_record_get_object (KAB_RECORD (self), FIELD_DECISIONS);
}
