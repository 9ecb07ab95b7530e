/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-service-decision.h"

#include "kab-record-private.h"

enum
{
  FIELD_SERVICE,
  FIELD_OUTCOME,
};

struct _KabServiceDecision
{
  KabRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (KabServiceDecision, kab_service_decision, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "service", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "outcome", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
};

static void
kab_service_decision_class_init (KabServiceDecisionClass *klass)
{
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   FIELD_SERVICE, KAB_FIELD_NONE);
}

static void
kab_service_decision_init (KabServiceDecision *self)
{
}

const char *
kab_service_decision_get_service (KabServiceDecision *self)
{
  g_return_val_if_fail (KAB_IS_SERVICE_DECISION (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_SERVICE);
}

const char *
kab_service_decision_get_outcome (KabServiceDecision *self)
{
  g_return_val_if_fail (KAB_IS_SERVICE_DECISION (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_OUTCOME);
}
