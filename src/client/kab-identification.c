/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-identification.h"

#include "kab-record-private.h"

enum
{
  FIELD_ID,
  FIELD_MINE,
  FIELD_KIND,
  FIELD_STATE,
  FIELD_COMMENT,
  FIELD_LABELS,
  FIELD_VERSION,
};

struct _KabIdentification
{
  KabRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (KabIdentification, kab_identification, KAB_TYPE_RECORD)

static const KabField fields[] = {
  { .name = "id", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "mine", .kind = KAB_FIELD_BOOLEAN, .presence = KAB_FIELD_REQUIRED },
  { .name = "kind", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "state", .kind = KAB_FIELD_STRING, .presence = KAB_FIELD_REQUIRED },
  { .name = "comment", .kind = KAB_FIELD_STRING },
  { .name = "labels", .kind = KAB_FIELD_STRINGS },
  { .name = "version", .kind = KAB_FIELD_INT, .presence = KAB_FIELD_REQUIRED },
};

static void
kab_identification_class_init (KabIdentificationClass *klass)
{
  kab_record_class_install_fields (KAB_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields),
                                   FIELD_ID, FIELD_VERSION);
}

static void
kab_identification_init (KabIdentification *self)
{
}

KabIdentification *
kab_identification_new (void)
{
  return g_object_new (KAB_TYPE_IDENTIFICATION, NULL);
}

const char *
kab_identification_get_id (KabIdentification *self)
{
  g_return_val_if_fail (KAB_IS_IDENTIFICATION (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_ID);
}

gboolean
kab_identification_get_mine (KabIdentification *self)
{
  g_return_val_if_fail (KAB_IS_IDENTIFICATION (self), FALSE);

  return kab_record_get_boolean (KAB_RECORD (self), FIELD_MINE);
}

const char *
kab_identification_get_kind (KabIdentification *self)
{
  g_return_val_if_fail (KAB_IS_IDENTIFICATION (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_KIND);
}

const char *
kab_identification_get_state (KabIdentification *self)
{
  g_return_val_if_fail (KAB_IS_IDENTIFICATION (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_STATE);
}

const char *
kab_identification_get_comment (KabIdentification *self)
{
  g_return_val_if_fail (KAB_IS_IDENTIFICATION (self), NULL);

  return kab_record_get_string (KAB_RECORD (self), FIELD_COMMENT);
}

const char *const *
kab_identification_get_labels (KabIdentification *self)
{
  g_return_val_if_fail (KAB_IS_IDENTIFICATION (self), NULL);

  return kab_record_get_boxed (KAB_RECORD (self), FIELD_LABELS);
}
